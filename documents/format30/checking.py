"""The public acts of the checker: bytes in, findings or a mended paper out."""

from typing import Any

from documents.errors import DocxUnreadableError, PdfDamagedError
from documents.format30.findings import Finding, Place
from documents.format30.pack import pack
from documents.format30.wording import words_of
from documents.guard import GuardedWorkError, run_guarded


def check_docx(content: bytes) -> list[Finding]:
    """Return what a .docx has wrong, the page first, then down the text; [] is a right paper.

    A template is judged by its looks and by what it says itself; what its tags will say is not.
    Raises DocxUnreadableError.
    """
    return [finding_of(fault) for fault in _docx("check_docx_format", content)[0]]


def check_pdf(content: bytes) -> list[Finding]:
    """Return what a PDF has wrong, as far as a PDF shows it: never indents, gaps or styles.

    Scans (pictures of text) have no letters to judge and give one finding that says so.
    Raises PdfDamagedError, FileEncryptedError, PdfTooManyPagesError.
    """
    try:
        faults = run_guarded("check_pdf_format", content, pack=pack().data)[0]
    except GuardedWorkError as error:
        raise PdfDamagedError from error
    return [finding_of(fault) for fault in faults]


def mend_docx(content: bytes) -> bytes:
    """Return the .docx with every mendable finding put right; the same bytes where none is.

    The words that people wrote stay, but for signs and zeros that the decree sets. Raises
    DocxUnreadableError.
    """
    return _docx("mend_docx_format", content)[1] or content


def _docx(job: str, content: bytes) -> tuple[Any, bytes]:
    try:
        return run_guarded(job, content, pack=pack().data)
    except GuardedWorkError as error:
        raise DocxUnreadableError(detail=error.detail) from error


def finding_of(fault: dict[str, Any]) -> Finding:
    """Return a fault of the child as a finding, in words."""
    found, expected = words_of(fault["aspect"], fault["facts"])
    return Finding(
        rule=fault["rule"],
        place=Place(**fault["place"]),
        found=found,
        expected=expected,
        mendable=fault["mendable"],
    )
