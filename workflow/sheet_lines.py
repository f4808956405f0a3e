"""What a yearly sheet asks of a unit: its indicators with their goals, and lines to score itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns.models import (
    CriteriaGroup,
    How,
    Indicator,
    IndicatorTarget,
    ScoreLine,
    ScoreTable,
    TieKey,
)
from campaigns.targets import asked_of
from workflow.figure_states import FigureState, SheetState
from workflow.models import Figure, FigureSheet


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet: an indicator, or a criterion that the unit scores itself.

    key      names it within the sheet; heading: the pillar, or the part of the score table
    unit     printed after the value
    goals    the indicator's goals by year
    """

    key: str
    name: str
    heading: str
    unit: str
    indicator: Indicator | None = None
    line: ScoreLine | None = None
    goals: dict[int, IndicatorTarget] = field(default_factory=dict)


def line_key(figure: Figure) -> str:
    """Return the key of the line that a figure belongs to; reads no database if both are loaded."""
    if figure.indicator is not None:
        return f"i-{figure.indicator.key}"
    return f"l-{figure.line.key}" if figure.line is not None else ""


def table_for(group: CriteriaGroup, year: int) -> ScoreTable | None:
    """Return the score table for the group's nominees in a year; None where the plan has none.

    A subject has one table in a year (campaigns.schema.score_agreement).
    """
    tables = ScoreTable.objects.filter(subjects__criteria_groups=group).distinct()
    return next((table for table in tables.order_by("position") if year in table.years), None)


def asks_for_women(table: ScoreTable | None) -> bool:
    """Return whether a tie may be broken by the share of women, so that it has to be stated."""
    return table is not None and table.tie_breaks.filter(by=TieKey.WOMEN).exists()


def lines_for(group: CriteriaGroup, year: int) -> list[SheetLine]:
    """Return the lines of a sheet in the order in which they are shown; six queries at most."""
    asked = asked_of(group)
    lines = [_of_indicator(one.indicator, one.goals) for one in asked]
    table = table_for(group, year)
    if table is None:
        return lines
    known = {one.indicator.pk for one in asked}
    rows = table.lines.select_related("part", "indicator").order_by("position")
    for row in rows:
        if row.indicator is None:
            lines.append(_of_score_line(row))
        elif row.indicator.pk not in known:
            known.add(row.indicator.pk)
            goals = {goal.year: goal for goal in row.indicator.targets.all()}
            lines.append(_of_indicator(row.indicator, goals))
    return lines


def _of_indicator(indicator: Indicator, goals: dict[int, IndicatorTarget]) -> SheetLine:
    return SheetLine(
        key=f"i-{indicator.key}",
        name=indicator.name,
        heading=indicator.pillar_name,
        unit=indicator.unit,
        indicator=indicator,
        goals=goals,
    )


def _of_score_line(row: ScoreLine) -> SheetLine:
    return SheetLine(
        key=f"l-{row.key}",
        name=row.name,
        heading=row.part.name,
        unit=_UNITS[How(row.how)],
        line=row,
    )


_UNITS = {
    How.SELF: "điểm",
    How.STEPS: "",
    How.PROPORTIONAL: "",
    How.YES_NO: "",
    How.DEDUCTION: "trường hợp",
    How.BONUS: "trường hợp",
}


def figures_of(sheet: FigureSheet) -> dict[str, Figure]:
    """Return the figures of a sheet by the keys of their lines, in one query."""
    rows = sheet.figures.select_related("indicator", "line", "evidence")
    return {line_key(row): row for row in rows}


def is_open(sheet: FigureSheet, row: Figure | None) -> bool:
    """Return whether the unit may write a line: in a returned sheet, what was sent back."""
    if sheet.state == SheetState.DRAFT or row is None:
        return True
    return sheet.state == SheetState.RETURNED and row.state == FigureState.RETURNED
