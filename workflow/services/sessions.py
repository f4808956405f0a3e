"""Convening a council: who sits, what is on the agenda, who does not vote on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from audit.services import Entry, record
from campaigns.models import Occasion
from organisations.actors import Actor, Mandate
from organisations.models import Unit
from workflow.council_queries import (
    may_drop,
    members_on,
    on_live_agenda,
    ready_nominations,
    session_mandate,
)
from workflow.council_states import (
    BEFORE_VOTING,
    LIVE,
    SESSION_MOVES,
    RecusalRule,
    SessionState,
    WayOfVoting,
)
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_councils import (
    AgendaEmptyError,
    AgendaTakenError,
    CouncilEmptyError,
    ItemVotedError,
)
from workflow.errors_drafting import ValueMissingError
from workflow.gating import load_unmet
from workflow.guards import GUARDS
from workflow.models import (
    AgendaItem,
    CouncilSession,
    Dossier,
    Nomination,
    NoticeKind,
    Office,
    SessionMember,
)
from workflow.notice_gate import load_notice_bars
from workflow.papers.invitation import invitation
from workflow.papers.letterhead import Issuer
from workflow.services.acting import act
from workflow.services.loading import (
    issuer_for,
    lock_dossier,
    lock_nominations,
    require_desk_unit,
)
from workflow.services.nominees import tidy
from workflow.services.recusing import write_recusals
from workflow.services.session_moves import hold_session, move_session, note_session
from workflow.services.telling import tell_of_session
from workflow.states import MOVES, Desk


@dataclass(frozen=True, slots=True)
class Convening:
    """What the invitation says.

    occasion_id  of the province's council; dossier_id  of a unit's: one of the two
    nominations  what is on the agenda, in the order in which it is dealt with
    """

    convened_for: datetime
    place: str
    way: WayOfVoting
    nominations: Sequence[UUID]
    occasion_id: UUID | None = None
    dossier_id: UUID | None = None
    recusal: RecusalRule = RecusalRule.NOMINEE
    recused_counted: bool = True
    tellers: Sequence[int] = field(default_factory=tuple)


@act
def convene_session(*, actor: Actor, facts: Convening) -> CouncilSession:
    """Convene a council as it stands on the day of the session, and return the session.

    The members are written down as they are that day: who joins or leaves later changes nothing.
    Raises NotFoundError, AccessDeniedError, ValueMissingError, NothingChosenError,
    CouncilEmptyError, AgendaTakenError, SignerMissingError, and what guards of the vote refuse
    with.
    """
    at = timezone.now()
    if not tidy(facts.place):
        raise ValueMissingError(_("Địa điểm"))
    session, mandate = _new_session(actor, facts, at)
    members = _seat(session)
    nominations = _put_on(session, facts.nominations, members, at, late=False)
    session.invitation = invitation(
        by=issuer_of(session, timezone.localdate(at)),
        who=actor.who(mandate),
        at=at,
        session=session,
        members=members,
        nominations=nominations,
    )
    session.save(update_fields=["invitation"])
    invited = {one.user_id for one in members if one.user_id is not None}
    tell_of_session(session, NoticeKind.CONVENED, invited - {actor.user_id}, at)
    entry = Entry(
        stream=session.stream,
        action="council.convened",
        subject=session.stream,
        after={"state": session.state, "version": session.version},
        data={
            "convened_for": facts.convened_for.isoformat(),
            "venue": session.place,
            "way": session.way,
            "members": len(members),
            "items": len(facts.nominations),
        },
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return session


def _new_session(actor: Actor, facts: Convening, at: datetime) -> tuple[CouncilSession, Mandate]:
    occasion, unit, dossier = _whose(facts)
    first, second = (*facts.tellers, None, None)[:2]
    session = CouncilSession(
        unit=unit,
        occasion=occasion,
        dossier=dossier,
        way=facts.way,
        recusal=facts.recusal,
        recused_counted=facts.recused_counted,
        convened_for=facts.convened_for,
        place=tidy(facts.place),
        first_teller_id=first,
        second_teller_id=second,
        changed_at=at,
        changed_by=actor.name,
    )
    mandate = session_mandate(actor, session)
    if mandate is None:
        raise AccessDeniedError(
            act=_("Triệu tập phiên họp"),
            why=_("Việc này của thư ký tại cơ quan có Hội đồng họp."),
        )
    session.save()
    return session, mandate


def _whose(facts: Convening) -> tuple[Occasion, Unit, Dossier | None]:
    """Return whose council meets: of the unit of a dossier, or the province's on an occasion."""
    if facts.dossier_id is not None:
        dossier = lock_dossier(facts.dossier_id)
        return dossier.occasion, dossier.unit, dossier
    known = Occasion.objects.select_related("campaign")
    found = known.filter(pk=facts.occasion_id).first() if facts.occasion_id else None
    if found is None:
        raise NotFoundError
    return found, require_desk_unit(found.campaign, Desk.BOARD), None


def _seat(session: CouncilSession) -> list[SessionMember]:
    """Write down the members of the council as they are on the day of the session."""
    members = members_on(session.unit, timezone.localdate(session.convened_for))
    offices = {member.office for member in members}
    if not members:
        raise CouncilEmptyError(_("thành viên nào trong ngày họp"))
    if not offices & {Office.CHAIR, Office.VICE_CHAIR}:
        raise CouncilEmptyError(_("Chủ tịch hoặc Phó Chủ tịch trong ngày họp"))
    return SessionMember.objects.bulk_create(
        SessionMember(
            session=session,
            member=member,
            place=place,
            name=member.name,
            position=member.position,
            office=member.office,
            user=member.user,
            home=member.home,
        )
        for place, member in enumerate(members, start=1)
    )


