"""Opinions asked of other bodies, public notices, and what waits longest of them and of holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.consulting_states import NOTICE_MOVES, OPINION_MOVES, ObjectionOutcome
from workflow.errors import NotFoundError
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.consulting import (
    Answers,
    ObjectionForm,
    RemindForm,
    ReplyForm,
    SettleForm,
    answer_facts,
)
from workflow.pages.consulting import (
    NoticePage,
    OpinionPage,
    notice_page,
    opinion_page,
    overview,
)
from workflow.services.opinions import answer_opinion, cancel_opinion, lapse_opinion, remind_body
from workflow.services.public_notices import (
    close_notice,
    record_objection,
    settle_objection,
    take_notice_down,
)
from workflow.views.acting import actor_of
from workflow.views.forms import ask
from workflow.views.sheets import Sheet


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """List what waits: bodies that were asked, notices that are up, nominations on hold."""
    page = overview(actor_of(request), timezone.localdate())
    return render(request, "workflow/consultations.html", {"page": page})


@require_safe
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one request for an opinion."""
    page = opinion_page(actor_of(request), pk, timezone.localdate())
    return render(request, "workflow/opinion.html", {"page": page})


@require_http_methods(["GET", "POST"])
def opinion_act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Record an answer or a reminder, let a request lapse, or ask no longer."""
    page = opinion_page(actor_of(request), pk, timezone.localdate())
    if name not in OPINION_MOVES:
        raise NotFoundError
    sheet = _opinion_sheet(request, page, name)
    version = _version(request, page.request.version)
    if request.method == "POST" and sheet.is_valid():
        done = ask(sheet.form, lambda: _do_opinion(request, page, name, sheet, version))
        if done is not None:
            messages.success(
                request, _("Đã ghi nhận “%(act)s”.") % {"act": OPINION_MOVES[name].label}
            )
            return redirect("opinion", pk)
    back = ("opinion", page.request.body_name)
    return _form_page(request, sheet, OPINION_MOVES[name].label, pk, version, back)


def _opinion_sheet(request: HttpRequest, page: OpinionPage, name: str) -> Sheet:
    data = request.POST if request.method == "POST" else None
    if name != "answer":
        forms: dict[str, type[KeptForm]] = {"remind": RemindForm, "cancel": ReasonForm}
        return Sheet(forms.get(name, KeptForm)(data), ())
    lines = Answers(
        data, prefix="lines", initial=[{"nomination": item.nomination_id} for item in page.items]
    )
    headings = [
        f"{item.nomination.nominee.name}, {item.nomination.award_item.form.name}"
        for item in page.items
    ]
    return Sheet(ReplyForm(data, request.FILES or None), (), lines, headings)


def _do_opinion(
    request: HttpRequest, page: OpinionPage, name: str, sheet: Sheet, version: int
) -> object:
    given: dict[str, Any] = {
        "actor": actor_of(request),
        "request_id": page.request.pk,
        "expected_version": version,
    }
    if name == "answer":
        assert isinstance(sheet.form, ReplyForm)  # noqa: S101 - _opinion_sheet made it
        answers = answer_facts(sheet.filled("nomination"))
        return answer_opinion(**given, reply=sheet.form.facts(), answers=answers)
    services: dict[str, Callable[..., object]] = {
        "remind": remind_body,
        "lapse": lapse_opinion,
        "cancel": cancel_opinion,
    }
    return services[name](**given, **sheet.form.cleaned_data)


@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one public notice with what was written in."""
    page = notice_page(actor_of(request), pk, timezone.localdate())
    return render(request, "workflow/public_notice.html", {"page": page})


@require_http_methods(["GET", "POST"])
def notice_act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Enter an objection, close the notice, or take it down."""
    page = notice_page(actor_of(request), pk, timezone.localdate())
    if name not in NOTICE_MOVES or name == "settle":
        raise NotFoundError
    sheet = Sheet(_notice_form(request, page, name), ())
    version = _version(request, page.notice.version)
    if request.method == "POST" and sheet.is_valid():
        done = ask(sheet.form, lambda: _do_notice(request, pk, name, sheet.form, version))
        if done is not None:
            messages.success(
                request, _("Đã ghi nhận “%(act)s”.") % {"act": NOTICE_MOVES[name].label}
            )
            return redirect("public_notice", pk)
    return _form_page(
        request,
        sheet,
        NOTICE_MOVES[name].label,
        pk,
        version,
        ("public_notice", page.notice.channel),
    )


def _notice_form(request: HttpRequest, page: NoticePage, name: str) -> KeptForm:
    data = request.POST if request.method == "POST" else None
    if name == "object":
        return ObjectionForm(
            data, nominations=[(row.pk, row.nominee.name) for row in page.nominations]
        )
    return ReasonForm(data) if name == "take_down" else KeptForm(data)


def _do_notice(request: HttpRequest, pk: UUID, name: str, form: KeptForm, version: int) -> object:
    given: dict[str, Any] = {
        "actor": actor_of(request), "notice_id": pk, "expected_version": version,
    }  # fmt: skip
    if isinstance(form, ObjectionForm):
        return record_objection(**given, facts=form.facts())
    if name == "close":
        return close_notice(**given)
    return take_notice_down(**given, **form.cleaned_data)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: UUID, objection: UUID) -> HttpResponse:
    """Enter how an objection was looked into, and what was found."""
    page = notice_page(actor_of(request), pk, timezone.localdate())
    known = next((row for row in page.notice.objections.all() if row.pk == objection), None)
    if known is None:
        raise NotFoundError
    form = SettleForm(request.POST if request.method == "POST" else None)
    version = _version(request, page.notice.version)
    if request.method == "POST" and form.is_valid():
        done = ask(
            form,
            lambda: settle_objection(
                actor=actor_of(request),
                objection_id=objection,
                expected_version=version,
                verification=form.cleaned_data["verification"],
                outcome=ObjectionOutcome(form.cleaned_data["outcome"]),
            ),
        )
        if done is not None:
            messages.success(request, _("Đã ghi kết quả xác minh."))
            return redirect("public_notice", pk)
    label = NOTICE_MOVES["settle"].label
    return _form_page(
        request,
        Sheet(form, ()),
        label,
        pk,
        version,
        ("public_notice", page.notice.channel),
        known.what,
    )


def _version(request: HttpRequest, known: int) -> int:
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else known


def _form_page(  # noqa: PLR0913, PLR0917 - what the shared form shows
    request: HttpRequest,
    sheet: Sheet,
    label: object,
    pk: UUID,
    version: int,
    back: tuple[str, str],
    about: str = "",
) -> HttpResponse:
    refusal = sheet.form.refusal
    context = {
        "sheet": sheet, "label": label, "pk": pk, "version": version, "back_url": back[0],
        "back_label": back[1], "about": about,
    }  # fmt: skip
    return render(
        request, "workflow/consulting_form.html", context, status=refusal.status if refusal else 200
    )
