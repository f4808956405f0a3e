"""Votes at once, on PostgreSQL: one ballot for each token, none after the end, one session a case.

The guard is switched off first, to show that it is the guard that keeps the two apart.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from organisations.models import User
from tests.cast import Cast
from tests.concurrency.workflow.test_races import at_once, codes
from tests.councils import (
    acting,
    call_roll,
    concluded,
    convened,
    convening,
    counting,
    fill_in,
    opened,
    put_in,
    seat,
    show_hands,
    take_ballots,
    voters,
    voting,
)
from tests.factories import facts, nomination_in, person
from workflow.ballot_box import Ballot
from workflow.blindrsa import blind
from workflow.council_states import WayOfVoting
from workflow.models import (
    BallotPaper,
    BallotRoll,
    CastBallot,
    CouncilMember,
    CouncilSession,
    Meeting,
)
from workflow.services import concluding, secret_ballots
from workflow.services.councils import end_council_member
from workflow.services.secret_ballots import cast_ballot, hand_out_ballots, paper_of
from workflow.services.session_moves import Held
from workflow.services.sessions import convene_session
from workflow.services.sitting import stop_voting
from workflow.states import State

pytestmark = pytest.mark.postgres
TRIALS = 4


def unlocked(session_id: Any) -> CouncilSession:
    """Load a session as lock_session does, but for the lock."""
    rows = CouncilSession.objects.select_related("unit", "occasion__campaign", "dossier")
    return rows.get(pk=session_id)


@pytest.fixture
def session(committed_cast: Cast) -> CouncilSession:
    seat(committed_cast, voters(4))
    row = nomination_in(State.UNDER_REVIEW, committed_cast)
    known = convened(committed_cast, [row], way=WayOfVoting.SECRET)
    return opened(committed_cast, call_roll(committed_cast, known))


def ballots(session: CouncilSession) -> list[Ballot]:
    people = User.objects.filter(username__startswith="uv").order_by("username")
    return [take_ballots(acting(user), session)[1] for user in people]


def test_one_token_cast_twice_at_once_is_in_the_box_once(
    committed_cast: Cast, session: CouncilSession
) -> None:
    held = ballots(session)
    known = voting(committed_cast, session)
    for ballot in held:
        casts = [
            partial(cast_ballot, session_id=known.pk, paper=1, ballot=fill_in(ballot, choice))
            for choice in ("y", "n")
        ]
        assert codes(at_once(*casts)) == ["BALLOT_ALREADY_CAST"]
    assert CastBallot.objects.count() == len(held)


def test_a_ballot_goes_in_before_the_end_or_not_at_all(
    committed_cast: Cast, session: CouncilSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = ballots(session)
    known = voting(committed_cast, session)
    stop = partial(
        stop_voting, actor=committed_cast["thao"], session_id=known.pk,
        expected_version=known.version,
    )  # fmt: skip
    ended = at_once(stop, *(partial(put_in, known, 1, one, "y") for one in held))
    assert set(codes(ended)) <= {"COUNCIL_SESSION_STATE"}
    known.refresh_from_db()
    assert known.state == "counting"
    assert CastBallot.objects.count() == len(held) - len(ended.refused)
    # The guard off: the box is loaded without the lock, before the end, and takes one after it.
    stale = unlocked(known.pk)
    stale.state = "voting"
    monkeypatch.setattr(secret_ballots, "lock_session", lambda _key: stale)
    before = CastBallot.objects.count()
    late = [one for one in held if not CastBallot.objects.filter(pk=one.hash).exists()]
    for one in late:
        put_in(known, 1, one, "y")
    assert CastBallot.objects.count() == before + len(late)


def test_one_member_asking_twice_at_once_has_one_token_signed(session: CouncilSession) -> None:
    paper = paper_of(BallotPaper.objects.get())
    people = list(User.objects.filter(username__startswith="uv").order_by("username"))

    def asks(user: User) -> list[Any]:
        tokens = [blind(paper.key, paper.message(bytes([n]) * 32))[0] for n in (1, 2)]
        return [
            partial(hand_out_ballots, actor=acting(user), session_id=session.pk, blinded={1: one})
            for one in tokens
        ]

    for user in people:
        assert codes(at_once(*asks(user))) == ["BALLOT_TAKEN"]
    assert BallotRoll.objects.count() == len(people)


def test_two_sessions_are_not_convened_for_one_nomination(committed_cast: Cast) -> None:
    seat(committed_cast, voters(3))
    for trial in range(TRIALS):
        row = nomination_in(State.UNDER_REVIEW, committed_cast, facts(person(f"Người {trial}")))
        convene = partial(convene_session, actor=committed_cast["thao"], facts=convening([row]))
        assert codes(at_once(convene, convene)) == ["AGENDA_TAKEN"]
        assert row.agenda_items.count() == 1


def waits_for_its_conclusion(cast: Cast) -> CouncilSession:
    """Return a unit's session whose votes are counted: it moves nothing, only writes its meeting."""
    row = nomination_in(State.PREPARED, cast)
    seat(cast, voters(3), unit="tp-rach-gia", by="lan")
    known = convene_session(
        actor=cast["lan"],
        facts=convening([], nominations=[row.pk], dossier_id=row.dossier_id),
    )
    known = voting(cast, opened(cast, call_roll(cast, known, by="lan"), by="lan"), by="lan")
    show_hands(cast, known, "yyn", by="lan")
    return counting(cast, known, by="lan")


