"""The first page: what this person has to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.actors import Actor
from workflow.pages.figures import waiting_sheets
from workflow.pages.inbox import IN_DOSSIERS, InboxFilter, Pile, in_full
from workflow.pages.suggesting import to_answer
from workflow.permissions import CONSULTERS, acting_roles
from workflow.queries import work_items_for
from workflow.registration_queries import registration_work
from workflow.services.bulk_papers import KINDS
from workflow.states import State, moves_from
from workflow.tables import InboxTable, KeysFirst, paged
from workflow.views.act_table import ACT_OF_MOVE, ACTS
from workflow.views.acting import actor_of, counts_of
from workflow.views.consulting_acts import CONSULTING_ACTS
from workflow.views.sheets import Act


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show the open work, narrowed down as asked, with the acts that go for many at once."""
    work = work_items_for(actor_of(request))
    narrowed = InboxFilter(request.GET, queryset=work, request=request)
    counts = counts_of(request)
    state = request.GET.get("state", "")
    matching = narrowed.qs.count() if narrowed.narrows else sum(counts.values())
    table = paged(InboxTable(KeysFirst(narrowed.qs, in_full, matching)), request)
    ways = {row.record.nomination.flow_version for row in table.page.object_list}
    acts = acts_on(actor_of(request), _one_state(state, list(counts)), ways)
    context = {
        "filter": narrowed,
        "table": table,
        "piles": [Pile(one, count, one == state) for one, count in counts.items()],
        "total": sum(counts.values()),
        "matching": matching,
        "asked": [(name, value) for name, value in _given(request) if name not in {"page", "sort"}],
        "kept": [pair for pair in _given(request) if pair[0].startswith(f"{IN_DOSSIERS}-")],
        "work": waiting_sheets(actor_of(request)),
        "acts": [act for act in acts if act.many or act.name in KINDS],
        "one_by_one": [act for act in acts if not (act.many or act.name in KINDS)],
        "suggested": list(to_answer(actor_of(request))),
        "registrations": registration_work(actor_of(request), timezone.localdate()),
    }
    return render(request, "workflow/inbox.html", context)


def _given(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the address says, each value of a name for itself."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def _one_state(asked: str, waiting: list[State]) -> State | None:
    """Return the state that the list shows, where it shows but one."""
    if asked in State.values:
        return State(asked)
    return waiting[0] if len(waiting) == 1 else None


def acts_on(actor: Actor, state: State | None, ways: set[int]) -> list[Act]:
    """Return the acts that people of the actor's roles do to nominations of a state.

    ways  those that the listed nominations go
    """
    if state is None:
        return []
    held = {mandate.role for mandate in actor.mandates}
    moves = [
        move
        for way in sorted(ways)
        for move in moves_from(state, way)
        if acting_roles(move, state, None, way)[1] & held
    ]
    names = dict.fromkeys(ACT_OF_MOVE[move.name] for move in moves)
    acts = [ACTS[name] for name in names]
    if state in CONSULTERS and CONSULTERS[state][1] & held:
        acts += CONSULTING_ACTS
    return sorted(acts, key=lambda act: not act.main)
