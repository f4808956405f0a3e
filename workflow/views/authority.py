"""The authority table as a page, for everybody who is logged in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.pages.authority import authority_page


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """Show who may make which move from which state, narrowed down as asked."""
    page = authority_page({name: request.GET.get(name, "") for name in ("role", "state", "way")})
    return render(request, "workflow/authority.html", {"page": page})
