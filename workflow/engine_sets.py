"""The engine's two other acts on sets: taking a move back, and going on by another table.

Both take the engine's seven steps and write with its own hands (engine.load, engine.write).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.routes import LINES as ROUTE_LINES
from organisations.actors import Actor, Mandate
from workflow.authority import BACK, LINES, Act
from workflow.engine import (
    CHUNK,
    Asked,
    BulkResult,
    Done,
    Step,
    check_version,
    desk_paths,
    holder_path,
    load,
    write,
)
from workflow.errors import AccessDeniedError, MoveNotAllowedError, NotFoundError
from workflow.errors_bulk import WayUnfitError
from workflow.hands import load_hands
from workflow.models import Nomination, WorkItem
from workflow.permissions import can, can_do
from workflow.states import Desk, Move, State, Way
from workflow.ways import WAYS

TAKEN_BACK: Final = "nomination.taken_back"
WAY_CHANGED: Final = "nomination.way_changed"
CHANGED: Final = "change_way"

Paths = Mapping[Desk, str]
Decide = Callable[[Nomination, Asked, Paths], Step]


@dataclass(frozen=True, slots=True)
class Before:
    """Where a nomination stood before the move that is taken back."""

    state: State
    resume_to: str = ""


def take_back(
    *,
    actor: Actor,
    move: Move,
    items: Iterable[Asked],
    before: Mapping[UUID, Before],
    at: datetime,
) -> BulkResult:
    """Put nominations back to where they were before a move, each on its own merits.

    items   with the version that the move made: what has been touched since stays
    before  where each stood

    Whoever takes a move back must be one who may make it. Raises ValueError for a move that
    cannot be taken back (Move.undoable).
    """
    if not move.undoable:
        message = f"{move.name} cannot be taken back"
        raise ValueError(message)

    def decide(row: Nomination, item: Asked, paths: Paths) -> Step:
        source = State(row.state)
        if source != move.target:
            raise MoveNotAllowedError(name=row.nominee.name, move=move, state=source)
        was = before[row.pk]
        row.state, row.resume_to = was.state, was.resume_to
        decision = can(actor, move, row, paths)
        if decision.mandate is None:
            raise AccessDeniedError(act=str(move.label), why=decision.why)
        data = {**item.data, "move": move.name}
        return Step(row, decision.mandate, source, holder_path(row, paths), data, None)

    done = Done(TAKEN_BACK, f"undo_{move.name}")
    return _rewrite(actor, items, decide, done, at, moves=[move])


def change_way(*, actor: Actor, items: Iterable[Asked], way: Way, at: datetime) -> BulkResult:
    """Let nominations that are under way go on by another table, each on its own merits.

    An administrator above the proposing unit does that. Refused where the table is none for the
    authority that decides, or knows not the state where the nomination stands, or was.
    """

    def decide(row: Nomination, item: Asked, paths: Paths) -> Step:
        mandate = _administrator(actor, row)
        _check_fit(row, way)
        source, was, row.flow_version = State(row.state), row.flow_version, way
        data = {**item.data, "from": was, "to": int(way)}
        return Step(row, mandate, source, holder_path(row, paths), data, None)

    result = _rewrite(actor, items, decide, Done(WAY_CHANGED, CHANGED, came_back=True), at)
    _keep_assignees([row.pk for row in result.moved], at)
    return result


def _keep_assignees(moved: Sequence[UUID], at: datetime) -> None:
    """Leave work with whoever had taken it, where role and place stay; he is not told anew."""
    work = WorkItem.objects.filter(nomination__in=moved)
    taken = {
        (row.nomination_id, row.role, row.unit_path): row
        for row in work.filter(closed_at=at, outcome=CHANGED, assignee__isnull=False)
    }
    if not taken:
        return
    kept = []
    for row in work.filter(closed_at__isnull=True, nomination__in={key[0] for key in taken}):
        before = taken.get((row.nomination_id, row.role, row.unit_path))
        if before is not None:
            row.assignee_id, row.told_at = before.assignee_id, before.told_at
            kept.append(row)
    WorkItem.objects.bulk_update(kept, ["assignee", "told_at"], batch_size=CHUNK)


def _rewrite(
    actor: Actor,
    items: Iterable[Asked],
    decide: Decide,
    done: Done,
    at: datetime,
    moves: Sequence[Move] = (),
) -> BulkResult:
    asked, result = list(items), BulkResult()
    rows = load(item.nomination_id for item in asked)
    load_hands(list(rows.values()), moves)
    steps = list(_steps(actor, asked, rows, decide, at, result))
    write(actor=actor, steps=steps, done=done, at=at)
    result.moved.extend(step.nomination for step in steps)
    return result


def examine_way(*, actor: Actor, items: Iterable[Asked], way: Way) -> dict[UUID, Refusal]:
    """Return why each of a set could not go on by another table now; writes nothing."""
    asked = list(items)
    rows, refused = load((item.nomination_id for item in asked), lock=False), {}
    for item in asked:
        try:
            row = rows.get(item.nomination_id)
            if row is None:
                raise NotFoundError
            check_version(row, item.expected_version)
            _administrator(actor, row)
            _check_fit(row, way)
        except Refusal as refusal:
            refused[item.nomination_id] = refusal
    return refused


def _steps(
    actor: Actor,
    asked: Iterable[Asked],
    rows: Mapping[UUID, Nomination],
    decide: Decide,
    at: datetime,
    result: BulkResult,
) -> Iterable[Step]:
    desks = desk_paths(row.dossier.occasion.campaign_id for row in rows.values())
    for item in asked:
        try:
            row = rows.get(item.nomination_id)
            if row is None:
                raise NotFoundError
            check_version(row, item.expected_version)
            own = {Desk.UNIT: row.dossier.unit.path}
            step = decide(row, item, {**desks.get(row.dossier.occasion.campaign_id, {}), **own})
        except Refusal as refusal:
            result.refused[item.nomination_id] = refusal
            continue
        row.version, row.changed_at, row.changed_by = row.version + 1, at, actor.name
        yield step


def _administrator(actor: Actor, row: Nomination) -> Mandate:
    decision = can_do(actor, Act.CHANGE_WAY, row, {Desk.UNIT: row.dossier.unit.path})
    if decision.mandate is None:
        raise AccessDeniedError(act=str(Act.CHANGE_WAY.label), why=decision.why)
    return decision.mandate


def _check_fit(row: Nomination, way: Way) -> None:
    """Refuse a table that is not for the deciding authority, or has no place for the nomination."""
    name, state = row.nominee.name, State(row.state)
    if row.flow_version == way:
        raise WayUnfitError(name=name, why=_("Đề nghị đã đi theo đường này."))
    if way not in {WAYS[line] for line in ROUTE_LINES[row.dossier.authority]}:
        raise WayUnfitError(
            name=name, why=_("Đường đi này không dành cho cấp quyết định của đề nghị.")
        )
    for place in filter(None, (state, State(row.resume_to) if row.resume_to else None)):
        if place not in STATES_OF[way]:
            raise WayUnfitError(
                name=name,
                why=_("Đường đi này không có trạng thái “%(state)s”.") % {"state": place.label},
            )


def _reached(way: Way) -> frozenset[State]:
    """Return the states that a nomination comes to on a way, beginning with the draft.

    A line may speak of a state to which nothing leads on a way: it is then none of that way's.
    """
    reached, known = {State.DRAFT}, set[State]()
    lines = [line for line in LINES if way in line.ways and line.target != BACK]
    while reached != known:
        known = set(reached)
        reached |= {State(line.target) for line in lines if line.state in known}
    return frozenset(reached)


STATES_OF: Final = {way: _reached(way) for way in Way}
"""The states that a nomination can be in on each way."""
