"""One kind of chart: a figure over the years against its goals, as shapes on a plane.

The same numbers give the same shapes, whoever draws them: the screen as SVG, the paper as PNG
(documents.guarded.charts). Nothing rests on colour: a verified value is a full bar, one that is
not verified yet an empty bar with a broken outline, a goal a black line with its words above.

The plain form, as papers carry it (documents.frozen takes no decimals, so numbers are text):
{"don_vi": "%", "nam": [2022, 2023], "gia_tri": ["41.5", "61.5"], "da_xac_nhan": [true, false],
"muc_tieu": ["", "60"], "chu_muc_tieu": ["", "≥ 60"]}; an empty text is a value that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

WIDTH: Final = 330
HEIGHT: Final = 180
"""The plane, in units of its own; fonts are 12 of them high."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 8, 24, 24
_TEXT: Final = 18  # a line of text and its air
_BAR_SHARE: Final = Decimal("0.5")
_NICE: Final = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3), Decimal(5), Decimal(8))
_WHOLE: Final = Decimal(100)
DARK, LIGHT, GRID, INK = "#3d5878", "#ffffff", "#c3cad6", "#111111"


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One year: what was reached (None: nothing reported) and the goal (None: none that year)."""

    year: int
    value: Decimal | None
    verified: bool
    goal: Decimal | None
    goal_text: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The points in the order of the years; `unit` is printed after the numbers of the scale."""

    unit: str
    points: tuple[YearPoint, ...]

    def plain(self) -> dict[str, Any]:
        """Return the chart as a paper's values carry it."""
        return {
            "don_vi": self.unit,
            "nam": [point.year for point in self.points],
            "gia_tri": [_text(point.value) for point in self.points],
            "da_xac_nhan": [point.verified for point in self.points],
            "muc_tieu": [_text(point.goal) for point in self.points],
            "chu_muc_tieu": [point.goal_text for point in self.points],
        }


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def chart_of(plain: Mapping[str, Any]) -> Chart:
    """Return the chart of a paper's values.

    Raises KeyError, TypeError, ValueError or ArithmeticError for anything that is no chart.
    """
    names = ("nam", "gia_tri", "da_xac_nhan", "muc_tieu", "chu_muc_tieu")
    points = tuple(
        YearPoint(int(year), _number(value), bool(verified), _number(goal), str(goal_text))
        for year, value, verified, goal, goal_text in zip(
            *(plain[name] for name in names), strict=True
        )
    )
    return Chart(str(plain["don_vi"]), points)


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, a line or a text; what a kind has no use for is left as it is.

    kind  "rect" (x, y, width, height), "line" (x, y to x2, y2) or "text" (x, y: its base line)
    halo  a text that may lie over a bar has a white edge
    """

    kind: str
    x: float
    y: float
    x2: float = 0
    y2: float = 0
    width: float = 0
    height: float = 0
    text: str = ""
    anchor: str = "middle"
    fill: str = INK
    stroke: str = "none"
    thick: float = 1
    dash: str = ""
    bold: bool = False
    halo: bool = False


def shapes(chart: Chart) -> list[Shape]:
    """Return what to draw, from the back to the front."""
    top = _top_of_scale(chart)
    return [*_scale(chart, top), *_bars(chart, top), *_goals(chart, top)]


def _top_of_scale(chart: Chart) -> Decimal:
    """Return where the scale ends: at 100 for per cent, else at the next round number."""
    numbers = [n for point in chart.points for n in (point.value, point.goal) if n is not None]
    highest = max(numbers, default=Decimal(0))
    if chart.unit == "%" and highest <= _WHOLE:
        return _WHOLE
    if highest <= 0:
        return Decimal(1)
    scale = Decimal(10) ** highest.adjusted()
    return next((n * scale for n in _NICE if n * scale >= highest), 10 * scale)


def _y(value: Decimal, top: Decimal) -> float:
    room = HEIGHT - _TOP - _BOTTOM
    return round(HEIGHT - _BOTTOM - float(value / top) * room, 1)


def _slots(chart: Chart) -> Iterator[tuple[YearPoint, float, float]]:
    """Yield each point with the middle and the width of its slot."""
    width = (WIDTH - _LEFT - _RIGHT) / max(len(chart.points), 1)
    for place, point in enumerate(chart.points):
        yield point, round(_LEFT + width * (place + 0.5), 1), width


def _scale(chart: Chart, top: Decimal) -> Iterator[Shape]:
    for share in (Decimal(0), Decimal("0.5"), Decimal(1)):
        y = _y(top * share, top)
        yield Shape("line", _LEFT, y, WIDTH - _RIGHT, y, stroke=INK if not share else GRID)
        words = number_text(top * share) + (chart.unit if chart.unit == "%" else "")
        yield Shape("text", _LEFT - 5, y + 4, text=words, anchor="end")
    for point, middle, _width in _slots(chart):
        yield Shape("text", middle, HEIGHT - _BOTTOM + 16, text=str(point.year))


def _bars(chart: Chart, top: Decimal) -> Iterator[Shape]:
    for point, middle, slot in _slots(chart):
        if point.value is None:
            yield Shape("text", middle, HEIGHT - _BOTTOM - 6, text="–")
            continue
        width = round(slot * float(_BAR_SHARE), 1)
        y = _y(min(point.value, top), top)
        yield Shape(
            "rect", round(middle - width / 2, 1), y,
            width=width, height=round(HEIGHT - _BOTTOM - y, 1),
            fill=DARK if point.verified else LIGHT, stroke=INK,
            dash="" if point.verified else "3 2",
        )  # fmt: skip
        yield _value_words(point, middle, y, top)


def _value_words(point: YearPoint, middle: float, y: float, top: Decimal) -> Shape:
    """Return the value's text: at the foot of its bar, or where no goal is in the way."""
    assert point.value is not None  # noqa: S101 - the caller has looked
    foot, high = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - y
    goal = None if point.goal is None else _y(point.goal, top)
    low_goal = goal is not None and foot - goal < 2 * _TEXT
    base: float
    if high > _TEXT and not low_goal:
        base, inside = foot - 6, True
    elif goal is not None and high > 4 * _TEXT:
        base, inside = y + _TEXT - 4, True
    else:
        highest = y if goal is None or not low_goal else min(y, goal - _TEXT)
        base, inside = highest - 4, False
    colour = LIGHT if point.verified and inside else INK
    return Shape("text", middle, base, text=number_text(point.value), fill=colour, bold=True)


