"""The limits of a campaign's steps: what is set, by which document, and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, ClockUnit
from organisations.actors import Actor
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.models import StepLimit
from workflow.models.clocks import NAMED_BY_THE_ACT
from workflow.pages.campaigns import may_set_up
from workflow.services.clocks import LIMITED
from workflow.states import HOLDERS, State


@dataclass(frozen=True)
class LimitLine:
    """One step with whoever does it and its limit, where one is set."""

    state: State
    holder: str
    limit: StepLimit | None
    length: str
    reminders: str


@dataclass(frozen=True)
class LimitsPage:
    """Every step of a campaign that somebody has to do something in."""

    campaign: Campaign
    lines: list[LimitLine]
    may_set: bool


def access_campaign(key: str) -> Campaign:
    """Return a campaign, which everybody signed in may read; or raise NotFoundError."""
    campaign = Campaign.objects.filter(key=key).first()
    if campaign is None:
        raise NotFoundError
    return campaign


def access_limit(actor: Actor, key: str, step: str) -> tuple[Campaign, State, StepLimit | None]:
    """Return a step to those who set its limit; NotFoundError for anybody and anything else."""
    campaign = access_campaign(key)
    if step not in LIMITED or not may_set_up(actor):
        raise NotFoundError
    found = StepLimit.objects.filter(campaign=campaign, state=step).first()
    return campaign, State(step), found


def limits_page(actor: Actor, key: str) -> LimitsPage:
    """Return the page; two queries."""
    campaign = access_campaign(key)
    rows = {row.state: row for row in StepLimit.objects.filter(campaign=campaign)}
    lines = [_line(state, rows.get(state)) for state in LIMITED]
    return LimitsPage(campaign, lines, may_set_up(actor))


def _line(state: State, row: StepLimit | None) -> LimitLine:
    holder = HOLDERS.get(state)
    office = str(Role(holder.role).label) if holder else _("người đang giữ")
    if row is None:
        return LimitLine(state, office, None, "", "")
    length = _("ngày ấn định trong từng lần")
    if state not in NAMED_BY_THE_ACT:
        length = days_text(row.length or 0, row.unit)
    return LimitLine(state, office, row, length, _reminders(row))


def _reminders(row: StepLimit) -> str:
    parts = []
    if row.soon:
        parts.append(_("nhắc trước %(days)s") % {"days": days_text(row.soon, row.unit)})
    if row.escalate is not None:
        after = days_text(row.escalate, row.unit)
        parts.append(_("quá hạn %(days)s thì báo thủ trưởng") % {"days": after})
    return "; ".join(parts)


def days_text(count: int, unit: str) -> str:
    """Return “5 ngày làm việc”, or “5 ngày”."""
    if unit == ClockUnit.WORKING:
        text = ngettext("%(days)d ngày làm việc", "%(days)d ngày làm việc", count)
    else:
        text = ngettext("%(days)d ngày", "%(days)d ngày", count)
    return text % {"days": count}
