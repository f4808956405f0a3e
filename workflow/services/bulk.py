"""Acts on many nominations: seal the set as it was seen, and do exactly that.

`seal_set` keeps the set and looks at each; a set above AT_ONCE is looked at by a worker, chunk by
chunk (`look_chunk`). Looking writes nothing but what it found. `begin_bulk` does what was sealed:
a set of up to AT_ONCE, and what goes by one paper, in one transaction, whole or not at all; a
larger one, and what goes by several papers, by a worker (workflow.tasks_bulk) in chunks or paper
by paper, each its own transaction, so that it can be stopped between two and goes on after a crash
where it was. What becomes of each is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from audit.errors import Refusal
from organisations.actors import Actor
from workflow.engine import Asked, BulkResult
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_bulk import (
    BulkChangedError,
    BulkStateError,
    BulkTooManyError,
)
from workflow.models import BulkAct, BulkItem, BulkState, Nomination
from workflow.models.bulk import Outcome
from workflow.queries import visible_nominations
from workflow.services.acting import act
from workflow.services.bulk_kinds import Kind
from workflow.services.bulk_papers import KINDS, SCAN
from workflow.services.central import Scan

AT_ONCE: Final = 500
"""The largest set that is done while the person waits."""
MOST: Final = 10_000
"""The largest set that is taken at all."""
CHUNK: Final = 200
TASK: Final = "workflow.tasks_bulk.go_on"


@act
def seal_set(
    *, actor: Actor, name: str, items: Sequence[Asked], data: Mapping[str, Any] | None = None
) -> BulkAct:
    """Keep a set with the versions that were seen, and for each whether it would go; return it.

    data  what the act needs to be looked at already (the way to change to)

    Moves nothing. Of more than AT_ONCE a worker is asked to look at each; the set is sealed when
    he has. Raises NotFoundError for an act that is none of bulk_kinds or a nomination
    that the person may not read, NothingChosenError, BulkTooManyError.
    """
    at, kind = timezone.now(), KINDS.get(name)
    if kind is None:
        raise NotFoundError
    given = list({item.nomination_id: item for item in items}.values())
    if not given:
        raise NothingChosenError
    most = most_of(kind)
    if len(given) > most:
        raise BulkTooManyError(len(given), most)
    row = BulkAct.objects.create(
        user_id=actor.user_id,
        name=name,
        data=dict(data or {}),
        digest=digest(name, given, data or {}),
        count=len(given),
        going=0,
        sealed_at=at,
        state=BulkState.LOOKING,
    )
    for position, chunk in _chunks(given):
        _keep_chunk(actor, row, chunk, position)
    if len(given) > AT_ONCE:
        return ask_worker(row)
    for _position, chunk in _chunks(given):
        _look_at(actor, row, chunk, at)
    _seal(row)
    return row


@act
def look_chunk(*, actor: Actor, act_id: UUID) -> None:
    """Look at the next chunk of a set that was not yet looked at; with the last it is sealed.

    By what the person may do at this very time. A stop that was asked for ends it.
    """
    at, row = timezone.now(), own(actor, act_id)
    if row.state != BulkState.LOOKING:
        return
    if row.cancel_asked:
        row.begun_at, row.state, row.ended_at = at, BulkState.CANCELLED, at
        row.save(update_fields=["begun_at", "state", "ended_at"])
        return
    unseen = row.items.filter(outcome=Outcome.UNSEEN).order_by("position")
    chunk = [Asked(*one) for one in unseen.values_list("nomination_id", "version")[:CHUNK]]
    _look_at(actor, row, chunk, at)
    if not unseen.exists():
        _seal(row)


def most_of(kind: Kind) -> int:
    """Return how many a set may hold; a paper names AT_ONCE at most."""
    return MOST if kind.group is None else AT_ONCE


def digest(name: str, items: Iterable[Asked], data: Mapping[str, Any]) -> str:
    """Return what seals a set: the act, each key with its version in order, and what goes along."""
    lines = [[str(item.nomination_id), item.expected_version] for item in items]
    text = json.dumps([name, lines, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _chunks(items: Sequence[Asked]) -> Iterator[tuple[int, Sequence[Asked]]]:
    for begin in range(0, len(items), CHUNK):
        yield begin, items[begin : begin + CHUNK]


def _keep_chunk(actor: Actor, row: BulkAct, items: Sequence[Asked], begin: int) -> None:
    keys = [item.nomination_id for item in items]
    if visible_nominations(actor).filter(pk__in=keys).order_by().count() < len(keys):
        raise NotFoundError
    BulkItem.objects.bulk_create(
        BulkItem(
            act=row,
            position=begin + number,
            nomination_id=item.nomination_id,
            version=item.expected_version,
            goes=False,
            outcome=Outcome.UNSEEN,
        )
        for number, item in enumerate(items)
    )


def _look_at(actor: Actor, row: BulkAct, items: Sequence[Asked], at: datetime) -> None:
    """Keep of each whether it would go now, or why not."""
    refused = KINDS[row.name].look(actor, items, row.data, at)
    seen = row.items.filter(nomination__in=[item.nomination_id for item in items])
    seen.exclude(nomination__in=list(refused)).update(goes=True, outcome=Outcome.WAITING)
    keep_refusals(row, refused, Outcome.REFUSED)


def _seal(row: BulkAct) -> None:
    """Say that all of a set was looked at: it may be begun."""
    row.going, row.state = row.items.filter(goes=True).count(), BulkState.SEALED
    row.save(update_fields=["going", "state"])


def said(refusal: Refusal) -> str:
    """Return a refusal as the list of results keeps it."""
    return f"{refusal.what} {refusal.why}".strip()


@act
def begin_bulk(
    *,
    actor: Actor,
    act_id: UUID,
    seal: str,
    typed: Mapping[str, Any] | None = None,
    scan: Scan | None = None,
) -> BulkAct:
    """Do what was sealed, or ask a worker to; return the act.

    seal   the digest that the page showed: whoever looked at another set does not do this one
    typed  what the act asks for besides its set, plain, by the fields of its form; kept
    scan   of the centre's paper, inspected (central.inspected)

    At once it is exactly the set that the dry run let go, all of it in this transaction, or
    BulkChangedError says what changed and nothing was done. By a worker each goes on its own
    merits, or with those that go by its paper. Raises NotFoundError for another person's act,
    BulkStateError, and what the act's service raises for what was typed.
    """
    at, row = timezone.now(), own(actor, act_id)
    if row.state != BulkState.SEALED or row.digest != seal:
        raise BulkStateError(str(BulkState(row.state).label))
    if not row.going:
        raise NothingChosenError
    row.data = {**row.data, **(typed or {})}
    row.begun_at, row.state = at, BulkState.RUNNING
    row.save(update_fields=["begun_at", "state", "data"])
    if row.going > AT_ONCE:
        return ask_worker(row)
    kind, waiting = KINDS[row.name], _waiting(row, AT_ONCE)
    if kind.group is not None:
        _raise(kind.look(actor, waiting, row.data, at))
    groups = _groups(row, waiting)
    if len(groups) > 1:
        return ask_worker(row)
    _raise(_do(actor, row, groups[0], at, {SCAN: scan}).refused)
    end(row, BulkState.DONE, at)
    return row


def papers_of(row: BulkAct) -> int:
    """Return by how many papers those that wait would go; none where each goes on its merits."""
    if KINDS[row.name].group is None:
        return 0
    return len(_groups(row, _waiting(row, AT_ONCE)))


def ask_worker(row: BulkAct) -> BulkAct:
    """Ask a worker to go on with an act, in the same transaction, and return it."""
    async_task(TASK, str(row.pk), task_name=f"bulk {row.pk}")
    return row


def _waiting(row: BulkAct, most: int) -> list[Asked]:
    """Return the next of those of whom it is not known what became, in the order chosen."""
    waiting = row.items.filter(outcome=Outcome.WAITING).order_by("position")
    note = {"bulk": str(row.pk)}
    return [Asked(*one, note) for one in waiting.values_list("nomination_id", "version")[:most]]


def _whole_dossiers(waiting: list[Asked]) -> list[Asked]:
    """Return the first CHUNK or fewer, so that no dossier is cut in two: each gets its paper once.

    A dossier with more than CHUNK is taken whole, so far as it is among those given.
    """
    if len(waiting) <= CHUNK:
        return waiting
    rows = Nomination.objects.filter(pk__in=[item.nomination_id for item in waiting]).order_by()
    dossiers = dict(rows.values_list("pk", "dossier_id"))
    places = [dossiers[item.nomination_id] for item in waiting]
    ends = [at for at in range(1, len(places)) if places[at] != places[at - 1]]
    fitting = [at for at in ends if at <= CHUNK]
    return waiting[: fitting[-1] if fitting else (ends or [len(waiting)])[0]]


def _groups(row: BulkAct, waiting: Sequence[Asked]) -> list[list[Asked]]:
    """Return sets of which each goes by one paper; one of all where each goes on its merits."""
    group = KINDS[row.name].group
    if group is None:
        return [list(waiting)]
    by = group([item.nomination_id for item in waiting])
    groups: dict[Hashable, list[Asked]] = {}
    for item in waiting:
        groups.setdefault(by.get(item.nomination_id), []).append(item)
    return list(groups.values())


def own(actor: Actor, act_id: UUID) -> BulkAct:
    """Return an act of the person's own, locked, or raise NotFoundError."""
    row = (
        BulkAct.objects.select_for_update(no_key=True).filter(pk=act_id, user=actor.user_id).first()
    )
    if row is None:
        raise NotFoundError
    return row


