"""The way of one nomination as a picture: what is behind it, where it is, what is to come.

Pure: stations in, points and lines of text in pixels out; ui/templates/workflow/track.svg writes
them. The state of a nomination that has left the line hangs below the station where it left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

SPACING: Final = 118
TOP: Final = 22
ASIDE_WIDTH: Final = 112
_LETTERS = 15
_LINE_HEIGHT = 15
_BELOW = 30
_BRANCH = 46


@dataclass(frozen=True, slots=True)
class Station:
    """One step of the way; mark is "done", "now", "stopped", "left" or "".

    aside  the state outside the line that the nomination is in, at the station where it left
    day    when the step was done, or since when it is here; by: who did it, or whose turn it is
    """

    label: str
    mark: str
    day: str = ""
    by: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text under a stop; kind is "name", "day", "by" or "aside"."""

    y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A station, drawn: where it stands, and the lines of text around it."""

    station: Station
    x: float
    lines: tuple[Line, ...]
    aside: tuple[Line, ...]

    @property
    def aside_x(self) -> float:
        """Return where the box of the state aside begins from the left."""
        return self.x - ASIDE_WIDTH / 2

    @property
    def aside_top(self) -> float:
        """Return where the box of the state aside begins."""
        return self.aside[0].y - 17 if self.aside else 0

    @property
    def aside_height(self) -> float:
        """Return how tall the box of the state aside is."""
        return len(self.aside) * _LINE_HEIGHT + 9

    @property
    def foot(self) -> float:
        """Return where the last line of text under the stop ends."""
        return self.lines[-1].y + 6


@dataclass(frozen=True, slots=True)
class Track:
    """A way, drawn: its size in pixels, the stops, and how far the line is behind it."""

    width: int
    height: float
    top: int
    reached: float
    stops: tuple[Stop, ...]
    aside_width: int = ASIDE_WIDTH

    @property
    def last_x(self) -> float:
        """Return where the line ends."""
        return self.stops[-1].x


def track_of(stations: Sequence[Station]) -> Track:
    """Return the picture of a way of at least one station."""
    stops = tuple(_stop(place, station) for place, station in enumerate(stations))
    reached = max((stop.x for stop in stops if stop.station.mark), default=stops[0].x)
    lows = [stop.aside_top + stop.aside_height if stop.aside else stop.foot for stop in stops]
    return Track(SPACING * len(stops), max(lows) + 8, TOP, reached, stops)


def _stop(place: int, station: Station) -> Stop:
    said = [("name", text) for text in wrap(station.label, _LETTERS)]
    said += [("day", station.day)] if station.day else []
    said += [("by", text) for text in wrap(station.by, _LETTERS + 2)]
    lines = tuple(
        Line(TOP + _BELOW + _LINE_HEIGHT * row, text, kind) for row, (kind, text) in enumerate(said)
    )
    low = lines[-1].y + _BRANCH
    aside = tuple(
        Line(low + _LINE_HEIGHT * row, text, "aside")
        for row, text in enumerate(wrap(station.aside, _LETTERS))
    )
    return Stop(station, SPACING * (place + 0.5), lines, aside)
