"""The law as pages: all regimes side by side, and a dossier's own, which a named person changes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.errors import DossierChangedError
from workflow.forms.regimes import RegimeForm
from workflow.pages.regimes import regimes_page
from workflow.queries import access_dossier
from workflow.services.regimes import change_regime
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def regimes(request: HttpRequest) -> HttpResponse:
    """Show every form of award × every regime, and what nobody has read yet."""
    page = regimes_page(actor_of(request))
    return render(request, "workflow/regimes.html", {"page": page})


@require_http_methods(["GET", "POST"])
def dossier_regime(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge a dossier by another regime; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_dossier(actor, pk)
    form = RegimeForm(request.POST or None, initial={"expected_version": known.version})
    if request.method == "POST" and form.is_valid():
        changed = ask(form, lambda: change_regime(actor=actor, dossier_id=pk, **form.cleaned_data))
        if changed is not None:
            messages.success(request, _("Đã đổi chế độ của hồ sơ %(code)s.") % {"code": known.code})
            return redirect("dossier", pk)
    if isinstance(form.refusal, DossierChangedError):
        known = access_dossier(actor, pk)
    context = {"form": form, "dossier": known}
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/dossier_regime.html", context, status=code)
