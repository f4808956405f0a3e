"""A nomination's page, and the pages on which a unit drafts one."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.actors import Actor
from workflow.errors import NominationChangedError
from workflow.forms.drafting import NominationForm, PastAwardForm, PastAwards, past_award_rows
from workflow.models import Nomination
from workflow.pages.judging import warned
from workflow.pages.nomination import NominationPage, nomination_page
from workflow.pages.offers import offers_for
from workflow.pages.persons import namesake_warning
from workflow.queries import access_nomination
from workflow.services.drafting import draft_nominations, edit_nomination
from workflow.views.act_table import ACT_OF_MOVE, ACTS
from workflow.views.acting import actor_of
from workflow.views.acts_after import TOPIC_ACT
from workflow.views.consulting_acts import CONSULTING_ACTS
from workflow.views.forms import ask


@require_safe
def nomination(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one nomination."""
    page = nomination_page(actor_of(request), access_nomination(actor_of(request), pk))
    return render(request, "workflow/nomination.html", {"page": page, "acts": buttons(page)})


def buttons(page: NominationPage) -> list[dict[str, object]]:
    """Return the acts open to this person, each with the page that does it."""
    item = urlencode({"item": f"{page.nomination.pk}:{page.nomination.version}"})
    further = page.afterwards.acts if page.afterwards else ()
    moves = (ACT_OF_MOVE[name] for name in page.open_moves)
    names = dict.fromkeys([*moves, *further, *page.suggestions.acts, *page.persons.acts])
    acts = sorted((ACTS[name] for name in names), key=lambda act: not act.main)
    if page.consulted.may_begin:
        acts += CONSULTING_ACTS
    if page.may_report:
        acts.append(TOPIC_ACT)
    return [{"act": act, "url": f"{reverse('act', args=[act.name])}?{item}"} for act in acts]


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Write a new nomination into the unit's dossier."""
    actor = actor_of(request)
    form, past = _forms(request, actor, None)
    if request.method == "POST" and form.is_valid() and past.is_valid():
        facts = form.facts(past_award_rows(past))
        unit_id = form.cleaned_data["unit"]
        drafted = ask(form, lambda: draft_nominations(actor=actor, unit_id=unit_id, facts=[facts]))
        if drafted is not None:
            made = drafted.made[0]
            messages.success(request, _("Đã lập đề nghị cho %(name)s.") % {"name": made.nominee})
            _warn(request, made.pk)
            return redirect("nomination", made.pk)
    return _page(request, form, past, None, 1)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write other facts into a draft; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_nomination(actor, pk)
    version = _version(request, known)
    form, past = _forms(request, actor, known)
    if request.method == "POST" and form.is_valid() and past.is_valid():
        facts = form.facts(past_award_rows(past), known.nominee)
        edited = ask(
            form,
            lambda: edit_nomination(
                actor=actor, nomination_id=pk, expected_version=version, facts=facts
            ),
        )
        if edited is not None:
            messages.success(request, _("Đã ghi đề nghị của %(name)s.") % {"name": edited.nominee})
            _warn(request, pk)
            return redirect("nomination", pk)
    if isinstance(form.refusal, NominationChangedError):
        version = access_nomination(actor, pk).version
    return _page(request, form, past, known, version)


def _warn(request: HttpRequest, pk: UUID) -> None:
    """Tell the clerk what the draft does not meet yet, and of namesakes; nothing is refused."""
    known = access_nomination(actor_of(request), pk)
    for sentence in filter(None, [*warned(known, timezone.now()), namesake_warning([known])]):
        messages.warning(request, sentence)


def _version(request: HttpRequest, known: Nomination) -> int:
    posted = request.POST.get("expected_version", "")
    return int(posted) if posted.isdecimal() else known.version


def _forms(
    request: HttpRequest, actor: Actor, known: Nomination | None
) -> tuple[NominationForm, BaseFormSet[PastAwardForm]]:
    """Return the form and its lines: bound on POST, filled from what is known otherwise."""
    offers = offers_for(actor)
    if request.method == "POST":
        return NominationForm(request.POST, offers=offers), PastAwards(request.POST, prefix="past")
    if known is None:
        return NominationForm(offers=offers), PastAwards(prefix="past")
    form = NominationForm(initial=NominationForm.initial_of(known), offers=offers)
    return form, PastAwards(initial=known.past_awards, prefix="past")


def _page(
    request: HttpRequest,
    form: NominationForm,
    past: BaseFormSet[PastAwardForm],
    known: Nomination | None,
    version: int,
) -> HttpResponse:
    status = form.refusal.status if form.refusal else 200
    context = {"form": form, "past": past, "known": known, "version": version}
    return render(request, "workflow/nomination_form.html", context, status=status)
