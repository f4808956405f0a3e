"""One line of a score table: from what was reached, or claimed, to points.

The arithmetic is Vietnamese whatever the reader's language: it is printed and filed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from campaigns.models import How, Rounding
from campaigns.scoring.numbers import rounded, shown

ZERO: Final = Decimal(0)
_SHOWN_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` on, so many points."""

    at: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion; see models.ScoreLine.

    full_at  the value that earns everything; None where the year has no goal
    """

    key: str
    part: str
    name: str
    most: Decimal
    how: How
    indicator: str = ""
    unit: str = ""
    full_at: Decimal | None = None
    each: Decimal = ZERO
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A line with its points; None, with `missing` saying what of, where they cannot be known."""

    line: Line
    given: Decimal | None
    points: Decimal | None
    arithmetic: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """To how many decimals points are rounded, and which way."""

    places: int
    rounding: str


def score_line(line: Line, given: Decimal | None, precision: Precision) -> Scored:
    """Return the points of a line for a figure, a yes (1) or no (0), a number of cases, or points.

    Never more than the line's most, never below zero, but for a deduction: never below minus
    its most. Nothing is counted with a value that is not there.
    """
    if given is None:
        return Scored(line, None, None, "", missing="chưa có số liệu")
    if line.how is How.PROPORTIONAL and line.full_at is None:
        return Scored(line, given, None, "", missing="chưa có mục tiêu của năm")
    points, arithmetic = _WAYS[line.how](line, given)
    kept = rounded(points, precision.rounding, precision.places)
    tail = "" if kept == points else f" ≈ {shown(kept)}"
    return Scored(line, given, kept, f"{arithmetic}{tail}")


def _proportional(line: Line, given: Decimal) -> tuple[Decimal, str]:
    full_at = line.full_at or ZERO  # score_line has seen that there is one
    if given >= full_at:
        said = f"{shown(given)}{line.unit} ≥ {shown(full_at)}{line.unit}: đủ {shown(line.most)}"
        return line.most, said
    points = max(line.most * given / full_at, ZERO)
    said = f"{shown(line.most)} × {shown(given)} / {shown(full_at)}"
    return points, f"{said} = {_short(points)}"


def _short(points: Decimal) -> str:
    """Return at most four decimals, and “…” where a fraction goes on."""
    cut = rounded(points, Rounding.DOWN, _SHOWN_PLACES)
    return shown(cut) + ("" if cut == points else "…")


def _steps(line: Line, given: Decimal) -> tuple[Decimal, str]:
    reached = [step for step in line.steps if given >= step.at]
    if not reached:
        lowest = line.steps[0].at
        return ZERO, f"{shown(given)}{line.unit} < {shown(lowest)}{line.unit}: 0"
    step = reached[-1]
    return step.points, (
        f"{shown(given)}{line.unit} ≥ {shown(step.at)}{line.unit}: {shown(step.points)}"
    )


def _yes_no(line: Line, given: Decimal) -> tuple[Decimal, str]:
    return (line.most, f"có: {shown(line.most)}") if given else (ZERO, "không: 0")


def _self(line: Line, given: Decimal) -> tuple[Decimal, str]:
    points = min(max(given, ZERO), line.most)
    return points, f"chấm {shown(given)}, tối đa {shown(line.most)}: {shown(points)}"


def _bonus(line: Line, given: Decimal) -> tuple[Decimal, str]:
    points = min(max(given, ZERO) * line.each, line.most)
    cases = f"{shown(given)} × {shown(line.each)}"
    return points, f"{cases}, tối đa {shown(line.most)}: {shown(points)}"


def _deduction(line: Line, given: Decimal) -> tuple[Decimal, str]:
    points, said = _bonus(line, given)
    return -points, f"trừ {said}"


_WAYS: Final[Mapping[How, Callable[[Line, Decimal], tuple[Decimal, str]]]] = {
    How.PROPORTIONAL: _proportional,
    How.STEPS: _steps,
    How.YES_NO: _yes_no,
    How.SELF: _self,
    How.BONUS: _bonus,
    How.DEDUCTION: _deduction,
}
