"""The outbox: letters are written into it, sent by the worker, and watched by the administrator.

A letter is sent at least once: a worker that dies between sending and noting it sends again,
under the same Message-ID. Nothing leaves where no mail server is set; letters are held then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_clocks import MailServerMissingError, MailStatusError
from workflow.mailing import letter_of
from workflow.models import Mail, MailStatus, Notice
from workflow.services.acting import act

LEASE: Final = timedelta(minutes=10)
"""How long a worker has to send what it took; longer than a server may keep it waiting."""
WAITS: Final = tuple(timedelta(minutes=some) for some in (5, 30, 120, 720))
"""How long after each failure it is tried again; after the last of them no more."""
AT_ONCE: Final = 50
NO_SERVER: Final = "Chưa cấu hình máy chủ thư (VINHDANH_MAIL_URL)."


def write_mails(letters: Sequence[Sequence[Notice]], at: datetime) -> list[Mail]:
    """Write one letter for each person's notices into the outbox; in the caller's transaction."""
    status = MailStatus.QUEUED if settings.MAIL_URL else MailStatus.HELD
    note = "" if settings.MAIL_URL else NO_SERVER
    mails = []
    for notices in letters:
        user, letter = notices[0].user, letter_of(notices)
        mails.append(
            Mail(
                user=user, address=user.email, subject=letter.subject, body=letter.body,
                status=status, note=note, made_at=at, next_at=at,
            )
        )  # fmt: skip
    return Mail.objects.bulk_create(mails)


def send_mails(at: datetime) -> int:
    """Send what is due, the oldest first; return how many letters left.

    Outside any transaction, so that a slow server keeps no row locked. Each letter is taken by
    one statement that only one of two workers can win.
    """
    sent = 0
    due = Mail.objects.filter(status=MailStatus.QUEUED, next_at__lte=at)
    for mail in due.order_by("next_at", "pk")[:AT_ONCE]:
        taken = due.filter(pk=mail.pk).update(next_at=at + LEASE, attempts=F("attempts") + 1)
        if taken:
            sent += _send(mail, at)
    return sent


def _send(mail: Mail, at: datetime) -> bool:
    """Send one letter and note what became of it; what was held meanwhile stays so, if unsent."""
    message = EmailMessage(
        mail.subject,
        mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [mail.address],
        headers={"Message-ID": f"<{mail.pk}@vinhdanh>", "Auto-Submitted": "auto-generated"},
    )
    rows = Mail.objects.filter(pk=mail.pk)
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:
        note = f"{type(error).__name__}: {error}"[:250]
        rest = WAITS[mail.attempts : mail.attempts + 1]
        status = MailStatus.QUEUED if rest else MailStatus.FAILED
        next_at = at + rest[0] if rest else at
        rows.filter(status=MailStatus.QUEUED).update(status=status, note=note, next_at=next_at)
        return False
    rows.update(status=MailStatus.SENT, sent_at=at, note="")
    return True


@act
def hold_mail(*, actor: Actor, mail_id: UUID) -> Mail:
    """Keep a letter back that has not left.

    Raises NotFoundError, AccessDeniedError, and MailStatusError for one that is not waiting.
    """
    return _move(actor, mail_id, MailStatus.HELD, {MailStatus.QUEUED}, "mail.held")


@act
def release_mail(*, actor: Actor, mail_id: UUID) -> Mail:
    """Let a held letter go. Raises as hold_mail, and MailServerMissingError."""
    return _move(actor, mail_id, MailStatus.QUEUED, {MailStatus.HELD}, "mail.released")


@act
def resend_mail(*, actor: Actor, mail_id: UUID) -> Mail:
    """Send a letter again that went, or that could not be sent. Raises as release_mail."""
    ended = {MailStatus.SENT, MailStatus.FAILED}
    return _move(actor, mail_id, MailStatus.QUEUED, ended, "mail.resent")


def _move(
    actor: Actor, mail_id: UUID, to: MailStatus, sources: set[MailStatus], action: str
) -> Mail:
    at = timezone.now()
    mail = Mail.objects.select_for_update(no_key=True).filter(pk=mail_id).first()
    mandate = require_keeper(actor)
    if mail is None:
        raise NotFoundError
    if mail.status not in sources:
        raise MailStatusError(str(MailStatus(mail.status).label))
    if to is MailStatus.QUEUED and not settings.MAIL_URL:
        raise MailServerMissingError
    before = mail.status
    mail.status, mail.note, mail.sent_at = to, "", None
    if to is MailStatus.QUEUED:
        mail.attempts, mail.next_at = 0, at
    mail.save(update_fields=["status", "note", "sent_at", "attempts", "next_at"])
    entry = Entry(
        stream="mail",
        action=action,
        subject=f"mail:{mail.pk}",
        before={"status": before},
        after={"status": mail.status},
        data={"subject": mail.subject},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return mail


def require_keeper(actor: Actor) -> Mandate:
    """Return the mandate by which the outbox is kept, or raise AccessDeniedError."""
    mandates = actor.mandates_as(Role.ADMINISTRATOR)
    if not mandates:
        raise AccessDeniedError(
            act=_("Quản lý thư gửi đi"), why=_("Việc này của quản trị hệ thống.")
        )
    return mandates[0]
