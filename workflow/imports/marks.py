"""What a sheet's XML says beside its values: hidden lines, and formulas that were never computed.

openpyxl's quick mode gives neither. A hidden line is a nominee whom the clerk does not see on the
screen; a formula without a result looks like an empty cell, and would be a lost value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from documents.inspection.archives import Archive

LAST_ROW = 1_048_576
"""The last line of a sheet of Excel."""

Place = tuple[int, int]
"""A cell: its line and its column, both from 1."""


@dataclass(slots=True)
class Marks:
    """The lines that are hidden, and the cells whose formula has no result."""

    hidden: set[int] = field(default_factory=set)
    uncomputed: set[Place] = field(default_factory=set)


def marks_of(archive: Archive, part: str) -> Marks:
    """Return the marks of one sheet; `part` is its name inside the file.

    Raises documents.errors.FileDamagedError, expat.ExpatError, and ValueError for a sheet that no
    program writes: lines that go back or lie below LAST_ROW, a cell without a proper place.
    """
    reader = _Reader()
    for data in archive.parts(part):
        reader.parser.Parse(data, False)  # noqa: FBT003 - expat's signature
    reader.parser.Parse(b"", True)  # noqa: FBT003
    return reader.marks


class _Reader:
    """Handlers of one pass: lines and cells may leave out their place, then they follow on."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._row = self._column = 0
        self._formula = self._value = self._within = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self._next_row(int(attributes.get("r", self._row + 1)))
            self._column = 0
            if attributes.get("hidden") in {"1", "true"}:
                self.marks.hidden.add(self._row)
        elif name == "c":
            place = attributes.get("r")
            letters = coordinate_from_string(place)[0] if place else ""
            self._column = column_index_from_string(letters) if letters else self._column + 1
            self._formula = False
            self._value = attributes.get("t") == "str"  # computed, and the result may be no text
        elif name == "f":
            self._formula = True
        self._within = name == "v"

    def _text(self, _text: str) -> None:
        self._value = self._value or self._within

    def _next_row(self, number: int) -> None:
        if number <= self._row:
            message = "lines out of order: openpyxl would leave one out in silence"
            raise ValueError(message)
        if number > LAST_ROW:
            message = "a line below the last one that a sheet can have"
            raise ValueError(message)
        self._row = number

    def _end(self, tag: str) -> None:
        self._within = False
        if tag.rpartition(" ")[2] == "c" and self._formula and not self._value:
            self.marks.uncomputed.add((self._row, self._column))
