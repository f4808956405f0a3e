"""Until when a step is to be done: the office's limit for it, or the law's day where that is sooner.

The office's is counted on its calendar; where none was set, there is none. A return and a hold pause
it: the days spent before count, those in between do not (campaigns.calendar, STOPS). The law's runs
for a dossier, not for a step; it is reckoned elsewhere (services.law_days), and no text lets a hold
pause it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from campaigns.calendar import STOPS, WORKING, Pause, WorkCalendar, days_after, days_before, due_on
from campaigns.regimes import work_calendar
from workflow.deadlines import IN_PROVINCE
from workflow.models import DueBy, Nomination, StepLimit, WorkItem
from workflow.models.clocks import NAMED_BY_THE_ACT

PAUSING: Final = frozenset(NAMED_BY_THE_ACT)


@dataclass(frozen=True, slots=True)
class Days:
    """When a step is due, from when it is nearly so, and when its head hears that it is late.

    by  whose day `due` is (DueBy); "" where there is none
    """

    due: date | None = None
    soon: date | None = None
    escalate: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """One closed stretch on a table: local days of its coming and going."""

    state: str
    came_on: date
    went_on: date


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of some campaigns by campaign and state, and the calendar they count on."""

    rows: Mapping[tuple[UUID, str], StepLimit] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def days(
        self,
        campaign_id: UUID,
        state: str,
        came_on: date,
        *,
        named: date | None = None,
        law: date | None = None,
        history: Sequence[Spell] = (),
    ) -> Days:
        """Return the days of a step that begins, or goes on, on a day.

        named    the last day, where the act that led here named one
        law      the last day that the law gives, where it gives one
        history  the closed stretches before it, oldest first
        """
        limit = self.rows.get((campaign_id, state))
        due, by = named, DueBy.ACT
        if due is None and limit is not None and limit.length is not None:
            start, pauses = stay(history, state, came_on)
            due = due_on(start, limit.length, limit.unit, STOPS, pauses, self.calendar)
            by = DueBy.OFFICE
        if law is not None and (due is None or law < due):
            due, by = law, DueBy.LAW
        return Days() if due is None else self._around(due, by, limit)

    def _around(self, due: date, by: DueBy, limit: StepLimit | None) -> Days:
        if limit is None:
            return Days(due, due, by=by)
        soon = days_before(due, limit.soon, limit.unit, self.calendar)
        if limit.escalate is None:
            return Days(due, soon, by=by)
        return Days(due, soon, days_after(due, limit.escalate, limit.unit, self.calendar), by)


def stay(history: Sequence[Spell], state: str, came_on: date) -> tuple[date, list[Pause]]:
    """Return when the present stay in a state began, and how it was paused since.

    A stay is broken by any other state but a return or a hold.
    """
    pauses: list[Pause] = []
    start = came_on
    for spell in reversed(history):
        if spell.state in PAUSING:
            continue
        if spell.state != state:
            break
        # A clock that was set back between the two paused nothing.
        pauses.insert(0, Pause(spell.went_on, max(spell.went_on, start)))
        start = spell.came_on
    return start, pauses


def limits_of(campaign_ids: Iterable[UUID]) -> Limits:
    """Return the limits of campaigns: one query, and one for the calendar where it is needed."""
    rows = StepLimit.objects.filter(campaign__in=set(campaign_ids))
    known = {(row.campaign_id, row.state): row for row in rows}
    counted = any(row.unit == WORKING for row in known.values())
    return Limits(known, work_calendar() if counted else WorkCalendar())


def limits_for(nominations: Sequence[Nomination]) -> Limits:
    """Return the limits of the campaigns of nominations, as limits_of; no query for none."""
    if not nominations:
        return Limits()
    return limits_of(row.dossier.occasion.campaign_id for row in nominations)


def histories(nomination_ids: Iterable[UUID]) -> dict[UUID, list[Spell]]:
    """Return the closed stretches of nominations, oldest first; one query."""
    found: dict[UUID, list[Spell]] = {}
    rows = WorkItem.objects.filter(nomination__in=list(nomination_ids), closed_at__isnull=False)
    closed = rows.order_by("opened_at", "pk")
    for pk, state, came, went in closed.values_list(
        "nomination_id", "state", "opened_at", "closed_at"
    ):
        found.setdefault(pk, []).append(Spell(state, _day(came), _day(went)))
    return found


def _day(at: datetime | None) -> date:
    return timezone.localdate(at)


def set_days(
    items: Sequence[tuple[WorkItem, Nomination]],
    limits: Limits,
    *,
    named: Mapping[UUID, date],
    came_back: bool,
) -> None:
    """Write into work items, in memory, until when they are to be done.

    limits     of their campaigns (limits_for)
    named      by nomination, the last day that the act named
    came_back  whether they go on where they were: only then the days before matter, and are
               asked for in one query
    """
    past = histories(row.pk for _item, row in items) if came_back and limits.rows else {}
    for item, row in items:
        days = limits.days(
            row.dossier.occasion.campaign_id,
            item.state,
            _day(item.opened_at),
            named=named.get(row.pk),
            law=law_day(row),
            history=past.get(row.pk, []),
        )
        put(days, item)


def law_day(nomination: Nomination) -> date | None:
    """Return the law's last day while a nomination is in the province's hands; None elsewhere."""
    return nomination.law_due_on if nomination.state in IN_PROVINCE else None


def put(days: Days, item: WorkItem) -> bool:
    """Write days into a work item, in memory; return whether it had others."""
    before = item.due_on, item.soon_on, item.escalate_on, item.due_by
    item.due_on, item.soon_on, item.escalate_on = days.due, days.soon, days.escalate
    item.due_by = days.by
    return before != (item.due_on, item.soon_on, item.escalate_on, item.due_by)
