"""Measuring, once a day, how long the steps of each campaign take."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign, Status
from workflow.forecasts import MEASURED
from workflow.models import Heartbeat, StepMedian, WorkItem
from workflow.states import State

LAST: Final = 1000
"""How many stretches of a step are looked at: the last ones, so that it tells of today."""


@transaction.atomic
def measure_steps(at: datetime) -> int:
    """Measure every step of every open campaign, once a day; return how many were measured.

    One query for each step of a campaign. A campaign that is closed keeps its last measures.
    """
    Heartbeat.objects.get_or_create(name="medians", defaults={"at": at - timedelta(days=1)})
    beat = Heartbeat.objects.select_for_update(no_key=True).get(name="medians")
    if timezone.localdate(beat.at) >= timezone.localdate(at):
        return 0
    rows = [
        row
        for campaign in Campaign.objects.filter(status=Status.OPEN).order_by("key")
        for state in MEASURED
        if (row := _measure(campaign, state, at)) is not None
    ]
    StepMedian.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["campaign", "state"],
        update_fields=["cases", "seconds", "reckoned_at"],
    )
    beat.at = at
    beat.save(update_fields=["at"])
    return len(rows)


def _measure(campaign: Campaign, state: State, at: datetime) -> StepMedian | None:
    """Return what one step took; None where nobody has left it yet."""
    done = WorkItem.objects.filter(
        nomination__dossier__occasion__campaign=campaign, state=state, closed_at__isnull=False
    )
    took: dict[UUID, float] = {}
    last = done.order_by("-closed_at")[:LAST]
    for pk, opened, closed in last.values_list("nomination_id", "opened_at", "closed_at"):
        if closed is not None:
            took[pk] = took.get(pk, 0.0) + (closed - opened).total_seconds()
    if not took:
        return None
    return StepMedian(
        campaign=campaign,
        state=state,
        cases=len(took),
        seconds=max(0, round(median(took.values()))),
        reckoned_at=at,
    )
