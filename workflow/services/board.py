"""The province's council: its votes, and its letter to the Chairman."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.utils import timezone

from documents.models import Document
from organisations.actors import Actor
from workflow.engine import Asked, fire_all
from workflow.errors import NotFoundError
from workflow.models import Meeting
from workflow.services.acting import act
from workflow.services.loading import (
    lock_nominations,
    one_occasion,
    require_desk_unit,
)
from workflow.services.meetings import Count, MeetingFacts, write_meeting
from workflow.services.upward import TO_CHAIRMAN, pass_upward
from workflow.states import MOVES, Desk


@act
def record_votes(
    *,
    actor: Actor,
    facts: MeetingFacts,
    counts: Sequence[Count],
    versions: Mapping[UUID, int],
) -> Meeting:
    """Write down a session of the council and move each nomination by its vote.

    versions  the version of each nomination that the secretary saw

    All or nothing: the minutes name them all. The conclusion is the council's own; no threshold
    is computed, since the plan sets none (campaigns.MissingFact).
    Raises NothingChosenError, MixedSetError, AccessDeniedError, what write_meeting raises and
    what engine.fire_all refuses with.
    """
    at = timezone.now()
    if {count.nomination_id for count in counts} != set(versions):
        raise NotFoundError
    nominations = one_occasion(lock_nominations(versions))
    occasion = nominations[0].dossier.occasion
    for passed, name in ((True, "pass_vote"), (False, "fail_vote")):
        items = [
            Asked(count.nomination_id, versions[count.nomination_id], _counted(count))
            for count in counts
            if count.passed is passed
        ]
        fire_all(actor=actor, move=MOVES[name], items=items, at=at)
    return write_meeting(
        unit=require_desk_unit(occasion.campaign, Desk.BOARD),
        occasion=occasion,
        facts=facts,
        counts=counts,
        nominations={row.pk: row for row in nominations},
    )


def _counted(count: Count) -> dict[str, object]:
    counted = asdict(count)
    del counted["nomination_id"]
    return counted


@act
def submit_to_chairman(*, actor: Actor, items: Sequence[Asked]) -> Document:
    """Pass a set that the council has passed to the Chairman; return the tờ trình.

    One letter for one deciding authority; all or nothing.
    Raises MixedSetError, AccessDeniedError, and what engine.fire_all refuses with.
    """
    return pass_upward(actor=actor, items=items, leg=TO_CHAIRMAN)
