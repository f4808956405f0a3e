"""The law as pages: all regimes side by side, and a dossier's own, which a named person changes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.calendar_lines import DayLine
from campaigns.services.office import (
    OfficeFact,
    enter_base_pay,
    require_may_enter,
)
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.errors_dossiers import DossierChangedError
from workflow.forms.regimes import BasePayForm, CalendarDayForm, RegimeForm
from workflow.pages.regimes import calendar_page, fact_page, regimes_page
from workflow.queries import access_dossier
from workflow.services.clocks import drop_calendar_day, enter_calendar_days, enter_law_fact
from workflow.services.regimes import change_regime
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def regimes(request: HttpRequest) -> HttpResponse:
    """Show every form of award × every regime, and what nobody has read yet."""
    page = regimes_page(actor_of(request))
    return render(request, "workflow/regimes.html", {"page": page})


@require_http_methods(["GET", "POST"])
def dossier_regime(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge a dossier by another regime; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_dossier(actor, pk)
    form = RegimeForm(request.POST or None, initial={"expected_version": known.version})
    if request.method == "POST" and form.is_valid():
        changed = ask(form, lambda: change_regime(actor=actor, dossier_id=pk, **form.cleaned_data))
        if changed is not None:
            messages.success(request, _("Đã đổi chế độ của hồ sơ %(code)s.") % {"code": known.code})
            return redirect("dossier", pk)
    if isinstance(form.refusal, DossierChangedError):
        known = access_dossier(actor, pk)
    context = {"form": form, "dossier": known}
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/dossier_regime.html", context, status=code)


@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest, regime: str, address: str) -> HttpResponse:
    """Enter a fact of the law that the office has read."""
    actor = actor_of(request)
    page = fact_page(actor, regime, address, request.POST or None)
    form = page.form
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = OfficeFact(form.values(), said["clause"], said["source"], said["seen"])
        if ask(
            form,
            lambda: enter_law_fact(actor=actor, regime_key=regime, address=address, fact=given),
        ):
            messages.success(request, _("Đã ghi quy định do cơ quan nhập."))
            return redirect("regimes")
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/regime_fact.html", {"page": page, "form": form}, status=code)


@require_http_methods(["GET", "POST"])
def base_pay(request: HttpRequest) -> HttpResponse:
    """Enter base pay from a day on."""
    actor = actor_of(request)
    require_may_enter(actor)
    form = BasePayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = {"clause": said["clause"], "source": said["source"], **form.values()}
        if ask(form, lambda: enter_base_pay(actor=actor, **given)):
            messages.success(request, _("Đã ghi mức lương cơ sở do cơ quan nhập."))
            return redirect("regimes")
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/regime_fact.html", {"form": form}, status=code)


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the holidays and make-up days, and enter one."""
    actor = actor_of(request)
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = ask(form, lambda: _enter_day(actor, form))
        if entered is not None:
            messages.success(request, _("Đã ghi vào lịch."))
            return redirect("calendar")
    context = {"page": calendar_page(actor), "form": form}
    code = form.refusal.status if form.refusal else 200
    return render(request, "workflow/calendar.html", context, status=code)


def _enter_day(actor: Actor, form: CalendarDayForm) -> int:
    given = form.cleaned_data
    day = DayLine(given["day"], given["is_off"], given["name"])
    return enter_calendar_days(actor=actor, days=[day], source=given["source"])


@require_POST
def calendar_remove(request: HttpRequest, day: str) -> HttpResponse:
    """Take a day out of the calendar again."""
    try:
        parsed = date.fromisoformat(day)
    except ValueError as error:
        raise NotFoundError from error
    drop_calendar_day(actor=actor_of(request), day=parsed)
    messages.success(request, _("Đã bỏ khỏi lịch."))
    return redirect("calendar")