def _raise(refused: Mapping[UUID, Refusal]) -> None:
    """Raise a denial, or what has changed of a set since it was sealed, where anything has."""
    for refusal in refused.values():
        if isinstance(refusal, AccessDeniedError):
            raise refusal
    if refused:
        raise BulkChangedError([said(refusal) for refusal in refused.values()])


def end(row: BulkAct, state: BulkState, at: datetime) -> None:
    """Write that an act has ended, and how."""
    row.state, row.ended_at = state, at
    row.save(update_fields=["state", "ended_at"])


def _do(
    actor: Actor, row: BulkAct, asked: Sequence[Asked], at: datetime, more: Mapping[str, Any]
) -> BulkResult:
    """Do it to some of those that wait, and keep what became of each; return who was refused.

    Raises what the act's service raises for all of them.
    """
    keys, kind = [item.nomination_id for item in asked], KINDS[row.name]
    stood = Nomination.objects.filter(pk__in=keys).order_by()
    places = {key: tuple(was) for key, *was in stood.values_list("pk", "state", "resume_to")}
    done = kind.perform(actor, asked, {**row.data, **more}, at)
    refused = done.refused if kind.group is None and isinstance(done, BulkResult) else {}
    groups: dict[tuple[str, ...], list[UUID]] = {}
    for key in keys:
        if key not in refused:
            groups.setdefault(places[key], []).append(key)
    for (state, resume_to), moved in groups.items():
        row.items.filter(nomination__in=moved).update(
            outcome=Outcome.MOVED,
            from_state=state,
            from_resume_to=resume_to,
            version_after=F("version") + 1,
        )
    keep_refusals(row, refused, Outcome.REFUSED)
    return BulkResult(refused=dict(refused))


