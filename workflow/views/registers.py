"""The register of outgoing papers: its books, one of them to print, and what its keeper does."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import RegisterEntry
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.registers import AdoptForm, DispatchForm, ReserveForm, UseForm
from workflow.pages.registers import bodies_kept, book_page, books, kept_entry, printed_book
from workflow.services.registering import (
    adopt_register_number,
    dispatch_register_paper,
    enter_reserved,
    reserve_register_number,
    void_register_number,
)
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """List the books that this person keeps or audits."""
    actor = actor_of(request)
    context = {"books": books(actor), "keeps": bool(bodies_kept(actor))}
    return render(request, "workflow/registers.html", context)


@require_safe
def register(request: HttpRequest, body: UUID, series: str, year: int) -> HttpResponse:
    """Show one book with the ten columns of the decree."""
    page = book_page(actor_of(request), body, series, year)
    return render(request, "workflow/register.html", {"page": page})


@require_safe
def book(request: HttpRequest, body: UUID, series: str, year: int) -> HttpResponse:
    """Hand out one book as a PDF to print and bind."""
    content = printed_book(actor_of(request), body, series, year)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="so-van-ban-di-{year}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def reserve(request: HttpRequest) -> HttpResponse:
    """Keep a number for a paper to come."""
    actor = actor_of(request)
    form = ReserveForm(request.POST or None, bodies=_bodies(actor), initial=request.GET.dict())

    def service() -> RegisterEntry:
        given = form.cleaned_data
        return reserve_register_number(
            actor=actor,
            body_id=UUID(given["body"]),
            series=given["series"],
            symbol=given["symbol"],
            purpose=given["purpose"],
        )

    return _answer(request, form, service, _("Giữ số"), _("Đã giữ số %(number)s."))


@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over a number that the office's own document system gave."""
    actor = actor_of(request)
    form = AdoptForm(request.POST or None, bodies=_bodies(actor), initial=request.GET.dict())

    def service() -> RegisterEntry:
        return adopt_register_number(
            actor=actor,
            body_id=UUID(form.cleaned_data["body"]),
            series=form.cleaned_data["series"],
            given=form.given(),
            subject=form.cleaned_data["subject"],
        )

    return _answer(
        request, form, service, _("Nhận số của hệ thống khác"), _("Đã ghi số %(number)s.")
    )


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the paper that a number was kept for."""
    actor = actor_of(request)
    entry = kept_entry(actor, pk)
    form = UseForm(request.POST or None, initial={"subject": entry.subject})

    def service() -> RegisterEntry:
        subject, facts = form.cleaned_data["subject"], form.facts()
        return enter_reserved(actor=actor, entry_id=pk, subject=subject, facts=facts)

    title = _("Ghi văn bản vào số %(number)s") % {"number": entry.notation}
    return _answer(request, form, service, title, _("Đã ghi số %(number)s."))


@require_http_methods(["GET", "POST"])
def dispatch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Complete a line when its paper goes out."""
    actor = actor_of(request)
    entry = kept_entry(actor, pk)
    initial = {name: getattr(entry, name) for name in DispatchForm.base_fields}
    form = DispatchForm(request.POST or None, initial=initial)

    def service() -> RegisterEntry:
        sent_on, facts = form.cleaned_data["sent_on"], form.facts()
        return dispatch_register_paper(actor=actor, entry_id=pk, sent_on=sent_on, facts=facts)

    title = _("Ghi việc chuyển văn bản %(number)s") % {"number": entry.notation}
    return _answer(request, form, service, title, _("Đã ghi việc chuyển %(number)s."))


def _bodies(actor: Actor) -> list[tuple[str, str]]:
    """Return the bodies whose clerk this is; for others there is no such page."""
    bodies = bodies_kept(actor)
    if not bodies:
        raise NotFoundError
    return bodies


def _answer(
    request: HttpRequest,
    form: KeptForm,
    service: Callable[[], RegisterEntry],
    title: str,
    done: str,
) -> HttpResponse:
    """Ask the service, then show its book, or the form again."""
    if request.method == "POST" and form.is_valid():
        entry = ask(form, service)
        if entry is not None:
            messages.success(request, done % {"number": entry.notation})
            return redirect("register", entry.body_id, entry.series, entry.year)
    code = form.refusal.status if form.refusal else 200
    context = {"form": form, "title": title}
    return render(request, "workflow/number_form.html", context, status=code)


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
