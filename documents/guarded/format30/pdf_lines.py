"""The pieces of a page as lines: what was broken at the edge of its box is one line again."""

from collections.abc import Sequence

from documents.guarded.format30.model import Line, Span
from documents.guarded.format30.pdf_pages import Page, Piece, Stroke
from documents.guarded.format30.pdf_places import Cell, cells_of

_NEAR_MM = 1.5
_FULL_MM = 4  # a line that ends so near the right edge was broken there
_FAR_MM = 20  # the same of a line in letters whose spaces were stretched: its length is not known
_SINGLE = 1.15  # the height of a single line of Times New Roman, times its size
_NEXT_LINE = 1.4  # times the size: what is farther down is no rest of the line above
_NEXT_PARAGRAPH = 2.3
_MM_PER_POINT = 25.4 / 72
Edges = tuple[float, float]
Key = tuple[float, ...]


def centred(piece: Piece, edges: Edges) -> str:
    """Return "center" for a piece in the middle that does not fill the line, else ""."""
    middle = (piece.x + piece.end) / 2 - sum(edges) / 2
    full = piece.end > edges[1] - _FULL_MM and piece.x < edges[0] + _FULL_MM
    return "center" if abs(middle) < _NEAR_MM and not full else ""


def _aligned(piece: Piece, edges: Edges) -> str:
    """Return how a line of the text stands; "" where a full line shows nothing."""
    if piece.end > edges[1] - _FAR_MM and piece.x < edges[0] + _FAR_MM:
        return centred(piece, edges)
    aside = "left" if piece.x < edges[0] + _FAR_MM else ""
    aside = aside or ("right" if piece.end > edges[1] - _NEAR_MM else "")
    return centred(piece, edges) or aside


def run_on(above: Line | None, line: Line) -> bool:
    """Whether a page's first line goes on with the last of the page before; if so, join them."""
    if (
        above is None
        or above.cell
        or line.cell
        or not above.full
        or not (above.spans and line.spans)
    ):
        return False
    if abs(line.indent or 0) > _NEAR_MM or _look(above.spans[-1]) != _look(line.spans[0]):
        return False
    above.spans[-1].text = above.spans[-1].text.rstrip() + " "
    above.spans += line.spans
    above.full = line.full
    return True


def lines_of(page: Page, pieces: Sequence[Piece], edges: Edges) -> list[Line]:
    """Return the lines of a page in reading order: a box's column after the other."""
    uprights = [stroke for stroke in page.strokes if stroke.upright]
    places = cells_of(page, pieces, uprights, edges)
    made = _Lines(page, edges)
    for piece, (cell, grid) in zip(pieces, places, strict=True):
        made.add(piece, cell, grid=grid)
    for stroke in page.strokes:
        if stroke.level and not _in_grid(stroke, uprights):
            made.rule(stroke, list(zip(pieces, (cell for cell, _ in places), strict=True)))
    return [line for _, line in sorted(made.found, key=lambda held: held[0])]


def _in_grid(stroke: Stroke, uprights: Sequence[Stroke]) -> bool:
    return any(
        up.top - 1 <= stroke.top <= up.bottom + 1 and stroke.x - 1 <= up.x <= stroke.end + 1
        for up in uprights
    )


class _Lines:
    """The lines found so far, each with where it sorts; and the piece each column ends with."""

    def __init__(self, page: Page, edges: Edges) -> None:
        self.page = page
        self.edges = edges
        self.found: list[tuple[Key, Line]] = []
        self._open: dict[object, tuple[Piece, Line]] = {}

    def add(self, piece: Piece, cell: Cell | None, *, grid: bool) -> None:
        """Add a piece to the line that it goes on with, or as a new one."""
        column = (cell[0], cell[2]) if cell else None
        above = self._open.get(column)
        if above is not None and not grid and self._goes_on(*above, piece, boxed=cell is not None):
            line = above[1]
            line.spans[-1].text = line.spans[-1].text.rstrip() + " "
            line.spans += piece.spans
            line.line = (piece.y - above[0].y) / _MM_PER_POINT / _SINGLE / piece.size
        else:
            line = self._new(piece, cell, grid=grid)
        line.full = piece.end > self.edges[1] - _FAR_MM
        self._open[column] = (piece, line)

    def _new(self, piece: Piece, cell: Cell | None, *, grid: bool) -> Line:
        line = Line(list(piece.spans), page=self.page.number, cell=cell, grid=grid)
        line.width = self.edges[1] - self.edges[0]
        line.align = "" if cell else _aligned(piece, self.edges)
        if cell is None and line.align != "center":
            line.indent = piece.x - self.edges[0]
        self.found.append((self._order(piece.y, cell), line))
        return line

    def _order(self, y: float, cell: Cell | None) -> Key:
        """Sort by height; the lines of one box by its top, then by column, then by height."""
        if cell is None:
            return (y, 0, y)
        same = [key[0] for key, line in self.found if line.cell and line.cell[0] == cell[0]]
        return (same[0] if same else y, cell[2], y)

    def _goes_on(self, above: Piece, line: Line, piece: Piece, *, boxed: bool) -> bool:
        """Whether a piece is the rest of the line above it in the same column."""
        same = _look(above.spans[-1]) == _look(piece.spans[0])
        other_case = above.text.isupper() != piece.text.isupper()
        if not same or (other_case and (boxed or line.bold)):  # “…/KH-” and “UBND” are one word
            return False
        down = (piece.y - above.y) / _MM_PER_POINT / piece.size
        if boxed:
            recipient = line.text.startswith("-") and not piece.text.startswith("-")
            name = line.bold and not line.italic and not line.text.isupper()
            return down < _NEXT_LINE and (recipient or name)
        return line.full and down < _NEXT_PARAGRAPH and abs(piece.x - self.edges[0]) < _NEAR_MM

    def rule(self, stroke: Stroke, places: Sequence[tuple[Piece, Cell | None]]) -> None:
        """Put a level stroke where the words above it stand."""
        middle = (stroke.x + stroke.end) / 2
        above = [
            cell
            for piece, cell in places
            if piece.y < stroke.top and piece.x - 1 < middle < piece.end + 1
        ]
        if above:
            line = Line([], page=self.page.number, cell=above[-1], rule=stroke.end - stroke.x)
            self.found.append((self._order(stroke.top, above[-1]), line))


def _look(span: Span) -> tuple[float, bool, bool]:
    return (span.size, span.bold, span.italic)
