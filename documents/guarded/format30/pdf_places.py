"""Which box of the page a piece of text stands in: the head, the boxes at the end, a table."""

import re
from collections.abc import Sequence

from documents.guarded.format30.pdf_pages import Page, Piece, Stroke

Cell = tuple[int, int, int]
_HEAD, _GRID, _END = 1, 900, 800
_NATION = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI", re.IGNORECASE)
_DATED = re.compile(r"ngày\s.*tháng\s.*năm|^số\b", re.IGNORECASE)
_SUBJECT_MM = 16  # how far below the number the subject of a công văn may reach
_RECIPIENTS = re.compile(r"nơi nhận", re.IGNORECASE)
_ROW_MM = 1.2


def cells_of(
    page: Page,
    pieces: Sequence[Piece],
    uprights: Sequence[Stroke],
    edges: tuple[float, float],
) -> list[tuple[Cell | None, bool]]:
    """Return for each piece its (table, row, column), if any, and whether the table has borders."""
    middle = sum(edges) / 2
    head = _head_bottom(page, pieces)
    end, centres = _end_top(pieces, middle)
    places: list[tuple[Cell | None, bool]] = []
    table, row, above = 0, 0, 0.0
    for piece in pieces:
        row += piece.y - above > _ROW_MM
        above = piece.y
        column = 1 if (piece.x + piece.end) / 2 < middle else 2
        if any(stroke.top - 1 < piece.y < stroke.bottom + 1 for stroke in uprights):
            places.append(((page.number * 1000 + _GRID, row, column), True))
        elif piece.y <= head and _beside(piece, pieces, middle, head):
            places.append(((page.number * 1000 + _HEAD, row, column), False))
        elif end is not None and piece.y >= end - _ROW_MM:
            table += bool(_RECIPIENTS.match(piece.text))
            column = _nearest(piece, centres) if centres else column
            places.append(((page.number * 1000 + _END + table, row, column), False))
        else:
            places.append((None, False))
    return places


def _head_bottom(page: Page, pieces: Sequence[Piece]) -> float:
    """Return how far down page 1 the boxes of the head reach; 0 where there is no head."""
    nation = next((piece for piece in pieces if _NATION.search(piece.text)), None)
    if nation is None or page.number != 1:
        return 0
    dated = [piece.y for piece in pieces if _DATED.search(piece.text) and piece.y < page.height / 3]
    bottom = dated[0] if dated else nation.y
    subject = next((p for p in pieces if p.text.startswith("V/v") and p.y > bottom), None)
    return bottom + (_SUBJECT_MM if subject is not None else _ROW_MM)


def _beside(piece: Piece, pieces: Sequence[Piece], middle: float, head: float) -> bool:
    """Whether a piece of the head keeps to its side; “Mẫu số …” above everything does too."""
    return piece.end < middle or piece.x > middle or any(
        other.y <= head
        and (abs(other.y - piece.y) < _ROW_MM or _below_nation(piece, other))
        for other in pieces if other is not piece
    )  # fmt: skip


def _below_nation(piece: Piece, other: Piece) -> bool:
    """Whether a piece stands in the middle below the national name: a long date may reach out."""
    return abs(_centre(piece) - _centre(other)) < _ROW_MM and bool(_NATION.search(other.text))


def _centre(piece: Piece) -> float:
    return (piece.x + piece.end) / 2


def _nearest(piece: Piece, centres: Sequence[float]) -> int:
    return 1 + min(range(len(centres)), key=lambda at: abs(centres[at] - _centre(piece)))


def _end_top(pieces: Sequence[Piece], middle: float) -> tuple[float | None, list[float]]:
    """Return where the signatures begin: “Nơi nhận:”, or titles side by side.

    With titles: the middle of each, for what stands below belongs to the nearest.
    """
    for number, piece in enumerate(pieces):
        if _RECIPIENTS.match(piece.text):
            return piece.y, []
        row = [other for other in pieces[number:] if abs(other.y - piece.y) <= _ROW_MM]
        titles = len(row) > 1 and all(one.text.isupper() and one.spans[0].bold for one in row)
        if titles and row[0].end < middle < row[-1].x and not _NATION.search(row[-1].text):
            return piece.y, [_centre(title) for title in row]
    return None, []
