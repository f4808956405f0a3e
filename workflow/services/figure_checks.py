"""Yearly figures at the department: accepted, adjusted with a reason, or sent back with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.actors import Actor
from workflow.errors_drafting import ValueMissingError
from workflow.figure_errors import FigureClosedError, FiguresUncheckedError
from workflow.figure_states import CHECK, GIVE_BACK, REOPEN, VERIFY, FigureState, SheetMove
from workflow.models import Figure, FigureSheet
from workflow.services.acting import act
from workflow.services.figures import checked_number
from workflow.services.nominees import tidy
from workflow.services.sheet_moves import lock_sheet, move_sheet, require_move
from workflow.sheet_lines import SheetLine, figures_of, lines_for

_WITH_REASON = frozenset({FigureState.ADJUSTED, FigureState.RETURNED})


@dataclass(frozen=True, slots=True)
class Checked:
    """What the department says of one line; `value` is what counts where it was adjusted."""

    key: str
    outcome: FigureState
    value: Decimal | None = None
    reason: str = ""


@act
def check_figures(
    *,
    actor: Actor,
    sheet_id: UUID,
    expected_version: int,
    checks: Sequence[Checked],
    finish: bool,
) -> FigureSheet:
    """Write what was found of lines of a sent sheet; return the sheet.

    finish  end the check: the sheet is verified, or goes back where any line was sent back

    The unit's own value stays beside an adjusted one. Raises NotFoundError, SheetChangedError,
    AccessDeniedError, SheetMoveNotAllowedError, CampaignClosedError, FigureClosedError,
    ValueMissingError without a reason or a value where one is needed, ValueFormatError; when
    finishing, FiguresUncheckedError.
    """
    at = timezone.now()
    sheet = lock_sheet(sheet_id)
    mandate = require_move(actor, CHECK, sheet, expected_version)
    lines = {line.key: line for line in lines_for(sheet.group, sheet.year)}
    rows = figures_of(sheet)
    for check in checks:
        if check.key not in lines or check.key not in rows:
            raise FigureClosedError(check.key)
        _apply(rows[check.key], lines[check.key], check, actor, at)
        rows[check.key].save()
    told = {lines[check.key].name: _told(rows[check.key]) for check in checks}
    move = _end(lines.values(), rows) if finish else CHECK
    return move_sheet(
        actor=actor, mandate=mandate, move=move, sheet=sheet, at=at, data={"figures": told}
    )


def _apply(row: Figure, line: SheetLine, check: Checked, actor: Actor, at: datetime) -> None:
    reason = tidy(check.reason)
    if check.outcome in _WITH_REASON and not reason:
        raise ValueMissingError(_("Lý do: %(name)s") % {"name": line.name})
    adjusted = check.outcome is FigureState.ADJUSTED
    if adjusted and check.value is None:
        raise ValueMissingError(_("Giá trị điều chỉnh: %(name)s") % {"name": line.name})
    row.state = check.outcome
    row.checked_value = checked_number(line, check.value) if adjusted else None
    row.reason = reason if check.outcome in _WITH_REASON else ""
    row.checked_by, row.checked_at = actor.name, at


def _told(row: Figure) -> dict[str, str]:
    """Return what the log keeps of a checked line: both values, the outcome and the reason."""
    return {
        "value": "" if row.value is None else f"{row.value.normalize():f}",
        "counted": "" if row.counted is None else f"{row.counted.normalize():f}",
        "outcome": row.state,
        "reason": row.reason,
    }


def _end(lines: Iterable[SheetLine], rows: Mapping[str, Figure]) -> SheetMove:
    """Return the move that ends a check, or refuse while lines are not checked."""
    unchecked = [
        line.name
        for line in lines
        if line.key in rows and rows[line.key].state == FigureState.ENTERED
    ]
    if unchecked:
        raise FiguresUncheckedError(unchecked)
    returned = any(row.state == FigureState.RETURNED for row in rows.values())
    return GIVE_BACK if returned else VERIFY


@act
def reopen_figures(
    *, actor: Actor, sheet_id: UUID, expected_version: int, reason: str
) -> FigureSheet:
    """Open a verified sheet for another check; until it ends, its figures do not count.

    Raises NotFoundError, SheetChangedError, AccessDeniedError, SheetMoveNotAllowedError,
    CampaignClosedError, and ValueMissingError without a reason.
    """
    at = timezone.now()
    sheet = lock_sheet(sheet_id)
    mandate = require_move(actor, REOPEN, sheet, expected_version)
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    return move_sheet(
        actor=actor, mandate=mandate, move=REOPEN, sheet=sheet, at=at, data={"reason": reason}
    )
