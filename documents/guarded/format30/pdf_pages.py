"""A page of a PDF as rows of letters and strokes, in millimetres from its top left corner."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from documents.guarded.format30.measure import span_mm
from documents.guarded.format30.model import Span

_MM = 25.4 / 72
_NATIONAL = re.compile(r"CỘNG H(ÒA|OÀ) XÃ HỘI|Độc lập - Tự do", re.IGNORECASE)
_SAME_ROW_MM = 0.8
_WORD_GAP = 1.2  # times the size of the letters: a wider gap starts another column
_UPRIGHT_MM = 2.5  # a shorter upright stroke is no border of a cell
_LEVEL_MM = 8
_THIN_MM = 0.8


@dataclass(slots=True)
class Piece:
    """Letters on one baseline, without a wide gap. ``y``: the baseline, downwards."""

    x: float
    y: float
    end: float
    spans: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the letters, trimmed."""
        return "".join(span.text for span in self.spans).strip()

    @property
    def size(self) -> float:
        """Return the size of the largest letters in points."""
        return max(span.size for span in self.spans)


@dataclass(slots=True)
class Stroke:
    """A straight line: from (x, top) to (end, bottom)."""

    x: float
    top: float
    end: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal and long enough to be seen as a line."""
        return self.bottom - self.top < _THIN_MM and self.end - self.x > _LEVEL_MM

    @property
    def upright(self) -> bool:
        """Whether it is vertical, as the border of a cell."""
        return self.end - self.x < _THIN_MM and self.bottom - self.top > _UPRIGHT_MM


@dataclass(slots=True)
class Page:
    """One page: its sides, its pieces down the page, its strokes."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    strokes: list[Stroke]


def page_of(number: int, page: PageObject) -> Page:
    """Read one page; turned and skewed letters are read as if they were upright."""
    box = page.mediabox
    reader = _Reader(float(box.left), float(box.top))
    page.extract_text(visitor_text=reader.text, visitor_operand_before=reader.operator)
    sides = float(box.width) * _MM, float(box.height) * _MM
    return Page(number, *sides, _joined(reader.pieces), reader.strokes)


class _Reader:
    def __init__(self, left: float, top: float) -> None:
        self.left, self.top = left, top
        self.pieces: list[Piece] = []
        self.strokes: list[Stroke] = []
        self._pen = (0.0, 0.0)

    def text(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        """Take letters as pypdf hands them over: with their font and where they start."""
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        points = size * abs(tm[3] * cm[3] or 1)
        self._add(unicodedata.normalize("NFC", text.replace("\n", "")), x, y, font, points)

    def _add(self, text: str, x: float, y: float, font: Any, points: float) -> None:
        name = str((font or {}).get("/BaseFont", "")).lstrip("/").split("+")[-1]
        face, _, style = name.replace(",", "-").partition("-")
        span = Span(text, round(points, 1), "Bold" in style, "Italic" in style, _spaced(face))
        left, down = (x - self.left) * _MM, (self.top - y) * _MM
        self.pieces.append(Piece(left, down, left + span_mm(span, text.rstrip()), [span]))

    def operator(self, name: bytes, operands: Any, cm: list[float], _tm: list[float]) -> None:
        """Take straight lines and thin boxes."""
        if name == b"re":
            x, y, width, height = map(float, operands)
            self._stroke((x, y), (x + width, y + height), cm)
        elif name == b"m":
            self._pen = (float(operands[0]), float(operands[1]))
        elif name == b"l":
            end = (float(operands[0]), float(operands[1]))
            self._stroke(self._pen, end, cm)
            self._pen = end

    def _stroke(
        self, one: tuple[float, float], other: tuple[float, float], cm: list[float]
    ) -> None:
        (x1, y1), (x2, y2) = (
            (x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]) for x, y in (one, other)
        )
        xs = sorted(((x1 - self.left) * _MM, (x2 - self.left) * _MM))
        ys = sorted(((self.top - y1) * _MM, (self.top - y2) * _MM))
        self.strokes.append(Stroke(xs[0], ys[0], xs[1], ys[1]))


def _spaced(face: str) -> str:
    """Return the name of a face as people write it: fonts in a PDF have no spaces."""
    for known in ("Times New Roman", "Liberation Serif"):
        if face.removesuffix("MT").removesuffix("PS") == known.replace(" ", ""):
            return known
    return face


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join what stands side by side on one baseline; return the pieces row by row."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and abs(rows[-1][0].y - piece.y) < _SAME_ROW_MM:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    found: list[Piece] = []
    for row in rows:
        for number, piece in enumerate(sorted(row, key=lambda piece: piece.x)):
            gap = piece.x - found[-1].end if number else None
            apart = gap is None or gap > _WORD_GAP * piece.size * _MM
            if not apart and not _NATIONAL.match(piece.text):
                found[-1].spans += piece.spans
                found[-1].end = piece.end
            else:
                found.append(piece)
    return found
