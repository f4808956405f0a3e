"""The certificates of a decision: the list, the golden book, the ceremony's list as .xlsx."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflow.exports_ceremony import ceremony_sheet
from workflow.money import access_decision
from workflow.pages.certificates import certificates_page
from workflow.services.certificates import enter_golden_book
from workflow.views.acting import actor_of
from workflow.views.documents import TYPES


@require_safe
def certificates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who of a decision has his number and his certificate."""
    actor = actor_of(request)
    page = certificates_page(actor, access_decision(actor, pk))
    return render(request, "workflow/certificates.html", {"page": page})


@require_POST
def golden_book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the awardees of a decision in the golden book."""
    actor = actor_of(request)
    items = enter_golden_book(actor=actor, decision_id=access_decision(actor, pk).pk)
    messages.success(request, _("Đã vào sổ vàng %(count)d bằng.") % {"count": len(items)})
    return redirect("certificates", pk)


@require_safe
def ceremony(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the list for the ceremony, with a column to sign for the certificate."""
    actor = actor_of(request)
    decision = access_decision(actor, pk)
    content = ceremony_sheet(decision, certificates_page(actor, decision).items)
    answer = HttpResponse(content, content_type=TYPES["xlsx"])
    name = quote(f"Danh-sach-trao-{decision.notation.replace('/', '-')}.xlsx")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"danh-sach-trao.xlsx\"; filename*=UTF-8''{name}"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