def test_two_who_conclude_at_once_write_one_meeting(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = waits_for_its_conclusion(committed_cast)
    conclude = partial(concluded, committed_cast, known, by="lan")
    assert codes(at_once(conclude, conclude)) == ["COUNCIL_SESSION_CHANGED"]
    assert Meeting.objects.count() == 1
    # The guard off: both read before either writes, and nobody looks at the version.
    CouncilSession.objects.update(state="counting", version=known.version, meeting=None)
    both = threading.Barrier(2, timeout=60)

    def unguarded(**_given: Any) -> Held:
        stale = unlocked(known.pk)
        both.wait()
        return Held(stale, committed_cast["lan"].mandates[0])

    monkeypatch.setattr(concluding, "hold_session", unguarded)
    assert codes(at_once(conclude, conclude)) == []
    assert Meeting.objects.count() == 3


def test_removing_a_member_while_ballots_are_handed_out_takes_none_from_him(
    committed_cast: Cast, session: CouncilSession
) -> None:
    """The session keeps who sat in it: removing him from the council touches it at no time."""
    for user in User.objects.filter(username__startswith="uv"):
        member = CouncilMember.objects.get(user=user)
        end = partial(
            end_council_member, actor=committed_cast["thao"], member_id=member.pk,
            expected_version=member.version, last_day=member.valid_from,
        )  # fmt: skip
        assert codes(at_once(end, partial(take_ballots, acting(user), session))) == []
    assert BallotRoll.objects.count() == session.members.count() == 4
    assert not CouncilMember.objects.filter(valid_to=None).exists()


def test_two_tokens_at_once_both_go_in(committed_cast: Cast, session: CouncilSession) -> None:
    """The control of one token cast twice: it is the token that is refused, not the haste."""
    held = ballots(session)
    known = voting(committed_cast, session)
    assert codes(at_once(*(partial(put_in, known, 1, one, "y") for one in held))) == []
    assert CastBallot.objects.count() == len(held)


def test_of_two_who_stop_the_vote_one_stops_it(
    committed_cast: Cast, session: CouncilSession
) -> None:
    known = voting(committed_cast, session)
    stop = partial(counting, committed_cast, known)
    assert codes(at_once(stop, stop)) == ["COUNCIL_SESSION_CHANGED"]