def keep_refusals(row: BulkAct, refused: Mapping[UUID, Refusal], outcome: Outcome) -> None:
    """Keep of some of the set why it came out so."""
    items = list(row.items.filter(nomination__in=list(refused)))
    for item in items:
        refusal = refused[item.nomination_id]
        item.outcome, item.code, item.why = outcome, refusal.code, said(refusal)
    BulkItem.objects.bulk_update(items, ["outcome", "code", "why"])


@act
def run_chunk(*, actor: Actor, act_id: UUID) -> BulkResult:
    """Do the next chunk or group of a running act; it ends with the last, or where a stop was asked.

    By what the person may do at this very time.
    """
    at, row = timezone.now(), own(actor, act_id)
    if row.state != BulkState.RUNNING:
        return BulkResult()
    if row.cancel_asked:
        end(row, BulkState.CANCELLED, at)
        return BulkResult()
    some = _waiting(row, AT_ONCE)
    if KINDS[row.name].group is None:
        some = _whole_dossiers(some)
    result = _do_or_tell(actor, row, _groups(row, some)[0], at)
    if not row.items.filter(outcome=Outcome.WAITING).exists():
        end(row, BulkState.DONE, at)
    return result


def _do_or_tell(actor: Actor, row: BulkAct, some: Sequence[Asked], at: datetime) -> BulkResult:
    """Do it to some; what refuses all of them is kept as the reason of each, and nothing else."""
    try:
        with transaction.atomic():
            return _do(actor, row, some, at, {})
    except Refusal as refusal:
        refused = dict.fromkeys((item.nomination_id for item in some), refusal)
        keep_refusals(row, refused, Outcome.REFUSED)
        return BulkResult(refused=refused)


@act
def cancel_bulk(*, actor: Actor, act_id: UUID) -> BulkAct:
    """Stop an act, or its dry run, after the chunk that is being done; what was done stays done."""
    row = own(actor, act_id)
    if row.state not in {BulkState.LOOKING, BulkState.RUNNING}:
        raise BulkStateError(str(BulkState(row.state).label))
    row.cancel_asked = True
    row.save(update_fields=["cancel_asked"])
    return row
