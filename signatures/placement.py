"""Where on the page a signature's picture goes: between title and name, never over text.

The printed name is searched from its own letters on the page. A candidate is a line that is
the name and nothing else, with free paper above it; among several, the one under a line of
capitals (the title, NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7) wins, then the later page. So the
same name in an annex's list is not taken for the place of the signature.

Only text is looked at: pictures and table lines are not seen.
"""

import unicodedata
from dataclasses import dataclass

from documents.page_text import PageText, TextLine, pages_with_text
from signatures.appearance import BOLD, REGULAR, SEAL_DIAMETER, text_width
from signatures.errors import SignatureNoRoomError

STAMP_WIDTH = 184.0
STAMP_HEIGHT = 54.0
SMALLEST_HEIGHT = 26.0
SMALLEST_WIDTH = 120.0
CLEARANCE = 3.0  # white points kept between the picture and the text around it
PAGE_EDGE = 22.0
DESCENT, ASCENT = 0.22, 0.90  # of Liberation Serif, as parts of the letter size
SEAL_OVERLAP = 1 / 3  # how much of the person's picture the seal covers, from the left


@dataclass(frozen=True)
class Box:
    """A rectangle on one page; page counted from 0, points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom


@dataclass(frozen=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def place_for_person(content: bytes, name: str) -> Box:
    """Return where the picture of the person printed as `name` goes in the PDF `content`.

    Without the name on any page: the lowest free place at the right of the last page with
    text. Raises SignatureNoRoomError when there is none, StampFontMissingError.
    """
    wanted = _folded(name)
    pages = [
        (page, [_measured(line) for line in page.lines])
        for page in pages_with_text(content)
        if page.lines
    ]
    found = [
        (under_title, page.number, box.height, box)
        for page, lines in pages
        for line in lines
        if _folded(line.text) == wanted
        for under_title, box in _above(page, lines, line)
    ]
    if found:
        return max(found, key=lambda item: item[:3])[3]
    if not pages:
        raise SignatureNoRoomError
    return _right_column(*pages[-1])


def fits(content: bytes, box: Box) -> bool:
    """Tell whether a box that somebody chose lies on an upright page and is large enough."""
    pages = {page.number: page for page in pages_with_text(content)}
    page = pages.get(box.page)
    return (
        page is not None
        and box.width >= SMALLEST_WIDTH
        and box.height >= SMALLEST_HEIGHT
        and page.left <= box.left
        and box.right <= page.right
        and page.bottom <= box.bottom
        and box.top <= page.top
    )


def place_for_seal(person: Box) -> Box:
    """Return the seal's box: real size, its right edge a third into the person's picture."""
    right = person.left + person.width * SEAL_OVERLAP
    left = max(right - SEAL_DIAMETER, 2.0)
    middle = max((person.bottom + person.top) / 2, SEAL_DIAMETER / 2 + 2)
    bottom = middle - SEAL_DIAMETER / 2
    return Box(person.page, left, bottom, left + SEAL_DIAMETER, bottom + SEAL_DIAMETER)


def _above(page: PageText, lines: list[_Line], name: _Line) -> list[tuple[bool, Box]]:
    """Return at most one place: over `name`, under the text next above it."""
    centre = (name.left + name.right) / 2
    left = min(max(centre - STAMP_WIDTH / 2, page.left + PAGE_EDGE), page.right - STAMP_WIDTH)
    right = left + STAMP_WIDTH
    over = [
        line
        for line in lines
        if line.bottom >= name.top - 1 and line.right > left and line.left < right
    ]
    nearest = min(over, key=lambda line: line.bottom, default=None)
    floor = name.top + CLEARANCE
    ceiling = nearest.bottom - CLEARANCE if nearest else page.top - PAGE_EDGE
    free = ceiling - floor
    if free < SMALLEST_HEIGHT:
        return []
    height = min(free, STAMP_HEIGHT)
    bottom = floor + (free - height) / 2 if nearest else floor
    return [(_is_title(nearest), Box(page.number, left, bottom, right, bottom + height))]


def _is_title(line: _Line | None) -> bool:
    """Tell whether a line is a title in capitals or the note under one, “(Ký tên)”."""
    return line is not None and (line.text.isupper() or line.text.strip().startswith("("))


def _right_column(page: PageText, lines: list[_Line]) -> Box:
    """Return the lowest place at the right where picture and seal cover no text.

    Raises SignatureNoRoomError.
    """
    right = page.right - 2 * PAGE_EDGE
    left = right - STAMP_WIDTH
    seal_left = left + STAMP_WIDTH * SEAL_OVERLAP - SEAL_DIAMETER
    around = [line for line in lines if line.right > seal_left and line.left < right]
    spans = sorted((line.bottom, line.top) for line in around)
    covered_to, end = page.bottom + 2 * PAGE_EDGE, page.top - 2 * PAGE_EDGE
    for bottom, top in [*spans, (end, end)]:
        if bottom - covered_to >= SEAL_DIAMETER + 2 * CLEARANCE:
            middle = bottom - CLEARANCE - SEAL_DIAMETER / 2
            half = STAMP_HEIGHT / 2
            return Box(page.number, left, middle - half, right, middle + half)
        covered_to = max(covered_to, top)
    raise SignatureNoRoomError


def _measured(line: TextLine) -> _Line:
    """Return the text with its box; its width is measured in the Liberation it is set in."""
    width = text_width(line.text, BOLD if line.bold else REGULAR, line.size)
    return _Line(
        line.text,
        line.left,
        line.left + width,
        line.baseline - DESCENT * line.size,
        line.baseline + ASCENT * line.size,
    )


def _folded(text: str) -> str:
    """Return the text in NFC, single-spaced and without case, for comparing names."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
