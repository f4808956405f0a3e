"""The life of a unit's yearly sheet as a table: its states, and every lawful move between two.

Source of the way: rows 3 and 4 of the practice in docs/process.md (the unit reports and scores
itself, the standing agency checks), and plan 243/KH-UBND, part VI on yearly reports. Only
services.sheet_moves.move_sheet changes a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Role
from workflow.states import Desk


class SheetState(TextChoices):
    """Where a yearly sheet stands."""

    DRAFT = "draft", _("Đang nhập")
    SENT = "sent", _("Đã gửi")
    RETURNED = "returned", _("Trả lại")
    VERIFIED = "verified", _("Đã xác nhận")


class FigureState(TextChoices):
    """What the department said of one figure."""

    ENTERED = "entered", _("Chưa kiểm tra")
    ACCEPTED = "accepted", _("Chấp nhận")
    ADJUSTED = "adjusted", _("Điều chỉnh")
    RETURNED = "returned", _("Yêu cầu nhập lại")


WITH_UNIT: Final = frozenset({SheetState.DRAFT, SheetState.RETURNED})
"""States in which the unit has something to do, and nobody else sees a draft."""
SETTLED: Final = frozenset({FigureState.ACCEPTED, FigureState.ADJUSTED})
"""What a figure is when it counts."""


@dataclass(frozen=True, slots=True)
class SheetMove:
    """One lawful move of a sheet; `roles` are those at `desk` that may make it."""

    name: str
    label: Promise
    event: str
    sources: frozenset[SheetState]
    target: SheetState | None
    desk: Desk
    roles: frozenset[Role]


_UNIT = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
_DEPARTMENT = frozenset({Role.APPRAISER, Role.DEPARTMENT_HEAD})
_SENT = frozenset({SheetState.SENT})

SAVE: Final = SheetMove("save", _("Ghi nháp"), "figures.saved", WITH_UNIT, None, Desk.UNIT, _UNIT)
SEND: Final = SheetMove(
    "send", _("Gửi số liệu"), "figures.sent", WITH_UNIT, SheetState.SENT, Desk.UNIT, _UNIT
)
CHECK: Final = SheetMove(
    "check", _("Ghi kết quả kiểm tra"), "figures.checked", _SENT, None, Desk.APPRAISAL, _DEPARTMENT
)
GIVE_BACK: Final = SheetMove(
    "give_back", _("Trả lại số liệu"), "figures.returned",
    _SENT, SheetState.RETURNED, Desk.APPRAISAL, _DEPARTMENT,
)  # fmt: skip
VERIFY: Final = SheetMove(
    "verify", _("Xác nhận số liệu"), "figures.verified",
    _SENT, SheetState.VERIFIED, Desk.APPRAISAL, _DEPARTMENT,
)  # fmt: skip
REOPEN: Final = SheetMove(
    "reopen", _("Mở lại để kiểm tra"), "figures.reopened",
    frozenset({SheetState.VERIFIED}), SheetState.SENT,
    Desk.APPRAISAL, frozenset({Role.DEPARTMENT_HEAD}),
)  # fmt: skip

SHEET_MOVES: Final = (SAVE, SEND, CHECK, GIVE_BACK, VERIFY, REOPEN)
"""A target of None leaves the sheet where it is."""
