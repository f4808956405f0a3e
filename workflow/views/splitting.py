"""Splitting a dossier: choose who goes on in a dossier of their own, and say why."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow.errors import NominationChangedError, NothingChosenError
from workflow.forms.base import ReasonForm
from workflow.pages.splitting import split_lines
from workflow.queries import access_dossier
from workflow.services.splitting import split_dossier
from workflow.views.acting import actor_of
from workflow.views.acts import asked_in
from workflow.views.forms import ask


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the nominations of a dossier, or part those that were ticked from the others."""
    actor = actor_of(request)
    known = access_dossier(actor, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    chosen = _chosen(request)
    if request.method == "POST" and form.is_valid():
        made = ask(
            form,
            lambda: split_dossier(actor=actor, dossier_id=pk, versions=chosen, **form.cleaned_data),
        )
        if made is not None:
            messages.success(
                request,
                _("Đã tách %(count)d đề nghị sang hồ sơ %(code)s.")
                % {"count": len(chosen), "code": made.code},
            )
            return redirect("dossier", made.pk)
    if isinstance(form.refusal, NominationChangedError):
        known = access_dossier(actor, pk)
    context = {
        "dossier": known,
        "lines": split_lines(actor, known),
        "chosen": set(chosen),
        "form": form,
    }
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/split.html", context, status=status)


def _chosen(request: HttpRequest) -> dict[UUID, int]:
    """Return what was ticked with the versions shown; nothing where nothing was."""
    try:
        items = asked_in(request, many=True)
    except NothingChosenError:
        return {}
    return {item.nomination_id: item.expected_version for item in items}
