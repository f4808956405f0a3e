"""Limits of steps and the working calendar, and reckoning open work anew after a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from audit.services import Entry, record
from campaigns.calendar_lines import DayLine
from campaigns.models import Campaign, ClockUnit
from campaigns.models.stated import Stated
from campaigns.services.authority import MAY_RUN_A_CAMPAIGN
from campaigns.services.office import (
    OfficeFact,
    enter_regime_fact,
    remove_calendar_day,
    set_calendar_day,
)
from organisations.actors import Actor, Mandate
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_clocks import StepLimitChangedError, StepLimitInvalidError
from workflow.models import Nomination, StepLimit, WorkItem
from workflow.models.clocks import NAMED_BY_THE_ACT
from workflow.services.acting import act
from workflow.services.nominees import tidy
from workflow.services.reckoning import reckon_work, write_law_days
from workflow.states import HOLDERS, State

RECKON = "workflow.tasks_clocks.reckon_anew"
LIMITED: tuple[State, ...] = (*HOLDERS, State.HELD)
"""States that somebody holds, so that a limit means something: in the table's order."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """A limit as it is typed; `length` only where the act itself does not name the day."""

    length: int | None
    unit: str
    soon: int
    escalate: int | None
    source: str


def require_may_set(actor: Actor) -> Mandate:
    """Return the mandate by which limits are set, or raise AccessDeniedError."""
    mandates = actor.mandates_as(*MAY_RUN_A_CAMPAIGN)
    if not mandates:
        raise AccessDeniedError(
            act=_("Đặt thời hạn cho các bước"),
            why=_("Việc này của quản trị hệ thống và thư ký Hội đồng."),
        )
    return mandates[0]


