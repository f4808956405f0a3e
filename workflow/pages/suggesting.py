"""Suggestions of another form of award as pages show them: to the desk, and to the unit's head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from organisations.actors import Actor
from workflow.authority import Act
from workflow.models import FormSuggestion, Nomination, SuggestionState
from workflow.permissions import can_do, mandate_for
from workflow.services.suggesting import ANSWERERS, fitting_items
from workflow.states import MOVES, Desk

SUGGEST, ACCEPT, DECLINE, TAKE_BACK = (
    "suggest_form",
    "accept_form",
    "decline_form",
    "take_back_form",
)


@dataclass(frozen=True)
class Suggestions:
    """What a nomination's page tells of suggestions, and what this person may do about them.

    behind  the suggestion that this draft comes from, where it comes from one
    """

    rows: Sequence[FormSuggestion]
    behind: FormSuggestion | None
    acts: Sequence[str]


def suggestions(actor: Actor, nomination: Nomination, paths: Mapping[Desk, str]) -> Suggestions:
    """Return the suggestions about a nomination, the last first; one query, two for the desk.

    paths  of the units at its desks, see queries.paths_of
    """
    found = FormSuggestion.objects.filter(Q(nomination=nomination) | Q(successor=nomination))
    known = found.select_related(
        "award_item__form",
        "successor__dossier",
        "nomination__award_item__form",
        "nomination__dossier",
    ).order_by("-suggested_at", "-pk")
    rows = [row for row in known if row.nomination_id == nomination.pk]
    behind = next((row for row in known if row.nomination_id != nomination.pk), None)
    waits = any(row.state == SuggestionState.OPEN for row in rows)
    return Suggestions(rows, behind, _acts(actor, nomination, paths, waits=waits))


def _acts(
    actor: Actor, nomination: Nomination, paths: Mapping[Desk, str], *, waits: bool
) -> list[str]:
    acts = []
    if waits and mandate_for(actor, Desk.UNIT, ANSWERERS, paths.get(Desk.UNIT)) is not None:
        # It may have gone on meanwhile to where nothing is withdrawn any more.
        withdrawn = nomination.state in MOVES["withdraw"].sources
        acts += [ACCEPT, DECLINE] if withdrawn else [DECLINE]
    if can_do(actor, Act.SUGGEST_FORM, nomination, paths).allowed:
        if waits:
            acts.append(TAKE_BACK)
        elif fitting_items(nomination).exists():
            acts.append(SUGGEST)
    return acts


def to_answer(actor: Actor) -> QuerySet[FormSuggestion]:
    """Return the suggestions that wait for an answer of the actor as head of their unit."""
    units = [held.unit_id for held in actor.mandates_as(*ANSWERERS)]
    return (
        FormSuggestion.objects.filter(
            state=SuggestionState.OPEN, nomination__dossier__unit__in=units
        )
        .exclude(nomination__nominee__user=actor.user_id)
        .select_related("nomination__nominee", "nomination__award_item__form", "award_item__form")
        .order_by("suggested_at", "pk")
    )
