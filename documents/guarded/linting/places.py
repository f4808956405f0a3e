"""Where a paragraph of a .docx stands, as a person counts: part, table, row, cell, paragraph."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document

from documents.guarded.papers import W

_TEXT_PARTS = re.compile(r"/word/(document|header\d*|footer\d*|footnotes)\.xml")
_KINDS = ("document", "header", "footer", "footnotes")
_LETTERS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}


@dataclass(frozen=True)
class Piece:
    """A text element of a paragraph and what it shows."""

    element: Any
    text: str


@dataclass(frozen=True)
class Spot:
    """A paragraph: its element, what holds it, and how a person finds it; counts begin at 1.

    part       document, header, footer or footnotes
    table      0 outside a table; row and cell then too
    paragraph  within the cell, else within the part, tables not counted
    """

    element: Any
    part: str
    paragraph: int
    table: int = 0
    row: int = 0
    cell: int = 0

    @property
    def pieces(self) -> list[Piece]:
        """Return the paragraph's own text elements in order, those of nested boxes left out."""
        own = (one for one in self.element.iter(W + "t", *_LETTERS) if _within(one, self.element))
        return [Piece(one, _LETTERS.get(one.tag) or one.text or "") for one in own]

    @property
    def text(self) -> str:
        """Return what the paragraph shows."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def told(self) -> dict[str, int | str]:
        """Return the place as plain values."""
        return {
            "part": self.part,
            "table": self.table,
            "row": self.row,
            "cell": self.cell,
            "paragraph": self.paragraph,
        }


def opened(body: bytes) -> Document:
    """Return the document; the file has passed the inspection of uploads."""
    return docx.Document(io.BytesIO(body))


def parts_of(paper: Document) -> Iterator[tuple[str, Any]]:
    """Yield (kind, root element) of the body, headers, footers and footnotes that are text.

    Footnotes have no element that can be changed here, and are judged by docxtpl's own reading.
    """
    for part in paper.part.package.iter_parts():
        match = _TEXT_PARTS.fullmatch(str(part.partname))
        if match and hasattr(part, "element"):
            kind = next(kind for kind in _KINDS if match.group(1).startswith(kind))
            yield kind, part.element


def spots_of(paper: Document) -> list[Spot]:
    """Return every paragraph of every part, body first, in the order of reading."""
    parts = sorted(parts_of(paper), key=lambda part: _KINDS.index(part[0]))
    return [spot for kind, root in parts for spot in _spots(kind, root)]


def _spots(kind: str, root: Any) -> Iterator[Spot]:
    tables = [
        one for one in root.iter(W + "tbl") if next(one.iterancestors(W + "tbl"), None) is None
    ]
    outside = 0
    for element in root.iter(W + "p"):
        table = next(iter(list(element.iterancestors(W + "tbl"))[::-1]), None)
        if table is None:
            outside += 1
            yield Spot(element, kind, outside)
            continue
        cell = next(element.iterancestors(W + "tc"))
        row = next(element.iterancestors(W + "tr"))
        yield Spot(
            element,
            kind,
            paragraph=_count(cell, W + "p", element),
            table=tables.index(table) + 1,
            row=_count(row.getparent(), W + "tr", row),
            cell=_count(row, W + "tc", cell),
        )


def _count(parent: Any, tag: str, child: Any) -> int:
    same = [one for one in parent.iter(tag) if one.getparent() is child.getparent()]
    return same.index(child) + 1


def _within(element: Any, paragraph: Any) -> bool:
    return next(element.iterancestors(W + "p")) is paragraph
