"""Yearly sheets as rows and tables: one unit's lines, and a year's units by group of criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CriteriaGroup, How, IndicatorTarget, ScoreTable
from campaigns.scoring.numbers import shown
from campaigns.targets import reached
from organisations.models import UnitName
from workflow.figure_states import SheetState
from workflow.models import Figure, FigureSheet
from workflow.sheet_lines import SheetLine, line_key, lines_for, table_for


def unit_name_of(unit_field: str) -> Subquery:
    """Return the latest name of the unit that a field points at, for annotations."""
    names = UnitName.objects.filter(unit=OuterRef(unit_field)).order_by("-valid_from")
    return Subquery(names.values("name")[:1])


@dataclass(frozen=True)
class SheetRow:
    """One line of a sheet with its figure, if there is one."""

    line: SheetLine
    figure: Figure | None
    goal: IndicatorTarget | None
    new_heading: bool

    @property
    def value(self) -> str:
        """Return what the unit entered, in the reader's words; "" where there is nothing."""
        return "" if self.figure is None else value_text(self.line, self.figure.value)

    @property
    def counted(self) -> str:
        """Return what the department counts; "" until it did."""
        return "" if self.figure is None else value_text(self.line, self.figure.counted)

    @property
    def goal_words(self) -> str:
        """Return the goal of the sheet's year as printed, else the next one with its year."""
        return str(self.goal) if self.goal else next_goal(self.line)

    @property
    def reached(self) -> bool | None:
        """Return whether the year's goal is met; None where it has none, or there is no value."""
        value = figure_value(self.figure)
        return None if value is None or self.goal is None else reached(self.goal, value)

    @property
    def odd(self) -> bool:
        """Return whether a share is above the whole: rarely meant, so people should look."""
        value = figure_value(self.figure)
        return self.line.unit == "%" and value is not None and value > 100  # noqa: PLR2004


def figure_value(figure: Figure | None) -> Decimal | None:
    """Return what counts of a figure, else what was entered."""
    if figure is None:
        return None
    return figure.value if figure.counted is None else figure.counted


def value_text(line: SheetLine, value: Decimal | None) -> str:
    """Return a value with its unit, or yes and no where that is what was asked."""
    if value is None:
        return ""
    if line.line is not None and line.line.how == How.YES_NO:
        return _("Có") if value else _("Không")
    gap = "" if line.unit == "%" else " "
    return f"{shown(value)}{gap}{line.unit}".strip()


def next_goal(line: SheetLine) -> str:
    """Return the last goal of a line with its year; "" where there is none."""
    if not line.goals:
        return ""
    year = max(line.goals)
    return _("đến %(year)d: %(goal)s") % {"year": year, "goal": line.goals[year]}


def rows_of(
    sheet: FigureSheet, lines: Iterable[SheetLine], figures: Mapping[str, Figure]
) -> list[SheetRow]:
    """Return the lines of a sheet with their figures, each knowing whether a heading begins."""
    rows, heading = [], ""
    for line in lines:
        goal = line.goals.get(sheet.year)
        rows.append(SheetRow(line, figures.get(line.key), goal, line.heading != heading))
        heading = line.heading
    return rows


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table; `cells` in the order of the group's lines, empty until it sent.

    figures  by the keys of their lines
    """

    sheet: FigureSheet
    unit_name: str
    cells: list[SheetRow]
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class GroupTable:
    """The units of one group of criteria, which are all asked for the same."""

    group: CriteriaGroup
    lines: list[SheetLine]
    rows: list[UnitRow]
    score_table: ScoreTable | None

    @property
    def sent(self) -> bool:
        """Return whether any unit of the group has sent its figures."""
        return any(row.cells for row in self.rows)


def group_tables(campaign: Campaign, year: int) -> list[GroupTable]:
    """Return the year's tables by group; queries by the number of groups, not of units."""
    sheets = (
        FigureSheet.objects.filter(campaign=campaign, year=year)
        .select_related("unit", "group", "campaign")
        .annotate(unit_name=unit_name_of("unit_id"))
        .order_by("group__position", "unit__path")
    )
    rows = list(sheets)
    figures = _figures_by_sheet(rows)
    return [
        _table(group, list(members), figures)
        for group, members in groupby(rows, key=lambda sheet: sheet.group)
    ]


def _figures_by_sheet(sheets: Iterable[FigureSheet]) -> dict[UUID, dict[str, Figure]]:
    sent = [sheet.pk for sheet in sheets if sheet.state != SheetState.DRAFT]
    found: dict[UUID, dict[str, Figure]] = {pk: {} for pk in sent}
    rows = Figure.objects.filter(sheet__in=sent).select_related("indicator", "line")
    for row in rows:
        found[row.sheet_id][line_key(row)] = row
    return found


def _table(
    group: CriteriaGroup, sheets: list[FigureSheet], figures: dict[UUID, dict[str, Figure]]
) -> GroupTable:
    year = sheets[0].year
    lines, score_table = lines_for(group, year), table_for(group, year)
    rows = [
        UnitRow(
            sheet,
            str(getattr(sheet, "unit_name", "")),
            rows_of(sheet, lines, figures[sheet.pk]) if sheet.pk in figures else [],
            figures.get(sheet.pk, {}),
        )
        for sheet in sheets
    ]
    return GroupTable(group, lines, rows, score_table)
