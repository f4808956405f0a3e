"""The way of nominations in general: the table of moves as it is, in pictures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.pages.process import process_pages


@require_safe
def process(request: HttpRequest) -> HttpResponse:
    """Show each way as a diagram, and its moves as a table."""
    return render(request, "workflow/process.html", {"ways": process_pages()})
