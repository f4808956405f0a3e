"""The outbox: what leaves, what is held, what is tried again, and who may touch it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from organisations.actors import Actor
from organisations.models import User
from tests import rounds
from tests.reading import page_of
from tests.rows import fingerprint
from workflow.models import Mail, MailStatus, Manner, Nomination, Notice, NoticeChoice, NoticeKind
from workflow.models.notices import PRESSING
from workflow.services import mails
from workflow.services.mails import (
    WAITS,
    hold_mail,
    release_mail,
    resend_mail,
    send_mails,
    write_mails,
)
from workflow.states import State

Office = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _server(province: None, db: None, settings: LazySettings) -> Iterator[None]:
    settings.MAIL_URL = "smtp://mail.example"
    yield
    django_mail.outbox.clear()


def letter(login: str = "thamdinh1") -> Mail:
    user = User.objects.get(username=login)
    user.email = f"{login}@so.example"
    [key] = rounds.nominations_in("proposed", rounds.NAMES[:1])
    dossier = Nomination.objects.get(pk=key).dossier
    at = timezone.now()
    notice = Notice(
        user=user, kind=NoticeKind.LATE, dossier=dossier, state=State.PROPOSED, count=1,
        on=timezone.localdate(at), made_at=at, manner=Manner.AT_ONCE,
    )  # fmt: skip
    [mail] = write_mails([[notice]], at)
    return mail


def status(mail: Mail) -> str:
    return Mail.objects.get(pk=mail.pk).status


def act(service: Any, login: str, mail: Mail) -> str:
    """Return the mail's status after an act, or the code it was refused with."""
    actor: Actor = rounds.actor(login)
    try:
        return str(service(actor=actor, mail_id=mail.pk).status)
    except Refusal as refusal:
        return refusal.code


def test_a_letter_leaves_once(settings: LazySettings) -> None:
    mail = letter()
    assert send_mails(timezone.now()) == 1
    assert send_mails(timezone.now()) == 0
    [sent] = django_mail.outbox
    assert (sent.to, sent.body) == (["thamdinh1@so.example"], mail.body)
    assert sent.extra_headers["Message-ID"] == f"<{mail.pk}@vinhdanh>"
    assert (status(mail), sent.from_email) == (MailStatus.SENT, settings.DEFAULT_FROM_EMAIL)


