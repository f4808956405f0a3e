"""Printing several dossiers: choose, follow the job, stop it, take the file."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.models import Decider
from documents import store
from workflow.errors import NotFoundError
from workflow.forms.printing import PrintForm
from workflow.pages.printing import (
    batch_page,
    chosen_dossiers,
    file_to_print,
    own_batch,
    own_batches,
)
from workflow.services.print_batches import ask_batch, cancel_batch
from workflow.views.acting import actor_of
from workflow.views.councils import status_of
from workflow.views.forms import ask


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Show the person's last batches."""
    return render(request, "workflow/prints.html", {"rows": own_batches(actor_of(request))})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the dossiers that were chosen on their list as one file for one recipient."""
    actor, posted = actor_of(request), request.method == "POST"
    rows = chosen_dossiers(actor, request.POST if posted else request.GET, request)
    form = PrintForm(request.POST if posted else None)
    if posted and form.is_valid():
        keys = [row.pk for row in rows]
        made = ask(form, lambda: ask_batch(actor=actor, dossier_ids=keys, **form.asked()))
        if made is not None:
            return redirect("print_batch", made.pk)
    context = {"form": form, "rows": [(row, Decider(row.authority).label) for row in rows]}
    return render(request, "workflow/print_new.html", context, status=status_of(form))


@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one batch: how far it is, what is in the file, what was left out and why."""
    page = batch_page(own_batch(actor_of(request), pk))
    return render(request, "workflow/print_batch.html", {"page": page})


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a batch."""
    cancel_batch(actor=actor_of(request), batch_id=pk)
    messages.info(request, _("Đã dừng; bản ghép đã làm vẫn giữ."))
    return redirect("print_batch", pk)


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the file of a batch."""
    found = file_to_print(actor_of(request), pk)
    if found.file is None:
        raise NotFoundError
    name = f"in-{found.recipient}-{localtime(found.asked_at):%Y%m%d-%H%M}.pdf"
    return pdf_to_print(store.read(found.file), name)


def pdf_to_print(content: bytes, name: str) -> HttpResponse:
    """Return a PDF as a download that nobody keeps on the way."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"print.pdf\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
