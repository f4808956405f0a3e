"""What the workers call, by name, for print batches (workflow.services.print_batches)."""

from __future__ import annotations

import time
from typing import Final
from uuid import UUID

from django.utils import timezone
from django_q.tasks import async_task

from documents import store
from documents.models import FileKind
from organisations.actors import Actor, actor_for
from workflow.models import PrintBatch, PrintState
from workflow.print_batches import content_of, frozen_values, unfinished
from workflow.services.print_batches import (
    TASK,
    bind_next,
    break_batch,
    finish_batch,
    laid_one,
    settle_batch,
)

SPELL: Final = 45
"""Seconds after which a job hands over to a new one: well within the worker's time limit."""
PAUSE: Final = 1.0
"""Seconds between two looks at merged copies that other jobs are making."""


class _StoppedError(Exception):
    """The batch ended while its file was being laid."""


def go_on(batch_id: str) -> None:
    """Go on with a batch until it ends or SPELL has passed; called again after a crash, it goes on.

    Who the person is and what he may read is read anew for each dossier. An error nobody foresaw
    ends the batch and is raised on for the worker's log.
    """
    key, until = UUID(batch_id), time.monotonic() + SPELL
    batch = PrintBatch.objects.select_related("user").get(pk=key)
    if batch.state != PrintState.RUNNING:
        return
    actor = actor_for(batch.user, timezone.localdate())
    try:
        while bind_next(actor=actor, batch_id=key) is not None:
            if time.monotonic() > until:
                _hand_over(batch_id)
                return
            actor = actor_for(batch.user, timezone.localdate())
        if unfinished(key):
            time.sleep(PAUSE)
            _hand_over(batch_id)
            return
        if settle_batch(actor=actor, batch_id=key) is not None:
            _lay(actor, batch)
    except Exception:
        break_batch(actor=actor, batch_id=key)
        raise


def _hand_over(batch_id: str) -> None:
    """Ask for a new job, which comes after those that are queued by now: the copies to be merged."""
    async_task(TASK, batch_id, task_name=f"print {batch_id}")


def _lay(actor: Actor, batch: PrintBatch) -> None:
    """Make the file, unless the batch is stopped in the meantime."""

    def told(done: int) -> None:
        if not laid_one(batch.pk, done):
            raise _StoppedError

    values = frozen_values(batch)
    try:
        made = content_of(values, told)
    except _StoppedError:
        return
    file = store.put(made.content, kind=FileKind.PDF)
    finish_batch(actor=actor, batch_id=batch.pk, values=values, made=made, file=file)
