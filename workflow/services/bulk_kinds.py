"""Which acts are done to many at once, each on its own merits, and how.

An act that goes by one paper for a whole set (a letter, minutes, a decision) is none of these:
it is all or nothing, and its own page does it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from organisations.actors import Actor
from workflow.engine import Asked, BulkResult, examine, fire_many
from workflow.engine_sets import change_way, examine_way
from workflow.services.appraisal import receive_set
from workflow.services.closing import close_set
from workflow.states import MOVES, Way

Items = Sequence[Asked]
Data = Mapping[str, Any]
CHANGE_WAY: Final = "change_way"


@dataclass(frozen=True, slots=True)
class Kind:
    """One act on many.

    look      who would be refused now, and why; writes nothing
    perform   does it, inside the caller's transaction
    undoable  the engine can take it back (Move.undoable)
    reason    it asks for a reason
    """

    name: str
    label: str | Promise
    look: Callable[[Actor, Items, Data, datetime], Mapping[UUID, Refusal]]
    perform: Callable[[Actor, Items, Data, datetime], BulkResult]
    undoable: bool = False
    reason: bool = False


def _move(
    name: str,
    perform: Callable[[Actor, Items, Data, datetime], BulkResult],
    *,
    reason: bool = False,
) -> Kind:
    move = MOVES[name]

    def look(actor: Actor, items: Items, _data: Data, at: datetime) -> Mapping[UUID, Refusal]:
        return examine(actor=actor, move=move, items=items, at=at)

    return Kind(name, move.label, look, perform, move.undoable, reason)


def _plain(name: str) -> Callable[[Actor, Items, Data, datetime], BulkResult]:
    """Return what makes a move of which nothing comes but the move; the data goes to the event."""

    def perform(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
        return fire_many(actor=actor, move=MOVES[name], items=items, at=at)

    return perform


def _receive(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
    return receive_set(actor=actor, items=items, at=at)


def _close(actor: Actor, items: Items, _data: Data, at: datetime) -> BulkResult:
    return close_set(actor=actor, items=items, at=at)


def _look_at_ways(actor: Actor, items: Items, data: Data, _at: datetime) -> Mapping[UUID, Refusal]:
    return examine_way(actor=actor, items=items, way=Way(data["way"]))


def _change_ways(actor: Actor, items: Items, data: Data, at: datetime) -> BulkResult:
    return change_way(actor=actor, items=items, way=Way(data["way"]), at=at)


_ALL = (
    _move("prepare", _plain("prepare")),
    _move("revise", _plain("revise"), reason=True),
    _move("receive", _receive),
    _move("close", _close),
    Kind(
        CHANGE_WAY, _("Chuyển sang đường đi khác"), _look_at_ways, _change_ways, reason=True
    ),
)  # fmt: skip

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in _ALL}
