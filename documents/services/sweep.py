"""The net under the queue: what no living job will make is queued again, once a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from documents import claims, jobs
from documents.models import DocumentVersion, VersionStatus
from documents.queries import unfinished_versions, waits_for_parts
from documents.services.requests import retry_unconverted

# Younger requests have a job on its way; the queue is asked only about older ones.
PATIENCE = timedelta(seconds=30)


def sweep_unfinished() -> int:
    """Queue again what lost its job or its worker; return how many versions.

    A request is lost when its job is no longer in the queue; a making, when its process is gone
    (documents.claims) and no job for it waits to be taken. Queueing twice does no harm.
    """
    now = timezone.now()
    overdue = list(unfinished_versions().filter(requested_at__lt=now - PATIENCE).defer("values"))
    if not overdue:
        return 0
    queue = _Queue(jobs.queued_jobs(), jobs.queued_jobs(unlocked_at=now), now)
    return sum(_queue_again(version, queue) for version in overdue if queue.lost(version))


def sweep_unconverted() -> int:
    """Queue the papers that found no converter, now that there is one; return how many."""
    from documents import making  # noqa: PLC0415 - the web process never loads the printers

    return retry_unconverted(at=timezone.now()) if making.can_convert() else 0


@dataclass(frozen=True)
class _Queue:
    """The queue as it was when the sweep began."""

    queued: set[str]
    free: set[str]
    now: datetime

    def lost(self, version: DocumentVersion) -> bool:
        """Tell whether nothing will make this version unless it is queued again."""
        if version.status == VersionStatus.REQUESTED:
            return version.job_id not in self.queued and not waits_for_parts(version)
        if version.status != VersionStatus.RUNNING or version.started_at is None:
            return False
        # The dead worker's own job still lies in the queue, locked until the queue's retry
        # time: only a job that is free to be taken counts.
        return version.job_id not in self.free and claims.is_abandoned(
            version.claimed_by, claimed_at=version.started_at, now=self.now
        )


@transaction.atomic
def _queue_again(seen: DocumentVersion, queue: _Queue) -> bool:
    """Queue the version if it is still lost under its lock, and nobody else is at it."""
    version = (
        DocumentVersion.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(pk=seen.pk)
        .first()
    )
    if version is None or not queue.lost(version):
        return False
    jobs.enqueue(version)
    return True
