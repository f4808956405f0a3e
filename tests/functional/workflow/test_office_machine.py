"""All services of a nomination's way, in any order, by anybody, against a plain model.

Hypothesis makes up an office's days: acts by the right people and by the wrong ones, on pages that
are out of date, on one's own case, in somebody's name; sessions of the council, voting in the open,
on paper and in secret; opinions and public notices, sets that are sealed, changed, done and taken
back, and other tables to go by. After each, what stands must be what the model
(tests/office_model.py) says, and the invariants must hold.
OFFICE_DAYS=20000 in the environment makes up so many new days, and longer ones. What such a run
finds is shown at the end by breaking the engine.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from organisations.models import Grant
from organisations.services import delegate, grant_role
from organisations.services.roles import Authority, Period
from tests import office_rules_secret
from tests.cast import FIRST, PEOPLE, Cast
from tests.councils import OFFICES as SEATS
from tests.councils import SINCE
from tests.factories import in_days
from tests.office_acts import SERVICES
from tests.office_machine import AwardOffice
from tests.office_model import ACTS, ALSO, LOANS, OFFICES
from tests.office_rules_consulting import ConsultingRules
from tests.office_rules_council import MEMBERS, CouncilRules
from tests.office_rules_secret import SecretRules
from tests.office_rules_sets import SetRules
from workflow import blindrsa, engine, engine_sets, permissions
from workflow.council_states import SessionState
from workflow.models import BallotPaper, BallotRoll, CastBallot, CouncilSession, SessionMember
from workflow.services import board, bulk, opinions, secret_ballots, session_votes
from workflow.services.councils import MemberFacts, add_council_member
from workflow.services.session_moves import lock_session
from workflow.services.sitting import BALLOT_SECRET

pytestmark = pytest.mark.long
EXAMPLES, STEPS = 14, 20
BROKEN_EXAMPLES = 60
"""How long to look for a break, the first sight of which ends it: days are made up anew whenever the
constants in the code change, for hypothesis draws from those too."""
DAYS = int(os.environ.get("OFFICE_DAYS", "0"))
"""How many days to make up, in place of the same few; --hypothesis-seed makes them again."""
LONG_STEPS = 50
FEW = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, derandomize=True, database=None,
    phases=[Phase.generate],
)  # fmt: skip
MANY = settings(max_examples=DAYS or 1, stateful_step_count=LONG_STEPS)
BROKEN = settings(
    MANY if DAYS else FEW, max_examples=max(DAYS, BROKEN_EXAMPLES), database=None,
    phases=[Phase.generate],
)  # fmt: skip


class WholeOffice(SecretRules, SetRules, ConsultingRules):
    """All that goes on in the office at once."""


@pytest.fixture
def office(cast: Cast) -> type[AwardOffice]:
    """The cast with second offices and loans, as the model knows them."""
    for login, role, unit in ALSO:
        grant_role(actor=cast["dung"], user_id=cast.users[login].pk, role=role,
                   unit_id=cast.units[unit].pk, period=Period(FIRST))  # fmt: skip
        cast.refresh(login)
    for by, to, role in LOANS:
        grant = Grant.objects.filter(user=cast.users[by], role=role).earliest("pk")
        delegate(actor=cast[by], grant_id=grant.pk, to_user_id=cast.users[to].pk,
                 authority=Authority("15/GUQ", in_days(0), in_days(0), in_days(5)))  # fmt: skip
        cast.refresh(to)
    for login, office in zip(MEMBERS, SEATS, strict=True):
        user = cast.users[login]
        seated = MemberFacts(user.full_name, user.position, office, SINCE, user.pk)
        add_council_member(actor=cast["thao"], unit_id=cast.units["hd-tdkt"].pk, facts=seated)
    AwardOffice.cast = cast
    return WholeOffice


def test_services_do_what_the_model_says(office: type[AwardOffice]) -> None:
    """In always the same few days, or in many new ones."""
    run_state_machine_as_test(office, settings=MANY if DAYS else FEW)


def test_model_knows_every_act_and_everybody() -> None:
    assert set(SERVICES) == set(ACTS)
    assert set(OFFICES) == set(PEOPLE)


Break = Callable[[pytest.MonkeyPatch], None]


def hands_forgotten(off: pytest.MonkeyPatch) -> None:
    off.setattr(permissions, "_conflict", lambda *_given: "")


def own_case_forgotten(off: pytest.MonkeyPatch) -> None:
    off.setattr(permissions, "is_nominee", lambda _actor, _row: False)


def version_forgotten(off: pytest.MonkeyPatch) -> None:
    off.setattr(engine, "check_version", lambda _row, _version: None)


def work_left_open(off: pytest.MonkeyPatch) -> None:
    off.setattr(engine, "_close_work", lambda *_given: None)


def event_untold(off: pytest.MonkeyPatch) -> None:
    off.setattr(engine, "record_acts", lambda **_given: None)


def agenda_forgotten(off: pytest.MonkeyPatch) -> None:
    off.setattr(board, "on_live_agenda", lambda _ids, **_but: [])


def recusal_forgotten(off: pytest.MonkeyPatch) -> None:
    off.setattr(session_votes, "_check_open", lambda *_given: None)


def set_done_in_part(off: pytest.MonkeyPatch) -> None:
    off.setattr(bulk, "_raise", lambda _refused: None)


def touched_taken_back(off: pytest.MonkeyPatch) -> None:
    off.setattr(engine_sets, "check_version", lambda _row, _version: None)


def any_table_will_do(off: pytest.MonkeyPatch) -> None:
    off.setattr(engine_sets, "_check_fit", lambda _row, _way: None)


def asked_twice(off: pytest.MonkeyPatch) -> None:
    off.setattr(opinions, "_not_asked_yet", lambda _name, _consulted: None)


def roll_forgotten(off: pytest.MonkeyPatch) -> None:
    def signed(paper: BallotPaper, member: SessionMember, message: int) -> int:
        BallotRoll.objects.get_or_create(paper=paper, member=member, defaults={"blinded": "0"})
        return blindrsa.sign_blinded(blindrsa.opened(paper.sealed, BALLOT_SECRET), message)

    off.setattr(secret_ballots, "_signed", signed)


def signature_unread(off: pytest.MonkeyPatch) -> None:
    off.setattr(secret_ballots, "is_valid", lambda _paper, _ballot: True)


def box_left_open(off: pytest.MonkeyPatch) -> None:
    def locked(session_id: UUID) -> CouncilSession:
        session = lock_session(session_id)
        if session.state == SessionState.COUNTING:
            session.state = SessionState.VOTING
        return session

    off.setattr(secret_ballots, "lock_session", locked)


def told_when_cast(off: pytest.MonkeyPatch) -> None:
    """Let the box keep its time: in the session's row, as if whoever cast had changed that."""
    save = CastBallot.save

    def saved(ballot: CastBallot, **how: Any) -> None:
        save(ballot, **how)
        rows = CouncilSession.objects.filter(papers=ballot.paper_id)
        rows.update(changed_at=timezone.now())

    off.setattr(CastBallot, "save", saved)


