"""Acts on many nominations as they are shown: what was sealed, how far it is, what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from organisations.actors import Actor
from organisations.models import Role
from workflow.engine import Asked
from workflow.errors import NotFoundError
from workflow.errors_bulk import BulkTooManyError
from workflow.models import BulkAct, BulkItem, BulkState
from workflow.models.bulk import Outcome
from workflow.pages.authority import WAY_WORDS
from workflow.pages.inbox import InboxFilter
from workflow.queries import work_items_for
from workflow.services.bulk import AT_ONCE, MOST, papers_of
from workflow.services.bulk_kinds import CHANGE_WAY
from workflow.services.bulk_papers import KINDS
from workflow.services.bulk_undo import UNDO_WITHIN, undo_closed

SHOWN = 100
"""Lines of a set on one page."""


def matching(
    actor: Actor, asked: Mapping[str, Any], most: int = MOST, request: HttpRequest | None = None
) -> list[Asked]:
    """Return everything in the person's inbox that a filter lets through, as it stands now.

    By dossier, so that what belongs together is done together. Raises BulkTooManyError, and
    NotFoundError for a filter that cannot be read: it would let everything through.
    """
    narrowed = InboxFilter(asked, queryset=work_items_for(actor), request=request)
    if not narrowed.form.is_valid():
        raise NotFoundError
    rows = narrowed.qs
    found = rows.order_by("nomination__dossier_id", "nomination_id").values_list(
        "nomination_id", "nomination__version"
    )
    items = [Asked(key, version) for key, version in found[: most + 1]]
    if len(items) > most:
        raise BulkTooManyError(rows.count(), most)
    return items


@dataclass(frozen=True)
class Tally:
    """How many of a set came out one way; `here` where the list shows just these."""

    outcome: Outcome
    count: int
    here: bool


@dataclass(frozen=True)
class BulkPage:
    """One act on many, with a page of its set and what can be done to it now.

    papers  by how many papers those that go would go, where it is not yet begun
    """

    act: BulkAct
    label: str | Promise
    items: Page[BulkItem]
    tallies: Sequence[Tally]
    papers: int
    at_once: bool
    undo_until: datetime | None
    way: str

    @property
    def done(self) -> int:
        """Return of how many of those that were to go, or back, it is known what became of them."""
        awaited = Outcome.MOVED if self.undoing else Outcome.WAITING
        if self.looking:
            awaited = Outcome.UNSEEN
        return self.total - sum(one.count for one in self.tallies if one.outcome == awaited)

    @property
    def total(self) -> int:
        """Return how many a worker has to do with: all while he looks, else those that go."""
        return self.act.count if self.looking else self.act.going

    @property
    def percent(self) -> int:
        """Return the progress in percent."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def looking(self) -> bool:
        """Return whether a worker is finding out who would go."""
        return self.act.state == BulkState.LOOKING

    @property
    def sealed(self) -> bool:
        """Return whether all was looked at and nothing has been done yet."""
        return self.act.state == BulkState.SEALED

    @property
    def running(self) -> bool:
        """Return whether a worker is doing it."""
        return self.act.state == BulkState.RUNNING

    @property
    def undoing(self) -> bool:
        """Return whether a worker is undoing it."""
        return self.act.state == BulkState.UNDOING


def own_act(actor: Actor, act_id: UUID) -> BulkAct:
    """Return an act on many that the person himself asked for, or raise NotFoundError."""
    row = BulkAct.objects.filter(pk=act_id, user=actor.user_id).first()
    if row is None:
        raise NotFoundError
    return row


def own_acts(actor: Actor) -> QuerySet[BulkAct]:
    """Return the acts on many that the person asked for, newest first."""
    return BulkAct.objects.filter(user=actor.user_id).order_by("-sealed_at", "pk")


def labelled(rows: Iterable[BulkAct]) -> list[tuple[BulkAct, str | Promise]]:
    """Return acts with their names on the screen."""
    return [(row, KINDS[row.name].label) for row in rows]


def bulk_page(act: BulkAct, outcome: str, number: str) -> BulkPage:
    """Return the page of an act; a few queries, however large the set.

    outcome  shows only those that came out so; anything else shows all, refused ones first
    """
    rows = act.items.select_related("nomination__nominee", "nomination__dossier")
    ordered = rows.order_by("goes", "position")
    counts = dict(act.items.order_by().values_list("outcome").annotate(Count("pk")))
    if outcome in counts:
        ordered = ordered.filter(outcome=outcome)
    papers = papers_of(act) if act.state == BulkState.SEALED else 0
    ended = act.state in {BulkState.DONE, BulkState.CANCELLED} and act.ended_at is not None
    moved = ended and bool(counts.get(Outcome.MOVED))
    open_until = act.ended_at + UNDO_WITHIN if moved and act.ended_at else None
    return BulkPage(
        act=act,
        label=KINDS[act.name].label,
        items=Paginator(ordered, SHOWN).get_page(number),
        tallies=[
            Tally(one, counts[one.value], one.value == outcome)
            for one in Outcome
            if one.value in counts
        ],
        papers=papers,
        at_once=act.going <= AT_ONCE and papers <= 1,
        undo_until=None if undo_closed(act, timezone.now()) else open_until,
        way=str(WAY_WORDS[act.data["way"]]) if act.name == CHANGE_WAY else "",
    )


def may_change_ways(actor: Actor) -> bool:
    """Return whether the person may let nominations go on by another table of moves."""
    return bool(actor.mandates_as(Role.ADMINISTRATOR.value))
