"""Councils and their sessions, made by the services as the right people."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from organisations.actors import Actor, actor_for
from organisations.models import User
from tests.cast import Cast
from workflow.ballot_box import TOKEN_BYTES, Ballot
from workflow.blindrsa import blind, unblind
from workflow.council_states import WayOfVoting
from workflow.last_places import Said
from workflow.models import (
    Attendance,
    Choice,
    CouncilMember,
    CouncilSession,
    Meeting,
    Nomination,
    Office,
    SessionMember,
)
from workflow.services.concluding import conclude_session
from workflow.services.councils import MemberFacts, add_council_member
from workflow.services.secret_ballots import cast_ballot, hand_out_ballots, paper_of, papers_for
from workflow.services.session_votes import (
    MemberVote,
    PaperCount,
    record_open_votes,
    record_teller_counts,
)
from workflow.services.sessions import Convening, convene_session
from workflow.services.sitting import (
    Presence,
    open_session,
    record_attendance,
    start_voting,
    stop_voting,
)

SINCE = date(2022, 1, 1)
OFFICES = (Office.CHAIR, Office.VICE_CHAIR, Office.MEMBER, Office.MEMBER, Office.SECRETARY)
BOARD = "hd-tdkt"


def voters(count: int) -> list[User]:
    """Return people with an account and no office: all that they do, they do as members."""
    return [
        User.objects.create_user(f"uv{n}", full_name=f"Ủy viên Thứ {n}", position="Giám đốc")
        for n in range(1, count + 1)
    ]


def seat(cast: Cast, users: Sequence[User], unit: str = BOARD, by: str = "thao",
         **changes: Any) -> list[CouncilMember]:  # fmt: skip
    """Return a council of these people, the first of them its chair."""
    return [
        add_council_member(
            actor=cast[by],
            unit_id=cast.units[unit].pk,
            facts=MemberFacts(
                **{
                    "name": user.full_name,
                    "position": user.position,
                    "office": OFFICES[place] if place < len(OFFICES) else Office.MEMBER,
                    "valid_from": SINCE,
                    "user_id": user.pk,
                    **changes,
                }
            ),
        )
        for place, user in enumerate(users)
    ]


def acting(user: User | None) -> Actor:
    assert user is not None
    return actor_for(user, timezone.localdate())


def convening(rows: Sequence[Nomination], **changes: Any) -> Convening:
    """Return an invitation of the province's council for tomorrow."""
    given: dict[str, Any] = {
        "convened_for": timezone.now() + timedelta(days=1),
        "place": "Phòng họp số 1",
        "way": WayOfVoting.OPEN,
        "nominations": [row.pk for row in rows],
        "occasion_id": rows[0].dossier.occasion_id if rows else None,
    }
    return Convening(**{**given, **changes})


def convened(cast: Cast, rows: Sequence[Nomination], by: str = "thao",
             **changes: Any) -> CouncilSession:  # fmt: skip
    return convene_session(actor=cast[by], facts=convening(rows, **changes))


def members_of(session: CouncilSession) -> list[SessionMember]:
    return list(session.members.order_by("place"))


def call_roll(cast: Cast, session: CouncilSession, by: str = "thao",
              **marks: Mapping[str, Any]) -> CouncilSession:  # fmt: skip
    """Mark everybody present but those named by their place: `m3={"attendance": …}`."""
    rows = [
        Presence(
            **{
                "member_id": one.pk,
                "attendance": Attendance.PRESENT,
                **marks.get(f"m{one.place}", {}),
            }
        )
        for one in members_of(session)
    ]
    return record_attendance(
        actor=cast[by], session_id=session.pk, expected_version=session.version, rows=rows
    )


def opened(cast: Cast, session: CouncilSession, by: str = "thao", chair: int = 1,
           tellers: Sequence[str] = ()) -> CouncilSession:  # fmt: skip
    return open_session(
        actor=cast[by],
        session_id=session.pk,
        expected_version=session.version,
        chair_id=members_of(session)[chair - 1].pk,
        tellers=[cast.users[login].pk for login in tellers],
    )


def voting(cast: Cast, session: CouncilSession, by: str = "thao") -> CouncilSession:
    return start_voting(actor=cast[by], session_id=session.pk, expected_version=session.version)


def counting(cast: Cast, session: CouncilSession, by: str = "thao") -> CouncilSession:
    return stop_voting(actor=cast[by], session_id=session.pk, expected_version=session.version)


def concluded(cast: Cast, session: CouncilSession, by: str = "thao", *,
              passed: bool | None = True) -> CouncilSession:  # fmt: skip
    """Conclude the same of every item; None leaves it to the law."""
    said = {} if passed is None else dict.fromkeys(_items(session), Said(passed))
    return conclude_session(
        actor=cast[by], session_id=session.pk, expected_version=session.version, conclusions=said
    )


def meeting_of(session: CouncilSession) -> Meeting:
    assert session.meeting is not None
    return session.meeting


def _items(session: CouncilSession) -> list[int]:
    return list(session.items.filter(dropped="").values_list("pk", flat=True))


def show_hands(cast: Cast, session: CouncilSession, choices: str, by: str = "thao") -> None:
    """Let the members vote on every item as the letters say; a blank space is no vote."""
    for item in session.items.order_by("place"):
        votes = [
            MemberVote(one.pk, Choice(letter))
            for one, letter in zip(members_of(session), choices, strict=True)
            if letter != " "
        ]
        write_votes(cast, session, item.pk, votes, by)


def write_votes(cast: Cast, session: CouncilSession, item_id: int, votes: Sequence[MemberVote],
                by: str = "thao") -> None:  # fmt: skip
    """Write the open votes on one item down; the session given is then at its new version."""
    session.version = record_open_votes(
        actor=cast[by], session_id=session.pk, expected_version=session.version, item_id=item_id,
        votes=votes,
    ).version  # fmt: skip


def tell(actor: Actor, session: CouncilSession, *figures: tuple[int, int, int]) -> None:
    """Enter one teller's figures, one triple for each item."""
    counts = [
        PaperCount(item, *triple) for item, triple in zip(_items(session), figures, strict=True)
    ]
    record_teller_counts(actor=actor, session_id=session.pk, counts=counts)


def take_ballots(actor: Actor, session: CouncilSession) -> dict[int, Ballot]:
    """Do what the browser does in the first phase: blind, have signed, unblind. Blank ballots."""
    member = next(one for one in session.members.all() if one.voter_id == actor.user_id)
    held = {}
    for row in papers_for(session, member):
        paper, token = paper_of(row), secrets.token_bytes(TOKEN_BYTES)
        held[row.number] = (paper, token, *blind(paper.key, paper.message(token)))
    signed = hand_out_ballots(
        actor=actor,
        session_id=session.pk,
        blinded={number: blinded for number, (_p, _t, blinded, _i) in held.items()},
    )
    return {
        number: Ballot(
            token, unblind(paper.key, signed[number], inverse).to_bytes(paper.key.size), ""
        )
        for number, (paper, token, _blinded, inverse) in held.items()
    }


def fill_in(ballot: Ballot, choices: str) -> Ballot:
    return Ballot(ballot.token, ballot.signature, choices)


def put_in(session: CouncilSession, number: int, ballot: Ballot, choices: str) -> str:
    return cast_ballot(session_id=session.pk, paper=number, ballot=fill_in(ballot, choices))
