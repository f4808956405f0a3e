"""A unit's yearly sheet as its pages show it, and the sheets of a person."""

from __future__ import annotations

from dataclasses import dataclass

from audit.models import Event
from campaigns.scoring.tables import Score
from organisations.actors import Actor
from workflow.engine import desk_paths
from workflow.figure_queries import figure_work_for
from workflow.figure_states import CHECK, REOPEN, SAVE, SheetState
from workflow.figure_tables import SheetRow, rows_of, unit_name_of
from workflow.models import FigureSheet
from workflow.pages.trail import Told, told
from workflow.queries import visible_sheets
from workflow.score_tables import score_of, table_of
from workflow.services.sheet_moves import can_move, stream_of
from workflow.sheet_lines import figures_of, lines_for, table_for

EVENTS_SHOWN = 20


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
    score: Score | None


def sheet_page(actor: Actor, sheet: FigureSheet) -> SheetPage:
    """Return the page; a fixed number of queries for any number of figures."""
    desks = desk_paths([sheet.campaign_id]).get(sheet.campaign_id, {})
    state = SheetState(sheet.state)
    may_write, may_check, may_reopen = (
        state in move.sources and can_move(actor, move, sheet, desks).allowed
        for move in (SAVE, CHECK, REOPEN)
    )
    events = Event.objects.filter(stream=stream_of(sheet), subject=sheet.subject)
    figures = figures_of(sheet)
    table = table_for(sheet.group, sheet.year)
    return SheetPage(
        sheet=sheet,
        unit_name=name_of(sheet),
        rows=rows_of(sheet, lines_for(sheet.group, sheet.year), figures),
        may_write=may_write,
        may_check=may_check,
        may_reopen=may_reopen,
        events=told(events.order_by("-seq")[:EVENTS_SHOWN]),
        score=score_of(table_of(table, sheet.year), figures) if table else None,
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
