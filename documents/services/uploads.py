"""Files that people give: inspected before any transaction, kept inside the act's."""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from audit.services import Entry, Who, record, record_refusal
from documents import frozen, store
from documents.errors import FileRefusedError
from documents.inspection import InspectedFile, Kind, inspect_upload
from documents.models import (
    Document,
    DocumentKind,
    DocumentVersion,
    FileKind,
    Stage,
    VersionStatus,
)
from documents.specs import UploadSpec
from documents.text import clean_text


def check_upload(
    *, who: Who, at: datetime, name: str, content: bytes, allowed: frozenset[Kind], subject: str
) -> InspectedFile:
    """Inspect a file before the act that it belongs to; call it outside any transaction.

    Raises documents.errors.FileRefusedError with the reason. A refused file is not kept; an
    event upload.refused keeps its code, size and hash, in a transaction of its own, because the
    act it came with does not happen.
    """
    try:
        return inspect_upload(name, content, allowed=allowed)
    except FileRefusedError as refusal:
        data = {
            "code": refusal.code,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        record_refusal(who=who, at=at, action="upload.refused", subject=subject, data=data)
        raise


@transaction.atomic
def keep_upload(
    *, who: Who, at: datetime, file: InspectedFile, content: bytes, spec: UploadSpec
) -> Document:
    """Keep an inspected file as a document that is done at once.

    Raises StorageFullError; ValueError when the content is not the one that was inspected.
    """
    if hashlib.sha256(content).hexdigest() != file.sha256:
        message = "only the bytes that were inspected are kept"
        raise ValueError(message)
    stored = store.put(content, kind=FileKind[file.kind.name])
    document = Document.objects.create(
        kind=DocumentKind.UPLOADED,
        title=clean_text(spec.title, field="title"),
        subject=spec.subject,
        stream=spec.stream,
        body_id=spec.body_id,
        requested_by=asdict(who),
        created_at=at,
    )
    DocumentVersion.objects.create(
        document=document,
        number=1,
        status=VersionStatus.DONE,
        stage=Stage.FINISHED,
        values_sha256=frozen.hash_of({}),
        idempotency_key=frozen.hash_of_texts(str(document.pk), "1", stored.sha256),
        upload=stored,
        upload_name=file.clean_name,
        requested_at=at,
        finished_at=at,
    )
    data = {"title": document.title, "name": file.clean_name, "sha256": stored.sha256}
    event = Entry(spec.stream, "document.uploaded", f"document:{document.pk}", data=data)
    record(who=who, entry=event, at=at)
    return document
