"""A session from its roll call to the end of the vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.regimes import vote_rule
from campaigns.thresholds import Ballot, too_few
from organisations.actors import Actor
from organisations.models import User
from workflow.blindrsa import new_key
from workflow.conflicts import is_same_person
from workflow.council_queries import agenda_of, recused_ids, whole_agenda
from workflow.council_states import SESSION_MOVES, SessionState, WayOfVoting
from workflow.errors import NotFoundError
from workflow.errors_ballots import HasVotedError, TellerIsNomineeError, TellersMissingError
from workflow.errors_councils import ChairMissingError, NoQuorumError, RollCallOpenError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.law import law_of
from workflow.models import (
    AgendaItem,
    Attendance,
    BallotPaper,
    BallotRoll,
    CastBallot,
    CouncilSession,
    NoticeKind,
    Office,
    OpenVote,
    SessionMember,
)
from workflow.papers.invitation import ballot_form, office_line
from workflow.services.acting import act
from workflow.services.nominees import tidy
from workflow.services.recusing import write_recusals
from workflow.services.session_moves import Held, hold_session, move_session, note_session
from workflow.services.sessions import issuer_of, require_agenda
from workflow.services.telling import tell_of_session

BALLOT_SECRET = settings.SECRET_KEY.encode()
"""What the private halves of ballot keys are sealed under while they are needed."""
ROLL_CALL = frozenset({SessionState.CONVENED, SessionState.SITTING, SessionState.VOTING})
"""Until the votes are counted: who was there is not settled by how it came out."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether one member came; see models.SessionMember for the fields."""

    member_id: int
    attendance: Attendance
    reason: str = ""
    substitute_name: str = ""
    substitute_paper: str = ""
    substitute_user_id: int | None = None
    in_writing: bool = False
    left_at: int | None = None
    back_at: int | None = None


@act
def record_attendance(
    *, actor: Actor, session_id: UUID, expected_version: int, rows: Sequence[Presence]
) -> CouncilSession:
    """Call the roll: who is there, excused, absent or stood in for; who left and came back.

    Once ballots are handed out, who came stays as it was: only leaving and coming back is new,
    and nobody has left before an item on which he has voted in the open.
    Raises as hold_session, NotFoundError for somebody who is no member, ValueMissingError,
    ValueFormatError and HasVotedError.
    """
    at = timezone.now()
    held = hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=_("Điểm danh"), states=ROLL_CALL,
    )  # fmt: skip
    session = held.session
    members = {row.pk: row for row in session.members.select_related("home")}
    if not {row.member_id for row in rows} <= set(members):
        raise NotFoundError
    for row in rows:
        _mark(session, members[row.member_id], row)
    sat = list(members.values())
    _check_one_voice(sat)
    if session.state == SessionState.CONVENED:
        write_recusals(session, whole_agenda(session), sat)
    _refuse_voters(session, members)
    data = {
        "members_total": len(sat),
        "members_present": sum(member.came for member in sat),
        "left": [f"{row.name}: {row.left_at}–{row.back_at or ''}" for row in sat if row.left_at],
    }
    note_session(actor=actor, held=held, action="council.attendance_recorded", at=at, data=data)
    return session


def _refuse_voters(session: CouncilSession, members: Mapping[int, SessionMember]) -> None:
    """Refuse that somebody was away at an item on which he has voted as one who was there."""
    votes = OpenVote.objects.filter(item__session=session, in_writing=False, item__dropped="")
    for member_id, place in votes.values_list("member_id", "item__place"):
        if not members[member_id].there_at(place):
            raise HasVotedError(member=members[member_id].name, place=place)


def _mark(session: CouncilSession, member: SessionMember, row: Presence) -> None:
    _check_presence(member, row)
    if session.state == SessionState.CONVENED:
        stands_in = row.attendance == Attendance.SUBSTITUTED
        member.attendance = row.attendance
        member.reason = "" if row.attendance == Attendance.PRESENT else tidy(row.reason)
        member.substitute_name = tidy(row.substitute_name) if stands_in else ""
        member.substitute_paper = tidy(row.substitute_paper) if stands_in else ""
        member.substitute_user = _user(row.substitute_user_id) if stands_in else None
        member.in_writing = row.in_writing and not member.came
    member.left_at, member.back_at = row.left_at, row.back_at
    member.save()


def _check_presence(member: SessionMember, row: Presence) -> None:
    if row.attendance == Attendance.SUBSTITUTED:
        for label, value in {
            _("Người dự thay"): row.substitute_name,
            _("Văn bản ủy quyền"): row.substitute_paper,
        }.items():
            if not tidy(value):
                raise ValueMissingError(f"{label} ({member.name})")
    if row.back_at is not None and (row.left_at is None or row.back_at <= row.left_at):
        raise ValueFormatError(
            _("Trở lại từ mục"),
            _("Trở lại phải sau khi rời họp (%(name)s).") % {"name": member.name},
        )


