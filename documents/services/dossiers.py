"""Asking for the one PDF of a dossier: cover, contents, every paper in its place."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from audit.services import Entry, Who, record
from documents import frozen, jobs
from documents.models import Document, DocumentKind, DocumentVersion, DossierPart, StoredFile
from documents.records_errors import DossierPartError, RecordNotFoundError
from documents.specs import DossierSpec, PartSpec
from documents.text import clean_text


@transaction.atomic
def assemble_dossier(*, who: Who, at: datetime, spec: DossierSpec) -> Document:
    """Ask for a dossier's merged PDF; it is put together when all its papers are done.

    It waits for papers still being made, fails with DOSSIER_PART_FAILED if one of them fails,
    and is queued again by itself when that one is made after all. Raises RecordNotFoundError
    for a version or file that is not there, DossierPartError without a single paper.
    """
    if not spec.parts:
        raise DossierPartError([spec.title])
    document = Document.objects.create(
        kind=DocumentKind.ASSEMBLED,
        title=clean_text(spec.title, field="title"),
        subject=spec.subject,
        stream=spec.stream,
        body_id=spec.body_id,
        requested_by=asdict(who),
        created_at=at,
    )
    version = _new_version(document, spec, at)
    DossierPart.objects.bulk_create(_parts(version, spec.parts))
    # Queued even when papers are missing: the job looks after the commit, so a paper finished
    # in this very moment is not overlooked. The last paper to finish queues it again.
    jobs.enqueue(version)
    data = {"title": document.title, "number": 1, "values_sha256": version.values_sha256}
    event = Entry(spec.stream, "document.requested", f"document:{document.pk}", data=data)
    record(who=who, entry=event, at=at)
    return document


def _new_version(document: Document, spec: DossierSpec, at: datetime) -> DocumentVersion:
    values = frozen.freeze(
        {
            "cover": spec.cover,
            "parts": [
                {
                    "version": str(part.version_id),
                    "signed": part.file_sha256,
                    "section": part.section,
                    "check_url": part.check_url,
                }
                for part in spec.parts
            ],
        }
    )
    values_sha256 = frozen.hash_of(values)
    return DocumentVersion.objects.create(
        document=document,
        number=1,
        values=values,
        values_sha256=values_sha256,
        idempotency_key=frozen.hash_of_texts(str(document.pk), "1", "", values_sha256),
        requested_at=at,
    )


def _parts(version: DocumentVersion, specs: tuple[PartSpec, ...]) -> list[DossierPart]:
    """Return the rows of the contents, in order. Two queries whatever the number."""
    ids = [spec.version_id for spec in specs]
    found = DocumentVersion.objects.select_related("document").in_bulk(ids)
    hashes = [spec.file_sha256 for spec in specs if spec.file_sha256]
    files = StoredFile.objects.in_bulk(hashes)
    if len(found) < len(set(ids)) or len(files) < len(set(hashes)):
        raise RecordNotFoundError
    return [
        DossierPart(
            version=version,
            number=number,
            part=found[spec.version_id],
            title=clean_text(spec.title, field="title") or found[spec.version_id].document.title,
            note=clean_text(spec.note, field="note"),
            signed_file=files.get(spec.file_sha256),
        )
        for number, spec in enumerate(specs, start=1)
    ]
