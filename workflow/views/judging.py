"""Verdicts, facts and overrulings of one nomination."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.engine import Asked
from workflow.errors import NominationChangedError
from workflow.forms.base import ReasonForm
from workflow.forms.judging import FactsForm
from workflow.models import Nomination
from workflow.pages.facts import facts_page
from workflow.pages.judging import rule_page, verdicts_page
from workflow.queries import access_nomination
from workflow.services.facts import enter_facts
from workflow.services.judging import judge_nominations
from workflow.services.overruling import lift_overrule, overrule_rule
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def verdicts(request: HttpRequest, pk: UUID, number: int | None = None) -> HttpResponse:
    """Show every verdict on a nomination: of now, or of one time in the past."""
    actor = actor_of(request)
    page = verdicts_page(actor, access_nomination(actor, pk), timezone.now(), number)
    return render(request, "workflow/verdicts.html", {"page": page})


@require_safe
def rule(request: HttpRequest, pk: UUID, key: str, number: int | None = None) -> HttpResponse:
    """Show one rule as its text says it, with its verdict."""
    actor = actor_of(request)
    page = rule_page(actor, access_nomination(actor, pk), timezone.now(), key, number)
    return render(request, "workflow/rule.html", {"page": page})


@require_POST
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge a nomination by the facts and rules of now."""
    actor = actor_of(request)
    known = access_nomination(actor, pk)
    judge_nominations(actor=actor, items=[Asked(pk, version_of(request, known))])
    messages.success(request, _("Đã đối chiếu lại với quy định và dữ kiện hiện nay."))
    return redirect("verdicts", pk)


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter facts that the rules ask for; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_nomination(actor, pk)
    version = version_of(request, known)
    page = facts_page(actor, known, timezone.now())
    form = FactsForm(request.POST or None, asked=page.asked, entries=page.entries)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        written = ask(
            form,
            lambda: enter_facts(
                actor=actor, nomination_id=pk, expected_version=version, facts=given
            ),
        )
        if written is not None:
            messages.success(request, _("Đã ghi %(count)d dữ kiện.") % {"count": len(given)})
            return redirect("verdicts", pk)
    if isinstance(form.refusal, NominationChangedError):
        version = access_nomination(actor, pk).version
    status = form.refusal.status if form.refusal else 200
    context = {"page": page, "form": form, "version": version}
    return render(request, "workflow/facts.html", context, status=status)


@require_http_methods(["GET", "POST"])
def overrule(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Let a nomination pass one rule, or take that back, with the reason."""
    actor = actor_of(request)
    known = access_nomination(actor, pk)
    version = version_of(request, known)
    page = rule_page(actor, known, timezone.now(), key)
    service = lift_overrule if page.line.overruled else overrule_rule
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        written = ask(
            form,
            lambda: service(
                actor=actor, nomination_id=pk, expected_version=version, rule=key, reason=reason
            ),
        )
        if written is not None:
            messages.success(request, _("Đã ghi quyết định và lý do; in trong báo cáo thẩm định."))
            return redirect("verdicts", pk)
    if isinstance(form.refusal, NominationChangedError):
        version = access_nomination(actor, pk).version
    status = form.refusal.status if form.refusal else 200
    context = {"page": page, "form": form, "version": version}
    return render(request, "workflow/overrule.html", context, status=status)


def version_of(request: HttpRequest, known: Nomination) -> int:
    """Return the version that the page was made from; the present one where it did not say."""
    posted = request.POST.get("expected_version", "")
    return int(posted) if posted.isdecimal() else known.version
