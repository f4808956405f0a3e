"""The pages of print batches: which dossiers were chosen, the batches asked for, one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from organisations.actors import Actor
from organisations.queries import names_on
from workflow.errors import NotFoundError
from workflow.errors_printing import NoDossierChosenError, PrintLapsedError, PrintTooManyError
from workflow.models import Dossier, PrintBatch, PrintItem, PrintOutcome, PrintState
from workflow.pages.dossiers import DossierFilter, in_full
from workflow.pages.inbox import ALL, IN_DOSSIERS
from workflow.queries import visible_dossiers
from workflow.sections import Recipient
from workflow.services.print_batches import MOST

RECENT: Final = 50


@dataclass(frozen=True)
class BatchPage:
    """One batch; lines are its dossiers with what their units are called."""

    batch: PrintBatch
    recipient: str
    lines: Sequence[tuple[PrintItem, str]]

    @property
    def running(self) -> bool:
        """Return whether a worker is at it."""
        return self.batch.state == PrintState.RUNNING

    @property
    def done(self) -> int:
        """Return how many steps are done, of `steps`: each dossier is looked at, then laid."""
        waiting = sum(item.outcome == PrintOutcome.WAITING for item, _name in self.lines)
        return self.batch.count - waiting + self.batch.laid

    @property
    def steps(self) -> int:
        """Return how many steps there are."""
        left_out = sum(item.outcome == PrintOutcome.LEFT_OUT for item, _name in self.lines)
        return 2 * self.batch.count - left_out

    @property
    def left_out(self) -> int:
        """Return how many dossiers are not in the file."""
        return sum(item.outcome == PrintOutcome.LEFT_OUT for item, _name in self.lines)


def chosen_dossiers(actor: Actor, given: QueryDict, request: HttpRequest) -> list[Dossier]:
    """Return the dossiers that were ticked on their list, or all that match its filter, by code.

    Raises NoDossierChosenError, PrintTooManyError, and NotFoundError for one that the person may
    not read or a filter that cannot be read: it would let everything through.
    """
    rows = in_full(visible_dossiers(actor))
    if given.get("among") == ALL:
        narrowed = DossierFilter(given, queryset=rows, prefix=IN_DOSSIERS, request=request)
        if not narrowed.form.is_valid():
            raise NotFoundError
        rows = narrowed.qs
    else:
        keys = _keys(given.getlist("dossier"))
        rows = rows.filter(pk__in=keys)
        if rows.count() < len(keys):
            raise NotFoundError
    found = list(rows.order_by("code", "pk")[: MOST + 1])
    if not found:
        raise NoDossierChosenError
    if len(found) > MOST:
        raise PrintTooManyError(rows.count(), MOST)
    return found


def _keys(texts: Sequence[str]) -> set[UUID]:
    try:
        return {UUID(text) for text in texts}
    except ValueError as error:
        raise NotFoundError from error


def own_batches(actor: Actor) -> list[tuple[PrintBatch, str]]:
    """Return the person's last batches, newest first, with their recipients."""
    rows = PrintBatch.objects.filter(user=actor.user_id)[:RECENT]
    return [(row, str(Recipient(row.recipient).label)) for row in rows]


def own_batch(actor: Actor, batch_id: UUID) -> PrintBatch:
    """Return a batch that the person himself asked for, or raise NotFoundError."""
    rows = PrintBatch.objects.select_related("file")
    row = rows.filter(pk=batch_id, user=actor.user_id).first()
    if row is None:
        raise NotFoundError
    return row


def batch_page(batch: PrintBatch) -> BatchPage:
    """Return the page; the same queries for any number of dossiers."""
    items = list(batch.items.select_related("dossier__unit").order_by("position"))
    names = names_on([item.dossier.unit for item in items], timezone.localdate(batch.asked_at))
    label = str(Recipient(batch.recipient).label)
    return BatchPage(batch, label, list(zip(items, names, strict=True)))


def file_to_print(actor: Actor, batch_id: UUID) -> PrintBatch:
    """Return a batch that has its file, each dossier of which the person may still read.

    Raises NotFoundError, PrintLapsedError.
    """
    batch = own_batch(actor, batch_id)
    if batch.file is None:
        raise NotFoundError
    printed: dict[str, Any] = {
        "print_items__batch": batch,
        "print_items__outcome": PrintOutcome.PRINTED,
    }
    held = Dossier.objects.filter(**printed).values("pk")
    if visible_dossiers(actor).filter(pk__in=held).count() < held.count():
        raise PrintLapsedError
    return batch
