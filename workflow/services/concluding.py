"""The end of a session: its votes become the counts by which nominations move, by the one way.

Minutes, the minutes of the count, the law's thresholds and the moves are those of every vote
that is written down (services.board, services.proposing); a session only brings the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from organisations.actors import Actor
from organisations.models import User
from workflow.council_states import PRINTED, SESSION_MOVES, WayOfVoting
from workflow.errors_councils import (
    ConclusionAgainstVoteError,
    ConclusionMissingError,
    OverQuotaError,
    QuotaBaseMissingError,
    TieOpenError,
    TieReasonMissingError,
)
from workflow.last_places import Said, Settled, settle
from workflow.models import Attendance, CouncilSession, Meeting, SessionMember
from workflow.services.acting import act
from workflow.services.board import write_votes
from workflow.services.meetings import Count, MeetingFacts
from workflow.services.proposing import write_unit_meeting
from workflow.services.session_moves import hold_session, move_session
from workflow.services.sessions import require_agenda
from workflow.services.sitting import printed_name, printed_office
from workflow.session_places import Places, places_of
from workflow.session_results import ItemResult, ballots_out, results_of


@act
def conclude_session(
    *,
    actor: Actor,
    session_id: UUID,
    expected_version: int,
    conclusions: Mapping[int, Said],
) -> CouncilSession:
    """Close a session: write its meeting, move each nomination, ask for the minutes.

    conclusions  by item, what the council concluded; needed only where no checked text of law
                 gives the ratio, and where as many votes contend for the last place of a quota;
                 refused where it passes what the law does not
    Raises as hold_session, results_of, ConclusionMissingError, QuotaBaseMissingError,
    OverQuotaError, TieOpenError, TieReasonMissingError, ConclusionAgainstVoteError, and what
    services.board and services.proposing refuse with.
    """
    at = timezone.now()
    move = SESSION_MOVES["conclude"]
    held = hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=move.label, states=move.sources,
    )  # fmt: skip
    session = held.session
    require_agenda(session)
    results = results_of(session)
    settled = _settled(session, results, conclusions)
    counts = _counts(results, settled)
    session.meeting = _written(actor, session, results, counts, at)
    passed = sum(count.passed for count in counts)
    move_session(
        actor=actor, held=held, name="conclude", at=at,
        data={"items": len(counts), "passed": passed},
    )  # fmt: skip
    return session


def _written(
    actor: Actor,
    session: CouncilSession,
    results: Sequence[ItemResult],
    counts: Sequence[Count],
    at: datetime,
) -> Meeting:
    facts = meeting_facts(session, results, counts, at)
    if session.dossier_id is not None:
        return write_unit_meeting(
            actor=actor, dossier_id=session.dossier_id, facts=facts, counts=counts, at=at,
            session_id=session.pk,
        )  # fmt: skip
    versions = {one.item.nomination_id: one.item.nomination.version for one in results}
    return write_votes(
        actor=actor, facts=facts, counts=counts, versions=versions, at=at, session_id=session.pk
    )


def _settled(
    session: CouncilSession, results: Sequence[ItemResult], said: Mapping[int, Said]
) -> Settled:
    """Return who passes: by the law, by the places of a quota, or as the council concluded."""
    missing = [one.title for one in results if one.decided is None and one.item.pk not in said]
    if missing:
        raise ConclusionMissingError(missing)
    whole = Settled({one.item.pk: _first(one, said) for one in results})
    places = places_of(session, [one.item for one in results])
    unknown = [f"{one.quota.of} ({one.quota.form.name})" for one in places if one.free is None]
    if unknown:
        raise QuotaBaseMissingError(unknown)
    for quota in places:
        found = _in_places(quota, results, said)
        whole.passed |= found.passed
        whole.words |= found.words
    for one in results:
        word = said.get(one.item.pk, Said(passed=True))
        if one.decided and not word.passed and one.item.pk not in whole.words:
            raise ConclusionAgainstVoteError(one.title)
    return whole


def _first(one: ItemResult, said: Mapping[int, Said]) -> bool:
    """Return what the law makes of it, else the council.

    What is passed against the law goes on, to be refused where all votes are (services.board).
    """
    if one.item.pk in said and not one.decided:
        return said[one.item.pk].passed
    return bool(one.decided)


def _in_places(quota: Places, results: Sequence[ItemResult], said: Mapping[int, Said]) -> Settled:
    """Return who gets the places of one quota; refuse what the council has still to say."""
    rows = [one.contender for one in results if one.item.pk in quota.items]
    found = settle(quota.free or 0, rows, said, quota.words)
    named = f"{quota.quota.form.name}: {quota.words}"
    if found.over:
        raise OverQuotaError(names=found.over, quota=named)
    if found.level:
        raise TieOpenError(names=found.level, left=found.left, quota=named)
    if found.unreasoned:
        raise TieReasonMissingError(found.unreasoned)
    return found


def _counts(results: Sequence[ItemResult], settled: Settled) -> list[Count]:
    return [
        Count(
            nomination_id=one.item.nomination_id,
            votes_for=one.counted.votes_for,
            votes_against=one.counted.votes_against,
            votes_invalid=one.counted.blank,
            passed=settled.passed[one.item.pk],
            members=one.members,
            present=one.present,
            council_conclusion=settled.words.get(one.item.pk),
        )
        for one in results
    ]


def meeting_facts(
    session: CouncilSession,
    results: Sequence[ItemResult],
    counts: Sequence[Count],
    ended_at: datetime,
) -> MeetingFacts:
    """Return the session as its minutes tell it."""
    members = list(session.members.all())
    assert session.started_at is not None  # noqa: S101 - it was opened, or it could not be counted
    return MeetingFacts(
        started_at=session.started_at,
        ended_at=ended_at,
        place=session.place,
        chair_name=session.chair_name,
        chair_position=session.chair_position,
        secretary_name=session.secretary_name,
        secretary_position=session.secretary_position,
        members_total=len(members),
        present=[_there(one) for one in members if one.came],
        absent=[_away(one) for one in members if not one.came],
        is_council=True,
        way_of_voting=PRINTED[WayOfVoting(session.way)],
        tellers=[_teller(one) for one in (session.first_teller, session.second_teller) if one],
        ballots_out=ballots_out(session),
        remarks=[
            f"{said.rstrip('.')}."
            for said in (*_concluded(results, counts), *_remarks(session, members, results))
        ],
    )


def _there(member: SessionMember) -> dict[str, str]:
    return {"name": printed_name(member), "position": printed_office(member)}


def _away(member: SessionMember) -> dict[str, str]:
    reason = member.reason or str(Attendance(member.attendance).label)
    if member.in_writing:
        reason = f"{reason}; gửi phiếu bằng văn bản"
    return {**_there(member), "reason": reason}


def _teller(user: User) -> dict[str, str]:
    return {"name": user.full_name, "position": user.position}


def _concluded(results: Sequence[ItemResult], counts: Sequence[Count]) -> list[str]:
    """Return what the minutes say of places and of those who stood level at the last."""
    pairs = zip(results, counts, strict=True)
    return [f"{one.title}: {two.council_conclusion}" for one, two in pairs
            if two.council_conclusion]  # fmt: skip


def _remarks(
    session: CouncilSession, members: Sequence[SessionMember], results: Sequence[ItemResult]
) -> list[str]:
    """Return what the minutes say besides: who did not vote, who left, what came late."""
    said = [
        f"{', '.join(one.recused)} không biểu quyết về {one.title}"
        for one in results
        if one.recused
    ]
    for member in members:
        if member.left_at is not None:
            back = f", trở lại từ mục {member.back_at}" if member.back_at else ""
            said.append(f"{printed_name(member)} rời họp từ mục {member.left_at}{back}")
    dropped = session.items.exclude(dropped="").select_related("nomination__nominee")
    said += [
        f"Đưa {item.nomination.nominee.name} ra khỏi chương trình: {item.dropped}"
        for item in dropped
    ]
    return said
