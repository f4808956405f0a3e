"""A list of nominees from a sheet: read and shown first, written when the person says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.exports import empty_list
from workflow.forms.drafting import NomineeListForm
from workflow.pages.offers import drafting_units, list_words, open_occasions
from workflow.pages.persons import namesake_warning
from workflow.services.importing import dry_run, import_list
from workflow.services.lists import KeptList, keep_list, kept_list
from workflow.views.acting import actor_of
from workflow.views.forms import ask

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def nominee_list(request: HttpRequest) -> HttpResponse:
    """Take a list, read it and show what it means; POST with a token writes what was shown."""
    actor = actor_of(request)
    choices = {"units": drafting_units(actor), "occasions": open_occasions()}
    if "token" in request.POST:
        return _import(request)
    form = NomineeListForm(request.POST or None, request.FILES or None, **choices)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        kept = KeptList(form.cleaned_data["unit"], form.cleaned_data["occasion"], form.upload())
        found = ask(
            form,
            lambda: dry_run(
                actor=actor,
                unit_id=kept.unit_id,
                occasion_id=kept.occasion_id,
                upload=kept.upload,
            ),
        )
        if found is not None:
            context["found"] = found
            if found.lines and not found.problems:
                context["token"] = keep_list(actor=actor, kept=kept)
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/nominee_list.html", context, status=status)


def _import(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    kept = kept_list(actor=actor, token=request.POST["token"])
    drafted = import_list(
        actor=actor, unit_id=kept.unit_id, occasion_id=kept.occasion_id, upload=kept.upload
    )
    messages.success(
        request,
        _("Đã lập %(made)d đề nghị; %(known)d đề nghị đã có từ trước.")
        % {"made": len(drafted.made), "known": len(drafted.known)},
    )
    warning = namesake_warning(drafted.made)
    if warning:
        messages.warning(request, warning)
    return redirect("inbox")


@require_safe
def list_template(request: HttpRequest) -> HttpResponse:
    """Hand out the empty list, with the awards and kinds of nominee that are open now."""
    del request
    forms, subjects = list_words()
    answer = HttpResponse(empty_list(forms=forms, subjects=subjects), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="danh-sach-de-nghi.xlsx"'
    return answer
