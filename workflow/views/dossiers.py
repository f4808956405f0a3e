"""Dossiers: the list, one of them, its unit's meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.forms.meetings import MeetingForm, Votes
from workflow.pages.dossiers import DossierFilter, dossier_page, in_full, unsent
from workflow.pages.inbox import IN_DOSSIERS
from workflow.pages.offers import drafting_units
from workflow.queries import access_dossier, visible_dossiers
from workflow.services.proposing import record_unit_meeting
from workflow.tables import DossierTable, KeysFirst, NominationTable, paged
from workflow.views.acting import actor_of
from workflow.views.forms import ask
from workflow.views.sheets import Sheet


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """Show the dossiers this person may read."""
    actor = actor_of(request)
    narrowed = DossierFilter(request.GET, queryset=visible_dossiers(actor), request=request)
    table = paged(DossierTable(KeysFirst(narrowed.qs, in_full)), request)
    context = {
        "filter": narrowed,
        "table": table,
        "matching": table.paginator.count if table.paginator else 0,
        "asked": [
            (f"{IN_DOSSIERS}-{name}", request.GET[name])
            for name in DossierFilter.base_filters
            if request.GET.get(name)
        ],
        "may_draft": bool(drafting_units(actor)),
    }
    return render(request, "workflow/dossiers.html", context)


@require_safe
def dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one dossier."""
    page = dossier_page(actor_of(request), access_dossier(actor_of(request), pk))
    table = paged(NominationTable(page.nominations, registered=page.registered), request)
    return render(request, "workflow/dossier.html", {"page": page, "table": table})


@require_http_methods(["GET", "POST"])
def unit_meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down the unit's meeting on what it has not sent yet."""
    actor = actor_of(request)
    known = access_dossier(actor, pk)
    rows = unsent(known)
    initial = [{"nomination": row.pk} for row in rows]
    if request.method == "POST":
        form, lines = MeetingForm(request.POST), Votes(request.POST, prefix="lines")
    else:
        form, lines = MeetingForm(), Votes(initial=initial, prefix="lines")
    headings = [f"{row.nominee.name}, {row.award_item.form.name}" for row in rows]
    sheet = Sheet(form, rows, lines, headings)
    if request.method == "POST" and sheet.is_valid():
        counts = [line.count() for line in lines]
        facts = form.facts()
        written = ask(
            form,
            lambda: record_unit_meeting(actor=actor, dossier_id=pk, facts=facts, counts=counts),
        )
        if written is not None:
            messages.success(request, _("Đã ghi biên bản họp của đơn vị."))
            return redirect("dossier", pk)
    status = form.refusal.status if form.refusal else 200
    context = {"dossier": known, "sheet": sheet}
    return render(request, "workflow/meeting_form.html", context, status=status)
