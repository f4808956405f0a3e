"""A whole score table: every line, the parts, the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaigns.scoring.points import ZERO, Line, Precision, Scored, score_line


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table."""

    key: str
    name: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """A table as scoring reads it; `total` is the most that can be had."""

    key: str
    name: str
    total: Decimal
    precision: Precision
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What one subject has: points by line, by part and in all.

    missing  the names of the lines whose points are not known; the total is then not final
    """

    lines: tuple[Scored, ...]
    by_part: Mapping[str, Decimal]
    total: Decimal

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the lines that could not be scored, each with what it lacks."""
        return tuple(f"{one.line.name}: {one.missing}" for one in self.lines if one.points is None)

    @property
    def complete(self) -> bool:
        """Return whether every line has points."""
        return all(one.points is not None for one in self.lines)

    def points_of(self, line: str) -> Decimal:
        """Return the points of one line by its key; zero where they are not known."""
        return next((one.points or ZERO for one in self.lines if one.line.key == line), ZERO)


def score(table: Table, given: Mapping[str, Decimal | None]) -> Score:
    """Return the score of a subject from what was given for each line, by the line's key.

    A part is never below zero: deductions take away what is there.
    """
    lines = tuple(score_line(line, given.get(line.key), table.precision) for line in table.lines)
    by_part = {
        part.key: max(
            sum((one.points or ZERO for one in lines if one.line.part == part.key), ZERO), ZERO
        )
        for part in table.parts
    }
    return Score(lines, by_part, sum(by_part.values(), ZERO))
