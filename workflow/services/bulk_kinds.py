"""Which acts are done to many at once, and how: by the services that the single pages call.

Two sorts. Of the first each goes on its own merits. Of the second a letter, minutes or a decision
names a whole set: these go by groups, one paper for each, and a group goes whole or not at all
(bulk_papers). What needs something of its own for each nomination is none of these: votes, gaps of
a return and their answers have their own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from organisations.actors import Actor
from workflow.engine import Asked, BulkResult, examine, fire_many
from workflow.engine_sets import change_way, examine_way
from workflow.services.appraisal import Finding, conclude_set, receive_set
from workflow.services.closing import close_set
from workflow.services.drafting import revise_set
from workflow.services.nominees import tidy
from workflow.services.returns import hold_set, resume_set
from workflow.states import MOVES, Way

Items = Sequence[Asked]
Data = Mapping[str, Any]
Perform = Callable[[Actor, Items, Data, datetime], object]
CHANGE_WAY: Final = "change_way"


@dataclass(frozen=True, slots=True)
class Kind:
    """One act on many.

    look      who would be refused now, and why; writes nothing
    perform   does it, inside the caller's transaction. On their own merits: returns a BulkResult;
              of a group: raises where it cannot be done to all of it
    group     by nomination, what has to be the same for all that go by one paper; None: each goes
              on its own merits
    undoable  the engine can take it back (Move.undoable)

    What is typed along is plain (JSON), by the names of the fields of the act's form.
    """

    name: str
    label: str | Promise
    look: Callable[[Actor, Items, Data, datetime], Mapping[UUID, Refusal]]
    perform: Perform
    group: Callable[[Sequence[UUID]], Mapping[UUID, Hashable]] | None = None
    undoable: bool = False


def _move(name: str, perform: Perform) -> Kind:
    move = MOVES[name]

    def look(actor: Actor, items: Items, _data: Data, at: datetime) -> Mapping[UUID, Refusal]:
        return examine(actor=actor, move=move, items=items, at=at)

    return Kind(name, move.label, look, perform, undoable=move.undoable)


def _prepare(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
    return fire_many(actor=actor, move=MOVES["prepare"], items=items, at=at)


def _revise(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
    return revise_set(actor=actor, items=items, reason=data["reason"], at=at)


def _receive(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
    return receive_set(actor=actor, items=items, at=at)


def _conclude(name: str, *, eligible: bool) -> Kind:
    def perform(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
        finding = Finding(eligible=eligible, reason=data["reason"], clause=data["clause"])
        return conclude_set(actor=actor, move=MOVES[name], items=items, finding=finding, at=at)

    return _move(name, perform)


def _hold(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
    until = date.fromisoformat(data["review_on"])
    return hold_set(actor=actor, items=items, reason=data["reason"], review_on=until, at=at)


def _resume(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
    return resume_set(actor=actor, items=items, reason=data["reason"], at=at)


def _close(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
    return close_set(actor=actor, items=items, at=at)


def _look_at_ways(actor: Actor, items: Items, data: Data, _at: datetime) -> Mapping[UUID, Refusal]:
    return examine_way(actor=actor, items=items, way=Way(data["way"]))


def _change_ways(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
    said = {"reason": tidy(data["reason"])}
    noted = [replace(item, data={**item.data, **said}) for item in items]
    return change_way(actor=actor, items=noted, way=Way(data["way"]), at=at)


ON_THEIR_MERITS: Final = (
    _move("prepare", _prepare),
    _move("revise", _revise),
    _move("receive", _receive),
    _conclude("appraise", eligible=True),
    _conclude("endorse", eligible=True),
    _conclude("find_ineligible", eligible=False),
    _move("hold", _hold),
    _move("resume", _resume),
    _move("close", _close),
    Kind(CHANGE_WAY, _("Chuyển sang đường đi khác"), _look_at_ways, _change_ways),
)
