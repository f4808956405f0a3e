"""Votes that are not secret on a machine: in the open, and on paper counted by two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor
from workflow.conflicts import is_nominee
from workflow.council_queries import agenda_of, recused_ids
from workflow.council_states import SessionState, WayOfVoting
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_ballots import TooManyBallotsError
from workflow.errors_councils import AwayError, RecusedError, SessionMoveError
from workflow.models import (
    AgendaItem,
    Choice,
    CouncilSession,
    OpenVote,
    SessionMember,
    TellerCount,
)
from workflow.services.acting import act
from workflow.services.session_moves import hold_session, lock_session, note_session


@dataclass(frozen=True, slots=True)
class MemberVote:
    """How one member voted on an item; `in_writing` for one who was not there."""

    member_id: int
    choice: Choice
    in_writing: bool = False


@dataclass(frozen=True, slots=True)
class PaperCount:
    """What one teller counted on one item."""

    item_id: int
    votes_for: int
    votes_against: int
    votes_invalid: int


@act
def record_open_votes(
    *,
    actor: Actor,
    session_id: UUID,
    expected_version: int,
    item_id: int,
    votes: Sequence[MemberVote],
) -> CouncilSession:
    """Write down how each member voted in the open on one item, in place of what stood there.

    Raises as hold_session, NotFoundError, AccessDeniedError for the vote on oneself, RecusedError,
    and AwayError for who was not there and did not write.
    """
    at = timezone.now()
    name = _("Ghi biểu quyết")
    held = hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=name, states={SessionState.VOTING},
    )  # fmt: skip
    session = held.session
    if session.way != WayOfVoting.OPEN:
        raise SessionMoveError(act=name, state=SessionState(session.state).label)
    items = {item.pk: item for item in agenda_of(session)}
    item = items.get(item_id)
    members = {row.pk: row for row in session.members.all()}
    if item is None or not {vote.member_id for vote in votes} <= set(members):
        raise NotFoundError
    if is_nominee(actor, item.nomination):
        raise AccessDeniedError(act=name, why=_("Anh/chị là người được đề nghị ở mục này."))
    barred = recused_ids([item])[item.pk]
    for vote in votes:
        _check_open(item, members[vote.member_id], vote, barred)
    item.open_votes.all().delete()
    OpenVote.objects.bulk_create(
        OpenVote(item=item, member_id=vote.member_id, choice=vote.choice,
                 in_writing=vote.in_writing)
        for vote in votes
    )  # fmt: skip
    data = {
        "nominee": item.nomination.nominee.name,
        "votes_for": sum(vote.choice == Choice.YES for vote in votes),
        "votes_against": sum(vote.choice == Choice.NO for vote in votes),
    }
    note_session(actor=actor, held=held, action="council.votes_recorded", at=at, data=data)
    return session


def _check_open(
    item: AgendaItem, member: SessionMember, vote: MemberVote, barred: frozenset[int]
) -> None:
    if member.pk in barred:
        raise RecusedError(member=member.name, name=item.nomination.nominee.name)
    if not vote.in_writing and not member.there_at(item.place):
        raise AwayError(member=member.name)


@act
def record_teller_counts(
    *, actor: Actor, session_id: UUID, counts: Sequence[PaperCount]
) -> CouncilSession:
    """Write down what one of the two tellers counted, without showing him the other's figures.

    Each enters on his own, and may enter again until the session is concluded.
    Raises NotFoundError, AccessDeniedError, SessionMoveError, TooManyBallotsError.
    """
    at = timezone.now()
    session = lock_session(session_id)
    name = _("Nhập kết quả kiểm phiếu")
    teller = teller_number(actor, session)
    if teller is None:
        raise AccessDeniedError(act=name, why=_("Việc này của hai người kiểm phiếu đã được chọn."))
    if session.state != SessionState.COUNTING:
        raise SessionMoveError(act=name, state=SessionState(session.state).label)
    items = {item.pk: item for item in agenda_of(session)}
    if {count.item_id for count in counts} != set(items):
        raise NotFoundError
    members = list(session.members.all())
    barred = recused_ids(items.values())
    for count in counts:
        _check_possible(session, members, barred[count.item_id], count)
    TellerCount.objects.filter(item__session=session, teller=teller).delete()
    TellerCount.objects.bulk_create(
        TellerCount(
            item_id=count.item_id,
            teller=teller,
            votes_for=count.votes_for,
            votes_against=count.votes_against,
            votes_invalid=count.votes_invalid,
        )
        for count in counts
    )
    entry = Entry(stream=session.stream, action="council.counted", subject=session.stream,
                  data={"teller": teller, "items": len(counts)})  # fmt: skip
    record(who=actor.who(None), entry=entry, at=at)
    return session


def teller_number(actor: Actor, session: CouncilSession) -> int | None:
    """Return 1 or 2 where the actor is one of the two tellers, else None."""
    tellers = {session.first_teller_id: 1, session.second_teller_id: 2}
    tellers.pop(None, None)
    return tellers.get(actor.user_id)


def _check_possible(
    session: CouncilSession,
    members: Sequence[SessionMember],
    barred: frozenset[int],
    count: PaperCount,
) -> None:
    counted = count.votes_for + count.votes_against + count.votes_invalid
    may = paper_voters(session.way, members, barred)
    if counted > may:
        raise TooManyBallotsError(counted=counted, handed=may)


def paper_voters(way: str, members: Sequence[SessionMember], barred: frozenset[int]) -> int:
    """Return how many may vote on paper on an item: all by hand, else those who wrote."""
    return sum(
        (one.in_writing or (one.came and way == WayOfVoting.BY_HAND)) and one.pk not in barred
        for one in members
    )
