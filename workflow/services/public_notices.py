"""Public notice of those proposed: put up, objections taken and looked into, closed by a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry
from campaigns.regimes import work_calendar
from organisations.actors import Actor
from workflow.consulting_states import NOTICE_MOVES, ObjectionOutcome
from workflow.deadlines import words_of
from workflow.errors import NotFoundError
from workflow.errors_consulting import (
    ConsultingMoveError,
    NoticeRunningError,
    NoticeTooShortError,
)
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.law import law_of
from workflow.models import Nomination, NoticeItem, Objection, PublicNotice
from workflow.notice_gate import notice_clock, soonest_session
from workflow.papers.consulting import notice_paper, notice_report
from workflow.services.acting import act
from workflow.services.consulting import (
    Consulted,
    desk_issuer,
    lock_consulted,
    lock_held,
    record_in_dossiers,
    write_move,
)
from workflow.services.nominees import tidy
from workflow.states import Desk


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Where a list is put up, from which day to which, and where opinions are taken."""

    channel: str
    contact: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """What somebody wrote in: about whom (None: the list), when, who, what."""

    nomination_id: UUID | None
    received_on: date
    what: str
    sender: str = ""


@act
def post_notice(*, actor: Actor, versions: Mapping[UUID, int], facts: NoticeFacts) -> PublicNotice:
    """Put up a set of one occasion and authority, and ask for the notice that says so.

    The days that a checked text asks for are the least; where none does, the office says how long.
    Not before today: nobody read it yesterday. Raises ValueMissingError, ValueFormatError,
    NoticeTooShortError, SignerMissingError, and what consulting.lock_consulted raises.
    """
    at = timezone.now()
    consulted = lock_consulted(actor, versions, _("Công khai danh sách đề nghị"))
    channel, contact = tidy(facts.channel), tidy(facts.contact)
    for label, value in {_("Nơi đăng"): channel, _("Nơi nhận ý kiến"): contact}.items():
        if not value:
            raise ValueMissingError(label)
    if facts.starts_on < timezone.localdate(at):
        raise ValueFormatError(_("Ngày đăng"), _("Ngày đăng không thể trước hôm nay."))
    if facts.ends_on <= facts.starts_on:
        raise ValueFormatError(_("Ngày cuối nhận ý kiến"), _("Ngày này phải sau ngày đăng."))
    rule = _long_enough(consulted, facts)
    by = desk_issuer(consulted, at)
    notice = PublicNotice.objects.create(
        occasion=consulted.nominations[0].dossier.occasion,
        desk=consulted.desk.value,
        unit=by.unit,
        channel=channel,
        contact=contact,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        rule=rule,
        posted_at=at,
        posted_by=actor.name,
        changed_at=at,
        changed_by=actor.name,
    )
    rows = consulted.nominations
    NoticeItem.objects.bulk_create(NoticeItem(notice=notice, nomination=row) for row in rows)
    notice.document = notice_paper(
        by=by, who=actor.who(consulted.mandate), at=at, notice=notice, nominations=rows
    )
    notice.save(update_fields=["document"])
    data = {
        "channel": channel,
        "starts_on": facts.starts_on.isoformat(),
        "ends_on": facts.ends_on.isoformat(),
    }
    record_in_dossiers(
        who=actor.who(consulted.mandate),
        entry=Entry("", "notice.posted", notice.subject, data=data),
        nominations=rows,
        at=at,
    )
    return notice


def _long_enough(consulted: Consulted, facts: NoticeFacts) -> str:
    """Return the law's rule in words, "" where it has none; refuse what would end too soon."""
    law, calendar = law_of(consulted.nominations), work_calendar()
    rule = ""
    for row in consulted.nominations:
        clock = notice_clock(law, row)
        if clock is None:
            continue
        rule = words_of(clock)
        # Opinions are taken up to the day before the first on which the council may meet.
        soonest = soonest_session(clock, facts.starts_on, calendar)
        if facts.ends_on < soonest - timedelta(days=1):
            raise NoticeTooShortError(soonest=soonest, rule=rule)
    return rule


@act
def record_objection(
    *, actor: Actor, notice_id: UUID, expected_version: int, facts: ObjectionFacts
) -> Objection:
    """Enter what somebody wrote in about a notice that is up.

    Its sender stands in the register alone, in no event and on no paper. Raises
    ValueMissingError, ValueFormatError for a day outside the notice, NotFoundError for a
    nomination that is not on it, and what consulting.lock_held raises.
    """
    at, move = timezone.now(), NOTICE_MOVES["object"]
    notice, mandate = lock_held(notice_of(notice_id), actor, move, expected_version)
    what = tidy(facts.what)
    if not what:
        raise ValueMissingError(_("Nội dung"))
    if not notice.starts_on <= facts.received_on <= timezone.localdate(at):
        raise ValueFormatError(_("Ngày nhận"), _("Ngày nhận từ ngày đăng công khai đến hôm nay."))
    rows = nominations_on(notice)
    about = [row for row in rows if row.pk == facts.nomination_id]
    if facts.nomination_id is not None and not about:
        raise NotFoundError
    objection = Objection.objects.create(
        notice=notice,
        nomination_id=facts.nomination_id,
        received_on=facts.received_on,
        sender=tidy(facts.sender),
        what=what,
        recorded_at=at,
        recorded_by=actor.name,
    )
    write_move(notice, actor, move, at)
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry("", move.event, notice.subject, data={"objection": str(objection.pk)}),
        nominations=about or rows,
        at=at,
    )
    return objection