@act
def add_agenda_items(
    *, actor: Actor, session_id: UUID, expected_version: int, nominations: Sequence[UUID]
) -> CouncilSession:
    """Put nominations on the agenda of a session already convened, marked as late.

    Raises as hold_session and convene_session.
    """
    at = timezone.now()
    held = hold_session(
        actor=actor,
        session_id=session_id,
        expected_version=expected_version,
        act=_("Bổ sung chương trình họp"),
        states=BEFORE_VOTING - {SessionState.SITTING},
    )
    session = held.session
    _put_on(session, nominations, list(session.members.all()), at, late=True)
    note_session(
        actor=actor, held=held, action="council.items_added", at=at,
        data={"items": len(nominations)},
    )  # fmt: skip
    return session


@act
def drop_agenda_item(
    *, actor: Actor, session_id: UUID, expected_version: int, item_id: int, reason: str
) -> CouncilSession:
    """Take a nomination off the agenda, with the reason; it stays where it is for another time.

    Until the vote begins; after that only what nobody has voted on yet in the open, and what has
    itself left the council: nobody is spared a result that is known.
    Raises as hold_session, ValueMissingError without a reason, NotFoundError for another's item,
    ItemVotedError.
    """
    at = timezone.now()
    held = hold_session(
        actor=actor,
        session_id=session_id,
        expected_version=expected_version,
        act=_("Đưa ra khỏi chương trình họp"),
        states=LIVE,
    )
    if not tidy(reason):
        raise ValueMissingError(_("Lý do"))
    item = (
        held.session.items.filter(pk=item_id, dropped="")
        .select_related("nomination__nominee")
        .first()
    )
    if item is None:
        raise NotFoundError
    _refuse_voted(held.session, item)
    item.dropped = tidy(reason)
    item.save(update_fields=["dropped"])
    note_session(
        actor=actor, held=held, action="council.item_dropped", at=at,
        data={"nominee": item.nomination.nominee.name, "reason": item.dropped},
    )  # fmt: skip
    return held.session


def _refuse_voted(session: CouncilSession, item: AgendaItem) -> None:
    if not may_drop(session, item, voted=item.open_votes.exists()):
        raise ItemVotedError(item.nomination.nominee.name)


@act
def cancel_session(
    *, actor: Actor, session_id: UUID, expected_version: int, reason: str
) -> CouncilSession:
    """Call a session off, with the reason; what was voted in it counts for nothing.

    Raises as hold_session, and ValueMissingError without a reason.
    """
    at = timezone.now()
    held = hold_session(
        actor=actor,
        session_id=session_id,
        expected_version=expected_version,
        act=SESSION_MOVES["cancel"].label,
        states=SESSION_MOVES["cancel"].sources,
    )
    if not tidy(reason):
        raise ValueMissingError(_("Lý do"))
    held.session.cancelled_because = tidy(reason)
    held.session.papers.update(sealed="")
    move_session(actor=actor, held=held, name="cancel", at=at, data={"reason": tidy(reason)})
    return held.session


def _put_on(
    session: CouncilSession,
    ids: Sequence[UUID],
    members: Sequence[SessionMember],
    at: datetime,
    *,
    late: bool,
) -> list[Nomination]:
    """Put nominations on the agenda after those that are on it, in the order given."""
    if not ids:
        raise NothingChosenError
    rows = {row.pk: row for row in lock_nominations(ids)}
    _refuse_taken(session, rows)
    _refuse_barred(session, list(rows.values()), at)
    begun = session.items.count()
    items = AgendaItem.objects.bulk_create(
        AgendaItem(session=session, place=place, nomination=rows[key], late=late)
        for place, key in enumerate(dict.fromkeys(ids), start=begun + 1)
    )
    write_recusals(session, items, members)
    return [item.nomination for item in items]


def issuer_of(session: CouncilSession, on: date) -> Issuer:
    """Return who signs for a council: the province's head, or the head of the unit.

    Raises SignerMissingError where nobody holds the office.
    """
    desk = Desk.BOARD if session.dossier_id is None else Desk.UNIT
    return issuer_for(session.unit, desk, on)


def _refuse_taken(session: CouncilSession, rows: dict[UUID, Nomination]) -> None:
    """Refuse what is not this council's to vote on now, or lies before another session."""
    if names := on_live_agenda(rows):
        raise AgendaTakenError(names)
    ready = ready_nominations(session.occasion_id, session.dossier_id).filter(pk__in=rows)
    if ready.count() != len(rows):
        raise NotFoundError


def _refuse_barred(session: CouncilSession, rows: Sequence[Nomination], at: datetime) -> None:
    """Convene for nothing that could not pass: the guards of the vote, asked beforehand."""
    if session.dossier_id is not None:
        return
    move = MOVES["pass_vote"]
    load_unmet(rows, [move], at)
    load_notice_bars(rows, [move], timezone.localdate(session.convened_for))
    for row in rows:
        for name in move.guards:
            refusal: Refusal | None = GUARDS[name](row)
            if refusal is not None:
                raise refusal


def require_agenda(session: CouncilSession) -> None:
    """Raise AgendaEmptyError where nothing is left to vote on."""
    if not session.items.filter(dropped="").exists():
        raise AgendaEmptyError
