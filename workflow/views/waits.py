"""What waits where, and for how long."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.pages.waits import waits_page
from workflow.views.acting import actor_of


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """Show open work by step and place, as a picture and as a table."""
    return render(request, "workflow/waits.html", {"page": waits_page(actor_of(request))})