@act
def settle_objection(
    *,
    actor: Actor,
    objection_id: UUID,
    expected_version: int,
    verification: str,
    outcome: ObjectionOutcome,
) -> Objection:
    """Enter how an objection was looked into, and what was found.

    expected_version  of its notice

    Raises NotFoundError, ValueMissingError, ConsultingMoveError for one that was settled, and
    what consulting.lock_held raises.
    """
    at, move = timezone.now(), NOTICE_MOVES["settle"]
    known = Objection.objects.filter(pk=objection_id).first()
    if known is None:
        raise NotFoundError
    notice, mandate = lock_held(notice_of(known.notice_id), actor, move, expected_version)
    objection = notice.objections.select_for_update(no_key=True).get(pk=objection_id)
    if objection.outcome:
        raise ConsultingMoveError(act=move.label, state=ObjectionOutcome(objection.outcome).label)
    objection.verification, objection.outcome = tidy(verification), outcome
    if not objection.verification:
        raise ValueMissingError(_("Cách xác minh"))
    objection.settled_at, objection.settled_by = at, actor.name
    objection.save()
    write_move(notice, actor, move, at)
    rows = nominations_on(notice)
    about = [row for row in rows if row.pk == objection.nomination_id] or rows
    data = {"objection": str(objection.pk), "outcome": str(outcome)}
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry("", move.event, notice.subject, data=data),
        nominations=about,
        at=at,
    )
    return objection


@act
def close_notice(*, actor: Actor, notice_id: UUID, expected_version: int) -> PublicNotice:
    """Close a notice whose last day is over, with the report of what it brought.

    Raises NoticeRunningError before that and while an objection is open, SignerMissingError, and
    what consulting.lock_held raises.
    """
    at, move = timezone.now(), NOTICE_MOVES["close"]
    notice, mandate = lock_held(notice_of(notice_id), actor, move, expected_version)
    if notice.ends_on >= timezone.localdate(at):
        raise NoticeRunningError(ends_on=notice.ends_on, objections=0)
    still_open = notice.objections.filter(outcome="").count()
    if still_open:
        raise NoticeRunningError(ends_on=None, objections=still_open)
    rows = nominations_on(notice)
    consulted = Consulted(rows, Desk(notice.desk), mandate)
    notice.report = notice_report(
        by=desk_issuer(consulted, at),
        who=actor.who(mandate),
        at=at,
        notice=notice,
        nominations=rows,
        objections=list(notice.objections.select_related("nomination__nominee")),
    )
    write_move(notice, actor, move, at)
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry("", move.event, notice.subject, data={}),
        nominations=rows,
        at=at,
    )
    return notice


@act
def take_notice_down(
    *, actor: Actor, notice_id: UUID, expected_version: int, reason: str
) -> PublicNotice:
    """Take a notice down with a reason: it counts for nothing, and has to be put up anew.

    Raises ValueMissingError, and what consulting.lock_held raises.
    """
    at, move = timezone.now(), NOTICE_MOVES["take_down"]
    notice, mandate = lock_held(notice_of(notice_id), actor, move, expected_version)
    notice.reason = tidy(reason)
    if not notice.reason:
        raise ValueMissingError(_("Lý do"))
    write_move(notice, actor, move, at)
    rows = nominations_on(notice)
    record_in_dossiers(
        who=actor.who(mandate),
        entry=Entry("", move.event, notice.subject, data={"reason": notice.reason}),
        nominations=rows,
        at=at,
    )
    return notice


def nominations_on(notice: PublicNotice) -> list[Nomination]:
    """Return the nominations on a notice, in the order in which they were put there."""
    items = notice.items.select_related(
        "nomination__nominee",
        "nomination__award_item__form",
        "nomination__dossier__occasion__campaign",
    )
    return [item.nomination for item in items]


def notice_of(notice_id: UUID) -> PublicNotice:
    """Return a notice with what its desk is found by, or raise NotFoundError."""
    found = PublicNotice.objects.select_related("occasion").filter(pk=notice_id).first()
    if found is None:
        raise NotFoundError
    return found
