"""The table as a viewflow.fsm flow: the only place that imports viewflow.

viewflow decides whether a move is lawful from a state and where it leads. It neither locks,
saves nor gates permission (its `permission` is left at the default, which denies): that is the
engine's work.
"""

from __future__ import annotations

from collections.abc import Callable
from types import new_class
from typing import Any, Protocol

from viewflow.fsm import State as Slot
from viewflow.fsm import TransitionNotAllowed

from workflow.states import TRANSITIONS, Back, Move, State

__all__ = ["TransitionNotAllowed", "advance"]


class Stateful(Protocol):
    """What the flow reads and writes: two columns of a nomination."""

    state: str
    resume_to: str


class _Flow:
    def __init__(self, subject: Stateful) -> None:
        self.subject = subject


def _where_it_was(flow: _Flow) -> State:
    return State(flow.subject.resume_to)


def _body(move: Move) -> Callable[[_Flow], None]:
    def run(flow: _Flow) -> None:
        """Set what the state alone does not say; viewflow has set the state."""
        if not move.remembers:
            flow.subject.resume_to = ""

    run.__name__ = move.name
    return run


def _fill(namespace: dict[str, Any]) -> None:
    slot = Slot(State, default=State.DRAFT)
    slot.getter()(lambda flow: State(flow.subject.state))
    slot.setter()(lambda flow, value: setattr(flow.subject, "state", State(value).value))
    namespace["state"] = slot
    for move in TRANSITIONS:
        target = (
            Slot.GET_STATE(_where_it_was, states=move_back_states())
            if move.target is Back.WHERE_IT_WAS
            else move.target
        )
        decorate = slot.transition(source=set(move.sources), target=target, label=move.label)
        namespace[move.name] = decorate(_body(move))


def move_back_states() -> list[State]:
    """Return the states that a returned or held nomination may go back to."""
    return sorted({s for move in TRANSITIONS if move.remembers for s in move.sources})


NominationFlow: Any = new_class("NominationFlow", (_Flow,), exec_body=_fill)


def advance(subject: Stateful, move: Move) -> State:
    """Move the subject in memory and return the state it came from.

    Raises TransitionNotAllowed where the table has no such move from its state; the subject is
    then unchanged. Saves nothing.
    """
    source = State(subject.state)
    if move.remembers:
        remembered, subject.resume_to = subject.resume_to, source.value
        try:
            getattr(NominationFlow(subject), move.name)()
        except TransitionNotAllowed:
            subject.resume_to = remembered
            raise
    else:
        getattr(NominationFlow(subject), move.name)()
    return source
