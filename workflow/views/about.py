"""Licence and source: the only page besides log-in that asks for no log-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """Show the licence and where the corresponding source is (AGPL-3.0, section 13)."""
    return render(request, "ui/about.html")
