"""Shared reads of yearly sheets: one that a person may read, and what waits for whom."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, DeskName, Status
from campaigns.models import Desk as DeskRow
from organisations.actors import Actor
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.figure_states import WITH_UNIT, SheetState
from workflow.models import FigureSheet
from workflow.queries import overseen_campaigns, path_prefixes, visible_sheets

CHECKERS = (Role.APPRAISER, Role.DEPARTMENT_HEAD)


def access_sheet(actor: Actor, sheet_id: UUID) -> FigureSheet:
    """Return a sheet that the actor may read, or raise NotFoundError."""
    sheet = visible_sheets(actor).filter(pk=sheet_id).first()
    if sheet is None:
        raise NotFoundError
    return sheet


def access_overview(actor: Actor, key: str) -> Campaign:
    """Return a campaign whose yearly tables the actor may read, or raise NotFoundError."""
    campaign = overseen_campaigns(actor).filter(key=key).first()
    if campaign is None:
        raise NotFoundError
    return campaign


def figure_work_for(actor: Actor) -> QuerySet[FigureSheet]:
    """Return the sheets that wait for an actor now, those due first.

    At the unit for its clerks: to be filled in and sent. At the department for its appraisers:
    to be checked, but for what they sent themselves.
    """
    mine = Q(pk__in=[])
    for mandate in actor.mandates:
        if mandate.role == Role.UNIT_CLERK:
            mine |= Q(state__in=WITH_UNIT, unit__path=mandate.unit_path)
        if mandate.role == Role.APPRAISER:
            desks = DeskRow.objects.filter(
                desk=DeskName.APPRAISAL, unit__path__in=path_prefixes(mandate.unit_path)
            )
            mine |= Q(state=SheetState.SENT, campaign__in=desks.values("campaign"))
    return (
        FigureSheet.objects.filter(mine, campaign__status=Status.OPEN)
        .exclude(state=SheetState.SENT, sent_by=actor.user_id)
        .select_related("unit", "campaign")
        .order_by("due_on", "unit__path", "year")
    )
