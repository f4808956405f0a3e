"""A PDF as lines. It has neither paragraphs nor cells: both are read off the geometry.

Not seen: gaps between paragraphs, justification, colours, anything that is a picture.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader

from documents.guarded.format30.model import Line, Paper, Section
from documents.guarded.format30.pdf_lines import centred, lines_of, run_on
from documents.guarded.format30.pdf_pages import Page, Piece, page_of
from documents.guarded.refusal import RefusedInChildError

_NUMBER = re.compile(r"(trang\s*)?[-–—]?\s*\d+\s*(/\s*\d+)?\s*[-–—]?", re.IGNORECASE)
_MARGIN_MM = 20.5
_APART_MM = 8.5  # more than a line and a half of 14 points
_PADDING_MM = 2.5  # between a cell's border and its letters
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
        rest = rest[: _foot(page, rest)]
        section = _section(page, rest, edges)
        section.numbers = [_number(page, piece, edges) for piece in numbers]
        paper.sections.append(section)
        lines = lines_of(page, rest, edges)
        ends = next((line for line in reversed(paper.lines) if line.spans), None)
        paper.lines += lines[1:] if lines and run_on(ends, lines[0]) else lines
    return paper


def _is_page_number(page: Page, piece: Piece) -> bool:
    margin = piece.y < _MARGIN_MM or piece.y > page.height - _MARGIN_MM
    return margin and _NUMBER.fullmatch(piece.text) is not None


def _foot(page: Page, pieces: Sequence[Piece]) -> int:
    """Return how many pieces come before a mark in the lower margin, which stands apart."""
    for at in range(1, len(pieces)):
        apart = pieces[at].y - pieces[at - 1].y > _APART_MM
        if apart and pieces[at].y > page.height - _MARGIN_MM:
            return at
    return len(pieces)


def _edges(pages: Sequence[Page]) -> tuple[float, float]:
    """Return where the text starts and ends: the leftmost start that several lines share.

    Where only a table's cells start there, the text starts at the border of the table.
    """
    found = [(piece, page) for page in pages for piece in page.pieces]
    if not found:
        return 0, 0
    starts = Counter(round(piece.x, 1) for piece, _ in found)
    left = min([start for start, times in starts.items() if times > 1] or list(starts))
    borders = [_border(piece, page) for piece, page in found if round(piece.x, 1) == left]
    celled = [border for border in borders if border is not None]
    if len(celled) == len(borders):
        left = min(celled)
    return left, max(piece.end for piece, _ in found)


def _border(piece: Piece, page: Page) -> float | None:
    """Return where the border is that a piece stands right behind; None where there is none."""
    near = [
        stroke.x for stroke in page.strokes
        if stroke.upright and stroke.top - 1 < piece.y < stroke.bottom + 1
        and 0 <= piece.x - stroke.x < _PADDING_MM
    ]  # fmt: skip
    return max(near, default=None)


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
    return place, Line(list(piece.spans), page=page.number, align=centred(piece, edges) or "left")
