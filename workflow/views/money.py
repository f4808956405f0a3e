"""The money of decisions: the list, one of them, and its sheet for accounting."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflow.exports_money import bonus_sheet
from workflow.money import access_decision
from workflow.pages.money import decision_lines, money_page, seen_lines
from workflow.views.acting import actor_of
from workflow.views.documents import TYPES


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions that award somebody this person may see."""
    context = {"lines": decision_lines(actor_of(request))}
    return render(request, "workflow/decisions.html", context)


@require_safe
def money(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what each awardee of a decision gets, and what that rests on."""
    actor = actor_of(request)
    page = money_page(actor, access_decision(actor, pk))
    return render(request, "workflow/money.html", {"page": page})


@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the same as .xlsx; whoever sees only some of the lines gets only those."""
    actor = actor_of(request)
    decision = access_decision(actor, pk)
    content = bonus_sheet(decision, seen_lines(actor, decision))
    answer = HttpResponse(content, content_type=TYPES["xlsx"])
    name = quote(f"Tien-thuong-{decision.notation.replace('/', '-')}.xlsx")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"tien-thuong.xlsx\"; filename*=UTF-8''{name}"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
