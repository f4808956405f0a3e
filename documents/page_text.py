"""Where the words of a PDF stand on its pages."""

import io
import math
import unicodedata
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader


@dataclass(frozen=True)
class TextLine:
    """One run of text: NFC, trimmed, with its start on the page in points.

    size  height of its letters in points; bold as its font's name says
    """

    text: str
    left: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True)
class PageText:
    """One page, counted from 0, with its edges in points and its text in the file's order."""

    number: int
    left: float
    bottom: float
    right: float
    top: float
    lines: tuple[TextLine, ...]


def pages_with_text(content: bytes) -> list[PageText]:
    """Return the upright pages of a PDF; a turned page is left out.

    Pictures of text (scans) and the looks of form fields are not seen. Raises pypdf's errors
    on a file that is no PDF: inspect what comes from outside first (documents.inspection).
    """
    reader = PdfReader(io.BytesIO(content))
    return [
        _page_text(number, page)
        for number, page in enumerate(reader.pages)
        if page.rotation % 360 == 0
    ]


def _page_text(number: int, page: PageObject) -> PageText:
    lines: list[TextLine] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            lines.append(_line(text, cm, tm, font, size))

    page.extract_text(visitor_text=visit)
    frame = page.mediabox
    edges = (float(frame.left), float(frame.bottom), float(frame.right), float(frame.top))
    return PageText(number, *edges, tuple(lines))


def _line(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> TextLine:
    return TextLine(
        text=unicodedata.normalize("NFC", text).strip(),
        left=tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
        baseline=tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
        size=size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3]),
        bold="Bold" in str((font or {}).get("/BaseFont", "")),
    )
