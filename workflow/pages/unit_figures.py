"""One unit's figures over the years against the goals: the table, and a chart for each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from campaigns.models import Campaign
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.figure_charts import IndicatorYears, figures_by_unit, indicator_years
from workflow.figure_tables import unit_name_of
from workflow.models import FigureSheet
from workflow.queries import visible_sheets


@dataclass(frozen=True)
class UnitFigures:
    """The page of one unit in one campaign."""

    campaign: Campaign
    unit_name: str
    years: list[int]
    sheets: Sequence[FigureSheet]
    indicators: list[IndicatorYears]


def unit_figures(actor: Actor, campaign_key: str, unit_id: UUID) -> UnitFigures:
    """Return the page. Raises NotFoundError where the actor may read no sheet of the unit."""
    sheets = list(
        visible_sheets(actor)
        .filter(campaign__key=campaign_key, unit=unit_id)
        .annotate(unit_name=unit_name_of("unit_id"))
        .order_by("year")
    )
    if not sheets:
        raise NotFoundError
    campaign, group = sheets[-1].campaign, sheets[-1].group
    years = list(range(campaign.period_from, campaign.period_to + 1))
    return UnitFigures(
        campaign=campaign,
        unit_name=str(getattr(sheets[-1], "unit_name", "")),
        years=years,
        sheets=sheets,
        indicators=indicator_years(
            group, years, figures_by_unit([s.pk for s in sheets]).get(unit_id, {})
        ),
    )
