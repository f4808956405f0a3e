"""A unit's yearly sheet as its pages show it, and the sheets of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from audit.models import Event
from campaigns.models import How, IndicatorTarget
from campaigns.targets import reached
from documents.charts import number_text
from organisations.actors import Actor
from workflow.engine import desk_paths
from workflow.figure_queries import figure_work_for
from workflow.figure_states import CHECK, REOPEN, SAVE, SheetState
from workflow.models import Figure, FigureSheet
from workflow.pages.inbox import unit_name_of
from workflow.pages.trail import Told, told
from workflow.queries import visible_sheets
from workflow.services.sheet_moves import can_move, stream_of
from workflow.sheet_lines import SheetLine, figures_of, lines_for

EVENTS_SHOWN = 20


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
    return f"{number_text(value)}{gap}{line.unit}".strip()


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
class SheetPage:
    """Everything the page of one sheet shows to one person."""

    sheet: FigureSheet
    unit_name: str
    rows: list[SheetRow]
    may_write: bool
    may_check: bool
    may_reopen: bool
    events: list[Told]

    @property
    def to_check(self) -> int:
        """Return how many lines the department has not looked at."""
        return sum(1 for row in self.rows if row.figure and row.figure.state == "entered")


def sheet_page(actor: Actor, sheet: FigureSheet) -> SheetPage:
    """Return the page; a fixed number of queries for any number of figures."""
    desks = desk_paths([sheet.campaign_id]).get(sheet.campaign_id, {})
    state = SheetState(sheet.state)
    may_write, may_check, may_reopen = (
        state in move.sources and can_move(actor, move, sheet, desks).allowed
        for move in (SAVE, CHECK, REOPEN)
    )
    events = Event.objects.filter(stream=stream_of(sheet), subject=sheet.subject)
    return SheetPage(
        sheet=sheet,
        unit_name=name_of(sheet),
        rows=rows_of(sheet, lines_for(sheet.group, sheet.year), figures_of(sheet)),
        may_write=may_write,
        may_check=may_check,
        may_reopen=may_reopen,
        events=told(events.order_by("-seq")[:EVENTS_SHOWN]),
    )


def name_of(sheet: FigureSheet) -> str:
    """Return the latest name of a sheet's unit."""
    names = FigureSheet.objects.filter(pk=sheet.pk).annotate(unit_name=unit_name_of("unit_id"))
    return str(names.values_list("unit_name", flat=True).get() or sheet.unit.code)


def own_sheets(actor: Actor) -> list[FigureSheet]:
    """Return the sheets of the very units where the actor holds a role, newest year first."""
    held = {mandate.unit_id for mandate in actor.mandates}
    sheets = visible_sheets(actor).filter(unit__in=held)
    named = sheets.annotate(unit_name=unit_name_of("unit_id"))
    return list(named.order_by("campaign__name", "unit__path", "-year"))


def waiting_sheets(actor: Actor) -> list[FigureSheet]:
    """Return the sheets that wait for the actor, with the names of their units; one query."""
    return list(figure_work_for(actor).annotate(unit_name=unit_name_of("unit_id")))
