"""Time: the limits of a campaign's steps, and a year's calendar at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.calendar_lines import read_lines
from campaigns.services.office import require_may_enter
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.forms.clocks import CalendarYearForm, LimitForm
from workflow.pages.limits import access_limit, limits_page
from workflow.services.clocks import enter_calendar_days, remove_step_limit, set_step_limit
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def limits(request: HttpRequest, key: str) -> HttpResponse:
    """Show how long each step may take."""
    context = {"page": limits_page(actor_of(request), key)}
    return render(request, "workflow/step_limits.html", context)


@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """Set how long one step may take."""
    actor = actor_of(request)
    campaign, state, row = access_limit(actor, key, step)
    form = LimitForm(request.POST or None, state=state, initial=LimitForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        facts, seen_version = form.facts(), form.cleaned_data["version"]
        done = ask(
            form,
            lambda: set_step_limit(
                actor=actor,
                campaign_key=key,
                state=state,
                expected_version=seen_version,
                facts=facts,
            ),
        )
        if done is not None:
            messages.success(request, _("Đã đặt thời hạn: %(step)s.") % {"step": state.label})
            return redirect("step_limits", key)
    context = {"form": form, "campaign": campaign, "state": state, "limit": row}
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/step_limit.html", context, status=status)


@require_POST
def limit_remove(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """Take a step's limit away, as it was shown."""
    actor = actor_of(request)
    _campaign, state, _row = access_limit(actor, key, step)
    seen = request.POST.get("version", "")
    if not seen.isdecimal():
        raise NotFoundError
    remove_step_limit(actor=actor, campaign_key=key, state=state, expected_version=int(seen))
    messages.success(request, _("Đã bỏ thời hạn của bước “%(step)s”.") % {"step": state.label})
    return redirect("step_limits", key)


@require_http_methods(["GET", "POST"])
def calendar_year(request: HttpRequest) -> HttpResponse:
    """Take over the holidays and make-up days of a year at once."""
    actor = actor_of(request)
    require_may_enter(actor)
    form = CalendarYearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = ask(form, lambda: _enter(actor, form))
        if count is not None:
            done = ngettext("Đã ghi %(count)d ngày.", "Đã ghi %(count)d ngày.", count)
            messages.success(request, done % {"count": count})
            return redirect("calendar")
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/calendar_year.html", {"form": form}, status=status)


def _enter(actor: Actor, form: CalendarYearForm) -> int:
    given = form.cleaned_data
    days = read_lines(given["lines"], given["year"])
    return enter_calendar_days(actor=actor, days=days, source=given["source"])
