"""PDFs that LibreOffice made of our papers, in the child: whole, quiet, embedded, and their text.

The rules are those of documents.guarded.pdfs for files that people send; qpdf reads them in a
fifth of the time, which counts when every paper of a campaign is looked at.
"""

import io
import re
from collections.abc import Iterator

import pikepdf

from documents.guarded.glyphs import texts_of
from documents.guarded.pdfs import (
    ACTIVE_KEYS,
    ACTIVE_KINDS,
    FILLED_FIELDS,
    MAX_PAGES,
    MAX_SIDE_POINTS,
)
from documents.guarded.refusal import RefusedInChildError

_STRINGS = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>", re.DOTALL)
_WORDS = "|".join(re.escape(word) for word in sorted({*ACTIVE_KEYS, *ACTIVE_KINDS}))
_ACTIVE = re.compile(rf"({_WORDS})(?=[\s/<>\[\](]|$)".encode())
_FIELD = re.compile(rf"/FT\s*({'|'.join(FILLED_FIELDS)})(?=[\s/<>\[\](]|$)".encode())
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_product(body: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Return {"pages": text of each, "unembedded": fonts} of a PDF that we made.

    Refuses what documents.guarded.pdfs.check_pdf refuses.
    """
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            _check_pages(pdf)
            _check_active(pdf)
            return {"pages": texts_of(pdf), "unembedded": _unembedded(pdf)}, b""
    except pikepdf.PasswordError as error:
        raise RefusedInChildError("FILE_ENCRYPTED") from error
    except (pikepdf.PdfError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise RefusedInChildError("PDF_DAMAGED") from error


def _check_pages(pdf: pikepdf.Pdf) -> None:
    if not len(pdf.pages):
        raise RefusedInChildError("PDF_DAMAGED")
    if len(pdf.pages) > MAX_PAGES:
        raise RefusedInChildError("PDF_TOO_MANY_PAGES", pages=len(pdf.pages), limit=MAX_PAGES)
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(side) for side in page.mediabox)
        if (
            not 0
            < min(right - left, top - bottom)
            <= max(right - left, top - bottom)
            <= (MAX_SIDE_POINTS)
        ):
            raise RefusedInChildError("PDF_PAGE_SIZE", page=number)


def _check_active(pdf: pikepdf.Pdf) -> None:
    """Refuse a file with the name of anything active outside its texts, reached or not."""
    for written in _objects(pdf):
        bare = _STRINGS.sub(b"", written)
        if _FIELD.search(bare):
            raise RefusedInChildError("PDF_ACTIVE_CONTENT", detail="/AcroForm")
        found = _ACTIVE.search(bare)
        if found:
            raise RefusedInChildError("PDF_ACTIVE_CONTENT", detail=found[1].decode())


def _objects(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """Yield every object as written, with what lies inside it; a stream's dictionary only."""
    yield pdf.trailer.unparse()
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream):
            yield held.stream_dict.unparse(resolved=True)
        elif isinstance(held, pikepdf.Object):
            yield held.unparse(resolved=True)


def _unembedded(pdf: pikepdf.Pdf) -> list[str]:
    parts = [
        part
        for page in pdf.pages
        for _, font in page.resources.get("/Font", pikepdf.Dictionary()).items()
        for part in font.get("/DescendantFonts", [font])
    ]
    return sorted({str(part.get("/BaseFont", "?")) for part in parts if not _is_embedded(part)})


def _is_embedded(font: pikepdf.Object) -> bool:
    descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
    return any(key in descriptor for key in _FONT_FILES)
