"""The public page behind the QR code on papers; it asks for no log-in and counts its callers."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workflow.callers import may_check
from workflow.errors import NotFoundError
from workflow.errors_dossiers import TooManyChecksError
from workflow.pages.checks import Checked, checked


@login_not_required
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a dossier has come, or that no such code was given out."""
    caller = get_adapter().get_client_ip(request)
    if not may_check(caller, at=timezone.now()):
        raise TooManyChecksError
    found = _found(token)
    answer = render(request, "workflow/check.html", {"found": found}, status=200 if found else 404)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"  # the address is the paper's secret
    answer["Cache-Control"] = "no-store"
    return answer


def _found(token: str) -> Checked | None:
    try:
        return checked(token)
    except NotFoundError:
        return None
