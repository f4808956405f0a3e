"""Asking for papers: the rows are written, and the job queued, in the transaction of the act."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from audit.services import SYSTEM, Entry, Who, record
from documents import frozen, jobs
from documents.errors import ConverterMissingError, ValueMissingError
from documents.fields import missing_in
from documents.models import (
    Document,
    DocumentKind,
    DocumentVersion,
    Stage,
    TemplateVersion,
    VersionStatus,
)
from documents.queries import current_version, published_template
from documents.records_errors import RecordNotFoundError, RetryRefusedError
from documents.specs import PaperSpec
from documents.text import clean_text


@transaction.atomic
def request_document(*, who: Who, at: datetime, spec: PaperSpec) -> Document:
    """Ask for a paper; its first version is queued and made by a worker after the commit.

    The values and the published template of this moment are frozen: what is edited later
    changes nothing. Raises TemplateMissingError, ValueMissingError naming every required field
    that is empty, documents.errors.TextControlCharsError; TypeError when values are not plain.
    """
    template = published_template(spec.template_key)
    values = _checked_values(template, spec.values)
    entry = spec.register_entry
    document = Document.objects.create(
        kind=DocumentKind.GENERATED,
        template_key=spec.template_key,
        title=clean_text(spec.title, field="title"),
        subject=spec.subject,
        stream=spec.stream,
        body_id=spec.body_id or (entry.body_id if entry else None),
        register_entry=entry,
        signer_user_id=spec.signer_user_id,
        seal_unit_id=spec.seal_unit_id,
        mark=clean_text(spec.mark, field="mark"),
        requested_by=asdict(who),
        created_at=at,
    )
    made_from = _Given(values, _clean_texts(spec.must_contain), _plain_sources(spec.sources))
    version = _new_version(document, template, made_from, number=1, at=at)
    _record_request(who, at, version)
    return document


@transaction.atomic
def remake_document(
    *,
    who: Who,
    at: datetime,
    document_id: UUID | str,
    values: Mapping[str, object],
    must_contain: tuple[str, ...] = (),
    sources: Sequence[Mapping[str, object]] = (),
) -> DocumentVersion:
    """Make a new version of a paper from new values and the template published now.

    Asking again with what the current version was made from gives that version back: nothing
    is made twice. Raises as request_document, and RecordNotFoundError.
    """
    document = lock_document(document_id)
    if document.kind != DocumentKind.GENERATED:
        raise RecordNotFoundError
    template = published_template(document.template_key)
    frozen_values = _checked_values(template, values)
    current = current_version(document)
    same_values = current.values_sha256 == frozen.hash_of(frozen_values)
    if same_values and current.template_version_id == template.pk:
        return current
    made_from = _Given(frozen_values, _clean_texts(must_contain), _plain_sources(sources))
    version = _new_version(document, template, made_from, number=current.number + 1, at=at)
    _record_request(who, at, version)
    return version


@transaction.atomic
def retry_document(*, who: Who, at: datetime, document_id: UUID | str) -> DocumentVersion:
    """Queue a failed paper again, from the same frozen values and template.

    Raises RecordNotFoundError, and RetryRefusedError unless the newest version failed.
    Who may ask is decided above, in the workflow.
    """
    document = lock_document(document_id)
    newest = current_version(document)
    version = DocumentVersion.objects.select_for_update(no_key=True).get(pk=newest.pk)
    if version.status != VersionStatus.FAILED:
        raise RetryRefusedError(str(VersionStatus(version.status).label))
    _retry(version, who, at)
    return version


@transaction.atomic
def retry_unconverted(*, at: datetime) -> int:
    """Queue every current version that failed because no converter was there; return how many.

    The sweep calls it once the machine has a converter: nobody need press a button per paper.
    """
    newer = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number")
    )
    failed = DocumentVersion.objects.filter(
        ~Exists(newer), status=VersionStatus.FAILED, error_code=ConverterMissingError.code
    )
    versions = list(
        failed.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("pk")
    )
    for version in versions:
        _retry(version, SYSTEM, at)
    return len(versions)


def _retry(version: DocumentVersion, who: Who, at: datetime) -> None:
    """Put the failed, locked version back in the queue and record it."""
    data = {"number": version.number, "after": version.error_code}
    requeue(version, at=at)
    document = version.document
    event = Entry(document.stream, "document.retried", f"document:{document.pk}", data=data)
    record(who=who, entry=event, at=at)


def requeue(version: DocumentVersion, *, at: datetime) -> None:
    """Put a failed version, locked by the caller, back to the beginning of its life."""
    version.status = VersionStatus.REQUESTED
    version.stage = Stage.WAITING
    version.attempts = 0
    version.error_code = version.error_text = version.claimed_by = ""
    version.requested_at = at
    version.finished_at = None
    version.save()
    jobs.enqueue(version)


def _checked_values(
    template: TemplateVersion, values: Mapping[str, object]
) -> dict[str, frozen.Plain]:
    """Return the values frozen, or raise ValueMissingError naming all that is missing."""
    plain = frozen.freeze(values)
    missing = missing_in(template.fields, plain)
    if missing:
        raise ValueMissingError(field="”, “".join(missing))
    return plain


def _clean_texts(texts: tuple[str, ...]) -> list[str]:
    return [clean_text(text, field="must_contain") for text in texts]


def _plain_sources(sources: Sequence[Mapping[str, object]]) -> list[dict[str, frozen.Plain]]:
    return [frozen.freeze(source) for source in sources]


@dataclass(frozen=True)
class _Given:
    """What a version is made from, frozen."""

    values: dict[str, frozen.Plain]
    must_contain: list[str]
    sources: list[dict[str, frozen.Plain]]


def _new_version(
    document: Document,
    template: TemplateVersion,
    given: _Given,
    *,
    number: int,
    at: datetime,
) -> DocumentVersion:
    values_sha256 = frozen.hash_of(given.values)
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        template_version=template,
        values=given.values,
        sources=given.sources,
        values_sha256=values_sha256,
        must_contain=given.must_contain,
        idempotency_key=frozen.hash_of_texts(
            str(document.pk), str(number), template.sha256, values_sha256
        ),
        requested_at=at,
    )
    jobs.enqueue(version)
    return version


def lock_document(document_id: UUID | str) -> Document:
    """Lock a paper until the transaction ends and return it. Raises RecordNotFoundError."""
    document = Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    if document is None:
        raise RecordNotFoundError
    return document


def _record_request(who: Who, at: datetime, version: DocumentVersion) -> None:
    """Record what was asked for: the hashes say from what, the values stay in the version."""
    document, template, entry = (
        version.document,
        version.template_version,
        version.document.register_entry,
    )
    data = {
        "title": document.title,
        "number": version.number,
        "template": document.template_key,
        "template_sha256": template.sha256 if template else "",
        "values_sha256": version.values_sha256,
        "notation": entry.notation if entry else "",
    }
    event = Entry(document.stream, "document.requested", f"document:{document.pk}", data=data)
    record(who=who, entry=event, at=at)
