"""The authority table as people reviewed it: docs/authority.csv, read here by the tests themselves.

One line for each move from each state: where it leads, whose it is, and by which tables it is
made (the ways of workflow.states); and for each act that leaves a nomination in its state. What has no line is refused to everybody.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from organisations.models import Role
from workflow.states import REVIEWING_STATES, Desk, State

BACK = "(back)"
STAYS = "(stays)"
ANY = "(any)"
RETURNED_FROM = sorted(REVIEWING_STATES)
HELD_FROM = sorted({State.PROPOSED, *REVIEWING_STATES})


@dataclass(frozen=True)
class Line:
    """One move from one state; `held_from` is where a held nomination was before."""

    move: str
    state: State
    held_from: State | None
    target: str
    desk: Desk
    roles: frozenset[Role]
    ways: frozenset[int]
    relations: frozenset[str]
    apart: frozenset[str]
    makes: frozenset[str]

    def target_from(self, resume_to: State | None) -> State:
        """Return where the move leads; what goes back goes to where it was."""
        if self.target == BACK:
            assert resume_to is not None
            return resume_to
        return State(self.target)


def read_lines() -> list[Line]:
    path = Path(__file__).parent.parent / "docs" / "authority.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [_line(one) for row in csv.DictReader(file) for one in _in_each_state(row)]


def _in_each_state(row: dict[str, str]) -> list[dict[str, str]]:
    """Return a line as often as it holds: that of an act in whatever state, for each of them."""
    if row["state"] != ANY:
        return [row]
    return [{**row, "state": state.value} for state in State]


def _line(row: dict[str, str]) -> Line:
    state, _from, held_from = row["state"].partition(" from ")
    return Line(
        move=row["move"],
        state=State(state),
        held_from=State(held_from) if held_from else None,
        target=row["target"],
        desk=Desk(row["desk"]),
        roles=frozenset(Role(role) for role in row["roles"].split()),
        ways=frozenset(int(way) for way in row["ways"].split()),
        relations=frozenset(row["relations"].split()),
        apart=frozenset(row["apart"].split()),
        makes=frozenset(row["makes"].split()),
    )


TABLE = read_lines()
LINES = [line for line in TABLE if line.target != STAYS]
ACTS = [line for line in TABLE if line.target == STAYS]
"""The moves, and the acts that leave a nomination where it stands."""


def written_lines() -> int:
    """Return how many lines the file has, as it is written."""
    path = Path(__file__).parent.parent / "docs" / "authority.csv"
    return len(path.read_text(encoding="utf-8").splitlines()) - 1


def acts_for(act: str, state: State, resume_to: State | None, way: int) -> list[Line]:
    """Return the lines that allow an act in a state: at several desks, or on several ways."""
    held_from = resume_to if state == State.HELD else None
    return [
        line
        for line in ACTS
        if line.move == act
        and line.state == state
        and way in line.ways
        and line.held_from in {None, held_from}
    ]


def line_for(
    move: str, state: State, resume_to: State | None, way: int | None = None
) -> Line | None:
    """Return the line that allows a move, or None: no table, or not that of the way, has it."""
    for line in LINES:
        here = line.state == state and line.held_from in {None, resume_to}
        if line.move == move and here and (way is None or way in line.ways):
            return line
    return None


def situations() -> list[tuple[State, State | None]]:
    """Return every state with every place that it may remember."""
    plain: list[tuple[State, State | None]] = [
        (state, None) for state in State if state not in {State.RETURNED, State.HELD}
    ]
    plain += [(State.RETURNED, came_from) for came_from in RETURNED_FROM]
    plain += [(State.HELD, came_from) for came_from in HELD_FROM]
    return plain
