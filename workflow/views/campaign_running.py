"""Running a campaign: its occasions opened and closed, its desks given to units."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import OwnUnit, Taken
from campaigns.services import assign_desk, close_occasion, open_occasion, set_own_unit, set_taken
from workflow.errors import NotFoundError
from workflow.forms.campaigns import DeskForm
from workflow.pages.campaigns import (
    access_desk,
    access_occasion,
    campaign_page,
    units_today,
)
from workflow.views.acting import actor_of
from workflow.views.forms import ask

_ACTS = {"open": open_occasion, "close": close_occasion}


@require_POST
def occasion(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    """Open or close an occasion, as it was shown."""
    actor = actor_of(request)
    known = access_occasion(actor, key, pk)
    act, seen = _ACTS.get(request.POST.get("do", "")), request.POST.get("version", "")
    if act is None or not seen.isdecimal():
        raise NotFoundError
    act(actor=actor, occasion_id=known.pk, expected_version=int(seen))
    messages.success(request, _("Đã ghi nhận: %(title)s.") % {"title": known.title})
    return redirect("campaign", key)


@require_POST
def own_unit(request: HttpRequest, key: str) -> HttpResponse:
    """Say what becomes of a judgement by somebody whose own unit is the nominee, as it was shown."""
    actor = actor_of(request)
    page = campaign_page(actor, key)
    asked, seen = request.POST.get("own_unit", ""), request.POST.get("version", "")
    if not page.may_set_up or asked not in OwnUnit.values or not seen.isdecimal():
        raise NotFoundError
    set_own_unit(
        actor=actor,
        campaign_id=page.campaign.pk,
        expected_version=int(seen),
        own_unit=OwnUnit(asked),
    )
    messages.success(request, _("Đã ghi nhận: %(title)s.") % {"title": OwnUnit(asked).label})
    return redirect("campaign", key)


@require_POST
def taken(request: HttpRequest, key: str) -> HttpResponse:
    """Say whether work that somebody has taken upon himself is his alone, as it was shown."""
    actor = actor_of(request)
    page = campaign_page(actor, key)
    asked, seen = request.POST.get("taken", ""), request.POST.get("version", "")
    if not page.may_set_up or asked not in Taken.values or not seen.isdecimal():
        raise NotFoundError
    set_taken(
        actor=actor,
        campaign_id=page.campaign.pk,
        expected_version=int(seen),
        taken=Taken(asked),
    )
    messages.success(request, _("Đã ghi nhận: %(title)s.") % {"title": Taken(asked).label})
    return redirect("campaign", key)


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Say which unit does a desk's work."""
    actor = actor_of(request)
    known = access_desk(actor, key, name)
    form = DeskForm(request.POST or None, units=units_today(), initial={"unit": known.unit_id})
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else known.version
    if request.method == "POST" and form.is_valid():
        unit_id = form.cleaned_data["unit"]
        assigned = ask(
            form,
            lambda: assign_desk(
                actor=actor, desk_id=known.pk, expected_version=version, unit_id=unit_id
            ),
        )
        if assigned is not None:
            messages.success(request, _("Đã phân công: %(desk)s.") % {"desk": known})
            return redirect("campaign", key)
    status = form.refusal.status if form.refusal else 200
    context = {"form": form, "desk": known, "campaign": known.campaign}
    return render(request, "workflow/campaign_desk.html", context, status=status)
