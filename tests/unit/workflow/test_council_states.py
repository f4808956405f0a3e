"""The table of a session's moves: every state is reached and left, and every end is an end."""

from __future__ import annotations

from workflow.council_states import (
    LIVE,
    PRINTED,
    SESSION_MOVES,
    SESSION_TRANSITIONS,
    SessionState,
    WayOfVoting,
    session_moves_from,
)


def test_every_state_but_the_first_is_reached_and_every_live_one_is_left() -> None:
    reached = {move.target for move in SESSION_TRANSITIONS}
    assert reached == set(SessionState) - {SessionState.CONVENED}
    left = {state for state in SessionState if session_moves_from(state)}
    assert left == LIVE | {SessionState.CLOSED}
    assert [move.name for move in session_moves_from(SessionState.CLOSED)] == ["lock"]
    assert [name for name, move in SESSION_MOVES.items() if move.by_itself] == ["lock"]


def test_a_session_goes_one_way_and_may_be_called_off_until_it_is_over() -> None:
    way = [SessionState.CONVENED]
    while forward := [one for one in session_moves_from(way[-1]) if one.name != "cancel"]:
        (move,) = forward
        way.append(move.target)
    steps = ["convened", "sitting", "voting", "counting", "closed", "locked"]
    assert [str(state) for state in way] == steps
    cancel = next(move for move in SESSION_TRANSITIONS if move.name == "cancel")
    assert cancel.sources == LIVE


def test_events_are_named_once_and_every_way_of_voting_has_its_words() -> None:
    events = [move.event for move in SESSION_TRANSITIONS]
    assert len(events) == len(set(events))
    assert set(PRINTED) == set(WayOfVoting)
