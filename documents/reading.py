"""Reading a text back out of a file, in the guarded child: for checks, never for facts."""

from documents.errors import DocxUnreadableError, PdfDamagedError
from documents.guard import GuardedWorkError, run_guarded


def pdf_pages_text(content: bytes) -> list[str]:
    """Return the text of each page in NFC, as pypdf sees it.

    Raises PdfDamagedError, FileEncryptedError, PdfTooManyPagesError. Not promised: the order of
    columns, or spaces where the page has gaps.
    """
    try:
        pages: list[str] = run_guarded("pdf_text", content)[0]
    except GuardedWorkError as error:
        raise PdfDamagedError from error
    return pages


def pdf_text(content: bytes) -> str:
    """Return the text of all pages, a form feed between them; see pdf_pages_text."""
    return "\f".join(pdf_pages_text(content))


def docx_text(content: bytes) -> str:
    """Return the text of body, headers, footers and footnotes, a line per paragraph.

    Raises DocxUnreadableError.
    """
    try:
        text: str = run_guarded("docx_text", content)[0]
    except GuardedWorkError as error:
        raise DocxUnreadableError(detail=error.detail) from error
    return text
