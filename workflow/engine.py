"""The only code that changes a nomination's state.

`fire` moves one nomination, `fire_many` moves a set; both take the same seven steps: load and
lock, check the version, check the authority, check the transition, write, record the event, and
leave what must follow the commit to the service that called. Both run inside the caller's
transaction and lock nominations in the order of their keys (docs/architecture.md, "Locks").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.errors import Refusal
from audit.services import Entry, record_acts
from campaigns.models import Desk as DeskRow
from organisations.actors import Actor, Mandate
from workflow.authority import line_for
from workflow.clocks import Limits, limits_for, set_days
from workflow.engine_rows import in_full, read_shared
from workflow.errors import (
    AccessDeniedError,
    DeskEmptyError,
    MoveNotAllowedError,
    NominationChangedError,
    NotFoundError,
)
from workflow.fsm import TransitionNotAllowed, advance
from workflow.gating import load_unmet
from workflow.guards import GUARDS
from workflow.hands import conflict_noted, load_hands
from workflow.living import require_alive
from workflow.models import Nomination, WorkItem
from workflow.notice_gate import load_notice_bars
from workflow.permissions import acting_roles, can
from workflow.persons import load_namesakes_for
from workflow.states import HOLDERS, Back, Desk, Move, State, holder_of
from workflow.taken import load_taken, require_free

T = TypeVar("T")
CHUNK = 200
"""How many rows are locked and written at once; larger chunks gained nothing measured."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One nomination in a set, with the version its asker saw and what goes with the act.

    due_on  the last day for whoever holds it next, where the act itself names one
    """

    nomination_id: UUID
    expected_version: int
    data: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None


@dataclass(slots=True)
class BulkResult:
    """What became of a set: those that went, and a reason for each that did not."""

    moved: list[Nomination] = field(default_factory=list)
    refused: dict[UUID, Refusal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One nomination that has been moved in memory and has yet to be written."""

    nomination: Nomination
    mandate: Mandate
    source: State
    holder_path: str
    data: Mapping[str, Any]
    due_on: date | None
    noted: Mapping[str, Any] = field(default_factory=dict)


