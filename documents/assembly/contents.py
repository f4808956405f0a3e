"""The table of contents: which line stands where, before anything is drawn.

A line's height does not depend on its page number, so the number of contents pages is known
first and every page number after it is right at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.utils import simpleSplit

from documents.assembly.fonts import ITALIC, REGULAR

SIZE, LEADING = 13, 17
NOTE_SIZE, NOTE_LEADING = 11, 14
GAP = 7
HEADING_SIZE, HEADING_HEIGHT = 13, 24
TITLE_WIDTH = 370


@dataclass(frozen=True)
class Line:
    """One part: its number, title and note in lines as broken, and its height in points.

    heading  the section that begins with it; "" where none does
    """

    number: int
    title: list[str]
    note: list[str]
    height: float
    heading: str = ""


@dataclass
class Sheet:
    """The lines of one contents page."""

    lines: list[Line] = field(default_factory=list)
    left: float = 0


@dataclass(frozen=True)
class Entry:
    """What is to be said of one part; heading as in Line."""

    title: str
    note: str
    heading: str = ""


def lines_of(entries: Sequence[Entry]) -> Iterator[Line]:
    """Yield a line for each entry."""
    for number, entry in enumerate(entries, 1):
        titles = simpleSplit(entry.title, REGULAR, SIZE, TITLE_WIDTH)
        notes = simpleSplit(entry.note, ITALIC, NOTE_SIZE, TITLE_WIDTH) if entry.note else []
        height = len(titles) * LEADING + len(notes) * NOTE_LEADING + GAP
        if entry.heading:
            height += HEADING_HEIGHT
        yield Line(number, titles, notes, height, entry.heading)


def sheets_of(lines: Iterator[Line], *, room: float, first_room: float) -> list[Sheet]:
    """Spread the lines over pages with ``room`` points each, the first with ``first_room``."""
    sheets = [Sheet(left=first_room)]
    for line in lines:
        if line.height > sheets[-1].left and sheets[-1].lines:
            sheets.append(Sheet(left=room))
        sheets[-1].lines.append(line)
        sheets[-1].left -= line.height
    return sheets
