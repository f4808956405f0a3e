"""What the workers call, by name, for acts on many nominations (workflow.services.bulk)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.utils import timezone
from django_q.tasks import async_task

from organisations.actors import actor_for
from workflow.models import BulkAct, BulkState
from workflow.services.bulk import TASK, look_chunk, run_chunk
from workflow.services.bulk_undo import undo_chunk

SPELL: Final = 60
"""Seconds after which a job hands over to a new one: well within the worker's time limit."""
STEPS: Final[dict[BulkState, Callable[..., object]]] = {
    BulkState.LOOKING: look_chunk,
    BulkState.RUNNING: run_chunk,
    BulkState.UNDOING: undo_chunk,
}


def go_on(act_id: str) -> None:
    """Look at, do, or undo, chunk after chunk of an act until it ends; called again after a crash, it goes on.

    Who the person is and may do is read anew for each chunk: a role that ends, or a delegation
    that is revoked, ends what is done in its name at once.
    """
    key, began = UUID(act_id), time.monotonic()
    while (row := BulkAct.objects.select_related("user").get(pk=key)).state in STEPS:
        if time.monotonic() - began > SPELL:
            async_task(TASK, act_id, task_name=f"bulk {act_id}")
            return
        step = STEPS[BulkState(row.state)]
        step(actor=actor_for(row.user, timezone.localdate()), act_id=key)
