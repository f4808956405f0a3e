"""Every role, at every place, in every state, for every move: who may is who the table names."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest

from organisations.actors import Actor, Mandate
from organisations.models import Role
from tests.authority import ACTS, Line, acts_for, line_for, situations
from workflow import permissions
from workflow.authority import Act, Hand
from workflow.models import Nomination, Nominee
from workflow.permissions import acting_roles, can, can_do, mandate_for, sits_at
from workflow.states import MOVES, TRANSITIONS, Desk, Move, State, Way

PATHS = {
    Desk.UNIT: "tinh/huyen/",
    Desk.APPRAISAL: "tinh/so-tttt/",
    Desk.BOARD: "tinh/hoi-dong/",
    Desk.DECISION: "tinh/van-phong/",
    Desk.CENTRAL: "tinh/so-noi-vu/ban/",
}
OWN = "Không ai được xử lý đề nghị khen thưởng của chính mình."
ELSEWHERE = "tinh/so-y-te/"
PLACES = [*PATHS.values(), ELSEWHERE]


def person(role: str, path: str, user_id: int = 7, on_behalf_of: str = "") -> Actor:
    mandate = Mandate(role, UUID(int=1), path, "Đơn vị", on_behalf_of)
    return Actor(user_id, "Trần Văn Đức", "Chuyên viên", (mandate,))


def nomination(
    state: State, resume_to: State | None = None, nominee_user: int = 0, way: int = Way.PROVINCE
) -> Nomination:
    nominee = Nominee(name="Nguyễn Thị Ánh", user_id=nominee_user or None)
    row = Nomination(nominee=nominee, state=state, resume_to=resume_to or "", flow_version=way)
    row.hands = {}
    return row


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_move_is_for_its_role_at_its_desk_and_for_nobody_else(move: Move) -> None:
    """29 situations × 12 roles × 6 places, with an expectation read from the agreed table."""
    asked = allowed = 0
    every = product(move.ways, situations(), Role, PLACES)
    for way, (state, resume_to), role, path in every:
        line = line_for(move.name, state, resume_to, way)
        if line is None:
            continue  # the flow refuses it to everybody: tests/unit/workflow/test_fsm.py
        actor = person(role, path)
        decision = can(actor, move, nomination(state, resume_to, way=way), PATHS)
        expected = role in line.roles and path == PATHS[line.desk]
        assert decision.allowed is expected, (way, state, resume_to, role, path)
        assert decision.mandate == (actor.mandates[0] if expected else None)
        assert bool(decision.why) is not expected
        asked += 1
        allowed += expected
    assert allowed
    assert asked > allowed


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_own_nomination_is_refused_to_the_very_person_who_could(move: Move) -> None:
    for way, (state, resume_to) in product(move.ways, situations()):
        line = line_for(move.name, state, resume_to, way)
        for role in line.roles if line else ():
            actor = person(role, PATHS[line.desk]) if line else person(role, "")
            assert can(actor, move, nomination(state, resume_to, 8, way), PATHS).allowed
            own = can(actor, move, nomination(state, resume_to, 7, way), PATHS)
            assert not own.allowed
            assert own.why == OWN


@pytest.mark.parametrize("act", Act)
def test_act_that_moves_nothing_is_for_the_named_and_never_on_their_own(act: Act) -> None:
    """12 roles × places × every situation and way, with an expectation read from the agreed table.

    At a desk its sections act too, in a unit that unit alone; who looks after the whole also from
    above.
    """
    asked = allowed = 0
    for way, (state, resume_to) in product(Way, situations()):
        lines = acts_for(act, state, resume_to, way)
        mine = nomination(state, resume_to, 7, way)
        other = nomination(state, resume_to, 8, way)
        for role, place in product(Role, [*PLACES, *(f"{path}phong/" for path in PLACES), "tinh/"]):
            decision = can_do(person(role, place), act, other, PATHS)
            named = any(role in line.roles and stands(line, place) for line in lines)
            assert decision.allowed is named, (way, state, resume_to, role, place)
            assert bool(decision.why) is not named
            asked += 1
            allowed += named
            if named:
                assert can_do(person(role, place), act, mine, PATHS).why == OWN
    assert asked > allowed > 0


def stands(line: Line, place: str) -> bool:
    """Say, by itself, whether a place stands to a desk's unit as a line asks."""
    desk = PATHS[line.desk]
    if place == desk:
        return "own" in line.relations
    below, above = place.startswith(desk), desk.startswith(place)
    return (below and "child" in line.relations) or (above and "above" in line.relations)


def test_every_act_of_the_table_has_a_name_and_every_name_a_line() -> None:
    assert {line.move for line in ACTS} == set(Act)