def fire(
    *,
    actor: Actor,
    move: Move,
    nomination_id: UUID,
    expected_version: int,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Nomination:
    """Move one nomination and return it as written.

    data  plain values that the event keeps beside the change of state

    Raises NotFoundError, NominationChangedError, AccessDeniedError, MoveNotAllowedError,
    DeskEmptyError or what a guard refuses with; nothing is written then.
    """
    asked = Asked(nomination_id, expected_version, data or {})
    return fire_all(actor=actor, move=move, items=[asked], at=at)[0]


def fire_all(*, actor: Actor, move: Move, items: Iterable[Asked], at: datetime) -> list[Nomination]:
    """Move a set that goes by one paper: all of it, or the first refusal is raised.

    Raises as fire; the caller's transaction then undoes what was written of the others.
    """
    return whole(fire_many(actor=actor, move=move, items=items, at=at))


def whole(result: BulkResult) -> list[Nomination]:
    """Return what moved of a set that goes whole or not at all; raises the first refusal."""
    for refusal in result.refused.values():
        raise refusal
    return result.moved


def fire_many(*, actor: Actor, move: Move, items: Iterable[Asked], at: datetime) -> BulkResult:
    """Move a set, each on its own merits: one that is refused does not hold the others back.

    For all or nothing, see fire_all.
    All are locked before anything is written and the log comes last, so that two sets wait for
    each other and never for ever. Costs a fixed number of queries for every CHUNK nominations.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        message = "engine.fire_many runs inside the service's transaction"
        raise transaction.TransactionManagementError(message)
    result = BulkResult()
    each = {item.nomination_id: item for item in items}  # ticked twice is asked once
    asked = [each[key] for key in sorted(each)]
    rows = load(item.nomination_id for item in asked)
    steps = list(_decide(actor, move, asked, rows, at, result))
    done = Done(move.event, move.name, came_back=move.target is Back.WHERE_IT_WAS)
    write(actor=actor, steps=steps, done=done, at=at)
    result.moved.extend(step.nomination for step in steps)
    return result


def examine(
    *, actor: Actor, move: Move, items: Iterable[Asked], at: datetime
) -> dict[UUID, Refusal]:
    """Return why each of a set would be refused if it were moved now; who would go is left out.

    Locks and writes nothing, and costs the same few queries for every CHUNK nominations. What
    a service asks for beyond the move (a meeting, a letter) is not looked at.
    """
    asked, result = list(items), BulkResult()
    rows = load((item.nomination_id for item in asked), lock=False)
    for _step_in_memory in _decide(actor, move, asked, rows, at, result):
        pass
    return result.refused


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def load(ids: Iterable[UUID], *, lock: bool = True) -> dict[UUID, Nomination]:
    """Return nominations with all that a move looks at, locked in the order of their keys."""
    wanted, rows = sorted(ids), dict[UUID, Nomination]()
    found = in_full(len(wanted))
    found = found.select_for_update(no_key=True, of=("self",)) if lock else found
    for some in _chunks(wanted):
        for row in found.filter(pk__in=some).order_by("pk"):
            row.limited = row.has_limits
            rows[row.pk] = row
    read_shared(rows.values())
    return rows


def desk_paths(campaign_ids: Iterable[UUID]) -> dict[UUID, dict[Desk, str]]:
    """Return, per campaign, the path of the unit at each desk; empty desks are left out."""
    paths: dict[UUID, dict[Desk, str]] = {}
    rows = DeskRow.objects.filter(campaign_id__in=set(campaign_ids), unit__isnull=False)
    for campaign_id, desk, path in rows.values_list("campaign_id", "desk", "unit__path"):
        paths.setdefault(campaign_id, {})[Desk(desk)] = path
    return paths


def _decide(
    actor: Actor,
    move: Move,
    asked: Sequence[Asked],
    rows: Mapping[UUID, Nomination],
    at: datetime,
    result: BulkResult,
) -> Iterator[Step]:
    desks = desk_paths(row.dossier.occasion.campaign_id for row in rows.values())
    every = list(rows.values())
    load_unmet(every, [move], at)
    load_notice_bars(every, [move], timezone.localdate(at))
    load_namesakes_for(every, [move])
    load_hands(every, [move])
    load_taken(every)
    for item in asked:
        nomination = rows.get(item.nomination_id)
        try:
            if nomination is None:
                raise NotFoundError
            campaign_desks = desks.get(nomination.dossier.occasion.campaign_id, {})
            paths = {**campaign_desks, Desk.UNIT: nomination.dossier.unit.path}
            yield _step(actor, move, nomination, item, paths, at)
        except Refusal as refusal:
            result.refused[item.nomination_id] = refusal


def _step(
    actor: Actor,
    move: Move,
    nomination: Nomination,
    item: Asked,
    paths: Mapping[Desk, str],
    at: datetime,
) -> Step:
    check_version(nomination, item.expected_version)
    _check_unit(move, nomination, at)
    mandate = _check_authority(actor, move, nomination, paths)
    require_free(actor, mandate, nomination)
    noted = conflict_noted(actor, move, nomination)
    source = _check_transition(move, nomination)
    nomination.version += 1
    nomination.changed_at = at
    nomination.changed_by = actor.name
    path = holder_path(nomination, paths)
    return Step(nomination, mandate, source, path, item.data, item.due_on, noted)


def check_version(nomination: Nomination, expected_version: int) -> None:
    """Raise NominationChangedError where somebody has changed it since it was shown."""
    if nomination.version != expected_version:
        raise NominationChangedError(
            name=nomination.nominee.name,
            changed_by=nomination.changed_by,
            changed_at=nomination.changed_at,
        )


def _check_unit(move: Move, nomination: Nomination, at: datetime) -> None:
    """Refuse what a dissolved unit would do, and what would be laid on its empty table.

    Its dossiers wait for hand-over (services.handing_over); what lies at a desk of the campaign
    goes on meanwhile.
    """
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    acting, _roles = acting_roles(move, State(nomination.state), resume_to, nomination.flow_version)
    target = HOLDERS.get(move.target) if isinstance(move.target, State) else None
    if acting is Desk.UNIT or (target is not None and target.desk is Desk.UNIT):
        require_alive(nomination.dossier.unit, timezone.localdate(at))


def _check_authority(
    actor: Actor, move: Move, nomination: Nomination, paths: Mapping[Desk, str]
) -> Mandate:
    state = State(nomination.state)
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    if line_for(move, state, resume_to, nomination.flow_version) is None:
        raise MoveNotAllowedError(name=nomination.nominee.name, move=move, state=state)
    decision = can(actor, move, nomination, paths)
    if decision.mandate is None:
        raise AccessDeniedError(act=str(move.label), why=decision.why)
    return decision.mandate


def _check_transition(move: Move, nomination: Nomination) -> State:
    for name in move.guards:
        refusal = GUARDS[name](nomination)
        if refusal is not None:
            raise refusal
    try:
        return advance(nomination, move)
    except TransitionNotAllowed as error:
        state = State(nomination.state)
        raise MoveNotAllowedError(name=nomination.nominee.name, move=move, state=state) from error


def holder_path(nomination: Nomination, paths: Mapping[Desk, str]) -> str:
    """Return the path of the unit that holds the nomination now, or "" where nobody does.

    Raises DeskEmptyError where no unit sits at the desk that would hold it.
    """
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    holder = holder_of(State(nomination.state), resume_to, nomination.flow_version)
    if holder is None:
        return ""
    if holder.desk not in paths:
        raise DeskEmptyError(holder.desk)
    return paths[holder.desk]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a set: the event's name, the outcome of the work that it closes."""

    event: str
    outcome: str
    came_back: bool = False


def write(*, actor: Actor, steps: Sequence[Step], done: Done, at: datetime) -> None:
    """Write a set that was moved in memory: nominations, work items, and the log last."""
    limits = limits_for([step.nomination for step in steps if step.nomination.limited])
    for chunk in _chunks(steps):
        _write_states(actor, chunk, at)
        _close_work(actor, done.outcome, chunk, at)
        open_work(
            [(step.nomination, step.holder_path) for step in chunk],
            at=at,
            limits=limits,
            named={step.nomination.pk: step.due_on for step in chunk if step.due_on},
            came_back=done.came_back,
        )
    acts = [(actor.who(step.mandate), _entry(done.event, step)) for step in steps]
    if acts:
        record_acts(acts=acts, at=at)


def _write_states(actor: Actor, steps: list[Step], at: datetime) -> None:
    """Write one statement for each state, with its way, that the nominations come to.

    That is one, but for moves back to where each was before.
    """
    groups: dict[tuple[str, str, int], list[UUID]] = {}
    for step in steps:
        row = step.nomination
        groups.setdefault((row.state, row.resume_to, row.flow_version), []).append(row.pk)
    for (state, resume_to, way), ids in groups.items():
        Nomination.objects.filter(pk__in=ids).update(
            state=state,
            resume_to=resume_to,
            flow_version=way,
            version=F("version") + 1,
            changed_at=at,
            changed_by=actor.name,
        )


def _close_work(actor: Actor, outcome: str, steps: list[Step], at: datetime) -> None:
    """Close what lay on the tables, with who did it: one statement for each who lent authority."""
    groups: dict[int, list[UUID]] = {}
    for step in steps:
        groups.setdefault(step.mandate.lender_id, []).append(step.nomination.pk)
    for lender_id, ids in groups.items():
        WorkItem.objects.filter(nomination__in=ids, closed_at__isnull=True).update(
            closed_at=at,
            closed_by=actor.name,
            closed_by_user=actor.user_id or None,
            closed_for=lender_id or None,
            outcome=outcome,
        )


def open_work(
    held: Iterable[tuple[Nomination, str]],
    *,
    at: datetime,
    limits: Limits,
    named: Mapping[UUID, date] | None = None,
    came_back: bool = False,
) -> None:
    """Put nominations on the tables of those who hold them; those that nobody holds, on none.

    limits, named, came_back  see workflow.clocks.set_days
    """
    items: list[tuple[WorkItem, Nomination]] = []
    for nomination, path in held:
        resume_to = State(nomination.resume_to) if nomination.resume_to else None
        holder = holder_of(State(nomination.state), resume_to, nomination.flow_version)
        if holder is not None:
            item = WorkItem(
                nomination=nomination,
                dossier_id=nomination.dossier_id,
                state=nomination.state,
                role=holder.role,
                unit_path=path,
                opened_at=at,
            )
            items.append((item, nomination))
    set_days(items, limits, named=named or {}, came_back=came_back)
    WorkItem.objects.bulk_create(item for item, _row in items)


def _entry(event: str, step: Step) -> Entry:
    nomination = step.nomination
    return Entry(
        stream=nomination.dossier.stream,
        action=event,
        subject=nomination.subject,
        before={"state": step.source.value, "version": nomination.version - 1},
        after={"state": nomination.state, "version": nomination.version},
        data={"nominee": nomination.nominee.name, **step.data, **step.noted},
    )
