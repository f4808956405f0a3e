"""Reckoning last days anew: of open work, and the law's own of nominations, when what they hang on changed.

The law's day hangs on the receipt, on returns and their answers, on the regime and on the calendar;
it is kept on the nomination, so that opening work asks for nothing. Whoever changes one of these
calls this in the same transaction, with the nominations locked; a change of calendar or of a limit
reckons by a job (services.clocks).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from workflow.clocks import PAUSING, histories, law_day, limits_of, put
from workflow.deadlines import last_days
from workflow.law import law_of
from workflow.models import Hold, Nomination, SupplementRequest, WorkItem
from workflow.reminders import stage_of


def reckon_nominations(keys: Iterable[UUID]) -> int:
    """Reckon the law's day of locked nominations and what it changes of their open work.

    Return how many pieces of work got other days. The same queries for any number: three where no
    regime is pinned and no day changes.
    """
    rows = list(
        Nomination.objects.filter(pk__in=list(keys)).select_related(
            "award_item__form", "dossier__regime", "dossier__occasion"
        )
    )
    changed = write_law_days(rows)
    if not changed:
        return 0
    items = WorkItem.objects.filter(nomination__in=changed, closed_at__isnull=True)
    known = {row.pk: row for row in rows}
    found = list(items.order_by("pk"))
    for item in found:
        item.nomination = known[item.nomination_id]
    return reckon_work(found)


def write_law_days(rows: Sequence[Nomination]) -> list[Nomination]:
    """Write the law's last day of nominations; return those that got another one."""
    pinned = [row for row in rows if row.dossier.regime_id is not None]
    days = last_days(law_of(pinned), pinned) if pinned else {}
    changed = []
    for row in rows:
        if row.law_due_on != days.get(row.pk):
            row.law_due_on = days.get(row.pk)
            changed.append(row)
    Nomination.objects.bulk_update(changed, ["law_due_on"], batch_size=500)
    return changed


def reckon_work(items: Sequence[WorkItem]) -> int:
    """Reckon open work, whose nominations are loaded and locked, anew; return how many changed.

    The day that an act named stays, unless the law's is sooner; when its holder is reminded may
    change.
    """
    if not items:
        return 0
    today = timezone.localdate()
    limits = limits_of(item.nomination.dossier.occasion.campaign_id for item in items)
    past = histories(item.nomination_id for item in items)
    named = _named([item.nomination_id for item in items if item.state in PAUSING])
    changed = []
    for item in items:
        days = limits.days(
            item.nomination.dossier.occasion.campaign_id,
            item.state,
            timezone.localdate(item.opened_at),
            named=named.get(item.nomination_id),
            law=law_day(item.nomination),
            history=past.get(item.nomination_id, []),
        )
        if put(days, item):
            item.reminded = min(item.reminded, stage_of(item, today))
            changed.append(item)
    WorkItem.objects.bulk_update(
        changed, ["due_on", "due_by", "soon_on", "escalate_on", "reminded"], batch_size=500
    )
    return len(changed)


def _named(nominations: Sequence[UUID]) -> dict[UUID, date]:
    """Return the days that returns and holds named which are not over; two queries, none for none."""
    if not nominations:
        return {}
    returns = SupplementRequest.objects.filter(nomination__in=nominations, answered_at=None)
    holds = Hold.objects.filter(nomination__in=nominations, resumed_at=None)
    return {
        **dict(returns.values_list("nomination_id", "due_on")),
        **dict(holds.values_list("nomination_id", "review_on")),
    }
