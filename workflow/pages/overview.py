"""The department's table of a year: units by indicators, who has not sent, what was reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CriteriaGroup
from campaigns.targets import campaign_groups, groups_by_unit_type
from organisations.actors import Actor
from organisations.models import Unit
from organisations.queries import in_force, unit_facts_of
from workflow.engine import desk_paths
from workflow.figure_states import WITH_UNIT, SheetState
from workflow.models import Figure, FigureSheet, YearlyReport
from workflow.pages.figures import SheetRow, rows_of
from workflow.pages.inbox import unit_name_of
from workflow.pages.papers import Paper, paper_of
from workflow.permissions import mandate_for
from workflow.queries import documents_in_full, overseen_campaigns
from workflow.services.figure_calls import CALLERS
from workflow.sheet_lines import SheetLine, line_key, lines_for, table_for
from workflow.states import Desk


@dataclass(frozen=True)
class YearCount:
    """How far a year of a campaign has come."""

    campaign: Campaign
    year: int
    called: int
    sent: int
    verified: int


def overviews(actor: Actor) -> list[YearCount]:
    """Return every year of the campaigns that the actor oversees, newest first; two queries."""
    campaigns = list(overseen_campaigns(actor))
    rows = (
        FigureSheet.objects.filter(campaign__in=campaigns)
        .order_by()
        .values("campaign", "year")
        .annotate(
            called=Count("pk"),
            sent=Count("pk", filter=~Q(state__in=WITH_UNIT)),
            verified=Count("pk", filter=Q(state=SheetState.VERIFIED)),
        )
    )
    counts = {
        (row["campaign"], row["year"]): (row["called"], row["sent"], row["verified"])
        for row in rows
    }
    found = []
    for campaign in campaigns:
        for year in range(campaign.period_to, campaign.period_from - 1, -1):
            numbers = counts.get((campaign.pk, year), (0, 0, 0))
            found.append(YearCount(campaign, year, *numbers))
    return found


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table; `cells` in the order of the group's lines, empty until it sent."""

    sheet: FigureSheet
    unit_name: str
    cells: list[SheetRow]


@dataclass(frozen=True)
class GroupTable:
    """The units of one group of criteria, which are all asked for the same."""

    group: CriteriaGroup
    lines: list[SheetLine]
    rows: list[UnitRow]
    score_table: str

    @property
    def sent(self) -> bool:
        """Return whether any unit of the group has sent its figures."""
        return any(row.cells for row in self.rows)


@dataclass(frozen=True)
class Overview:
    """A year of a campaign, as the department reads it."""

    campaign: Campaign
    year: int
    tables: list[GroupTable]
    may_call: bool
    reports: list[Paper]

    @property
    def sheets(self) -> list[FigureSheet]:
        """Return every sheet of the year."""
        return [row.sheet for table in self.tables for row in table.rows]

    @property
    def not_sent(self) -> list[UnitRow]:
        """Return the units that have not sent, or have to send again."""
        return [row for table in self.tables for row in table.rows if row.sheet.state in WITH_UNIT]

    @property
    def to_check(self) -> int:
        """Return how many sheets wait for the department."""
        return sum(1 for sheet in self.sheets if sheet.state == SheetState.SENT)

    @property
    def verified(self) -> int:
        """Return how many sheets are verified."""
        return sum(1 for sheet in self.sheets if sheet.state == SheetState.VERIFIED)

    @property
    def unfinished(self) -> bool:
        """Return whether a report is still being made."""
        return any(paper.unfinished for paper in self.reports)


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
        )
        for sheet in sheets
    ]
    return GroupTable(group, lines, rows, score_table.key if score_table else "")


def overview(actor: Actor, campaign: Campaign, year: int) -> Overview:
    """Return the page of a year for one person."""
    path = desk_paths([campaign.pk]).get(campaign.pk, {}).get(Desk.APPRAISAL)
    return Overview(
        campaign=campaign,
        year=year,
        tables=group_tables(campaign, year),
        may_call=mandate_for(actor, Desk.APPRAISAL, CALLERS, path) is not None,
        reports=_reports(campaign, year),
    )


def _reports(campaign: Campaign, year: int) -> list[Paper]:
    asked = YearlyReport.objects.filter(campaign=campaign, year=year).order_by("-requested_at")
    documents = documents_in_full().filter(yearly_report__in=asked).order_by("-created_at")
    return [paper_of(document) for document in documents]


@dataclass(frozen=True)
class Concerned:
    """A unit that may be asked for figures; `usual` where the plan's own units are of its kind."""

    unit_id: UUID
    name: str
    usual: bool


def concerned_units(campaign: Campaign, on: date) -> list[Concerned]:
    """Return the units of the types that the campaign's criteria ask for figures, by tree.

    A section below a body of its own type reports with that body: it is not usual.
    """
    types = groups_by_unit_type(campaign_groups(campaign))
    units: QuerySet[Unit] = Unit.objects.filter(in_force(on), type__in=types).select_related(
        "parent"
    )
    rows = list(units.order_by("path"))
    facts = unit_facts_of(rows, on)
    return [
        Concerned(
            unit.pk,
            _("%(name)s (%(kind)s)")
            % {"name": facts[unit.pk].name, "kind": unit.get_type_display()},
            usual=unit.parent is None or unit.parent.type != unit.type,
        )
        for unit in rows
    ]