@act
def set_step_limit(
    *, actor: Actor, campaign_key: str, state: State, expected_version: int, facts: LimitFacts
) -> StepLimit:
    """Set how long a step may take in a campaign; open work is reckoned anew by a job.

    expected_version  of the limit that was shown; 0 where there was none

    Raises AccessDeniedError, NotFoundError, StepLimitChangedError and StepLimitInvalidError.
    """
    at = timezone.now()
    campaign = _locked(campaign_key)
    found = StepLimit.objects.filter(campaign=campaign, state=state).first()
    _check_version(found, expected_version, state)
    mandate = require_may_set(actor)
    _check(state, facts)
    row = found or StepLimit(campaign=campaign, state=state, version=0)
    before = _shown(found)
    row.length, row.unit = facts.length, facts.unit
    row.soon, row.escalate, row.source = facts.soon, facts.escalate, tidy(facts.source)
    row.version += 1
    row.set_by, row.set_at = actor.name, at
    row.save()
    entry = Entry(
        stream=f"campaign:{campaign.key}",
        action="step_limit.set",
        subject=f"step_limit:{state}",
        before=before,
        after=_shown(row),
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    async_task(RECKON, campaign.key)
    return row


@act
def remove_step_limit(
    *, actor: Actor, campaign_key: str, state: State, expected_version: int
) -> None:
    """Take a limit away: the step has no last day then. Raises as set_step_limit."""
    at = timezone.now()
    campaign = _locked(campaign_key)
    found = StepLimit.objects.filter(campaign=campaign, state=state).first()
    _check_version(found, expected_version, state)
    mandate = require_may_set(actor)
    if found is None:
        raise NotFoundError
    entry = Entry(
        stream=f"campaign:{campaign.key}",
        action="step_limit.removed",
        subject=f"step_limit:{state}",
        before=_shown(found),
    )
    found.delete()
    record(who=actor.who(mandate), entry=entry, at=at)
    async_task(RECKON, campaign.key)


def _locked(campaign_key: str) -> Campaign:
    """Return a campaign locked, so that two who set limits come one after the other."""
    campaign = Campaign.objects.select_for_update(no_key=True).filter(key=campaign_key).first()
    if campaign is None:
        raise NotFoundError
    return campaign


def _check_version(found: StepLimit | None, expected: int, state: State) -> None:
    if (found.version if found else 0) != expected:
        raise StepLimitChangedError(str(state.label))


def _check(state: State, facts: LimitFacts) -> None:
    if state not in LIMITED:
        raise StepLimitInvalidError(_("Không ai phải làm gì ở bước này."))
    if state in NAMED_BY_THE_ACT and facts.length is not None:
        raise StepLimitInvalidError(
            _("Ở bước này mỗi lần ấn định một ngày, không có thời hạn chung.")
        )
    if state not in NAMED_BY_THE_ACT and not facts.length:
        raise StepLimitInvalidError(_("Còn thiếu “%(field)s”.") % {"field": _("Thời hạn")})
    if facts.unit not in ClockUnit.values:
        raise StepLimitInvalidError(_("Còn thiếu “%(field)s”.") % {"field": _("Đơn vị tính")})
    if facts.length is not None and facts.soon >= facts.length:
        raise StepLimitInvalidError(_("Phải nhắc sau ngày bắt đầu: số ngày nhắc trước quá lớn."))
    if not tidy(facts.source):
        raise StepLimitInvalidError(_("Còn thiếu “%(field)s”.") % {"field": _("Văn bản")})


def _shown(row: StepLimit | None) -> dict[str, object]:
    if row is None:
        return {}
    names = ("length", "unit", "soon", "escalate", "source", "version")
    return {name: getattr(row, name) for name in names}


@act
def enter_calendar_days(*, actor: Actor, days: Sequence[DayLine], source: str) -> int:
    """Write holidays and make-up days, all or nothing; return how many.

    A day that is there already is written over. Open work is reckoned anew by a job. Raises what
    campaigns.services.office.set_calendar_day refuses with.
    """
    for one in days:
        set_calendar_day(actor=actor, day=one.day, is_off=one.is_off, name=one.name, source=source)
    async_task(RECKON, "")
    return len(days)


@act
def drop_calendar_day(*, actor: Actor, day: date) -> None:
    """Take a day out of the calendar; as enter_calendar_days."""
    remove_calendar_day(actor=actor, day=day)
    async_task(RECKON, "")


@act
def enter_law_fact(*, actor: Actor, regime_key: str, address: str, fact: OfficeFact) -> Stated:
    """Write a fact of the law that the office has read; open work is reckoned anew by a job.

    Raises what campaigns.services.office.enter_regime_fact refuses with.
    """
    stated = enter_regime_fact(actor=actor, regime_key=regime_key, address=address, fact=fact)
    async_task(RECKON, "")
    return stated


def reckon_anew(campaign_key: str = "") -> int:
    """Reckon until when open work is to be done; return how many items got other days.

    campaign_key  of one campaign; "" for all

    The law's days are reckoned with them. In chunks, each its own transaction. A last day that an act named stays as it is, but when
    its holder is reminded may change. The same work twice changes nothing the second time.
    """
    rows = WorkItem.objects.filter(closed_at__isnull=True)
    if campaign_key:
        rows = rows.filter(nomination__dossier__occasion__campaign__key=campaign_key)
    last, changed = 0, 0
    while ids := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_CHUNK]
    ):
        last = ids[-1]
        changed += _reckon(ids)
    return changed


@transaction.atomic
def _reckon(ids: Sequence[int]) -> int:
    lock_work(ids)
    items = list(
        WorkItem.objects.filter(pk__in=ids, closed_at__isnull=True)
        .select_related(
            "nomination__award_item__form",
            "nomination__dossier__regime",
            "nomination__dossier__occasion",
        )
        .order_by("pk")
    )
    write_law_days([item.nomination for item in items])
    return reckon_work(items)


def lock_work(ids: Sequence[int]) -> None:
    """Lock the nominations of open work, so that nobody moves them while their work is written.

    Nominations come before their work items, as everywhere (docs/architecture.md, “Locks”).
    """
    lying = WorkItem.objects.filter(pk__in=ids).values("nomination")
    list(Nomination.objects.select_for_update(no_key=True).filter(pk__in=lying).order_by("pk"))
