"""Who has had a hand in a nomination, found from what people did and not from what they declare.

Closed work items say who made each move, and for whom where it was done by delegation; Drafter
rows say who wrote the draft. Both persons of a delegation count: the one who acted and the one in
whose name. The authority table says which hands bar which move (workflow.authority).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import CharField, F, Value

from organisations.actors import Actor, Mandate
from workflow.authority import HAND_OF, Hand, asks_for_hands
from workflow.conflicts import is_of_nominee
from workflow.models import Drafter, Nomination, WorkItem
from workflow.states import Move

DRAFTED = "draft"


def load_hands(nominations: Sequence[Nomination], moves: Iterable[Move]) -> None:
    """Put on each nomination who has had which hand in it; one query, none where no move asks.

    A move that asks and was not loaded for raises in permissions.can: nothing passes unseen.
    """
    if any(asks_for_hands(move) for move in moves):
        find_hands(nominations)


def find_hands(nominations: Sequence[Nomination]) -> None:
    """Put on each nomination who has had which hand in it; one query, none for no nomination."""
    if not nominations:
        return
    found: dict[UUID, dict[Hand, set[int]]] = {row.pk: {} for row in nominations}
    for key, done, *people in _doings(list(found)):
        for hand in {Hand.PROPOSER} if done == DRAFTED else HAND_OF[done]:
            for one in filter(None, people):
                found[key].setdefault(hand, set()).add(one)
    for row in nominations:
        row.hands = {hand: frozenset(people) for hand, people in found[row.pk].items()}


def _doings(keys: Sequence[UUID]) -> Iterable[tuple[UUID, str, int | None, int | None]]:
    moves = WorkItem.objects.filter(nomination__in=keys, outcome__in=sorted(HAND_OF))
    drafts = Drafter.objects.filter(nomination__in=keys)
    done = Value(DRAFTED, output_field=CharField())
    return moves.values_list(
        "nomination_id", "outcome", "closed_by_user_id", "closed_for_id"
    ).union(drafts.values_list("nomination_id", done, "user_id", F("user_id")), all=True)


def conflict_noted(actor: Actor, move: Move, nomination: Nomination) -> dict[str, bool]:
    """Return what a judging move's event tells where the judge is of the nominated collective."""
    judging = asks_for_hands(move)
    return {"own_unit": True} if judging and is_of_nominee(actor, nomination) else {}


def keep_drafters(*, actor: Actor, mandate: Mandate, nominations: Iterable[Nomination]) -> None:
    """Write down who drafted or edited nominations, and in whose name; one statement."""
    people = [key for key in (actor.user_id, mandate.lender_id) if key]
    Drafter.objects.bulk_create(
        (Drafter(nomination=row, user_id=key) for row in nominations for key in people),
        ignore_conflicts=True,
    )
