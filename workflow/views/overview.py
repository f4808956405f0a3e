"""The department's tables of a year, the call for figures, and one unit over the years."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.models import Kind
from workflow.exports_figures import figures_sheet
from workflow.exports_ranking import ranking_sheet
from workflow.figure_queries import access_overview
from workflow.figure_tables import group_tables
from workflow.forms.figures import CallForm, PeriodReportForm, YearlyReportForm
from workflow.pages.overview import concerned_units, overview
from workflow.pages.ranking import ranking_page
from workflow.pages.unit_figures import unit_figures
from workflow.services.figure_calls import call_for_figures
from workflow.services.yearly_reports import request_period_report, request_yearly_report
from workflow.views.acting import actor_of
from workflow.views.forms import ask
from workflow.views.lists import XLSX

_IS_COUNT = re.compile(r"[0-9]{1,7}")


@require_safe
def overview_page(request: HttpRequest, campaign: str, year: int) -> HttpResponse:
    """Show a year of a campaign."""
    actor = actor_of(request)
    page = overview(actor, access_overview(actor, campaign), year)
    return render(request, "workflow/figure_overview.html", {"page": page})


@require_safe
def unit(request: HttpRequest, campaign: str, unit: UUID) -> HttpResponse:
    """Show one unit's figures over the years."""
    page = unit_figures(actor_of(request), campaign, unit)
    return render(request, "workflow/unit_figures.html", {"page": page})


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, campaign: str, year: int) -> HttpResponse:
    """Ask units for their figures of a year."""
    actor = actor_of(request)
    known = access_overview(actor, campaign)
    units = concerned_units(known, timezone.localdate())
    initial = {"units": [str(one.unit_id) for one in units if one.usual]}
    choices = [(one.unit_id, one.name) for one in units]
    form = CallForm(request.POST or None, units=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        called = ask(
            form,
            lambda: call_for_figures(
                actor=actor,
                campaign_id=known.pk,
                year=year,
                due_on=form.cleaned_data["due_on"],
                unit_ids=form.cleaned_data["units"],
            ),
        )
        if called is not None:
            text = ngettext(
                "Đã yêu cầu %(count)d đơn vị gửi số liệu.",
                "Đã yêu cầu %(count)d đơn vị gửi số liệu.",
                len(called),
            )
            messages.success(request, text % {"count": len(called)})
            return redirect("figure_overview", campaign, year)
    context: dict[str, Any] = {"form": form, "campaign": known, "year": year, "units": units}
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/figure_call.html", context, status=status)


@require_safe
def export(request: HttpRequest, campaign: str, year: int) -> HttpResponse:
    """Hand out a year's figures as a sheet."""
    actor = actor_of(request)
    page = overview(actor, access_overview(actor, campaign), year)
    answer = HttpResponse(figures_sheet(page), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-{campaign}-{year}.xlsx"'
    return answer


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, campaign: str, year: int) -> HttpResponse:
    """Ask for the yearly report."""
    actor = actor_of(request)
    known = access_overview(actor, campaign)
    tables = [table for table in group_tables(known, year) if table.sent]
    form = YearlyReportForm(
        request.POST or None, groups=[(table.group.key, str(table.group)) for table in tables]
    )
    if request.method == "POST" and form.is_valid():
        asked = ask(
            form,
            lambda: request_yearly_report(
                actor=actor,
                campaign_id=known.pk,
                year=year,
                charted=form.cleaned_data["charted"],
                proposals=form.cleaned_data["proposals"].splitlines(),
            ),
        )
        if asked is not None:
            messages.success(request, _("Đã yêu cầu lập báo cáo; văn bản được tạo ở phía sau."))
            return redirect("figure_overview", campaign, year)
    context = {"form": form, "campaign": known, "year": year}
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/yearly_report.html", context, status=status)


@require_http_methods(["GET", "POST"])
def period_report(request: HttpRequest, campaign: str, year: int) -> HttpResponse:
    """Ask for the report halfway through the movement, or at its end."""
    actor = actor_of(request)
    known = access_overview(actor, campaign)
    form = PeriodReportForm(
        request.POST or None,
        years=range(known.period_from, known.period_to + 1),
        initial={"first": known.period_from, "last": year},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = ask(
            form,
            lambda: request_period_report(
                actor=actor,
                campaign_id=known.pk,
                key=said["key"],
                first=said["first"],
                last=said["last"],
                written=form.written(),
            ),
        )
        if asked is not None:
            messages.success(request, _("Đã yêu cầu lập báo cáo; văn bản được tạo ở phía sau."))
            return redirect("figure_overview", campaign, said["last"])
    context = {"form": form, "campaign": known, "year": year}
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/period_report.html", context, status=status)


@require_safe
def ranking(request: HttpRequest, campaign: str, year: int, table: str) -> HttpResponse:
    """Show the ranking by a score table, with its arithmetic."""
    people = request.GET.get("individual", "")
    considered: dict[str, int] = {}
    if _IS_COUNT.fullmatch(people):
        considered[Kind.INDIVIDUAL] = int(people)
    known = access_overview(actor_of(request), campaign)
    page = ranking_page(known, year, table, considered)
    return render(request, "workflow/ranking.html", {"page": page})


@require_safe
def ranking_export(request: HttpRequest, campaign: str, year: int, table: str) -> HttpResponse:
    """Hand out the ranking as a sheet."""
    page = ranking_page(access_overview(actor_of(request), campaign), year, table)
    answer = HttpResponse(ranking_sheet(page), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="xep-hang-{table}-{year}.xlsx"'
    return answer
