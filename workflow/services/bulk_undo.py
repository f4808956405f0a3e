"""Undoing an act on many: put back, in time and by the engine, what nobody has touched since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.actors import Actor
from workflow.engine import Asked, BulkResult
from workflow.engine_sets import Before, take_back
from workflow.errors_bulk import BulkStateError, UndoClosedError
from workflow.models import BulkAct, BulkState
from workflow.models.bulk import Outcome
from workflow.services.acting import act
from workflow.services.bulk import AT_ONCE, CHUNK, ask_worker, keep_refusals, own
from workflow.services.bulk_papers import KINDS
from workflow.states import MOVES, State

UNDO_WITHIN: Final = timedelta(minutes=30)


@act
def undo_bulk(*, actor: Actor, act_id: UUID) -> BulkAct:
    """Put back what an act has moved, within UNDO_WITHIN of its end; return the act.

    Only what nobody has touched since; of each of the others it is kept why it stays. More than
    AT_ONCE are put back by a worker, in chunks. Raises UndoClosedError where the move is none that
    can be taken back, or it is too late.
    """
    at, row = timezone.now(), own(actor, act_id)
    if row.state not in {BulkState.DONE, BulkState.CANCELLED}:
        raise BulkStateError(str(BulkState(row.state).label))
    why = undo_closed(row, at)
    if why:
        raise UndoClosedError(why)
    row.state = BulkState.UNDOING
    row.save(update_fields=["state"])
    if row.items.filter(outcome=Outcome.MOVED).count() > AT_ONCE:
        return ask_worker(row)
    _put_back(actor, row, AT_ONCE, at)
    return row


@act
def undo_chunk(*, actor: Actor, act_id: UUID) -> BulkResult:
    """Put back the next chunk of an act that is being undone."""
    row = own(actor, act_id)
    if row.state != BulkState.UNDOING:
        return BulkResult()
    return _put_back(actor, row, CHUNK, timezone.now())


def undo_closed(row: BulkAct, at: datetime) -> str:
    """Return why an act that has ended cannot be undone now; "" where it can."""
    if not KINDS[row.name].undoable:
        return _("Việc này đã sinh ra văn bản hoặc kết luận, nên không hoàn tác được.")
    if row.ended_at is None or at > row.ended_at + UNDO_WITHIN:
        return _("Chỉ hoàn tác được trong %(minutes)d phút sau khi xong.") % {
            "minutes": UNDO_WITHIN.total_seconds() // 60
        }
    return ""


def _put_back(actor: Actor, row: BulkAct, most: int, at: datetime) -> BulkResult:
    """Put back the next of those that were moved; the act is undone with the last."""
    items = list(row.items.filter(outcome=Outcome.MOVED).order_by("position")[:most])
    note = {"bulk": str(row.pk)}
    result = take_back(
        actor=actor,
        move=MOVES[row.name],
        items=[Asked(item.nomination_id, item.version_after or 0, note) for item in items],
        before={
            item.nomination_id: Before(State(item.from_state), item.from_resume_to)
            for item in items
        },
        at=at,
    )
    row.items.filter(nomination__in=[one.pk for one in result.moved]).update(outcome=Outcome.UNDONE)
    keep_refusals(row, result.refused, Outcome.KEPT)
    if not row.items.filter(outcome=Outcome.MOVED).exists():
        row.state = BulkState.UNDONE
        row.save(update_fields=["state"])
    return result