def token_unblinded(off: pytest.MonkeyPatch) -> None:
    """Let browsers send their tokens as they are: the roll then knows whose ballot is whose."""
    blind = blindrsa.blind
    off.setattr(office_rules_secret, "blind", lambda key, message: blind(key, message, 1))


BREAKS: tuple[tuple[Break, type[AwardOffice]], ...] = (
    (hands_forgotten, AwardOffice),
    (own_case_forgotten, AwardOffice),
    (version_forgotten, AwardOffice),
    (work_left_open, AwardOffice),
    (event_untold, AwardOffice),
    (recusal_forgotten, CouncilRules),
    (set_done_in_part, SetRules),
    (asked_twice, ConsultingRules),
    (token_unblinded, SecretRules),
)
"""Each with the part of the office that has to notice: the whole one takes longer to come to it."""
MORE_BREAKS: tuple[tuple[Break, type[AwardOffice]], ...] = (
    (agenda_forgotten, CouncilRules),
    (touched_taken_back, SetRules),
    (any_table_will_do, SetRules),
    (box_left_open, SecretRules),
    (roll_forgotten, SecretRules),
    (signature_unread, SecretRules),
    (told_when_cast, SecretRules),
)
"""Looked for when many days are made up: each takes some seconds more."""


@pytest.mark.parametrize(
    ("broken", "part"), [*BREAKS, *(MORE_BREAKS if DAYS else ())], ids=lambda one: one.__name__
)
def test_broken_engine_is_found_out(
    office: type[AwardOffice],
    monkeypatch: pytest.MonkeyPatch,
    broken: Break,
    part: type[AwardOffice],
) -> None:
    """Days like those above notice: each break is found within some of them."""
    assert issubclass(office, part)
    with monkeypatch.context() as off:
        broken(off)
        with pytest.raises((AssertionError, IntegrityError)):
            run_state_machine_as_test(part, settings=BROKEN)
