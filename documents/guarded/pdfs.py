"""PDFs, in the child: the rules for those that people send, and their text."""

import io
import unicodedata
from typing import Any

from pypdf import Configuration, PasswordType, PdfReader, overwrite_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from documents.guarded.refusal import RefusedInChildError

MAX_PAGES = 300
MAX_SIDE_POINTS = 2400  # A1's long side is 2384
_STREAM_BYTES = 30_000_000
_LIMITS = Configuration(
    lzw_maximum_output_length=_STREAM_BYTES,
    run_length_maximum_output_length=_STREAM_BYTES,
    zlib_maximum_output_length=_STREAM_BYTES,
)

# Keys, fields to fill in (their values are lost when files are merged) and action kinds that make
# a PDF do something, or carry a file, when it is opened.
ACTIVE_KEYS = (
    "/JavaScript",
    "/JS",
    "/EmbeddedFiles",
    "/EmbeddedFile",
    "/XFA",
    "/EF",
    "/RichMedia",
)
FILLED_FIELDS = ("/Tx", "/Btn", "/Ch")  # not /Sig: what is signed elsewhere may be sent
ACTIVE_KINDS = ("/JavaScript", "/Launch", "/ImportData", "/GoToE", "/EmbeddedFile")


def _open(body: bytes) -> PdfReader:
    overwrite_configuration(_LIMITS)
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        pages = 0 if locked else len(reader.pages)
    except Exception as error:  # F18: seven families of exceptions
        raise RefusedInChildError("PDF_DAMAGED") from error
    if locked:
        raise RefusedInChildError("FILE_ENCRYPTED")
    if pages == 0:
        raise RefusedInChildError("PDF_DAMAGED")
    if pages > MAX_PAGES:
        raise RefusedInChildError("PDF_TOO_MANY_PAGES", pages=pages, limit=MAX_PAGES)
    return reader


def _active(reader: PdfReader) -> str:
    """Return the first word of any object that is active content, "" when none is.

    Every object that the cross-reference names is looked at, reached from a page or not.
    """
    places = {(number, 0) for number in reader.xref_objStm}
    for generation, entries in reader.xref.items():
        places.update((number, generation) for number in entries)
    stack: list[Any] = [reader.trailer]
    stack += [reader.get_object(IndirectObject(*place, reader)) for place in sorted(places)]
    while stack:
        found = stack.pop()
        if isinstance(found, DictionaryObject):
            word = _word(found)
            if word:
                return word
            stack += found.values()
        elif isinstance(found, ArrayObject):
            stack += found
    return ""


def _word(found: DictionaryObject) -> str:
    for key in ACTIVE_KEYS:
        if key in found:
            return key
    if found.get("/FT") in FILLED_FIELDS:
        return "/AcroForm"
    kinds = (found.raw_get(key) for key in ("/S", "/Type") if key in found)
    return next((str(kind) for kind in kinds if str(kind) in ACTIVE_KINDS), "")


def check_pdf(body: bytes) -> tuple[dict[str, int], bytes]:
    """Return the number of pages of a PDF that people may send.

    Refuses: FILE_ENCRYPTED, PDF_DAMAGED, PDF_TOO_MANY_PAGES, PDF_PAGE_SIZE, PDF_ACTIVE_CONTENT.
    """
    return {"pages": len(_checked(body).pages)}, b""


def _checked(body: bytes) -> PdfReader:
    reader = _open(body)
    try:
        active = _active(reader)
        sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages]
    except Exception as error:
        raise RefusedInChildError("PDF_DAMAGED") from error
    if active:
        raise RefusedInChildError("PDF_ACTIVE_CONTENT", detail=active)
    for number, sides in enumerate(sizes, 1):
        if not 0 < min(sides) <= max(sides) <= MAX_SIDE_POINTS:
            raise RefusedInChildError("PDF_PAGE_SIZE", page=number)
    return reader


def pdf_text(body: bytes) -> tuple[list[str], bytes]:
    """Return the text of each page in NFC."""
    pages = _open(body).pages
    return [unicodedata.normalize("NFC", page.extract_text()) for page in pages], b""
