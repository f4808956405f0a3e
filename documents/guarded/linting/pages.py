"""On which page a paragraph of a .docx begins: bookmarks go in, and are found again in the PDF."""

import io
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader

from documents.guarded.linting.healing import drop_comments
from documents.guarded.linting.places import opened, spots_of
from documents.guarded.papers import same_bytes
from documents.guarded.refusal import RefusedInChildError

_NAME = "vinhdanh"
_FIRST_ID = 900_000  # above those that Word gives
MAX_MARKED = 5_000


def mark_paragraphs(body: bytes) -> tuple[int, bytes]:
    """Return how many paragraphs of the body were marked, and the .docx: bookmarks show nothing.

    Comments are taken out: Debian's LibreOffice without a screen dies of them, having no part to
    draw them with.
    """
    paper = opened(body)
    drop_comments(paper)
    inside = [spot for spot in spots_of(paper) if spot.part == "document"][:MAX_MARKED]
    for at, spot in enumerate(inside):
        place = 0 if spot.element.pPr is None else 1
        for offset, tag in enumerate(("w:bookmarkStart", "w:bookmarkEnd")):
            spot.element.insert(place + offset, _bookmark(tag, at))
    out = io.BytesIO()
    paper.save(out)
    return len(inside), same_bytes(out.getvalue())


def marked_pages(body: bytes) -> tuple[list[list[int]], bytes]:
    """Return [number of the paragraph, page from 1] for each mark that the PDF knows."""
    try:
        reader = PdfReader(io.BytesIO(body))
        found = reader.named_destinations.items()
        pages = [(name, reader.get_destination_page_number(place)) for name, place in found]
    except Exception as error:  # F18: seven families of exceptions
        raise RefusedInChildError("PDF_DAMAGED") from error
    marks = ((name.strip("/"), page) for name, page in pages if page is not None)
    ours = [(name.removeprefix(_NAME), page) for name, page in marks if name.startswith(_NAME)]
    return sorted([int(at), page + 1] for at, page in ours if at.isdigit()), b""


def _bookmark(tag: str, at: int) -> Any:
    mark = OxmlElement(tag)
    mark.set(qn("w:id"), str(_FIRST_ID + at))
    if tag == "w:bookmarkStart":
        mark.set(qn("w:name"), f"{_NAME}{at}")
    return mark
