"""The authority table as it is read on the screen: every line of docs/authority.csv, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Role
from workflow.authority import BACK, STAYS, TABLE, Act, Hand, Line, Relation
from workflow.states import MOVES, Desk, State, Way

DESK_WORDS: Final[dict[Desk, Promise]] = {
    Desk.UNIT: gettext_lazy("Đơn vị đề nghị"),
    Desk.APPRAISAL: gettext_lazy("Cơ quan thẩm định"),
    Desk.BOARD: gettext_lazy("Thường trực Hội đồng"),
    Desk.DECISION: gettext_lazy("Cơ quan quyết định"),
    Desk.CENTRAL: gettext_lazy("Đầu mối trình trung ương"),
}
WAY_WORDS: Final[dict[int, Promise]] = {
    Way.PROVINCE: gettext_lazy("Cấp tỉnh, thẩm định một lần"),
    Way.UNIT: gettext_lazy("Thủ trưởng đơn vị quyết định"),
    Way.TWICE: gettext_lazy("Cấp tỉnh, thẩm định hai lần"),
}
RELATION_WORDS: Final[dict[Relation, Promise]] = {
    Relation.OWN: gettext_lazy("chính đơn vị đó"),
    Relation.CHILD: gettext_lazy("phòng, ban trực thuộc"),
    Relation.ABOVE: gettext_lazy("đơn vị cấp trên"),
}
HAND_WORDS: Final[dict[Hand, Promise]] = {
    Hand.PROPOSER: gettext_lazy("người soạn, trình"),
    Hand.APPRAISER: gettext_lazy("người thẩm định"),
}
TARGET_WORDS: Final[dict[str, Promise]] = {
    BACK: gettext_lazy("Trở lại nơi đã rời"),
    STAYS: gettext_lazy("Không đổi trạng thái"),
    **{state.value: state.label for state in State},
}


@dataclass(frozen=True)
class Row:
    """One line in words."""

    move: str
    state: str
    held_from: str
    target: str
    desk: str
    roles: Sequence[str]
    ways: Sequence[str]
    relations: str
    apart: str


@dataclass(frozen=True)
class Choice:
    """One thing the table can be narrowed by, with its options and what was chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class AuthorityPage:
    """The lines that were asked for, and by what they can be narrowed."""

    rows: Sequence[Row]
    total: int
    choices: Sequence[Choice]


def authority_page(asked: Mapping[str, str]) -> AuthorityPage:
    """Return the page; what was not asked for, or is unknown, narrows nothing. No query."""
    choices = [
        Choice(name, label, options, asked.get(name, ""))
        for name, label, options in (
            ("role", _("Vai trò"), [(role.value, str(role.label)) for role in Role]),
            ("state", _("Trạng thái"), [(state.value, str(state.label)) for state in State]),
            ("way", _("Đường đi"), [(str(way), str(words)) for way, words in WAY_WORDS.items()]),
        )
    ]
    given = {one.name: one.chosen for one in choices if one.chosen in dict(one.options)}
    rows = [_row(line) for line in TABLE if _asked(line, given)]
    return AuthorityPage(rows, len(TABLE), choices)


def _asked(line: Line, given: Mapping[str, str]) -> bool:
    role, state, way = (given.get(name) for name in ("role", "state", "way"))
    return (
        (role is None or role in line.roles)
        and (state is None or line.state in {None, state})
        and (way is None or int(way) in line.ways)
    )


def _row(line: Line) -> Row:
    return Row(
        move=str(Act(line.move).label if line.target == STAYS else MOVES[line.move].label),
        state=str(line.state.label) if line.state else _("Mọi trạng thái"),
        held_from=str(line.held_from.label) if line.held_from else "",
        target=str(TARGET_WORDS[line.target]),
        desk=str(DESK_WORDS[line.desk]),
        roles=sorted(str(role.label) for role in line.roles),
        ways=[str(WAY_WORDS[way]) for way in sorted(line.ways)],
        relations="; ".join(
            str(RELATION_WORDS[one]) for one in sorted(line.relations, reverse=True)
        ),
        apart="; ".join(str(HAND_WORDS[hand]) for hand in sorted(line.apart, reverse=True)),
    )
