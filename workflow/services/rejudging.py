"""Judging a whole campaign anew, after its rules or the law were amended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.services import SYSTEM
from campaigns.models import Campaign
from workflow.engine import CHUNK
from workflow.judgements import Books
from workflow.models import Judgement, Nomination
from workflow.services.judging import write_judgements
from workflow.services.loading import LOADED
from workflow.states import REVIEWING_STATES, State

REJUDGED = frozenset({State.PROPOSED, State.RETURNED, State.HELD, *REVIEWING_STATES})
"""States in which a judgement still counts: what was decided stays as it was decided."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: done of total, and how many judgements changed so far."""

    done: int
    total: int
    changed: int


def rejudge_campaign(campaign: Campaign) -> Iterator[Progress]:
    """Judge anew, chunk by chunk, everything of a campaign that is under way; yield after each.

    Each chunk is a transaction of its own, so that stopping between two leaves nothing half
    done, and going on later repeats nothing: a judgement that would say the same is not
    written. Rules are read once for all. Costs the same queries for every CHUNK nominations.
    """
    waiting = list(
        Nomination.objects.filter(dossier__occasion__campaign=campaign, state__in=REJUDGED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    books, changed = Books(), 0
    for start in range(0, len(waiting), CHUNK):
        some = waiting[start : start + CHUNK]
        changed += _rejudge(some, books)
        yield Progress(start + len(some), len(waiting), changed)


@transaction.atomic(durable=True)
def _rejudge(ids: list[UUID], books: Books) -> int:
    """Judge one chunk, locked; return how many judgements were written."""
    at = timezone.now()
    rows = list(
        Nomination.objects.select_for_update(no_key=True, of=("self",))
        .select_related(*LOADED)
        .filter(pk__in=ids, state__in=REJUDGED)
        .order_by("pk")
    )
    standing: list[Judgement] = write_judgements(who=SYSTEM, nominations=rows, at=at, books=books)
    return sum(judgement.judged_at == at for judgement in standing)
