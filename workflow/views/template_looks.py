"""How a version of a template looks: the form beside its PDF, two versions, the last papers."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from workflow.errors import NotFoundError
from workflow.forms.template_values import ValuesForm
from workflow.pages.template_looks import (
    Filling,
    comparison_page,
    filling,
    impact_page,
    keep_typed,
    page_picture,
    preview_of,
)
from workflow.pages.templates import access_template_version
from workflow.views.acting import actor_of
from workflow.views.documents import TYPES


def _filled(request: HttpRequest, pk: UUID) -> Filling:
    actor = actor_of(request)
    version = access_template_version(actor, pk)
    return filling(actor, version, request.GET.get("paper", ""), request.GET.get("typed", ""))


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the values of a version as a form, and beside it what is made of them."""
    filled = _filled(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ValuesForm(data, listed=filled.version.fields, values=filled.values)
    if form.is_valid():
        query = {"typed": keep_typed(form.values)}
        return redirect(reverse("paper_template_trial", args=[pk], query=query))
    context = {"page": filled, "form": form, "preview": preview_of(filled)}
    code = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "workflow/paper_template_trial.html", context, status=code)


@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece of the page with the preview; htmx asks every 2 s while it is made."""
    filled = _filled(request, pk)
    context = {"page": filled, "preview": preview_of(filled)}
    return render(request, "workflow/paper_template_preview.html", context)


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
@require_safe
def preview_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the preview's PDF in the frame of its page."""
    filled = _filled(request, pk)
    made = preview_of(filled)
    if not made.pdf:
        raise NotFoundError
    answer = HttpResponse(made.pdf, content_type=TYPES["pdf"])
    answer["Content-Disposition"] = f'inline; filename="{filled.version.key}-xem-thu.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a version beside the one before it, page by page."""
    page = comparison_page(_filled(request, pk))
    return render(request, "workflow/paper_template_compare.html", {"page": page})


@require_safe
def compared_pages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the pages of a comparison; 204 while a worker makes it."""
    page = comparison_page(_filled(request, pk))
    if page.made is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "workflow/paper_template_pages.html", {"page": page})


@require_safe
def picture(request: HttpRequest, pk: UUID, number: int, side: str) -> HttpResponse:
    """Return one page as a picture, with what differs outlined."""
    content = page_picture(comparison_page(_filled(request, pk)), number, side)
    answer = HttpResponse(content, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_safe
def impact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece of the page that says what the version would make of the last papers."""
    actor = actor_of(request)
    page = impact_page(actor, access_template_version(actor, pk), request.GET.get("last", ""))
    return render(request, "workflow/paper_template_impact.html", {"page": page})
