"""The queue of papers to make: django-q2's table, written in the transaction of the act."""

from datetime import datetime

from django_q.models import OrmQ
from django_q.tasks import async_task

from documents.models import DocumentVersion

TASK = "documents.tasks.produce_version"


def enqueue(version: DocumentVersion) -> None:
    """Queue the making of this version and note the job; the caller is in a transaction.

    The queue's row and the version's are committed together or not at all.
    """
    version.job_id = async_task(TASK, str(version.pk), task_name=f"document {version.pk}")
    version.save(update_fields=["job_id"])


def queued_jobs(*, unlocked_at: datetime | None = None) -> set[str]:
    """Return the ids of the jobs in the queue.

    unlocked_at  only those that no worker has taken by this time (or has let fall since)
    """
    queue = OrmQ.objects.all()
    if unlocked_at is not None:
        queue = queue.filter(lock__lte=unlocked_at)
    return {job.task_id() for job in queue.iterator()}
