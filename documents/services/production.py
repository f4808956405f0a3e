"""Making papers, in a worker: claim, make, finish. Each step may be the last one before a kill.

* claim: one transaction; the row is locked, so of two workers one makes the paper. A version
  whose worker died is taken over; after three such deaths it fails instead, because the paper
  itself may be what kills workers;
* make: outside any transaction (seconds of work); files go to the store by content, so a
  second making of the same paper changes nothing;
* finish: one transaction with the event. Only the latest claim can finish, so a paper is done
  exactly once, however many jobs were queued for it.

Lock order: document version < audit head.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.errors import Refusal
from audit.services import SYSTEM, Entry, record
from documents import claims, jobs
from documents.models import DocumentKind, DocumentVersion, Stage, StoredFile, VersionStatus
from documents.queries import unfinished_versions, waits_for_parts
from documents.records_errors import DossierPartError, ProductionFailedError, WorkerLostError
from documents.services.requests import requeue
from documents.specs import Product, Progress

MAX_ATTEMPTS = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Claim:
    """The right to finish one version: lost when another worker takes over."""

    version_id: UUID
    attempt: int
    holder: str


def produce(version_id: UUID | str) -> None:
    """Make one version's files, or record why not. Safe to call any number of times.

    Nothing happens when the version is done, failed (a retry is asked for by a person), being
    made by a living worker, or a dossier whose papers are not ready. A refusal ends in status
    failed with its code and sentence; an error nobody foresaw does too, and is raised on for
    the worker's log.
    """
    from documents import making  # noqa: PLC0415 - the web process never loads the printers

    claim = _claim(version_id, at=timezone.now())
    if claim is None:
        return
    version = DocumentVersion.objects.select_related(
        "document", "docx", "template_version__file"
    ).get(pk=claim.version_id)
    try:
        product = making.make(version, _progress_of(claim))
    except Refusal as refusal:
        _fail(claim, refusal, at=timezone.now())
    except Exception:
        _log.exception("version %s could not be made", claim.version_id)
        _fail(claim, ProductionFailedError(), at=timezone.now())
        raise
    else:
        _finish(claim, product, at=timezone.now())


def produce_waiting(*, subject: str = "") -> int:
    """Make what waits, here and now, oldest first; return how many versions were tried.

    For the command line, where no worker runs. Dossiers come after their papers. An error
    nobody foresaw is raised on.
    """
    tried: set[UUID] = set()
    while True:
        waiting = unfinished_versions().exclude(pk__in=tried)
        if subject:
            waiting = waiting.filter(document__subject=subject)
        # Backwards by kind: "generated" before the "assembled" that is put together from it.
        version = waiting.order_by("-document__kind", "requested_at").first()
        if version is None:
            return len(tried)
        tried.add(version.pk)
        produce(version.pk)


@transaction.atomic
def _claim(version_id: UUID | str, *, at: datetime) -> _Claim | None:
    """Mark the version as being made by this process; None when there is nothing to do."""
    version = _lock(version_id)
    if version is None or version.status not in (VersionStatus.REQUESTED, VersionStatus.RUNNING):
        return None
    if version.status == VersionStatus.RUNNING:
        assert version.started_at is not None  # noqa: S101 - held by version_running_is_claimed
        if not claims.is_abandoned(version.claimed_by, claimed_at=version.started_at, now=at):
            return None
        if version.attempts >= MAX_ATTEMPTS:
            _write_failure(version, WorkerLostError(version.attempts), at)
            return None
    if waits_for_parts(version):
        return None
    version.status = VersionStatus.RUNNING
    version.attempts += 1
    version.claimed_by = claims.own_claim()
    version.started_at = at
    version.save()
    return _Claim(version.pk, version.attempts, version.claimed_by)


def _progress_of(claim: _Claim) -> Progress:
    """Return the function that notes a step, as long as the claim holds."""

    def note(stage: Stage, docx: StoredFile | None) -> None:
        held = DocumentVersion.objects.filter(
            pk=claim.version_id,
            status=VersionStatus.RUNNING,
            attempts=claim.attempt,
            claimed_by=claim.holder,
        )
        changes: dict[str, object] = {"stage": stage}
        if docx is not None:
            changes["docx"] = docx
        held.update(**changes)

    return note


@transaction.atomic
def _finish(claim: _Claim, product: Product, *, at: datetime) -> None:
    version = _lock_held(claim)
    if version is None:
        return
    version.pdf = product.pdf
    version.pages = product.pages
    version.status = VersionStatus.DONE
    version.stage = Stage.FINISHED
    version.finished_at = at
    version.save()
    _wake_dossiers(version, at)
    data = {
        "number": version.number,
        "docx_sha256": version.docx_id or "",
        "pdf_sha256": product.pdf.sha256,
        "pages": product.pages,
        "values_sha256": version.values_sha256,
        "converter": product.converter,
    }
    _record(version, "document.produced", data, at, key=f"produced:{version.pk}")


@transaction.atomic
def _fail(claim: _Claim, refusal: Refusal, *, at: datetime) -> None:
    version = _lock_held(claim)
    if version is not None:
        _write_failure(version, refusal, at)


def _write_failure(version: DocumentVersion, refusal: Refusal, at: datetime) -> None:
    version.status = VersionStatus.FAILED
    version.stage = Stage.FINISHED
    version.error_code = refusal.code
    version.error_text = str(refusal)
    version.finished_at = at
    version.save()
    _wake_dossiers(version, at)
    data = {"number": version.number, "code": refusal.code, "attempts": version.attempts}
    _record(version, "document.failed", data, at)


def _lock(version_id: UUID | str) -> DocumentVersion | None:
    """Return the row locked, without the rows it points at: `of` keeps those free."""
    versions = DocumentVersion.objects.select_for_update(no_key=True, of=("self",))
    return versions.select_related("document").filter(pk=version_id).first()


def _lock_held(claim: _Claim) -> DocumentVersion | None:
    """Return the row locked if the claim still holds; a worker thought dead finds None."""
    version = _lock(claim.version_id)
    if (
        version is None
        or version.status != VersionStatus.RUNNING
        or version.attempts != claim.attempt
        or version.claimed_by != claim.holder
    ):
        _log.warning("version %s was taken over; this result is dropped", claim.version_id)
        return None
    return version


def _wake_dossiers(part: DocumentVersion, at: datetime) -> None:
    """Queue the dossiers that waited for this paper, if it was the last they waited for.

    A dossier that failed for want of a paper gets its next chance here.
    """
    for dossier in _lock_dossiers(part):
        if waits_for_parts(dossier):
            continue
        if dossier.status == VersionStatus.REQUESTED:
            jobs.enqueue(dossier)
        elif dossier.error_code == DossierPartError.code and part.status == VersionStatus.DONE:
            requeue(dossier, at=at)


def _lock_dossiers(part: DocumentVersion) -> QuerySet[DocumentVersion]:
    """Return the dossiers that hold this paper, locked.

    Of two papers that end at once, the second looks after the first has committed.
    """
    return (
        DocumentVersion.objects.select_for_update(no_key=True, of=("self",))
        .filter(parts__part=part, document__kind=DocumentKind.ASSEMBLED)
        .order_by("pk")
    )


def _record(
    version: DocumentVersion, action: str, data: dict[str, object], at: datetime, key: str = ""
) -> None:
    document = version.document
    data = {"title": document.title, **data}
    event = Entry(document.stream, action, f"document:{document.pk}", data=data, key=key)
    record(who=SYSTEM, entry=event, at=at)
