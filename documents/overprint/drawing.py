"""Drawing the words of one blank a page; nothing of the blank itself is drawn."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.assembly.fonts import BOLD, ITALIC, REGULAR, register_fonts
from documents.overprint.blanks import Blank, Place

FACES: Final = {"regular": REGULAR, "bold": BOLD, "italic": ITALIC}
LEADING: Final = 1.2
SMALLEST: Final = 0.6
STEP: Final = 0.5
MAX_SHIFT_MM: Final = 30.0
"""How far a whole page may be moved to suit a printer that feeds crookedly."""


def print_over(
    blank: Blank,
    pages: Sequence[Mapping[str, Sequence[str]]],
    *,
    right_mm: float = 0,
    down_mm: float = 0,
) -> bytes:
    """Return a PDF with a page for each entry; the same bytes for the same input.

    pages      by field of the blank, the lines to print; a field that is not given prints nothing
    right_mm, down_mm  how far all of it is moved, at most MAX_SHIFT_MM either way

    A text that is too long even in the smallest letters goes on below its lines: nothing is cut.
    Raises ValueError for a farther shift, FontMissingError.
    """
    if max(abs(right_mm), abs(down_mm)) > MAX_SHIFT_MM:
        raise ValueError(right_mm, down_mm)
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(blank.width * mm, blank.height * mm), invariant=1)
    canvas.setTitle(blank.name)
    for page in pages:
        canvas.translate(right_mm * mm, -down_mm * mm)
        for place in blank.places:
            _write(canvas, blank, place, page.get(place.field, ()))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _write(canvas: Canvas, blank: Blank, place: Place, given: Sequence[str]) -> None:
    face = FACES[place.style]
    size, lines = fitted(given, face, place)
    canvas.setFont(face, size)
    draw = {
        "left": canvas.drawString,
        "center": canvas.drawCentredString,
        "right": canvas.drawRightString,
    }[place.align]
    for number, line in enumerate(lines):
        down = (blank.height - place.top) * mm - number * size * LEADING
        draw(place.x * mm, down, line)


def fitted(given: Sequence[str], face: str, place: Place) -> tuple[float, list[str]]:
    """Return the size in points and the broken lines: the largest that keeps within its room."""
    room, size = place.width * mm, place.size
    while True:
        lines = [line for text in given for line in simpleSplit(text, face, size, room)]
        fits = len(lines) <= place.lines and all(
            stringWidth(line, face, size) <= room for line in lines
        )
        if fits or size - STEP < place.size * SMALLEST:
            return size, lines
        size -= STEP
