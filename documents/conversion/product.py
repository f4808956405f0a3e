"""Looking at the PDF that was made, and making it the same for the same document."""

import hashlib
import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from documents.errors import ConvertFailedError, DocumentError, RenderMismatchError
from documents.guard import GuardedWorkError, run_guarded
from documents.letters import without_spaces

MAX_BYTES = 20 * 1024 * 1024
_DATE = re.compile(rb"/(?:CreationDate|ModDate)\(D:(\d{14})[^)]*\)")
_NAMED = re.compile(rb"/DocChecksum ?/([0-9A-F]{32})|/ID ?\[ ?<([0-9A-F]{32})>\s*<([0-9A-F]{32})>")
_TIMELESS = b"20000101000000"


def same_for_same(pdf: bytes) -> bytes:
    """Return the PDF without the time of its making: equal documents give equal bytes.

    LibreOffice does not honour SOURCE_DATE_EPOCH. The patch keeps every length, so the
    cross-reference stays right; the file's /ID becomes a hash of the rest.
    """
    patched = bytearray(pdf)
    for found in _DATE.finditer(pdf):
        begin, end = found.span(1)
        patched[begin:end] = _TIMELESS
        rest = patched[end : found.end() - 1]
        patched[end : found.end() - 1] = re.sub(rb"\d", b"0", rest)
    spans = [found.span(n) for found in _NAMED.finditer(pdf) for n in (1, 2, 3) if found[n]]
    for begin, end in spans:
        patched[begin:end] = b"0" * (end - begin)
    digest = hashlib.sha256(patched).hexdigest()[:32].upper().encode()
    for begin, end in spans:
        patched[begin:end] = digest
    return bytes(patched)


def check_product(
    pdf: bytes, must_contain: Sequence[str], *, blank: Callable[[], bool] = lambda: True
) -> list[str]:
    """Return the text of each page of a PDF that is whole and says what it must.

    blank  whether the document itself has no text; asked only where no page shows any

    Looked at, because LibreOffice reports success for an empty page and for no file (F11): the
    header, 1 to 300 pages, no password, nothing active, every font embedded, every required
    text on the pages. Raises ConvertFailedError, RenderMismatchError.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_BYTES:
        raise ConvertFailedError(detail=f"{len(pdf)} byte")
    try:
        product = run_guarded("check_product", pdf)[0]
    except GuardedWorkError as error:
        raise ConvertFailedError(detail=error.detail) from error
    except DocumentError as error:
        raise ConvertFailedError(detail=str(error.what)) from error
    if product["unembedded"]:
        raise ConvertFailedError(detail=", ".join(product["unembedded"]))
    pages: list[str] = product["pages"]
    if not any(pages) and not blank():
        raise ConvertFailedError(detail=_("trang trắng"))
    held = without_spaces("".join(pages))
    for value in must_contain:
        if without_spaces(value) not in held:
            raise RenderMismatchError(value=value[:120])
    return pages
