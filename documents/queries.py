"""Reads of papers, templates and the register. Who may see what is decided above."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from documents.models import (
    Document,
    DocumentVersion,
    EntryStatus,
    RegisterEntry,
    StoredFile,
    TemplateStatus,
    TemplateVersion,
    VersionStatus,
)
from documents.records_errors import RecordNotFoundError, TemplateMissingError
from organisations.models import Unit

UNFINISHED = (VersionStatus.REQUESTED, VersionStatus.RUNNING)


def documents_about(subject: str) -> QuerySet[Document]:
    """Return the papers about a subject in the order of their making, versions at hand.

    Two queries whatever the number; `document.versions.all()` is in the order of numbers.
    """
    versions = DocumentVersion.objects.defer("values").order_by("number")
    return (
        Document.objects.filter(subject=subject)
        .select_related("register_entry", "signer_user", "seal_unit", "body")
        .prefetch_related(Prefetch("versions", queryset=versions))
    )


def current_version(document: Document) -> DocumentVersion:
    """Return the newest version, whatever its status. Raises RecordNotFoundError."""
    version = document.versions.order_by("-number").first()
    if version is None:
        raise RecordNotFoundError
    return version


def shown_file(version: DocumentVersion) -> StoredFile | None:
    """Return the file to show on a page: the PDF, or the upload, or the .docx if no PDF is."""
    return version.pdf or version.upload or version.docx


def published_template(key: str) -> TemplateVersion:
    """Return the template in use. Raises TemplateMissingError."""
    template = TemplateVersion.objects.filter(key=key, status=TemplateStatus.PUBLISHED).first()
    if template is None:
        raise TemplateMissingError(key)
    return template


def unfinished_versions() -> QuerySet[DocumentVersion]:
    """Return what is waiting or being made, oldest first."""
    return DocumentVersion.objects.filter(status__in=UNFINISHED).order_by("requested_at")


def waits_for_parts(version: DocumentVersion) -> bool:
    """Tell whether a dossier's papers are still being made."""
    return version.parts.filter(part__status__in=UNFINISHED).exists()


@dataclass(frozen=True)
class RegisterLine:
    """One line of the printed register: the ten columns of NĐ 30/2020, Phụ lục IV, mục I.

    An unknown value is "" or None and is printed empty. `received` is signed by hand on paper.
    """

    notation: str
    issued_on: date
    subject: str
    signer_name: str
    recipients: str
    archived_by: str
    copies: int | None
    sent_on: date | None
    received: str
    note: str


def register_page(body: Unit, series: str, year: int) -> list[RegisterLine]:
    """Return the book of a body's series in a year in the order of numbers, voided ones too.

    A voided line says so and why in its note, since its number is never given again.
    """
    entries = RegisterEntry.objects.filter(body=body, series=series, year=year)
    return [_line(entry) for entry in entries.order_by("number")]


def _line(entry: RegisterEntry) -> RegisterLine:
    return RegisterLine(
        notation=entry.notation,
        issued_on=entry.issued_on,
        subject=entry.subject,
        signer_name=entry.signer_name,
        recipients=entry.recipients,
        archived_by=entry.archived_by,
        copies=entry.copies,
        sent_on=entry.sent_on,
        received="",
        note="; ".join(_notes(entry)),
    )


def _notes(entry: RegisterEntry) -> Iterator[str]:
    """Yield what the book notes of a line: what became of its number, who gave it, the rest."""
    if entry.status == EntryStatus.VOIDED:
        yield f"{entry.get_status_display()}: {entry.void_reason}"
    elif entry.status == EntryStatus.RESERVED:
        yield entry.get_status_display()
    if entry.source:
        yield _("số do %(source)s cấp") % {"source": entry.source}
    if entry.note:
        yield entry.note
