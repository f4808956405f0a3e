"""The authority table: who may make which move, from which state, and whose own doing bars them.

It is one reviewed file, docs/authority.csv, with a line for each move from each state, and for
each act that leaves a nomination in its state; what has no line is refused to everybody. The
server decides by these lines (workflow.permissions), a page shows them (views.authority), and an
exhaustive test asks every cell of the table of the services
(tests/security/workflow/test_authority.py), reading the file by itself. Columns:

move, state   the move and where it starts; “held from X” for what was taken off the way at X;
              “(any)” for an act that is done in whatever state
target        where it leads; “(back)” where it was taken from, “(stays)” for an act that moves nothing
desk, roles   at whose table, and as what; several roles are divided by spaces
ways          the tables of workflow.states.Way that hold the move
relations     where the person's unit stands: the desk's “own” unit, a “child” section below it, or
              one “above” it
apart         hands that bar a person: who has laid them on the nomination does not make this move
makes         the hand that who makes the move has laid on it from then on
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from organisations.models import Role
from workflow.states import Desk, Move, State

FILE: Final = Path(__file__).resolve().parent.parent / "docs" / "authority.csv"
BACK: Final = "(back)"
STAYS: Final = "(stays)"
ANY: Final = "(any)"


class Hand(StrEnum):
    """What a person has done with a nomination, so far as it bars him from something later."""

    PROPOSER = "proposer"
    """Drafted it, edited the draft, passed it to the head, signed it or supplemented it."""
    APPRAISER = "appraiser"
    """Found it eligible, at the first or the second appraisal."""


class Act(TextChoices):
    """An act on a nomination that leaves it in its state."""

    EDIT = "edit", _("Lập, sửa đề nghị")
    IDENTIFY = "identify", _("Xác định người trùng tên tài khoản")
    RECORD_MEETING = "record_meeting", _("Ghi biên bản họp của đơn vị")
    WRITE_REPORT = "write_report", _("Lập báo cáo chuyên đề")
    ENTER_FACTS = "enter_facts", _("Nhập dữ kiện")
    JUDGE_ANEW = "judge_anew", _("Đối chiếu lại tiêu chuẩn")
    OVERRULE = "overrule", _("Chấp thuận khác kết quả đối chiếu")
    CONSULT = "consult", _("Xin ý kiến, thông báo công khai")
    SUGGEST_FORM = "suggest_form", _("Đề xuất hình thức khác")
    ANSWER_FORM = "answer_form", _("Trả lời đề xuất hình thức khác")
    SPLIT = "split", _("Tách hồ sơ")
    """Of a nomination returned or held, the state it comes back to counts."""
    SHARE_OUT = "share_out", _("Nhận, giao, trả lại việc")
    """The role that holds it takes it over; the desk's head gives it to anybody of that role."""
    CHANGE_REGIME = "change_regime", _("Đổi chế độ áp dụng của hồ sơ")
    CHANGE_WAY = "change_way", _("Chuyển sang đường đi khác")
    MEND_AWARD = "mend_award", _("Sửa đổi, đính chính, cấp lại bằng")
    KEEP_AWARD = "keep_award", _("Vào sổ vàng, trao bằng, ghi việc thu hồi")


class Relation(StrEnum):
    """Where the unit of a mandate stands, seen from the unit at the desk."""

    OWN = "own"
    CHILD = "child"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table.

    state      None for an act in whatever state
    held_from  where a held nomination was before
    """

    move: str
    state: State | None
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
        if unit_path.startswith(desk_path):
            return Relation.CHILD in self.relations
        return Relation.ABOVE in self.relations and desk_path.startswith(unit_path)

    def covers(self, state: State, held_from: State | None) -> bool:
        """Return whether the line is about a state, for what is held: from where it was held."""
        return self.state is None or (self.state == state and self.held_from == held_from)


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
        state=None if state == ANY else State(state),
        held_from=State(held_from) if held_from else None,
        target=target if target in {BACK, STAYS} else State(target).value,
        desk=Desk(row["desk"]),
        roles=frozenset(Role(role) for role in row["roles"].split()),
        ways=frozenset(int(way) for way in row["ways"].split()),
        relations=frozenset(Relation(word) for word in row["relations"].split()),
        apart=frozenset(Hand(word) for word in row["apart"].split()),
        makes=frozenset(Hand(word) for word in row["makes"].split()),
    )
    (_refuse_unknown_act if target == STAYS else _refuse_move_from_anywhere)(line)
    return line


def _refuse_move_from_anywhere(line: Line) -> None:
    if line.state is None:
        message = f"{line.move}: a move starts in a state"
        raise ValueError(message)


def _refuse_unknown_act(line: Line) -> None:
    """Raise ValueError for an act without a name here, or one whose places are not the usual.

    At a proposing unit that very unit, or one above it for who looks after the whole; at a desk
    its sections too.
    """
    Act(line.move)
    usual = [{Relation.OWN, Relation.CHILD}]
    if line.desk is Desk.UNIT:
        usual = [{Relation.OWN}, {Relation.OWN, Relation.ABOVE}]
    if line.relations not in usual:
        message = f"{line.move}: relations of {line.desk}"
        raise ValueError(message)


TABLE: Final = read_table()
LINES: Final = tuple(line for line in TABLE if line.target != STAYS)
"""The moves; the acts that move nothing are asked for by `act_lines`."""
ACT_LINES: Final = {
    act: tuple(line for line in TABLE if line.target == STAYS and line.move == act) for act in Act
}


def _by_place(
    lines: Iterable[Line],
) -> dict[tuple[str, State | None, State | None, int], Line]:
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


def roles_of(done: Move | Act) -> frozenset[Role]:
    """Return the roles that make a move or do an act, from whatever state."""
    name = done.name if isinstance(done, Move) else done.value
    return frozenset(role for line in TABLE if line.move == name for role in line.roles)


def roles_at(act: Act, desk: Desk) -> frozenset[Role]:
    """Return the roles that do an act at a desk, in whatever state."""
    return frozenset(role for line in ACT_LINES[act] if line.desk is desk for role in line.roles)


@cache
def act_lines(act: Act, state: State, resume_to: State | None, way: int) -> tuple[Line, ...]:
    """Return the lines that say whose an act is in a state; none: nobody's."""
    held_from = resume_to if state == State.HELD else None
    return tuple(
        line for line in ACT_LINES[act] if way in line.ways and line.covers(state, held_from)
    )


def lines_of(act: Act) -> dict[State, Line]:
    """Return the line of an act for each state in which somebody may do it, of those it names."""
    return {line.state: line for line in ACT_LINES[act] if line.state is not None}
