"""Yearly sheets: those of a person, one of them, filling it in, checking it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.figure_errors import SheetChangedError
from workflow.figure_queries import access_sheet
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.figures import CheckForm, FiguresForm, typed
from workflow.models import FigureSheet
from workflow.pages.figures import SheetPage, own_sheets, sheet_page, waiting_sheets
from workflow.pages.overview import overviews
from workflow.services.figure_checks import check_figures, reopen_figures
from workflow.services.figures import write_figures
from workflow.sheet_lines import asks_for_women, is_open, table_for
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show what waits, the person's own sheets, and the tables he oversees."""
    actor = actor_of(request)
    context = {
        "work": waiting_sheets(actor),
        "sheets": own_sheets(actor),
        "overviews": overviews(actor),
    }
    return render(request, "workflow/figures.html", context)


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one sheet."""
    actor = actor_of(request)
    page = sheet_page(actor, access_sheet(actor, pk))
    return render(request, "workflow/figure_sheet.html", {"page": page})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill a sheet in; the button says whether it is kept as a draft or sent."""
    actor = actor_of(request)
    known = access_sheet(actor, pk)
    version = _version(request, known)
    page = sheet_page(actor, known)
    rows = [row for row in page.rows if is_open(known, row.figure)]
    initial = {"women_percent": typed(known.women_percent)}
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    women = asks_for_women(table_for(known.group, known.year))
    form = FiguresForm(data, files, rows=rows, women=women, initial=initial)
    send = "send" in request.POST
    if request.method == "POST" and form.is_valid():
        written = ask(
            form,
            lambda: write_figures(
                actor=actor,
                sheet_id=pk,
                expected_version=version,
                given=form.given(),
                women_percent=form.cleaned_data.get("women_percent"),
                send=send,
            ),
        )
        if written is not None:
            messages.success(request, _("Đã gửi số liệu.") if send else _("Đã ghi nháp số liệu."))
            return redirect("figure_sheet" if send else "figure_edit", pk)
    return _form_page(request, "workflow/figure_edit.html", page, form, version)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check a sheet; the button says whether the check is to go on or ends."""
    actor = actor_of(request)
    known = access_sheet(actor, pk)
    version = _version(request, known)
    page = sheet_page(actor, known)
    rows = [row for row in page.rows if row.figure is not None]
    form = CheckForm(request.POST or None, rows=rows)
    finish = "finish" in request.POST
    if request.method == "POST" and form.is_valid():
        checks = form.checks()
        checked = ask(
            form,
            lambda: check_figures(
                actor=actor, sheet_id=pk, expected_version=version, checks=checks, finish=finish
            ),
        )
        if checked is not None:
            messages.success(request, _("Đã ghi kết quả kiểm tra."))
            return redirect("figure_sheet" if finish else "figure_check", pk)
    return _form_page(request, "workflow/figure_check.html", page, form, version)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a verified sheet for another check."""
    actor = actor_of(request)
    known = access_sheet(actor, pk)
    version = _version(request, known)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        opened = ask(
            form,
            lambda: reopen_figures(
                actor=actor, sheet_id=pk, expected_version=version, reason=reason
            ),
        )
        if opened is not None:
            messages.success(request, _("Đã mở lại bảng số liệu để kiểm tra."))
            return redirect("figure_sheet", pk)
    page = sheet_page(actor, known)
    return _form_page(request, "workflow/figure_reopen.html", page, form, version)


def _version(request: HttpRequest, known: FigureSheet) -> int:
    posted = request.POST.get("expected_version", "")
    return int(posted) if posted.isdecimal() else known.version


def _form_page(
    request: HttpRequest, template: str, page: SheetPage, form: KeptForm, version: int
) -> HttpResponse:
    """Show a form of a sheet; the loser of a race keeps what he typed and may try again."""
    if isinstance(form.refusal, SheetChangedError):
        version = access_sheet(actor_of(request), page.sheet.pk).version
    status = form.refusal.status if form.refusal else 200
    context = {"page": page, "form": form, "version": version}
    return render(request, template, context, status=status)
