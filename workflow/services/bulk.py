"""Acts on many nominations: seal the set as it was seen, do exactly that, and undo in time.

`seal_set` looks at each and writes nothing but the set with what it found. `begin_bulk` does what
was sealed: a set of up to AT_ONCE in one transaction, whole or not at all; a larger one in chunks
by a worker (workflow.tasks_bulk), each chunk its own transaction, so that it can be stopped
between two and goes on after a crash where it was. What becomes of each is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from audit.errors import Refusal
from organisations.actors import Actor
from workflow.engine import Asked, BulkResult
from workflow.engine_sets import Before, take_back
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError, ValueMissingError
from workflow.errors_bulk import (
    BulkChangedError,
    BulkStateError,
    BulkTooManyError,
    UndoClosedError,
)
from workflow.models import BulkAct, BulkItem, BulkState, Nomination
from workflow.models.bulk import Outcome
from workflow.queries import visible_nominations
from workflow.services.acting import act
from workflow.services.bulk_kinds import KINDS, Kind
from workflow.services.nominees import tidy
from workflow.states import MOVES, State

AT_ONCE: Final = 500
"""The largest set that is done while the person waits."""
MOST: Final = 10_000
"""The largest set that is taken at all."""
CHUNK: Final = 200
UNDO_WITHIN: Final = timedelta(minutes=30)
TASK: Final = "workflow.tasks_bulk.go_on"


@act
def seal_set(
    *, actor: Actor, name: str, items: Sequence[Asked], data: Mapping[str, Any] | None = None
) -> BulkAct:
    """Keep a set with the versions that were seen, and for each whether it would go; return it.

    data  what the act needs to be looked at already (the way to change to)

    Moves nothing. Raises NotFoundError for an act that is none of bulk_kinds or a nomination
    that the person may not read, NothingChosenError, BulkTooManyError.
    """
    at, kind = timezone.now(), KINDS.get(name)
    if kind is None:
        raise NotFoundError
    given = list({item.nomination_id: item for item in items}.values())
    if not given:
        raise NothingChosenError
    if len(given) > MOST:
        raise BulkTooManyError(len(given), MOST)
    row = BulkAct.objects.create(
        user_id=actor.user_id,
        name=name,
        data=dict(data or {}),
        digest=digest(name, given, data or {}),
        count=len(given),
        going=0,
        sealed_at=at,
    )
    for position, chunk in _chunks(given):
        row.going += _seal_chunk(actor, kind, row, chunk, position, at)
    row.save(update_fields=["going"])
    return row


def digest(name: str, items: Iterable[Asked], data: Mapping[str, Any]) -> str:
    """Return what seals a set: the act, each key with its version in order, and what goes along."""
    lines = [[str(item.nomination_id), item.expected_version] for item in items]
    text = json.dumps([name, lines, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _chunks(items: Sequence[Asked]) -> Iterator[tuple[int, Sequence[Asked]]]:
    for begin in range(0, len(items), CHUNK):
        yield begin, items[begin : begin + CHUNK]


def _seal_chunk(
    actor: Actor, kind: Kind, row: BulkAct, items: Sequence[Asked], begin: int, at: datetime
) -> int:
    keys = [item.nomination_id for item in items]
    if visible_nominations(actor).filter(pk__in=keys).order_by().count() < len(keys):
        raise NotFoundError
    refused = kind.look(actor, items, row.data, at)
    BulkItem.objects.bulk_create(
        _item(row, begin + number, item, refused.get(item.nomination_id))
        for number, item in enumerate(items)
    )
    return len(items) - len(refused)


def _item(row: BulkAct, position: int, item: Asked, refusal: Refusal | None) -> BulkItem:
    return BulkItem(
        act=row,
        position=position,
        nomination_id=item.nomination_id,
        version=item.expected_version,
        goes=refusal is None,
        outcome=Outcome.WAITING if refusal is None else Outcome.REFUSED,
        code=refusal.code if refusal else "",
        why=said(refusal) if refusal else "",
    )


def said(refusal: Refusal) -> str:
    """Return a refusal as the list of results keeps it."""
    return f"{refusal.what} {refusal.why}".strip()


@act
def begin_bulk(*, actor: Actor, act_id: UUID, seal: str, reason: str = "") -> BulkAct:
    """Do what was sealed, or ask a worker to; return the act.

    seal  the digest that the page showed: whoever looked at another set does not do this one

    Up to AT_ONCE it is exactly the set that the dry run let go, all of it in this transaction, or
    BulkChangedError says what changed and nothing was done. Above, each goes on its own merits.
    Raises NotFoundError for another person's act, BulkStateError, ValueMissingError.
    """
    at, row = timezone.now(), _own(actor, act_id)
    if row.state != BulkState.SEALED or row.digest != seal:
        raise BulkStateError(str(BulkState(row.state).label))
    if KINDS[row.name].reason:
        row.data = {**row.data, "reason": tidy(reason)}
        if not row.data["reason"]:
            raise ValueMissingError(_("Lý do"))
    if not row.going:
        raise NothingChosenError
    row.begun_at, row.state = at, BulkState.RUNNING
    row.save(update_fields=["begun_at", "state", "data"])
    if row.going > AT_ONCE:
        async_task(TASK, str(row.pk), task_name=f"bulk {row.pk}")
        return row
    result = _do_chunk(actor, row, AT_ONCE, at)
    if result.refused:
        _raise(result)
    _end(row, BulkState.DONE, at)
    return row


def _own(actor: Actor, act_id: UUID) -> BulkAct:
    row = BulkAct.objects.select_for_update().filter(pk=act_id, user=actor.user_id).first()
    if row is None:
        raise NotFoundError
    return row


def _raise(result: BulkResult) -> None:
    for refusal in result.refused.values():
        if isinstance(refusal, AccessDeniedError):
            raise refusal
    raise BulkChangedError([said(refusal) for refusal in result.refused.values()])


def _end(row: BulkAct, state: BulkState, at: datetime) -> None:
    row.state, row.ended_at = state, at
    row.save(update_fields=["state", "ended_at"])


def _do_chunk(actor: Actor, row: BulkAct, most: int, at: datetime) -> BulkResult:
    """Do the next of those that wait, and keep what became of each."""
    waiting = list(row.items.filter(outcome=Outcome.WAITING).order_by("position")[:most])
    note = {**({"reason": row.data["reason"]} if "reason" in row.data else {}), "bulk": str(row.pk)}
    asked = [Asked(item.nomination_id, item.version, note) for item in waiting]
    stood = Nomination.objects.filter(pk__in=[item.nomination_id for item in asked])
    before = {key: was for key, *was in stood.values_list("pk", "state", "resume_to")}
    result = KINDS[row.name].perform(actor, asked, row.data, at)
    groups: dict[tuple[str, str], list[UUID]] = {}
    for moved in result.moved:
        state, resume_to = before[moved.pk]
        groups.setdefault((state, resume_to), []).append(moved.pk)
    for (state, resume_to), keys in groups.items():
        row.items.filter(nomination__in=keys).update(
            outcome=Outcome.MOVED,
            from_state=state,
            from_resume_to=resume_to,
            version_after=F("version") + 1,
        )
    _keep_refusals(row, result.refused, Outcome.REFUSED)
    return result


def _keep_refusals(row: BulkAct, refused: Mapping[UUID, Refusal], outcome: Outcome) -> None:
    items = list(row.items.filter(nomination__in=list(refused)))
    for item in items:
        refusal = refused[item.nomination_id]
        item.outcome, item.code, item.why = outcome, refusal.code, said(refusal)
    BulkItem.objects.bulk_update(items, ["outcome", "code", "why"])


@act
def run_chunk(*, actor: Actor, act_id: UUID) -> BulkResult:
    """Do the next chunk of a running act; the act ends with the last, or where a stop was asked.

    Each is moved on its own merits, by what the person may do at this very time.
    """
    at, row = timezone.now(), _own(actor, act_id)
    if row.state != BulkState.RUNNING:
        return BulkResult()
    if row.cancel_asked:
        _end(row, BulkState.CANCELLED, at)
        return BulkResult()
    result = _do_chunk(actor, row, CHUNK, at)
    if not row.items.filter(outcome=Outcome.WAITING).exists():
        _end(row, BulkState.DONE, at)
    return result


@act
def cancel_bulk(*, actor: Actor, act_id: UUID) -> BulkAct:
    """Stop a running act after the chunk that is being done; what was done stays done."""
    row = _own(actor, act_id)
    if row.state != BulkState.RUNNING:
        raise BulkStateError(str(BulkState(row.state).label))
    row.cancel_asked = True
    row.save(update_fields=["cancel_asked"])
    return row


@act
def undo_bulk(*, actor: Actor, act_id: UUID) -> BulkAct:
    """Put back what an act has moved, within UNDO_WITHIN of its end; return the act.

    Only what nobody has touched since; of each of the others it is kept why it stays. Raises
    UndoClosedError where the move is none that can be taken back, or it is too late.
    """
    at, row = timezone.now(), _own(actor, act_id)
    if row.state not in {BulkState.DONE, BulkState.CANCELLED}:
        raise BulkStateError(str(BulkState(row.state).label))
    why = undo_closed(row, at)
    if why:
        raise UndoClosedError(why)
    moved = list(row.items.filter(outcome=Outcome.MOVED).order_by("position"))
    for begin in range(0, len(moved), CHUNK):
        _undo_chunk(actor, row, moved[begin : begin + CHUNK], at)
    row.state = BulkState.UNDONE
    row.save(update_fields=["state"])
    return row


def undo_closed(row: BulkAct, at: datetime) -> str:
    """Return why an act that has ended cannot be undone now; "" where it can."""
    if not KINDS[row.name].undoable:
        return _("Việc này đã sinh ra văn bản hoặc kết luận, nên không hoàn tác được.")
    if row.ended_at is None or at > row.ended_at + UNDO_WITHIN:
        return _("Chỉ hoàn tác được trong %(minutes)d phút sau khi xong.") % {
            "minutes": UNDO_WITHIN.total_seconds() // 60
        }
    return ""


def _undo_chunk(actor: Actor, row: BulkAct, items: Sequence[BulkItem], at: datetime) -> None:
    result = take_back(
        actor=actor,
        move=MOVES[row.name],
        items=[
            Asked(item.nomination_id, item.version_after or 0, {"bulk": str(row.pk)})
            for item in items
        ],
        before={
            item.nomination_id: Before(State(item.from_state), item.from_resume_to)
            for item in items
        },
        at=at,
    )
    row.items.filter(nomination__in=[one.pk for one in result.moved]).update(outcome=Outcome.UNDONE)
    _keep_refusals(row, result.refused, Outcome.KEPT)
