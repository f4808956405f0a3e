"""Figures over the years against the goals, as charts: one for each indicator of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import CriteriaGroup, IndicatorTarget
from campaigns.targets import asked_of
from documents.charts import Chart, Shape, YearPoint, described, number_text, shapes
from workflow.figure_states import SheetState
from workflow.models import Figure

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


def figures_by_unit(sheet_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, dict[int, Figure]]]:
    """Return figures by unit, indicator and year, of sheets of one campaign; one query."""
    found: dict[UUID, dict[UUID, dict[int, Figure]]] = {}
    rows = Figure.objects.filter(sheet__in=list(sheet_ids), indicator__isnull=False)
    for row in rows.select_related("sheet"):
        if row.indicator_id is not None:
            of_unit = found.setdefault(row.sheet.unit_id, {})
            of_unit.setdefault(row.indicator_id, {})[row.sheet.year] = row
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