def test_act_is_kept_apart_from_the_hands_of_its_line() -> None:
    """The proposer, who holds the very role, is let in where his hand is not in the nomination."""
    head = person(Role.DEPARTMENT_HEAD, PATHS[Desk.APPRAISAL])
    row = nomination(State.APPRAISED, nominee_user=8)
    assert can_do(head, Act.OVERRULE, row, PATHS).allowed
    row.hands = {Hand.APPRAISER: frozenset({7})}
    why = "Người đã thẩm định đề nghị này không được “Chấp thuận khác kết quả đối chiếu”."
    assert can_do(head, Act.OVERRULE, row, PATHS).why == why
    row.hands = None
    with pytest.raises(LookupError):
        can_do(head, Act.OVERRULE, row, PATHS)
    assert {line.move for line in ACTS if line.apart} == {Act.OVERRULE}


def test_no_service_names_a_role_for_what_the_table_says() -> None:
    """Whose an act on a nomination is stands in the table alone.

    The rest that names a role is about something else: sessions, sheets, registrations, templates,
    the register, the outbox, and whole units, each with a table or a rule of its own.
    """
    room = Path(permissions.__file__).parent
    naming = {
        path.name
        for path in (*room.glob("services/*.py"), *room.glob("engine*.py"))
        if "Role." in path.read_text(encoding="utf-8")
    }
    assert naming == {
        "closing.py", "figure_calls.py", "handing_over.py", "loading.py", "mails.py",
        "registering.py", "registration_rounds.py", "registrations.py", "remaking.py",
        "templates.py",
    }  # fmt: skip


def test_finished_nomination_is_nobody_s_work() -> None:
    secretary = person(Role.BOARD_SECRETARY, PATHS[Desk.BOARD])
    assert can(secretary, MOVES["close"], nomination(State.AWARDED), PATHS).allowed
    decision = can(secretary, MOVES["close"], nomination(State.CLOSED), PATHS)
    assert decision.why == "Đề nghị đã kết thúc, không còn việc nào để làm."


def test_denial_names_whose_work_it_is() -> None:
    decision = can(
        person(Role.AUDITOR, PATHS[Desk.UNIT]), MOVES["resubmit"],
        nomination(State.RETURNED, State.APPRAISED), PATHS,
    )  # fmt: skip
    assert decision.why == (
        "Việc này của: Chuyên viên đơn vị, Thủ trưởng đơn vị, tại cơ quan đang giữ đề nghị."
    )


def test_desk_of_the_campaign_lets_its_sections_act_and_not_those_above() -> None:
    section = person(Role.APPRAISER, "tinh/so-tttt/phong-cds/")
    above = person(Role.APPRAISER, "tinh/")
    beside = person(Role.APPRAISER, "tinh/so-tttt-moi/")
    answers = [can(who, MOVES["receive"], nomination(State.PROPOSED), PATHS).allowed
               for who in (section, above, beside)]  # fmt: skip
    assert answers == [True, False, False]


def test_unit_acts_for_itself_alone() -> None:
    answers = [
        can(person(Role.UNIT_HEAD, path), MOVES["propose"], nomination(State.PREPARED), PATHS)
        for path in (PATHS[Desk.UNIT], "tinh/huyen/xa/", "tinh/")
    ]
    assert [answer.allowed for answer in answers] == [True, False, False]
    assert [sits_at(person("x", path).mandates[0], Desk.UNIT, "a/b/") for path in ("a/b/", "a/")]\
        == [True, False]  # fmt: skip


def test_desk_without_a_unit_lets_nobody_act() -> None:
    chairman = person(Role.CHAIRMAN, PATHS[Desk.DECISION])
    assert can(chairman, MOVES["decline"], nomination(State.BEFORE_CHAIRMAN), PATHS).allowed
    empty = dict(PATHS)
    del empty[Desk.DECISION]
    assert not can(chairman, MOVES["decline"], nomination(State.BEFORE_CHAIRMAN), empty).allowed


def test_second_mandate_counts_and_the_first_fitting_one_is_used() -> None:
    wrong, lent = person(Role.AUDITOR, "x/"), person(Role.CHAIRMAN, "a/", on_behalf_of="Lê A")
    both = replace(wrong, mandates=(*wrong.mandates, *lent.mandates))
    assert mandate_for(both, Desk.DECISION, frozenset({Role.CHAIRMAN}), "a/") == lent.mandates[0]
    assert mandate_for(wrong, Desk.DECISION, frozenset({Role.CHAIRMAN}), "a/") is None
    assert mandate_for(lent, Desk.DECISION, frozenset({Role.CHAIRMAN}), None) is None


def test_acting_roles_fall_to_the_holder_unless_the_move_names_its_own() -> None:
    assert acting_roles(MOVES["hold"], State.REVIEWED, None) == (
        Desk.BOARD, frozenset({Role.BOARD_HEAD}),
    )  # fmt: skip
    assert acting_roles(MOVES["withdraw"], State.APPRAISED, None) == (
        Desk.UNIT, frozenset({Role.UNIT_HEAD}),
    )  # fmt: skip
    assert acting_roles(MOVES["resume"], State.HELD, None) == (Desk.UNIT, frozenset())
