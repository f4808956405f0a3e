"""The administrator's console of what is stuck."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.pages import console as page
from workflow.views.acting import actor_of


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Show what is stuck and what to do about it; kinds of which nothing is come last."""
    piles = sorted(page.console(actor_of(request)), key=lambda pile: not pile.count)
    return render(request, "workflow/console.html", {"piles": piles})
