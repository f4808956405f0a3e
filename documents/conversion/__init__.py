"""From .docx to PDF: one warm, sandboxed LibreOffice per process, its product always checked.

Not promised: what Microsoft Word would show; PDF/A.
"""

import atexit
import os
from collections.abc import Sequence
from dataclasses import dataclass

from documents.conversion.converter import Converter
from documents.conversion.product import check_product, same_for_same
from documents.conversion.self_test import self_test as test_converter
from documents.errors import ConvertFailedError
from documents.inspection import Kind, inspect_upload
from documents.inspection.archives import Archive
from documents.reading import docx_text

MAX_SECONDS = 60.0
_BASE_SECONDS = 15.0
_SECONDS_PER_PAGE = 0.3
_BYTES_PER_PAGE = 20_000  # of unpacked XML; a plain page has less, so this errs on the long side

_converter = Converter()
atexit.register(_converter.close)
os.register_at_fork(after_in_child=_converter.renew)


@dataclass(frozen=True)
class PdfResult:
    """A checked PDF: its bytes, how many pages, and their text (a form feed between pages)."""

    content: bytes
    pages: int
    text: str


def convert_to_pdf(docx: bytes, *, must_contain: Sequence[str] = ()) -> PdfResult:
    """Return the PDF of a .docx; the same bytes for the same document and LibreOffice.

    must_contain  texts that the pages must hold; spaces and line ends do not count
    An office that dies, hangs, or says that it is done and has made nothing, a broken file or
    blank pages, is put away and the paper tried once more by a fresh one.

    Raises FileRefusedError (what inspect_upload refuses, our own papers go the same way),
    ConverterMissingError, ConvertFailedError, ConvertTimeoutError, ConverterDiedError,
    StorageFullError, RenderMismatchError. Thread-safe: one at a time in each process.
    """
    inspect_upload("in.docx", docx, allowed=frozenset({Kind.DOCX}))
    try:
        return _converted(docx, must_contain)
    except ConvertFailedError:
        _converter.close()
        return _converted(docx, must_contain)


def _converted(docx: bytes, must_contain: Sequence[str]) -> PdfResult:
    made = _converter.convert(docx, seconds=_seconds_for(docx))
    content = same_for_same(made)
    pages = check_product(content, must_contain, blank=lambda: not docx_text(docx))
    return PdfResult(content, len(pages), "\f".join(pages))


def convert_with_bookmarks(docx: bytes) -> bytes:
    """Return a PDF in which each bookmark of the .docx is a named place; never a paper to keep.

    Raises what convert_to_pdf raises, but for what it finds out by looking at the pages.
    """
    inspect_upload("in.docx", docx, allowed=frozenset({Kind.DOCX}))
    return _converter.convert(docx, seconds=_seconds_for(docx), bookmarks=True)


def self_test() -> None:
    """Start this process's LibreOffice and try its walls; a worker calls it before it works.

    Raises SandboxNotTightError, ConverterMissingError and what else keeps it from starting.
    """
    test_converter(_converter)


def converter_build() -> str:
    """Return the LibreOffice build that answers, "" before the first conversion."""
    return _converter.build


def converter_pid() -> int:
    """Return the process id of this process's converter, 0 when none runs."""
    return _converter.pid()


def close_converter() -> None:
    """Stop this process's LibreOffice; the next conversion starts another."""
    _converter.close()


def _seconds_for(docx: bytes) -> float:
    pages = Archive(docx).unpacked_bytes() / _BYTES_PER_PAGE
    return min(MAX_SECONDS, _BASE_SECONDS + _SECONDS_PER_PAGE * pages)
