"""The authority table: who may make which move, from which state, and whose own doing bars them.

It is one reviewed file, docs/authority.csv, with a line for each move from each state, and for each
act that leaves a nomination in its state; what has no line is refused to everybody. The server decides by these lines (workflow.permissions), a page
shows them (views.authority), and an exhaustive test asks every cell of the table of the services
(tests/security/workflow/test_authority.py), reading the file by itself. Columns:

move, state   the move and where it starts; “held from X” for what was taken off the way at X
target        where it leads; “(back)” where it was taken from, “(stays)” for an act that moves nothing
desk, roles   at whose table, and as what; several roles are divided by spaces
ways          the tables of workflow.states.Way that hold the move
relations     where the person's unit stands: the desk's “own” unit, or a “child” section below it
apart         hands that bar a person: who has laid them on the nomination does not make this move
makes         the hand that who makes the move has laid on it from then on
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from organisations.models import Role
from workflow.states import Desk, Move, State

FILE: Final = Path(__file__).resolve().parent.parent / "docs" / "authority.csv"
BACK: Final = "(back)"
STAYS: Final = "(stays)"


class Hand(StrEnum):
    """What a person has done with a nomination, so far as it bars him from something later."""

    PROPOSER = "proposer"
    """Drafted it, edited the draft, passed it to the head, signed it or supplemented it."""
    APPRAISER = "appraiser"
    """Found it eligible, at the first or the second appraisal."""


class Act(StrEnum):
    """An act on a nomination that leaves it in its state."""

    ENTER_FACTS = "enter_facts"
    OVERRULE = "overrule"
    CONSULT = "consult"
    """Ask other bodies for opinions, put up a public notice."""
    SUGGEST_FORM = "suggest_form"
    SPLIT = "split"
    """Of a nomination returned or held, the state it comes back to counts."""


class Relation(StrEnum):
    """Where the unit of a mandate stands, seen from the unit at the desk."""

    OWN = "own"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `held_from` is where a held nomination was before."""

    move: str
    state: State
    held_from: State | None
    target: str
    desk: Desk
    roles: frozenset[Role]
    ways: frozenset[int]
    relations: frozenset[Relation]
    apart: frozenset[Hand]
    makes: frozenset[Hand]

    def fits(self, unit_path: str, desk_path: str) -> bool:
        """Return whether a mandate held at a unit stands as the line asks to the desk's unit."""
        if unit_path == desk_path:
            return Relation.OWN in self.relations
        return Relation.CHILD in self.relations and unit_path.startswith(desk_path)


def read_table(file: Path = FILE) -> tuple[Line, ...]:
    """Return the lines of a table. Raises ValueError naming the line that cannot be read."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source)
        return tuple(_numbered(number, row) for number, row in enumerate(rows, start=2))


def _numbered(number: int, row: dict[str, str]) -> Line:
    try:
        return _line(row)
    except (KeyError, ValueError) as error:
        message = f"authority table, line {number}: {error}"
        raise ValueError(message) from error


def _line(row: dict[str, str]) -> Line:
    state, _from, held_from = row["state"].partition(" from ")
    target = row["target"]
    line = Line(
        move=row["move"],
        state=State(state),
        held_from=State(held_from) if held_from else None,
        target=target if target in {BACK, STAYS} else State(target).value,
        desk=Desk(row["desk"]),
        roles=frozenset(Role(role) for role in row["roles"].split()),
        ways=frozenset(int(way) for way in row["ways"].split()),
        relations=frozenset(Relation(word) for word in row["relations"].split()),
        apart=frozenset(Hand(word) for word in row["apart"].split()),
        makes=frozenset(Hand(word) for word in row["makes"].split()),
    )
    if target == STAYS:
        _refuse_unknown_act(line)
    return line


def _refuse_unknown_act(line: Line) -> None:
    """Raise ValueError for an act without a name here, or one whose places are not the usual.

    At a proposing unit that very unit, at a desk its sections too: permissions.sits_at.
    """
    Act(line.move)
    sections = frozenset() if line.desk is Desk.UNIT else {Relation.CHILD}
    if line.relations != {Relation.OWN, *sections}:
        message = f"{line.move}: relations of {line.desk}"
        raise ValueError(message)


TABLE: Final = read_table()
LINES: Final = tuple(line for line in TABLE if line.target != STAYS)
"""The moves; the acts that move nothing are asked for by `lines_of`."""


def _by_place(
    lines: Iterable[Line],
) -> dict[tuple[str, State, State | None, int], Line]:
    return {
        (line.move, line.state, line.held_from, way): line for line in lines for way in line.ways
    }


_PLACES: Final = _by_place(LINES)


def line_for(move: Move, state: State, resume_to: State | None, way: int) -> Line | None:
    """Return the line that says whose a move is from a state, or None: it is nobody's."""
    held_from = resume_to if state == State.HELD else None
    return _PLACES.get((move.name, state, held_from, way))


HAND_OF: Final[dict[str, frozenset[Hand]]] = {
    move: frozenset(hand for line in LINES if line.move == move for hand in line.makes)
    for move in {line.move for line in LINES if line.makes}
}
"""The hand that each move lays on a nomination; moves that lay none are left out."""


_ASKING: Final = frozenset(line.move for line in LINES if line.apart)


def asks_for_hands(move: Move) -> bool:
    """Return whether a line of the move bars those who had a hand in the nomination."""
    return move.name in _ASKING


def roles_of(move: Move) -> frozenset[Role]:
    """Return the roles that make a move, from whatever state."""
    return frozenset(role for line in LINES if line.move == move.name for role in line.roles)


def lines_of(act: Act) -> dict[State, Line]:
    """Return the line of an act for each state in which somebody may do it."""
    return {line.state: line for line in TABLE if line.target == STAYS and line.move == act}
