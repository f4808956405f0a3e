"""The register of outgoing papers: its books, one of them to print, and voiding a number."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.forms.base import ReasonForm
from workflow.pages.registers import book_page, books, kept_entry
from workflow.services.registering import void_register_number
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """List the books that this person keeps or audits."""
    return render(request, "workflow/registers.html", {"books": books(actor_of(request))})


@require_safe
def register(request: HttpRequest, body: UUID, series: str, year: int) -> HttpResponse:
    """Show one book with the ten columns of the decree."""
    page = book_page(actor_of(request), body, series, year)
    return render(request, "workflow/register.html", {"page": page})


@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Void a number whose paper will not be issued."""
    actor = actor_of(request)
    entry = kept_entry(actor, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if ask(form, lambda: void_register_number(actor=actor, entry_id=pk, reason=reason)):
            messages.success(request, _("Đã hủy số %(number)s.") % {"number": entry.notation})
            return redirect("register", entry.body_id, entry.series, entry.year)
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/void.html", {"form": form, "entry": entry}, status=code)
