"""Sending a dossier: one screen for each recipient's copy, its one PDF, its files as a ZIP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.bundles import stream
from workflow.errors import NotFoundError
from workflow.pages.sending import send_page
from workflow.queries import access_dossier
from workflow.sections import Recipient
from workflow.services.closing import put_together
from workflow.services.printing import print_sets
from workflow.services.sending import Bundle, export_dossier
from workflow.views.acting import actor_of
from workflow.views.printing import pdf_to_print


@require_safe
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show for each recipient what is in his copy, what lacks and what to do."""
    actor = actor_of(request)
    page = send_page(actor, access_dossier(actor, pk))
    return render(request, "workflow/send.html", {"page": page})


@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a recipient's copy as one PDF."""
    put_together(
        actor=actor_of(request),
        dossier_id=pk,
        recipient=_recipient(request),
        certified=request.POST.get("certified") == "1",
        archival=request.POST.get("archival") == "1",
    )
    messages.success(request, _("Đã yêu cầu ghép hồ sơ; văn bản sẽ hiện trong danh sách."))
    return redirect("dossier", pk)


@require_POST
def export(request: HttpRequest, pk: UUID) -> HttpResponse | StreamingHttpResponse:
    """Hand out a recipient's files as one ZIP."""
    return _download(
        export_dossier(actor=actor_of(request), dossier_id=pk, recipient=_recipient(request))
    )


@require_POST
def print_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a recipient's copy as a file to print, in numbered sets."""
    sets = request.POST.get("sets", "").strip()
    run = print_sets(
        actor=actor_of(request),
        dossier_id=pk,
        recipient=_recipient(request),
        sets=int(sets[:6]) if sets.isdecimal() else None,  # more digits are refused alike
        double_sided=request.POST.get("double_sided") == "1",
    )
    return pdf_to_print(run.content, run.name)


def _download(bundle: Bundle) -> StreamingHttpResponse:
    pieces: Iterator[bytes] = stream(bundle.members)
    answer = StreamingHttpResponse(pieces, content_type="application/zip")
    name = quote(bundle.name)
    answer["Content-Disposition"] = f"attachment; filename=\"dossier.zip\"; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _recipient(request: HttpRequest) -> Recipient:
    try:
        return Recipient(request.POST.get("recipient", Recipient.ARCHIVE.value))
    except ValueError as error:
        raise NotFoundError from error
