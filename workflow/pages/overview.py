"""The department's table of a year: units by indicators, who has not sent, what was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.targets import campaign_groups, groups_by_unit_type
from organisations.actors import Actor
from organisations.models import Unit
from organisations.queries import in_force, unit_facts_of
from workflow.engine import desk_paths
from workflow.figure_states import WITH_UNIT, SheetState
from workflow.figure_tables import GroupTable, UnitRow, group_tables
from workflow.models import FigureSheet, YearlyReport
from workflow.pages.papers import Paper, paper_of
from workflow.permissions import mandate_for
from workflow.queries import documents_in_full, overseen_campaigns
from workflow.services.figure_calls import CALLERS
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