def _check_one_voice(members: Sequence[SessionMember]) -> None:
    """Refuse a substitute who sits in the council himself, or stands in for two."""
    voters = [row.user_id for row in members if row.user_id is not None]
    voters += [row.substitute_user_id for row in members if row.substitute_user_id is not None]
    if len(voters) != len(set(voters)):
        raise ValueFormatError(
            _("Người dự thay"),
            _("Người dự thay không thể là thành viên, hoặc thay hai thành viên."),
        )


def _user(user_id: int | None) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).first() if user_id else None


@act
def open_session(
    *,
    actor: Actor,
    session_id: UUID,
    expected_version: int,
    chair_id: int,
    tellers: Sequence[int | None] = (),
) -> CouncilSession:
    """Open a session: the roll is complete, enough are there, somebody present takes the chair.

    Where checked text of law asks for a quorum or a presence, it is held against; where none
    does, the council's own rules stand, and the page asks for the text by name.
    In a secret ballot the papers are laid out: items with the same voters share one. Where
    somebody votes on paper, the ballot paper is asked for, now that the agenda is settled.
    Raises as hold_session, RollCallOpenError, NoQuorumError, ChairMissingError,
    TellersMissingError, TellerIsNomineeError, AgendaEmptyError, SignerMissingError.
    """
    at = timezone.now()
    move = SESSION_MOVES["open"]
    held = hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=move.label, states=move.sources,
    )  # fmt: skip
    session = held.session
    require_agenda(session)
    members = list(session.members.all())
    _require_roll(members)
    items = agenda_of(session)
    if against := quorum_against(items, members):
        raise NoQuorumError(against)
    _take_chair(session, members, chair_id, actor)
    _name_tellers(session, items, members, tellers)
    if session.way == WayOfVoting.SECRET:
        lay_out_papers(session, items)
    if counts_paper(session.way, members):
        session.ballot_form = ballot_form(
            by=issuer_of(session, timezone.localdate(at)),
            who=actor.who(held.mandate),
            at=at,
            session=session,
            nominations=[item.nomination for item in items],
        )
    session.started_at = at
    if session.way == WayOfVoting.SECRET:
        tell_of_session(session, NoticeKind.HANDING, voters(session), at)
    present = sum(member.came for member in members)
    data = {"members_total": len(members), "members_present": present,
            "chair": session.chair_name}  # fmt: skip
    move_session(actor=actor, held=held, name="open", at=at, data=data)
    return session


def _require_roll(members: Sequence[SessionMember]) -> None:
    uncalled = [one.name for one in members if one.attendance == Attendance.EXPECTED]
    if uncalled or not any(one.came for one in members):
        raise RollCallOpenError(uncalled)


def quorum_against(
    items: Sequence[AgendaItem], members: Sequence[SessionMember]
) -> tuple[str, ...]:
    """Return what checked text of law says against a session with these members present."""
    law = law_of([item.nomination for item in items])
    present = sum(one.came for one in members)
    ballot = Ballot(len(members), present, 0, 0, 0)
    found: dict[str, None] = {}
    for item in items:
        row = law.threshold(item.nomination)
        if row is not None and row.relied_upon and item.nomination.dossier.regime_id:
            found |= dict.fromkeys(too_few(vote_rule(row), ballot))
    return tuple(found)


def _take_chair(
    session: CouncilSession, members: Sequence[SessionMember], chair_id: int, actor: Actor
) -> None:
    """Write down who presides and who keeps the minutes: the council's secretary, or who acts."""
    chair = next((one for one in members if one.pk == chair_id and one.came), None)
    if chair is None:
        raise ChairMissingError
    session.chair_name, session.chair_position = printed_name(chair), printed_office(chair)
    secretary = next((one for one in members if one.office == Office.SECRETARY and one.came), None)
    if secretary is None:
        session.secretary_name, session.secretary_position = actor.name, actor.position
    else:
        session.secretary_name = printed_name(secretary)
        session.secretary_position = printed_office(secretary)


def printed_name(member: SessionMember) -> str:
    """Return who sat in the member's place."""
    stands_in = member.attendance == Attendance.SUBSTITUTED
    return member.substitute_name if stands_in else member.name


def printed_office(member: SessionMember) -> str:
    """Return what stands behind the name in minutes: office in the council, position."""
    if member.attendance == Attendance.SUBSTITUTED:
        return f"dự thay {member.name} theo {member.substitute_paper}"
    return office_line(member)


