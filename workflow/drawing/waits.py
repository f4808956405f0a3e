"""What waits longest, as bars that lie: one for each step and place, the oldest on top.

Pure: bars in, shapes out (documents.charts.Shape); ui/templates/workflow/chart.html writes them.
Words say what the bars show: the number of days stands at the end of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from documents.charts import DARK, INK, Shape

WIDTH: Final = 760
_LEFT: Final = 300
_RIGHT: Final = 90
_ROW: Final = 40
_BAR: Final = 16
_LETTERS: Final = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One place where something waits: the step, who holds it, and for how many days."""

    step: str
    place: str
    days: int


def height(bars: Sequence[Bar]) -> int:
    """Return how high the picture is."""
    return len(bars) * _ROW + 4


def drawn(bars: Sequence[Bar]) -> list[Shape]:
    """Return what the bars are drawn of, from the top."""
    most = max((bar.days for bar in bars), default=0) or 1
    shapes: list[Shape] = []
    for place, bar in enumerate(bars):
        top = place * _ROW + 6
        long = round(max(bar.days / most * (WIDTH - _LEFT - _RIGHT), 2), 1)
        shapes += [
            Shape("text", _LEFT - 10, top + 11, text=bar.step, anchor="end", bold=True),
            Shape("text", _LEFT - 10, top + 26, text=_short(bar.place), anchor="end"),
            Shape("rect", _LEFT, top + 4, width=long, height=_BAR, fill=DARK, stroke=INK),
            Shape(
                "text", _LEFT + long + 6, top + 17, text=str(bar.days), anchor="start", bold=True
            ),
        ]
    return shapes


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1].rstrip()}…"
