"""One unit's figures over the years against the goals: the table, and a chart for each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Campaign, CriteriaGroup, IndicatorTarget
from campaigns.targets import asked_of
from documents.charts import Chart, Shape, YearPoint, described, number_text, shapes
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.figure_states import SheetState
from workflow.models import Figure, FigureSheet
from workflow.pages.inbox import unit_name_of
from workflow.queries import visible_sheets

ByIndicator = Mapping[UUID, Mapping[int, Figure]]


@dataclass(frozen=True)
class IndicatorYears:
    """One indicator over the years."""

    key: str
    name: str
    pillar: str
    unit: str
    new_pillar: bool
    chart: Chart

    @property
    def shapes(self) -> list[Shape]:
        """Return what the chart is drawn of."""
        return shapes(self.chart)

    @property
    def described(self) -> str:
        """Return the chart in one sentence, for those who do not see it."""
        words = {
            "none": _("không có số liệu"),
            "unverified": _("chưa xác nhận"),
            "goal": _("mục tiêu"),
        }
        return described(self.chart, words)

    @property
    def cells(self) -> list[tuple[str, bool, str]]:
        """Return, by year, the value, whether it is verified, and the goal."""
        return [
            (
                "" if point.value is None else number_text(point.value) + self._sign,
                point.verified,
                point.goal_text + self._sign if point.goal_text else "",
            )
            for point in self.chart.points
        ]

    @property
    def _sign(self) -> str:
        return self.unit if self.unit == "%" else ""


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
        indicators=indicator_years(group, years, figures_by_indicator([s.pk for s in sheets])),
    )


def figures_by_indicator(sheet_ids: list[UUID]) -> dict[UUID, dict[int, Figure]]:
    """Return figures by indicator and year; of one unit, so that a year has one sheet."""
    found: dict[UUID, dict[int, Figure]] = {}
    rows = Figure.objects.filter(sheet__in=sheet_ids, indicator__isnull=False)
    for row in rows.select_related("sheet"):
        if row.indicator_id is not None:
            found.setdefault(row.indicator_id, {})[row.sheet.year] = row
    return found


def indicator_years(
    group: CriteriaGroup, years: list[int], figures: ByIndicator
) -> list[IndicatorYears]:
    """Return the indicators that concern a group, each with its chart over the years."""
    found, pillar = [], ""
    for asked in asked_of(group):
        indicator = asked.indicator
        reported = figures.get(indicator.pk, {})
        points = tuple(_point(year, reported.get(year), asked.goals.get(year)) for year in years)
        chart = Chart(indicator.unit, points)
        new = indicator.pillar_name != pillar
        pillar = indicator.pillar_name
        found.append(
            IndicatorYears(indicator.key, indicator.name, pillar, indicator.unit, new, chart)
        )
    return found


def _point(year: int, figure: Figure | None, goal: IndicatorTarget | None) -> YearPoint:
    value: Decimal | None = None
    if figure is not None:
        value = figure.value if figure.counted is None else figure.counted
    verified = figure is not None and figure.sheet.state == SheetState.VERIFIED
    return YearPoint(
        year=year,
        value=value,
        verified=verified and figure is not None and figure.counted is not None,
        goal=goal.value if goal else None,
        goal_text=goal_words(goal) if goal else "",
    )


def goal_words(goal: IndicatorTarget) -> str:
    """Return a goal as short as a chart has room: “≥ 60”, “> 8”."""
    sign = {">=": "≥", ">": ">"}[goal.effective_op]
    return f"{sign} {number_text(goal.value)}"