def _name_tellers(
    session: CouncilSession,
    items: Sequence[AgendaItem],
    members: Sequence[SessionMember],
    tellers: Sequence[int | None],
) -> None:
    """Name the two who count paper ballots, where there will be any."""
    chosen = [User.objects.filter(pk=key, is_active=True).first() for key in tellers if key]
    if chosen:
        session.first_teller, session.second_teller = (*chosen, None)[:2]
    if not counts_paper(session.way, members):
        return
    first, second = session.first_teller, session.second_teller
    if first is None or second is None or first == second:
        raise TellersMissingError
    for teller in (first, second):
        _refuse_nominee(teller, items)


def _refuse_nominee(teller: User, items: Sequence[AgendaItem]) -> None:
    """Refuse that somebody counts the ballots on himself."""
    for item in items:
        if is_same_person(
            item.nomination,
            user_id=teller.pk,
            name=teller.full_name,
            position=teller.position,
            unit_path="",
        ):
            raise TellerIsNomineeError(teller.full_name)


def counts_paper(way: str, members: Sequence[SessionMember]) -> bool:
    """Return whether somebody votes on paper: all do, or the absent do in a secret ballot."""
    if way == WayOfVoting.BY_HAND:
        return True
    return way == WayOfVoting.SECRET and any(one.in_writing for one in members)


def lay_out_papers(session: CouncilSession, items: Sequence[AgendaItem]) -> None:
    """Make the ballot papers: items with the same voters stand on one, each with its own key.

    A member who must not vote on an item is then handed every paper but the one that it is on,
    and nobody can tell from the box what he voted on the others.
    """
    groups: dict[frozenset[int], list[AgendaItem]] = {}
    barred = recused_ids(items)
    for item in items:
        groups.setdefault(barred[item.pk], []).append(item)
    for number, group in enumerate(groups.values(), start=1):
        key, sealed = new_key(BALLOT_SECRET)
        BallotPaper.objects.create(
            session=session, number=number, modulus=f"{key.modulus:x}", sealed=sealed
        )
        for item in group:
            item.paper = number
    AgendaItem.objects.bulk_update(items, ["paper"])


@act
def start_voting(*, actor: Actor, session_id: UUID, expected_version: int) -> CouncilSession:
    """End the handing out of ballots and open the vote.

    From here on nobody can be handed a ballot: the private halves of the keys are erased, so
    that not even the server could make one. Raises as hold_session, AgendaEmptyError.
    """
    held = _held_for(actor, session_id, expected_version, "start_voting")
    require_agenda(held.session)
    held.session.papers.update(sealed="")
    handed = BallotRoll.objects.filter(paper__session=held.session)
    at = timezone.now()
    if held.session.way == WayOfVoting.SECRET:
        tell_of_session(held.session, NoticeKind.VOTING, voters(held.session), at)
    return _moved(actor, held, "start_voting", at, {"ballots_out": handed.count()})


@act
def stop_voting(*, actor: Actor, session_id: UUID, expected_version: int) -> CouncilSession:
    """End the vote: no ballot is taken from here on.

    The ballots are written anew in the order of their hashes, so that not even the order in
    which the database keeps its rows tells when each came. Raises as hold_session.
    """
    held = _held_for(actor, session_id, expected_version, "stop_voting")
    box = CastBallot.objects.filter(paper__session=held.session)
    ballots = list(box.order_by("hash"))
    box.delete()
    CastBallot.objects.bulk_create(ballots)
    session, at = held.session, timezone.now()
    if counts_paper(session.way, list(session.members.all())):
        tellers = {key for key in (session.first_teller_id, session.second_teller_id) if key}
        tell_of_session(session, NoticeKind.TO_COUNT, tellers, at)
    return _moved(actor, held, "stop_voting", at, {"ballots_in": len(ballots)})


def voters(session: CouncilSession) -> set[int]:
    """Return by whose accounts those who are there vote on a machine."""
    here = (one for one in session.members.all() if one.came)
    return {one.voter_id for one in here if one.voter_id is not None}


def _held_for(actor: Actor, session_id: UUID, expected_version: int, name: str) -> Held:
    move = SESSION_MOVES[name]
    return hold_session(
        actor=actor, session_id=session_id, expected_version=expected_version,
        act=move.label, states=move.sources,
    )  # fmt: skip


def _moved(
    actor: Actor, held: Held, name: str, at: datetime, data: Mapping[str, Any]
) -> CouncilSession:
    move_session(actor=actor, held=held, name=name, at=at, data=data)
    return held.session
