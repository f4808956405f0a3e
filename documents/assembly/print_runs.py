"""A print run: a merged dossier set after set in one file, each page with the number of its set.

The pages of all sets share their content, so that many sets weigh little more than one. Signed
originals are not in it: what is printed is read, not verified.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

import pikepdf
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.assembly.fonts import BOLD, register_fonts
from documents.assembly.stamps import MARGIN

MAX_SETS: Final = 20
_A4 = (595.276, 841.89)
_SIZE, _HEIGHT = 9, 14.0
_RIGHT, _FOOT = MARGIN + 84, 39.0
"""From the right edge of the page, and from its foot: left of the red stamp, above the recipient."""
_PLAIN_FOOT = 5.0
"""In a low foot the number stands in the middle, between code and page number."""


def print_run(content: bytes, *, sets: int, tall: bool, double_sided: bool) -> bytes:
    """Return the file of a print run of a merged dossier; the same bytes for the same input.

    sets          how many, 1 to MAX_SETS
    tall          its pages have the tall foot (documents.assembly.stamps.band_of)
    double_sided  each set begins on a sheet of its own: an empty page follows an odd number

    Raises FontMissingError.
    """
    with (
        pikepdf.open(io.BytesIO(content)) as book,
        pikepdf.open(io.BytesIO(_labels(sets))) as labels,
        pikepdf.new() as run,
    ):
        for page in book.pages:
            for key in ("/Annots", "/Trans"):  # links lead nowhere on paper
                if key in page.obj:
                    del page.obj[key]
        for label in labels.pages:
            form = run.copy_foreign(label.as_form_xobject())
            for page in book.pages:
                run.pages.append(page)
                _put(run.pages[-1], form, tall=tall)
            if double_sided and len(book.pages) % 2:
                run.add_blank_page(page_size=_A4)
        out = io.BytesIO()
        run.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def copies(papers: Sequence[bytes], *, times: int, double_sided: bool) -> bytes:
    """Return papers one after the other, all of them so many times, with nothing laid on them.

    double_sided  each paper begins on a sheet of its own
    """
    with ExitStack() as stack, pikepdf.new() as run:
        held = [stack.enter_context(pikepdf.open(io.BytesIO(paper))) for paper in papers]
        for paper in held * times:
            run.pages.extend(paper.pages)
            if double_sided and len(paper.pages) % 2:
                run.add_blank_page(page_size=_A4)
        out = io.BytesIO()
        run.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _labels(sets: int) -> bytes:
    """Return a page for each set, as large as its framed number."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=BOLD)
    for number in range(1, sets + 1):
        text = f"Bộ {number}/{sets}"
        width = stringWidth(text, BOLD, _SIZE) + 10
        canvas.setPageSize((width, _HEIGHT))
        canvas.setLineWidth(0.8)
        canvas.rect(0.5, 0.5, width - 1, _HEIGHT - 1)
        canvas.setFont(BOLD, _SIZE)
        canvas.drawCentredString(width / 2, 4, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _put(page: pikepdf.Page, form: pikepdf.Object, *, tall: bool) -> None:
    """Lay the number of the set on a page; what was there keeps its content, shared by all sets."""
    left, _bottom, right, _top = (float(side) for side in page.mediabox)
    width = float(form.BBox[2]) - float(form.BBox[0])
    x = right - _RIGHT - width if tall else (left + right - width) / 2
    y = _FOOT if tall else _PLAIN_FOOT
    page.obj.Resources = _own(page.obj.Resources)
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/SetNumber"))
    page.contents_add(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {name} Do Q\n".encode())


def _own(resources: pikepdf.Object) -> pikepdf.Dictionary:
    """Return a page's own list of resources: those of the merged book are shared by its pages."""
    own = pikepdf.Dictionary({str(key): value for key, value in resources.items()})
    if "/XObject" in own:
        own.XObject = pikepdf.Dictionary({str(k): v for k, v in own.XObject.items()})
    return own
