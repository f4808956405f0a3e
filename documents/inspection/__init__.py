"""The door for files that people send. Nothing is opened elsewhere before it has passed here.

Limits come from 2,727 real Office files: largest 60 MB unpacked, ratio at most 69.
Not promised: finding malware that uses none of the refused features; there is no antivirus here.
"""

import hashlib
from dataclasses import dataclass

from documents.errors import (
    DocumentError,
    FileDamagedError,
    FileEmptyError,
    FileTooLargeError,
    FileTypeMismatchError,
    PdfDamagedError,
)
from documents.guard import GuardedWorkError, run_guarded
from documents.inspection.archives import Archive, is_archive
from documents.inspection.kinds import Kind, clean_name, kind_of
from documents.inspection.office import check_office

MAX_PIXELS = 25_000_000
_SECONDS = 5

__all__ = ["MAX_PIXELS", "InspectedFile", "Kind", "inspect_upload"]


@dataclass(frozen=True)
class InspectedFile:
    """A file that passed: its kind, the name to show, SHA-256 in hex, size in bytes."""

    kind: Kind
    clean_name: str
    sha256: str
    size: int


def inspect_upload(name: str, content: bytes, *, allowed: frozenset[Kind]) -> InspectedFile:
    """Return what the file is, or raise the FileRefusedError that says what is wrong with it.

    name     as the browser sent it; any text is accepted and cleaned for show
    allowed  the kinds that this place takes
    Office files are read here with limits; PDFs and pictures are opened in the guarded child.
    """
    if not content:
        raise FileEmptyError
    kind = kind_of(name, content, allowed)
    if len(content) > kind.value.max_bytes:
        size, limit = _megabytes(len(content)), _megabytes(kind.value.max_bytes)
        raise FileTooLargeError(size=size, limit=limit)
    if kind in (Kind.DOCX, Kind.XLSX):
        check_office(Archive(content), kind)
    elif is_archive(content):  # two kinds at once: whoever opens it chooses what it is
        raise FileTypeMismatchError(expected=kind.value.label)
    elif kind is Kind.PDF:
        _in_child("check_pdf", content, PdfDamagedError)
    else:
        limits: dict[str, object] = {"kind": kind.name, "max_pixels": MAX_PIXELS}
        _in_child("check_image", content, FileDamagedError, limits)
    digest = hashlib.sha256(content).hexdigest()
    return InspectedFile(kind, clean_name(name), digest, len(content))


def _in_child(
    job: str,
    content: bytes,
    otherwise: type[DocumentError],
    arguments: dict[str, object] | None = None,
) -> None:
    try:
        run_guarded(job, content, seconds=_SECONDS, **(arguments or {}))
    except GuardedWorkError as error:
        raise otherwise from error


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f} MB".replace(".", ",").replace(",0 ", " ")
