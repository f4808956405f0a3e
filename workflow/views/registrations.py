"""Registration for a movement: its rounds, the overview of one, one registration and its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflow.errors import NotFoundError
from workflow.errors_registration import RegistrationChangedError
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.registrations import (
    CompleteGaps,
    GapAnswers,
    Lines,
    OpenRoundForm,
    RegistrationForm,
    RoundForm,
    gap_facts,
    line_facts,
)
from workflow.models import Registration, RegistrationRound
from workflow.pages.registrations import (
    access_round,
    access_round_to_answer,
    collected_campaigns,
    line_choices,
    registration_page,
    round_lines,
    round_page,
    writing_units,
)
from workflow.registration_queries import access_registration
from workflow.registration_states import REGISTRATION_MOVES
from workflow.services.registration_answers import (
    accept_registration,
    ask_to_complete,
    submit_registration,
    sum_up_registrations,
    withdraw_registration,
)
from workflow.services.registration_rounds import (
    addressees_of,
    change_registration_round,
    open_registration_round,
)
from workflow.services.registrations import write_registration
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds; whoever collects may open one."""
    actor = actor_of(request)
    lines = round_lines(actor)
    campaigns = [(row.pk, row.name) for row in collected_campaigns(actor)]
    form = OpenRoundForm(request.POST or None, campaigns=campaigns)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        opened = ask(
            form,
            lambda: open_registration_round(
                actor=actor, campaign_id=data["campaign"], year=data["year"], due_on=data["due_on"]
            ),
        )
        if opened is not None:
            messages.success(request, _("Đã mở đợt đăng ký thi đua."))
            return redirect("registration_round", opened.pk)
    context = {"lines": lines, "form": form, "collects": bool(campaigns)}
    return render(request, "workflow/registration_rounds.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who has registered and who has not; POST changes the round's own facts."""
    actor = actor_of(request)
    known = access_round(actor, pk)
    page = round_page(actor, known, timezone.localdate(), request.GET.get("show", ""))
    addressees = addressees_of(known.campaign)
    if request.method == "POST":
        form = RoundForm(request.POST, addressees=addressees)
    else:
        form = RoundForm(
            initial={
                "due_on": known.due_on,
                "addressee": known.addressee,
                "is_open": known.is_open,
            },
            addressees=addressees,
        )
    if request.method == "POST" and form.is_valid():
        version = _number(request.POST.get("version", ""))
        changed = ask(
            form,
            lambda: change_registration_round(
                actor=actor, round_id=pk, expected_version=version, facts=form.facts()
            ),
        )
        if changed is not None:
            messages.success(request, _("Đã ghi đợt đăng ký."))
            return redirect("registration_round", pk)
    context = {"page": page, "form": form, "show": request.GET.get("show", "")}
    return render(request, "workflow/registration_round.html", context, status=_status(form))


@require_POST
def sum_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sum the chosen accepted registrations up into one report."""
    actor = actor_of(request)
    access_round(actor, pk)
    versions = dict(_item(value) for value in request.POST.getlist("item"))
    sum_up_registrations(actor=actor, round_id=pk, versions=versions)
    messages.success(request, _("Đã tổng hợp và gửi báo cáo; văn bản sẽ hiện trong danh sách."))
    return redirect("registration_round", pk)


@require_safe
def registration(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one registration."""
    actor = actor_of(request)
    page = registration_page(actor, access_registration(actor, pk), timezone.localdate())
    return render(request, "workflow/registration.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a unit's registration in a round."""
    actor = actor_of(request)
    units = writing_units(actor)
    known = access_round_to_answer(units, pk)
    unit_id = _unit(request, units)
    if unit_id is None:
        raise NotFoundError
    form, lines = _forms(request, known, None)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        facts = form.facts(line_facts(lines))
        written = ask(
            form,
            lambda: write_registration(actor=actor, round_id=pk, unit_id=unit_id, facts=facts),
        )
        if written is not None:
            messages.success(request, _("Đã ghi bản đăng ký; hãy xem lại rồi ký gửi."))
            return redirect("registration", written.pk)
    context = {"form": form, "lines": lines, "round": known, "unit_id": unit_id,
               "unit_name": units[unit_id]}  # fmt: skip
    return render(request, "workflow/registration_form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write other facts into a registration; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_registration(actor, pk)
    version = known.version
    form, lines = _forms(request, known.round, known)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        version = _number(request.POST.get("expected_version", ""))
        facts = form.facts(line_facts(lines))
        written = ask(
            form,
            lambda: write_registration(
                actor=actor,
                round_id=known.round_id,
                unit_id=known.unit_id,
                facts=facts,
                registration_id=pk,
                expected_version=version,
            ),
        )
        if written is not None:
            messages.success(request, _("Đã ghi bản đăng ký; hãy xem lại rồi ký gửi."))
            return redirect("registration", pk)
    if isinstance(form.refusal, RegistrationChangedError):
        version = access_registration(actor, pk).version
    context = {"form": form, "lines": lines, "round": known.round, "known": known,
               "version": version}  # fmt: skip
    return render(request, "workflow/registration_form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Show the form of an act on a registration, or do it."""
    actor = actor_of(request)
    known = access_registration(actor, pk)
    if name not in _ACTS:
        raise NotFoundError
    form, lines, headings = _act_forms(request, name, known)
    version = _number(request.POST.get("version", str(known.version)))
    valid = request.method == "POST" and form.is_valid() and (lines is None or lines.is_valid())
    if valid and ask(form, lambda: _ACTS[name](actor, pk, version, form, lines)) is not None:
        messages.success(
            request, _("Đã ghi nhận “%(act)s”.") % {"act": REGISTRATION_MOVES[name].label}
        )
        return redirect("registration", pk)
    if isinstance(form.refusal, RegistrationChangedError):
        version = access_registration(actor, pk).version
    context = {
        "form": form, "lines": lines, "headings": headings, "known": known, "version": version,
        "move": REGISTRATION_MOVES[name],
    }  # fmt: skip
    return render(request, "workflow/registration_act.html", context, status=_status(form))


def _submit(actor: Any, pk: UUID, version: int, _form: Any, lines: Any) -> object:
    answers = {line.cleaned_data["gap"]: line.cleaned_data["answer"] for line in lines}
    return submit_registration(
        actor=actor, registration_id=pk, expected_version=version, answers=answers
    )


def _ask(actor: Any, pk: UUID, version: int, _form: Any, lines: Any) -> object:
    return ask_to_complete(
        actor=actor, registration_id=pk, expected_version=version, gaps=gap_facts(lines)
    )


def _accept(actor: Any, pk: UUID, version: int, _form: Any, _lines: Any) -> object:
    return accept_registration(actor=actor, registration_id=pk, expected_version=version)


def _withdraw(actor: Any, pk: UUID, version: int, form: Any, _lines: Any) -> object:
    reason = form.cleaned_data["reason"]
    return withdraw_registration(
        actor=actor, registration_id=pk, expected_version=version, reason=reason
    )


_ACTS: dict[str, Callable[..., object]] = {
    "submit": _submit,
    "ask_to_complete": _ask,
    "accept": _accept,
    "withdraw": _withdraw,
}


def _act_forms(
    request: HttpRequest, name: str, known: Registration
) -> tuple[KeptForm, BaseFormSet[Any] | None, list[str]]:
    """Return the form of an act, its lines where it has any, and what stands over the lines."""
    posted = request.POST if request.method == "POST" else None
    form = ReasonForm(posted) if name == "withdraw" else KeptForm(posted)
    if name == "ask_to_complete":
        return form, CompleteGaps(posted, prefix="lines"), []
    if name == "submit":
        gaps = list(known.gaps.filter(answered_at=None))
        initial = [{"gap": gap.pk} for gap in gaps]
        lines = GapAnswers(posted, prefix="lines") if posted else GapAnswers(
            initial=initial, prefix="lines"
        )  # fmt: skip
        return form, lines, [f"{gap.position}. {gap.part}: {gap.what}" for gap in gaps]
    return form, None, []


def _forms(
    request: HttpRequest, known: RegistrationRound, registration: Registration | None
) -> tuple[RegistrationForm, BaseFormSet[Any]]:
    kinds, awards = line_choices(known.campaign)
    choices = {"kinds": kinds, "awards": awards}
    if request.method == "POST":
        form = RegistrationForm(request.POST, request.FILES)
        return form, Lines(request.POST, prefix="lines", form_kwargs=choices)
    if registration is None:
        return RegistrationForm(), Lines(prefix="lines", form_kwargs=choices)
    initial = [
        {
            "name": line.name,
            "subject_kind": line.subject_kind_id,
            "form": line.form_id,
            "target": line.target,
        }
        for line in registration.lines.all()
    ]
    form = RegistrationForm(initial={"pledge": registration.pledge})
    return form, Lines(initial=initial, prefix="lines", form_kwargs=choices)


def _unit(request: HttpRequest, units: dict[UUID, str]) -> UUID | None:
    """Return the unit asked for where it is the person's, or his only one."""
    values = request.POST if request.method == "POST" else request.GET
    named = values.get("unit", "")
    if not named and len(units) == 1:
        return next(iter(units))
    return next((key for key in units if str(key) == named), None)


def _status(form: KeptForm) -> int:
    return form.refusal.status if form.refusal else 200


def _number(value: str) -> int:
    if not value.isdecimal():
        raise NotFoundError
    return int(value)


def _item(value: str) -> tuple[UUID, int]:
    key, _colon, version = value.partition(":")
    try:
        return UUID(key), int(version)
    except ValueError as error:
        raise NotFoundError from error
