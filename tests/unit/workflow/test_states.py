"""The table is the table that was agreed, whole and without a dead end."""

from __future__ import annotations

import itertools

import pytest

from campaigns.routes import LINES as LINES_OF_FILES
from campaigns.routes import default_line
from campaigns.schema import judging
from tests.authority import LINES
from workflow.guards import GUARDS
from workflow.states import (
    CENTRAL_WAY,
    FINAL_STATES,
    GATED_MOVES,
    HOLDERS,
    MOVES,
    PROVINCIAL_WAY,
    TRANSITIONS,
    UNIT_WAY,
    Back,
    Desk,
    State,
    Way,
    holder_of,
    line_of,
    moves_from,
)
from workflow.ways import WAYS


def test_moves_and_sources_are_those_agreed() -> None:
    agreed = {(line.move, line.state, way) for line in LINES for way in line.ways}
    table = {
        (move.name, source, way)
        for move in TRANSITIONS
        for source in move.sources
        for way in move.ways
    }
    assert table == agreed


def test_names_and_events_are_each_their_own() -> None:
    assert len({move.name for move in TRANSITIONS}) == len(TRANSITIONS) == 28
    assert len({move.event for move in TRANSITIONS}) == len(TRANSITIONS)
    assert all(move.event.startswith("nomination.") for move in TRANSITIONS)
    assert list(MOVES.values()) == list(TRANSITIONS)


def test_final_states_are_those_that_nothing_leaves_but_a_filed_award() -> None:
    left = {state for state in FINAL_STATES if moves_from(state)}
    assert {state for state in State if not moves_from(state)} == FINAL_STATES - left
    assert left == {State.CLOSED}
    assert {move.target for move in moves_from(State.CLOSED)} == {State.REVOKED}


def test_every_state_can_be_reached_from_draft_and_left_for_an_end() -> None:
    assert _reached({State.DRAFT}, forward=True) == set(State)
    assert _reached(set(FINAL_STATES), forward=False) == set(State)


def _reached(start: set[State], *, forward: bool) -> set[State]:
    pairs = {(line.state, State(line.target)) for line in LINES if line.target != "(back)"}
    pairs |= {(State.RETURNED, State.UNDER_APPRAISAL), (State.HELD, State.PROPOSED)}
    steps = pairs if forward else {(target, source) for source, target in pairs}
    found, known = start, set[State]()
    while found != known:
        known = found
        found = known | {target for source, target in steps if source in known}
    return found


def test_open_states_are_held_by_somebody_and_final_ones_by_nobody() -> None:
    assert set(HOLDERS) == set(State) - FINAL_STATES - {State.HELD}
    assert [holder_of(state, None) for state in sorted(FINAL_STATES)] == [None] * 5


def test_way_in_the_unit_asks_nobody_outside_it() -> None:
    reached = {State.DRAFT}
    for _step in UNIT_WAY:
        reached |= {
            move.target
            for state in reached
            for move in moves_from(state, Way.UNIT)
            if isinstance(move.target, State)
        }
    assert reached == {*UNIT_WAY, State.NOT_AWARDED, State.WITHDRAWN, State.REVOKED}
    held = [holder_of(state, None, Way.UNIT) for state in reached - FINAL_STATES]
    assert {holder.desk for holder in held if holder} == {Desk.UNIT}
    assert all(held)


def test_nominations_of_the_first_table_never_see_a_later_move() -> None:
    later = {
        "award_in_unit", "decline_in_unit", "submit_for_second", "endorse", "revoke_in_unit",
    }  # fmt: skip
    first = {move.name for move in TRANSITIONS if Way.PROVINCE in move.ways}
    assert {move.name for move in TRANSITIONS} - first == later
    assert {move.name for move in moves_from(State.APPRAISED, Way.PROVINCE)} == {
        "submit_to_board", "return_for_supplement", "hold", "withdraw",
    }  # fmt: skip
    assert "submit_to_board" not in {m.name for m in moves_from(State.APPRAISED, Way.TWICE)}


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("central", [False, True])
def test_drawn_lines_follow_moves_of_their_table(way: Way, *, central: bool) -> None:
    line = line_of(way, central=central)
    assert (line[0], line[-1]) == (State.DRAFT, State.CLOSED)
    for here, there in itertools.pairwise(line):
        assert there in {move.target for move in moves_from(here, way)}
    assert (State.SECOND_APPRAISAL in line) is (way is Way.TWICE)


def test_every_line_of_a_campaign_file_has_its_table() -> None:
    lines = {line for known in LINES_OF_FILES.values() for line in known}
    assert set(WAYS) == lines
    assert {WAYS[line] for line in lines} == set(Way)
    assert len({default_line(authority) for authority in LINES_OF_FILES}) == 3


def test_held_nomination_stays_with_whoever_held_it() -> None:
    assert holder_of(State.HELD, State.UNDER_REVIEW) == HOLDERS[State.UNDER_REVIEW]
    assert holder_of(State.HELD, None) is None
    assert holder_of(State.RETURNED, State.UNDER_REVIEW) == HOLDERS[State.RETURNED]


def test_only_what_remembers_can_be_gone_back_from() -> None:
    remembering = {move.target for move in TRANSITIONS if move.remembers}
    going_back = {move.sources for move in TRANSITIONS if move.target is Back.WHERE_IT_WAS}
    assert remembering == {State.RETURNED, State.HELD}
    assert going_back == {frozenset({State.RETURNED}), frozenset({State.HELD})}


def test_guards_named_exist_and_none_is_idle() -> None:
    assert {name for move in TRANSITIONS for name in move.guards} == set(GUARDS)


def test_ways_follow_moves_of_the_table() -> None:
    for way in (PROVINCIAL_WAY, CENTRAL_WAY):
        assert way[0] is State.DRAFT
        assert way[-1] is State.CLOSED
        for here, there in itertools.pairwise(way):
            assert there in {move.target for move in moves_from(here)}
    assert set(CENTRAL_WAY) - set(PROVINCIAL_WAY) == {State.AT_CENTRAL}


def test_gates_of_campaign_files_are_the_moves_that_have_a_guard_for_them() -> None:
    assert set(judging.GATED_MOVES) == GATED_MOVES
