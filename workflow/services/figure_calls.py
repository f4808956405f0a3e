"""Asking units for their figures of a year: which units are concerned, and their empty sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record_many
from campaigns.errors import CampaignClosedError
from campaigns.models import Campaign, CriteriaGroup, Status
from campaigns.targets import campaign_groups, groups_by_unit_type
from organisations.actors import Actor
from organisations.models import Role, Unit
from organisations.queries import unit_facts_of
from workflow.errors import NotFoundError
from workflow.errors_drafting import ValueMissingError
from workflow.figure_errors import UnitNotConcernedError, YearOutsidePeriodError
from workflow.models import FigureSheet
from workflow.services.acting import act
from workflow.services.loading import require_desk_role
from workflow.services.sheet_moves import stream_of
from workflow.states import Desk

CALLERS = frozenset({Role.APPRAISER, Role.DEPARTMENT_HEAD})


@act
def call_for_figures(
    *, actor: Actor, campaign_id: UUID, year: int, due_on: date, unit_ids: Sequence[UUID]
) -> list[FigureSheet]:
    """Ask units for their figures of a year; return the sheets that were opened for it.

    A unit that was asked before keeps its sheet. Raises NotFoundError, AccessDeniedError,
    CampaignClosedError, YearOutsidePeriodError, ValueMissingError without a unit,
    UnitNotConcernedError naming every unit that no criteria ask for figures.
    """
    at = timezone.now()
    campaign = Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFoundError
    mandate = require_desk_role(
        actor=actor,
        campaign_id=campaign_id,
        desk=Desk.APPRAISAL,
        roles=CALLERS,
        act=_("Yêu cầu báo cáo số liệu"),
    )
    if campaign.status == Status.CLOSED:
        raise CampaignClosedError(campaign.name)
    _check_year(campaign, year)
    units = list(Unit.objects.filter(pk__in=unit_ids).order_by("path"))
    if not units:
        raise ValueMissingError(_("Đơn vị"))
    groups = _groups_of(campaign, units, timezone.localdate(at))
    known = set(
        FigureSheet.objects.filter(campaign=campaign, year=year).values_list("unit", flat=True)
    )
    sheets = FigureSheet.objects.bulk_create(
        FigureSheet(
            campaign=campaign, unit=unit, group=groups[unit.pk], year=year, due_on=due_on,
            called_at=at, changed_at=at, changed_by=actor.name,
        )
        for unit in units
        if unit.pk not in known
    )  # fmt: skip
    entries = [_called(sheet) for sheet in sorted(sheets, key=stream_of)]
    if entries:
        record_many(who=actor.who(mandate), entries=entries, at=at)
    return sheets


def _check_year(campaign: Campaign, year: int) -> None:
    if not campaign.period_from <= year <= campaign.period_to:
        raise YearOutsidePeriodError(
            year=year, period_from=campaign.period_from, period_to=campaign.period_to
        )


def _groups_of(campaign: Campaign, units: Sequence[Unit], on: date) -> dict[UUID, CriteriaGroup]:
    groups = groups_by_unit_type(campaign_groups(campaign))
    strange = [unit for unit in units if unit.type not in groups]
    if strange:
        facts = unit_facts_of(strange, on)
        raise UnitNotConcernedError([facts[unit.pk].name for unit in strange])
    return {unit.pk: groups[unit.type] for unit in units}


def _called(sheet: FigureSheet) -> Entry:
    return Entry(
        stream=stream_of(sheet),
        action="figures.called",
        subject=sheet.subject,
        after={"state": sheet.state, "version": sheet.version},
        data={"year": sheet.year, "due_on": sheet.due_on.isoformat()},
    )
