"""Handing finished dossiers to the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.archives import access_transfer, chosen
from workflow.errors import NotFoundError, NothingChosenError
from workflow.forms.archives import CancelForm, DrawUpForm, ReceivedForm
from workflow.forms.base import KeptForm
from workflow.pages.archives import archive_page, transfer_page
from workflow.services.archiving import cancel_transfer, draw_up_transfer, receive_transfer
from workflow.services.printing import print_transfer
from workflow.views.acting import actor_of
from workflow.views.councils import number, status_of
from workflow.views.forms import ask
from workflow.views.printing import pdf_to_print

FORMS: dict[str, type[KeptForm]] = {"received": ReceivedForm, "cancel": CancelForm}


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Show which finished dossiers wait, and the lists drawn up."""
    return render(request, "workflow/archive.html", {"page": archive_page(actor_of(request))})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draw up a list of the dossiers that were ticked."""
    actor, posted = actor_of(request), request.method == "POST"
    given = request.POST if posted else request.GET
    dossiers = chosen(actor, uuids(given.getlist("dossier")))
    if not dossiers:
        raise NothingChosenError
    form = DrawUpForm(request.POST if posted else None, dossiers=dossiers)
    if posted and form.is_valid():
        keys = [row.pk for row in dossiers]
        made = ask(
            form,
            lambda: draw_up_transfer(
                actor=actor, dossier_ids=keys, facts=form.facts(), sheets=form.sheets()
            ),
        )
        if made is not None:
            messages.success(request, _("Đã lập mục lục nộp lưu; hai văn bản đang được tạo."))
            return redirect("archive_transfer", made.pk)
    return render(request, "workflow/archive_new.html", {"form": form}, status=status_of(form))


@require_safe
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one list."""
    actor = actor_of(request)
    page = transfer_page(actor, access_transfer(actor, pk))
    context = {"page": page, "received": ReceivedForm(), "cancel": CancelForm()}
    return render(request, "workflow/archive_transfer.html", context)


@require_POST
def print_papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out both copies of a list and its record as one file to print."""
    double_sided = request.POST.get("double_sided") == "1"
    run = print_transfer(actor=actor_of(request), transfer_id=pk, double_sided=double_sided)
    return pdf_to_print(run.content, run.name)


@require_http_methods(["POST"])
def settle(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Note that the archive took a list's dossiers, or cancel the list."""
    actor = actor_of(request)
    page = transfer_page(actor, access_transfer(actor, pk))
    if name not in FORMS:
        raise NotFoundError
    form = FORMS[name](request.POST)
    if form.is_valid():
        version = number(request.POST.get("version", ""))
        given: dict[str, Any] = {"actor": actor, "transfer_id": pk, "expected_version": version}
        service: Callable[..., object] = receive_transfer if name == "received" else cancel_transfer
        if ask(form, lambda: service(**given, **form.cleaned_data)) is not None:
            messages.success(request, _("Đã ghi nhận."))
            return redirect("archive_transfer", pk)
    context = {"page": page, "received": ReceivedForm(), "cancel": CancelForm(), name: form}
    return render(request, "workflow/archive_transfer.html", context, status=status_of(form))


def uuids(texts: list[str]) -> list[UUID]:
    """Return keys as typed into an address; raises NotFoundError for what is none."""
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise NotFoundError from error