def test_two_workers_do_not_send_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first is sending, the second comes: taken is taken."""
    letter()
    send, seen = mails._send, []

    def slow(mail: Mail, at: Any) -> bool:
        seen.append(send_mails(at))
        return send(mail, at)

    monkeypatch.setattr(mails, "_send", slow)
    assert send_mails(timezone.now()) == 1
    assert (seen, len(django_mail.outbox)) == ([0], 1)


def test_a_worker_that_died_leaves_its_letter_to_the_next() -> None:
    mail = letter()
    at = timezone.now()
    Mail.objects.filter(pk=mail.pk).update(next_at=at + mails.LEASE, attempts=1)
    assert send_mails(at) == 0
    assert send_mails(at + mails.LEASE) == 1


def test_a_server_that_fails_is_tried_again_and_at_last_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail, at = letter(), timezone.now()

    def fail(self: EmailMessage) -> int:
        raise SMTPServerDisconnected("closed")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fail)
        for wait in WAITS:
            assert send_mails(at) == 0
            row = Mail.objects.get(pk=mail.pk)
            assert (row.status, row.next_at) == (MailStatus.QUEUED, at + wait)
            assert send_mails(at + wait - timedelta(seconds=1)) == 0
            at += wait
        assert send_mails(at) == 0
    row = Mail.objects.get(pk=mail.pk)
    assert (row.status, row.attempts) == (MailStatus.FAILED, len(WAITS) + 1)
    assert row.note == "SMTPServerDisconnected: closed"
    assert send_mails(at + timedelta(days=9)) == 0
    assert act(resend_mail, "quantri", mail) == MailStatus.QUEUED
    assert send_mails(timezone.now()) == 1
    assert status(mail) == MailStatus.SENT


def test_without_a_server_letters_are_held_and_stay_so(settings: LazySettings) -> None:
    settings.MAIL_URL = ""
    mail = letter()
    assert (status(mail), send_mails(timezone.now())) == (MailStatus.HELD, 0)
    assert act(release_mail, "quantri", mail) == "MAIL_SERVER_MISSING"
    settings.MAIL_URL = "smtp://mail.example"
    assert act(release_mail, "quantri", mail) == MailStatus.QUEUED
    assert send_mails(timezone.now()) == 1


def test_a_letter_is_held_let_go_and_sent_again_by_the_administrator_alone() -> None:
    mail = letter()
    before = fingerprint()
    for service in (hold_mail, release_mail, resend_mail):
        assert act(service, "thamdinh1", mail) == "ACCESS_DENIED"
    assert fingerprint() == before
    assert Event.objects.filter(action="access.denied").count() == 3
    assert act(release_mail, "quantri", mail) == "MAIL_STATUS"
    assert act(hold_mail, "quantri", mail) == MailStatus.HELD
    assert (act(hold_mail, "quantri", mail), send_mails(timezone.now())) == ("MAIL_STATUS", 0)
    assert act(release_mail, "quantri", mail) == MailStatus.QUEUED
    assert act(resend_mail, "quantri", mail) == "MAIL_STATUS"
    assert send_mails(timezone.now()) == 1
    assert act(resend_mail, "quantri", mail) == MailStatus.QUEUED
    actions = Event.objects.filter(stream="mail").order_by("seq").values_list("action", flat=True)
    assert list(actions) == ["mail.held", "mail.released", "mail.resent"]
    assert act(hold_mail, "quantri", Mail()) == "NOT_FOUND"


def test_the_outbox_in_the_browser(office: Office, settings: LazySettings) -> None:
    admin = office("quantri")
    assert "Không có thư nào" in page_of(admin, "/outbox/")
    mail = letter()
    page = page_of(admin, "/outbox/?status=queued")
    assert "thamdinh1@so.example" in page
    assert "Chưa cấu hình máy chủ thư" not in page
    assert "Không có thư nào" in page_of(admin, "/outbox/?status=failed")
    where = f"/outbox/{mail.pk}/"
    assert mail.body in unescape(admin.get(where).content.decode())
    assert admin.post(f"{where}hold/").status_code == 302
    assert "Cho gửi thư" in page_of(admin, where)
    assert admin.post(f"{where}release/").status_code == 302
    send_mails(timezone.now())
    assert "Gửi lại thư" in page_of(admin, where)
    assert admin.post(f"{where}burn/").status_code == 404
    assert admin.post(f"{where}hold/").status_code == 409
    settings.MAIL_URL = ""
    assert "Chưa cấu hình máy chủ thư" in page_of(admin, "/outbox/")
    clerk = office("cv.rachgia")
    assert 'href="/outbox/"' not in page_of(clerk, "/")
    for address in ("/outbox/", where):
        assert clerk.get(address).status_code == 404
    assert clerk.post(f"{where}resend/").status_code == 403


def test_notices_are_read_one_by_one_or_all_by_their_owner(office: Office) -> None:
    user = User.objects.get(username="thamdinh1")
    keys = rounds.nominations_in("proposed", rounds.NAMES[:1])
    dossier = Nomination.objects.get(pk=keys[0]).dossier
    at = timezone.now()
    rows = [
        Notice.objects.create(
            user=user, kind=kind, dossier=dossier, state=State.PROPOSED, count=1,
            on=timezone.localdate(at), made_at=at, manner=Manner.NEVER,
        )
        for kind in NoticeKind
    ]  # fmt: skip
    client = office("thamdinh1")
    page = page_of(client, "/notices/")
    assert dossier.code in page
    assert f'<span class="badge text-bg-warning">{len(NoticeKind)}</span>' in page
    office("cv.rachgia").post("/notices/read/", {"notice": rows[0].pk})
    office("cv.rachgia").post("/notices/read/")
    assert Notice.objects.filter(read_at=None).count() == len(NoticeKind)
    assert client.post("/notices/read/", {"notice": rows[0].pk}).status_code == 302
    assert Notice.objects.filter(read_at=None).count() == len(NoticeKind) - 1
    unread = Notice.objects.filter(read_at__isnull=True).count()
    assert client.post("/notices/read/", {"notice": "x"}).status_code == 404
    assert Notice.objects.filter(read_at__isnull=True).count() == unread
    client.post("/notices/read/")
    page = page_of(client, "/notices/")
    assert 'class="badge text-bg-warning"' not in page.split("dropdown")[0]
    assert "Chưa có thông báo nào" in page_of(office("cv.rachgia"), "/notices/")


def test_a_person_chooses_how_he_hears_of_things(office: Office) -> None:
    client = office("thamdinh1")
    page = page_of(client, "/notices/settings/")
    assert page.count('value="daily" selected') == len(NoticeKind) - len(PRESSING)
    assert page.count('value="at_once" selected') == len(PRESSING)
    given = {"email": "moi@so.example", **dict.fromkeys(NoticeKind.values, "never")}
    wrong = client.post("/notices/settings/", {**given, "email": "moi@"})
    assert wrong.status_code == 200
    assert client.post("/notices/settings/", given).status_code == 302
    assert NoticeChoice.objects.filter(manner=Manner.NEVER).count() == len(NoticeKind)
    assert 'value="moi@so.example"' in page_of(client, "/notices/settings/")
    event = Event.objects.get(action="person.notices_chosen")
    assert event.after == {"has_address": True, **dict.fromkeys(NoticeKind.values, "never")}
    assert client.post("/notices/settings/", {**given, "late": "at_once"}).status_code == 302
    assert NoticeChoice.objects.get(manner=Manner.AT_ONCE).kind == NoticeKind.LATE
