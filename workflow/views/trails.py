"""The auditor's desk: trails searched, one dossier's trail, its verdict and its export."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from workflow.pages.trails import TrailFilter, exports_of, trail_page, trails, verdicts_of
from workflow.queries import access_dossier
from workflow.tables import EventTable, paged
from workflow.views.acting import actor_of


@require_safe
def trail_list(request: HttpRequest) -> HttpResponse:
    """Search the events of all dossiers that this auditor may read."""
    narrowed = TrailFilter(request.GET, queryset=trails(actor_of(request)), request=request)
    context = {"filter": narrowed, "table": paged(EventTable(narrowed.qs), request)}
    return render(request, "workflow/trails.html", context)


@require_safe
def trail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one dossier's trail."""
    page = trail_page(actor_of(request), access_dossier(actor_of(request), pk))
    table = paged(EventTable(page.events), request)
    return render(request, "workflow/trail.html", {"page": page, "table": table})


@require_POST
def verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Walk the dossier's chains and show what was found."""
    page = trail_page(actor_of(request), access_dossier(actor_of(request), pk))
    context = {
        "page": page,
        "table": paged(EventTable(page.events), request),
        "verdicts": verdicts_of(page.dossier),
    }
    return render(request, "workflow/trail.html", context)


@require_safe
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the dossier's chains as JSON, to be checked without us."""
    page = trail_page(actor_of(request), access_dossier(actor_of(request), pk))
    answer = JsonResponse(
        {"dossier": page.dossier.code, "streams": exports_of(page.dossier)},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = f'attachment; filename="trail-{page.dossier.pk}.json"'
    return answer