def _goals(chart: Chart, top: Decimal) -> Iterator[Shape]:
    for point, middle, slot in _slots(chart):
        if point.goal is None:
            continue
        y = _y(point.goal, top)
        half = slot * 0.46
        yield Shape(
            "line", round(middle - half, 1), y, round(middle + half, 1), y, stroke=INK, thick=2.5
        )
        yield Shape("text", middle, y - 5, text=point.goal_text, bold=True, halo=True)


def number_text(number: Decimal) -> str:
    """Return “61,5”: the Vietnamese comma, no zeros that say nothing."""
    text = f"{number:,f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def described(chart: Chart, words: Mapping[str, str]) -> str:
    """Return the chart in one sentence, for those who do not see it.

    words  “none”, “unverified”, “goal” in the reader's language
    """
    return "; ".join(_told(chart.unit, point, words) for point in chart.points)


def _told(unit: str, point: YearPoint, words: Mapping[str, str]) -> str:
    parts: Sequence[str] = [words["none"]]
    if point.value is not None:
        parts = [number_text(point.value) + unit]
        if not point.verified:
            parts = [*parts, words["unverified"]]
    if point.goal is not None:
        parts = [*parts, f"{words['goal']} {point.goal_text}{unit}"]
    return f"{point.year}: " + ", ".join(parts)
