"""Papers under way: requested, running, failed, with a button to try again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.pages import jobs as page
from workflow.views.acting import actor_of


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show what is being made and what could not be made."""
    papers = page.jobs(actor_of(request))
    pending = any(paper.unfinished for paper in papers)
    return render(request, "workflow/jobs.html", {"papers": papers, "pending": pending})
