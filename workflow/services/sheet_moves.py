"""The only code that changes a yearly sheet's state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.errors import CampaignClosedError
from campaigns.models import Status
from organisations.actors import Actor, Mandate
from workflow.engine import desk_paths
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.figure_errors import SheetChangedError, SheetMoveNotAllowedError
from workflow.figure_states import SheetMove, SheetState
from workflow.models import FigureSheet
from workflow.permissions import Decision, mandate_for
from workflow.states import Desk


def lock_sheet(sheet_id: UUID) -> FigureSheet:
    """Return a sheet locked, or raise NotFoundError."""
    row = (
        FigureSheet.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit", "campaign", "group")
        .filter(pk=sheet_id)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def can_move(
    actor: Actor, move: SheetMove, sheet: FigureSheet, desks: Mapping[Desk, str]
) -> Decision:
    """Return whether an actor may make a move on a sheet, by which mandate.

    desks  the paths of the units at the campaign's desks

    Nobody checks figures that he sent himself. Whether the state allows the move is not asked.
    """
    path = sheet.unit.path if move.desk is Desk.UNIT else desks.get(move.desk)
    mandate = mandate_for(actor, move.desk, move.roles, path)
    if mandate is None:
        names = ", ".join(sorted(str(role.label) for role in move.roles))
        return Decision(None, _("Việc này của: %(roles)s.") % {"roles": names})
    if move.desk is Desk.APPRAISAL and sheet.sent_by_id == actor.user_id:
        return Decision(None, _("Không ai được kiểm tra số liệu do chính mình gửi."))
    return Decision(mandate)


def require_move(
    actor: Actor, move: SheetMove, sheet: FigureSheet, expected_version: int
) -> Mandate:
    """Return the mandate for a move on a locked sheet, or refuse.

    Raises SheetChangedError, AccessDeniedError, SheetMoveNotAllowedError, CampaignClosedError.
    """
    if sheet.version != expected_version:
        raise SheetChangedError(
            year=sheet.year, changed_by=sheet.changed_by, changed_at=sheet.changed_at
        )
    desks = desk_paths([sheet.campaign_id]).get(sheet.campaign_id, {})
    decision = can_move(actor, move, sheet, desks)
    if decision.mandate is None:
        raise AccessDeniedError(act=str(move.label), why=decision.why)
    state = SheetState(sheet.state)
    if state not in move.sources:
        raise SheetMoveNotAllowedError(year=sheet.year, move=move, state=state)
    if sheet.campaign.status == Status.CLOSED:
        raise CampaignClosedError(sheet.campaign.name)
    return decision.mandate


def move_sheet(
    *,
    actor: Actor,
    mandate: Mandate,
    move: SheetMove,
    sheet: FigureSheet,
    at: datetime,
    data: Mapping[str, Any],
) -> FigureSheet:
    """Write a sheet that `require_move` let pass, at its next state and version, and record it.

    data  plain values that the event keeps; its key "figures" tells each line before and after
    """
    before = {"state": sheet.state, "version": sheet.version}
    if move.target is not None:
        sheet.state = move.target
    sheet.version += 1
    sheet.changed_at, sheet.changed_by = at, actor.name
    sheet.save()
    entry = Entry(
        stream=stream_of(sheet),
        action=move.event,
        subject=sheet.subject,
        before=before,
        after={"state": sheet.state, "version": sheet.version},
        data={"year": sheet.year, **data},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return sheet


def stream_of(sheet: FigureSheet) -> str:
    """Return the name of the chain in which all sheets of a unit in a campaign are told."""
    return f"figures:{sheet.campaign.key}:{sheet.unit.code}"
