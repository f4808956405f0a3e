"""Certificates printed onto blanks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from workflow.forms.overprint import OverprintForm
from workflow.pages.overprint import overprint_pdf
from workflow.queries import access_document
from workflow.views.acting import actor_of


@require_safe
def overprint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the PDF to print onto the blank that is asked for."""
    content = overprint_pdf(access_document(actor_of(request), pk), OverprintForm(request.GET))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="in-phoi.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
