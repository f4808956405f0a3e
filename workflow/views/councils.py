"""Councils: their members, and the sessions they hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.council_queries import access_session, access_unit
from workflow.errors import NotFoundError
from workflow.forms.base import KeptForm
from workflow.forms.councils import ConveneForm, EndMemberForm, MemberForm
from workflow.pages.councils import (
    council_page,
    councils_page,
    gathering,
    home_choices,
    session_page,
)
from workflow.services.councils import add_council_member, end_council_member
from workflow.services.sessions import convene_session
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    """List the sessions, the councils kept, and what can be convened."""
    return render(request, "workflow/councils.html", {"page": councils_page(actor_of(request))})


@require_http_methods(["GET", "POST"])
def council(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who sits in a unit's council; POST adds one."""
    actor = actor_of(request)
    unit = access_unit(actor, pk)
    today = timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    form = MemberForm(posted, units=home_choices(today), initial={"valid_from": today})
    if posted is not None and form.is_valid():
        facts = form.facts()
        added = ask(form, lambda: add_council_member(actor=actor, unit_id=pk, facts=facts))
        if added is not None:
            messages.success(request, _("Đã thêm thành viên Hội đồng."))
            return redirect("council", pk)
    context = {"page": council_page(unit, today), "form": form, "unit": unit}
    return render(request, "workflow/council.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def member_end(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """End a member's term."""
    actor = actor_of(request)
    unit = access_unit(actor, pk)
    known = next(
        (one for one in council_page(unit, timezone.localdate()).members if one.pk == member), None
    )
    if known is None:
        raise NotFoundError
    form = EndMemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        version, last_day = number(request.POST.get("version", "")), form.cleaned_data["last_day"]
        ended = ask(
            form,
            lambda: end_council_member(
                actor=actor, member_id=member, expected_version=version, last_day=last_day
            ),
        )
        if ended is not None:
            messages.success(request, _("Đã ghi ngày kết thúc nhiệm kỳ."))
            return redirect("council", pk)
    context = {"form": form, "known": known, "unit": unit}
    return render(request, "workflow/council_member.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    """Convene a council: of the province for an occasion, or of a unit for its dossier."""
    actor = actor_of(request)
    values = request.POST if request.method == "POST" else request.GET
    page = gathering(actor, values.get("occasion", ""), values.get("dossier", ""))
    form = ConveneForm(request.POST if request.method == "POST" else None)
    ticked = ticked_in(request)
    if request.method == "POST" and form.is_valid():
        dossier_id = page.dossier.pk if page.dossier else None
        facts = form.facts(ticked, None if dossier_id else page.occasion.pk, dossier_id)
        made = ask(form, lambda: convene_session(actor=actor, facts=facts))
        if made is not None:
            messages.success(request, _("Đã triệu tập phiên họp."))
            return redirect("council_session", made.pk)
    chosen = set(ticked) if request.method == "POST" else {row.pk for row in page.nominations}
    context = {"page": page, "form": form, "chosen": chosen}
    return render(request, "workflow/council_convene.html", context, status=status_of(form))


@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one session."""
    actor = actor_of(request)
    page = session_page(actor, access_session(actor, pk), timezone.localdate())
    return render(request, "workflow/council_session.html", {"page": page})


def ticked_in(request: HttpRequest) -> list[UUID]:
    """Return the nominations ticked on a posted page, in its order."""
    try:
        return [UUID(text) for text in request.POST.getlist("item")]
    except ValueError as error:
        raise NotFoundError from error


def status_of(*forms: KeptForm) -> int:
    """Return the status of a page: that of the refusal on it, or 200."""
    refusals: list[Any] = [form.refusal for form in forms if form.refusal]
    return refusals[0].status if refusals else 200


def number(value: str) -> int:
    """Return a number that a form carries hidden; raises NotFoundError where it is none."""
    if not value.isdecimal():
        raise NotFoundError
    return int(value)
