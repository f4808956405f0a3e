"""viewflow carries the table and nothing but the table: every move from every state is tried."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.authority import HELD_FROM, RETURNED_FROM, line_for, situations
from workflow.fsm import NominationFlow, TransitionNotAllowed, advance, move_back_states
from workflow.states import FINAL_STATES, TRANSITIONS, Move, State


@dataclass
class Paper:
    """The two columns that the flow reads and writes."""

    state: str = State.DRAFT.value
    resume_to: str = ""


def remembered(target: State, source: State) -> str:
    """Return what a nomination must remember once it has come to a state."""
    return source.value if target in {State.RETURNED, State.HELD} else ""


@pytest.mark.parametrize("move", TRANSITIONS, ids=lambda move: move.name)
def test_move_from_every_state_leads_where_agreed_or_is_refused(move: Move) -> None:
    tried = 0
    for state, resume_to in situations():
        paper = Paper(state.value, resume_to.value if resume_to else "")
        line = line_for(move.name, state, resume_to)
        if line is None:
            with pytest.raises(TransitionNotAllowed):
                advance(paper, move)
            assert paper == Paper(state.value, resume_to.value if resume_to else "")
        else:
            assert advance(paper, move) is state
            target = line.target_from(resume_to)
            assert paper == Paper(target.value, remembered(target, state))
        tried += 1
    assert tried == 30


def test_states_to_go_back_to_are_those_that_can_be_left_so() -> None:
    assert move_back_states() == sorted({*RETURNED_FROM, *HELD_FROM})


def test_flow_permits_nobody_by_itself() -> None:
    """Permission is the engine's; a transition asked for by viewflow's own door is denied."""
    for move in TRANSITIONS:
        bound = getattr(NominationFlow(Paper(next(iter(move.sources)).value)), move.name)
        assert bound.has_perm(object()) is False


@given(st.lists(st.sampled_from(TRANSITIONS), max_size=60))
def test_random_walk_never_leaves_the_table(moves: list[Move]) -> None:
    paper = Paper()
    for move in moves:
        source, resume_to = State(paper.state), paper.resume_to
        line = line_for(move.name, source, State(resume_to) if resume_to else None)
        try:
            advance(paper, move)
        except TransitionNotAllowed:
            assert line is None
            assert (paper.state, paper.resume_to) == (source.value, resume_to)
        else:
            assert line is not None
            assert paper.state == line.target_from(State(resume_to) if resume_to else None)
            assert bool(paper.resume_to) == (paper.state in {State.RETURNED, State.HELD})
            assert source not in FINAL_STATES
