"""A PDF as lines. It has neither paragraphs nor cells: both are read off the geometry.

Not seen: gaps between paragraphs, justification, colours, anything that is a picture.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader

from documents.guarded.format30.model import Line, Paper, Section
from documents.guarded.format30.pdf_pages import Page, Piece, Stroke, page_of
from documents.guarded.format30.pdf_places import cells_of
from documents.guarded.refusal import RefusedInChildError

_NUMBER = re.compile(r"(trang\s*)?[-–—]?\s*\d+\s*(/\s*\d+)?\s*[-–—]?", re.IGNORECASE)
_MARGIN_MM = 20.5
_NEAR_MM = 1.5
_FULL_MM = 4  # a line that ends so near the right edge was broken there
_SINGLE = 1.15  # the height of a single line of Times New Roman, times its size
_MM_PER_POINT = 25.4 / 72
_DESCENT, _ASCENT = 0.216, 0.891


def read_pdf(body: bytes) -> Paper:
    """Return the paper. Refuses: PDF_DAMAGED."""
    try:
        reader = PdfReader(io.BytesIO(body))
        pages = [page_of(number, page) for number, page in enumerate(reader.pages, 1)]
    except Exception as error:  # F18: seven families of exceptions
        raise RefusedInChildError("PDF_DAMAGED") from error
    paper = Paper([], [], kind="pdf")
    edges = _edges(pages)
    for page in pages:
        numbers = [piece for piece in page.pieces if _is_page_number(page, piece)]
        rest = [piece for piece in page.pieces if piece not in numbers]
        section = _section(page, rest, edges)
        section.numbers = [_number(page, piece, edges) for piece in numbers]
        paper.sections.append(section)
        paper.lines += _lines(page, rest, edges)
    return paper


def _is_page_number(page: Page, piece: Piece) -> bool:
    margin = piece.y < _MARGIN_MM or piece.y > page.height - _MARGIN_MM
    return margin and _NUMBER.fullmatch(piece.text) is not None


def _edges(pages: Sequence[Page]) -> tuple[float, float]:
    """Return where the text starts and ends: the leftmost start that several lines share."""
    pieces = [piece for page in pages for piece in page.pieces]
    if not pieces:
        return 0, 0
    starts = Counter(round(piece.x, 1) for piece in pieces)
    shared = [start for start, times in starts.items() if times > 1] or list(starts)
    return min(shared), max(piece.end for piece in pieces)


def _section(page: Page, pieces: Sequence[Piece], edges: tuple[float, float]) -> Section:
    """Return the page's set-up as its text shows it: how far it keeps from each edge."""
    points = _MM_PER_POINT
    tops = [piece.y - _ASCENT * piece.size * points for piece in pieces]
    bottoms = [piece.y + _DESCENT * piece.size * points for piece in pieces]
    return Section(
        page.width, page.height,
        top=min(tops, default=0), bottom=page.height - max(bottoms, default=page.height),
        left=min((piece.x for piece in pieces), default=0), right=page.width - edges[1],
        landscape=page.width > page.height, first_differs=page.number == 1,
    )  # fmt: skip


def _number(page: Page, piece: Piece, edges: tuple[float, float]) -> tuple[str, Line]:
    place = "header" if piece.y < page.height / 2 else "footer"
    return place, Line(list(piece.spans), page=page.number, align=_centred(piece, edges) or "left")


def _centred(piece: Piece, edges: tuple[float, float]) -> str:
    middle = (piece.x + piece.end) / 2 - sum(edges) / 2
    full = piece.end > edges[1] - _FULL_MM and piece.x < edges[0] + _FULL_MM
    return "center" if abs(middle) < _NEAR_MM and not full else ""


def _lines(page: Page, pieces: Sequence[Piece], edges: tuple[float, float]) -> list[Line]:
    """Return the lines of a page in reading order: a box's column after the other."""
    uprights = [stroke for stroke in page.strokes if stroke.upright]
    places = cells_of(page, pieces, uprights, edges)
    rules = [stroke for stroke in page.strokes if stroke.level and not _in_grid(stroke, uprights)]
    found: list[tuple[tuple[float, ...], Line]] = []
    paragraph: list[Piece] = []
    for piece, (cell, grid) in zip(pieces, places, strict=True):
        if cell is None and paragraph and _goes_on(paragraph, piece, edges):
            paragraph.append(piece)
            _grow(found[-1][1], paragraph)
            continue
        line = Line(list(piece.spans), page=page.number, cell=cell, grid=grid)
        line.width = edges[1] - edges[0]
        line.align = "" if cell else _centred(piece, edges)
        if cell is None and line.align != "center":
            line.indent = piece.x - edges[0]
        paragraph = [piece] if cell is None else []
        found.append((_order(piece.y, cell, found), line))
    _add_rules(page, found, rules, pieces, places)
    return [line for _, line in sorted(found, key=lambda held: held[0])]


def _in_grid(stroke: Stroke, uprights: Sequence[Stroke]) -> bool:
    return any(
        up.top - 1 <= stroke.top <= up.bottom + 1 and stroke.x - 1 <= up.x <= stroke.end + 1
        for up in uprights
    )


def _order(
    y: float, cell: tuple[int, int, int] | None, found: Sequence[tuple[tuple[float, ...], Line]]
) -> tuple[float, ...]:
    """Sort by height; the lines of one box by its top, then by column, then by height."""
    if cell is None:
        return (y, 0, y)
    same = [key[0] for key, line in found if line.cell and line.cell[0] == cell[0]]
    return (same[0] if same else y, cell[2], y)


def _goes_on(paragraph: Sequence[Piece], piece: Piece, edges: tuple[float, float]) -> bool:
    """Whether a line continues the paragraph above: that one was full, this one is not set in."""
    above = paragraph[-1]
    full = above.end > edges[1] - _FULL_MM * 5
    near = piece.y - above.y < 2 * _SINGLE * piece.size * _MM_PER_POINT
    same = (above.spans[-1].bold, above.spans[-1].italic) == (
        piece.spans[0].bold, piece.spans[0].italic
    )  # fmt: skip
    return full and near and same and abs(piece.x - edges[0]) < _NEAR_MM


def _grow(line: Line, paragraph: Sequence[Piece]) -> None:
    """Add the newest piece to a paragraph; two lines show how far apart they stand."""
    above, piece = paragraph[-2:]
    line.spans[-1].text = line.spans[-1].text.rstrip() + " "
    line.spans += piece.spans
    line.line = (piece.y - above.y) / _MM_PER_POINT / _SINGLE / piece.size


def _add_rules(
    page: Page,
    found: list[tuple[tuple[float, ...], Line]],
    rules: Sequence[Stroke],
    pieces: Sequence[Piece],
    places: Sequence[tuple[tuple[int, int, int] | None, bool]],
) -> None:
    """Put each level stroke where the words above it stand."""
    for stroke in rules:
        above = [
            (piece, cell)
            for piece, (cell, _) in zip(pieces, places, strict=True)
            if piece.y < stroke.top and piece.x - 1 < (stroke.x + stroke.end) / 2 < piece.end + 1
        ]
        if above:
            cell = above[-1][1]
            line = Line([], page=page.number, cell=cell, rule=stroke.end - stroke.x)
            found.append((_order(stroke.top, cell, found), line))
