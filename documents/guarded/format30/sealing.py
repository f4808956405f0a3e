"""C19 of a signed PDF: where the body's seal lies on the signature of the person.

Both are fields of the PDF with a box on a page; which is the seal is told by its shape: as high as
wide. Two boxes that are both square, or both not, are left alone, and so is a box by itself.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pypdf import PdfReader

from documents.guarded.format30.model import Fault, Line, Pack
from documents.guarded.refusal import RefusedInChildError

_SQUARE = 1.25  # the longer side by the shorter: rounding to points takes little


@dataclass(frozen=True)
class Mark:
    """The box of a signature that is to be seen, in points from the lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def square(self) -> bool:
        """Whether it has the shape of a seal."""
        wide, high = self.right - self.left, self.top - self.bottom
        return max(wide, high) <= _SQUARE * min(wide, high)


def seal_faults(body: bytes, pack: Pack) -> Iterator[Fault]:
    """Yield each seal that does not lie on about a third of the signature, from its left.

    Refuses: PDF_DAMAGED.
    """
    low, high = pack["seal_over_signature"]
    for one, other in combinations(_marks(body), 2):
        if one.page != other.page or one.square == other.square:
            continue
        seal, person = (one, other) if one.square else (other, one)
        over = (seal.right - person.left) / (person.right - person.left)
        level = seal.bottom < person.top and person.bottom < seal.top
        if not (level and seal.left < person.left and low <= over <= high):
            facts = {"ratio": round(max(over, 0.0) if level else 0.0, 2)}
            yield Fault("C19", "seal", facts, Line([], page=seal.page))


def _marks(body: bytes) -> list[Mark]:
    try:
        return [
            mark
            for number, page in enumerate(PdfReader(io.BytesIO(body)).pages, 1)
            for held in page.get("/Annots") or ()
            if (mark := _mark(number, held.get_object())) is not None
        ]
    except Exception as error:  # F18: seven families of exceptions
        raise RefusedInChildError("PDF_DAMAGED") from error


def _mark(page: int, widget: Any) -> Mark | None:
    kind = widget.get("/FT") or widget.get("/Parent", {}).get("/FT")
    if kind != "/Sig":
        return None
    first, second, third, fourth = (float(side) for side in widget["/Rect"])
    (left, right), (bottom, top) = sorted((first, third)), sorted((second, fourth))
    return Mark(page, left, bottom, right, top) if right > left and top > bottom else None
