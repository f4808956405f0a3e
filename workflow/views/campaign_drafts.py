"""Setting a campaign up: begin, clone, edit place by place, publish or give up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.drafts import AddRow, Edit, MoveRow, RemoveRow, SetFields
from campaigns.services import (
    begin_amendment,
    begin_campaign,
    clone_campaign,
    discard_draft,
    edit_draft,
)
from workflow.errors import NotFoundError
from workflow.forms.campaigns import Context, NewCampaignForm, PlaceForm, PublishForm
from workflow.pages.campaign_places import PlacePage, is_row_place, place_of, place_page
from workflow.pages.campaigns import (
    access_draft,
    access_version,
    amendment_page,
    draft_page,
    may_set_up,
)
from workflow.services.amending import publish_amendment
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign of which only name and period are known."""
    actor = actor_of(request)
    if not may_set_up(actor):
        raise NotFoundError
    form = NewCampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = ask(form, lambda: begin_campaign(actor=actor, about=form.about()))
        if draft is not None:
            messages.success(request, _("Đã lập bản nháp. Điền các mục rồi ban hành."))
            return redirect("campaign_draft", draft.key)
    return _new_page(request, form)


@require_http_methods(["GET", "POST"])
def clone(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a campaign from the ruling version of another."""
    actor = actor_of(request)
    source = access_version(key)
    if not may_set_up(actor):
        raise NotFoundError
    form = NewCampaignForm(request.POST or None, initial=_next_of(source.contents))
    if request.method == "POST" and form.is_valid():
        about = form.about()
        draft = ask(form, lambda: clone_campaign(actor=actor, version_id=source.pk, about=about))
        if draft is not None:
            messages.success(request, _("Đã nhân bản. Các năm đã dời; hãy soát từng mục."))
            return redirect("campaign_draft", draft.key)
    return _new_page(request, form, source=source)


def _next_of(document: dict[str, Any]) -> dict[str, Any]:
    """Return the period after that of a campaign, as long as it was, and its province."""
    head = document["campaign"]
    first, last = head["period"]["from"], head["period"]["to"]
    return {
        "name": head["name"],
        "province": document["province"],
        "province_key": document["province_key"],
        "first_year": last + 1,
        "last_year": last + 1 + (last - first),
    }


def _new_page(request: HttpRequest, form: NewCampaignForm, **context: object) -> HttpResponse:
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/campaign_new.html", {"form": form} | context, status=status)


@require_POST
def amend(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Begin a draft from a version."""
    source = access_version(key, number)
    begin_amendment(actor=actor_of(request), version_id=source.pk)
    return redirect("campaign_draft", key)


@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show a draft's sections, and what is wrong in them."""
    page = draft_page(access_draft(actor_of(request), key))
    return render(request, "workflow/campaign_draft.html", {"page": page})


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, key: str, url: str) -> HttpResponse:
    """Edit one section or row; the loser of a race keeps what he typed."""
    actor = actor_of(request)
    known = access_draft(actor, key)
    page = place_page(known, place_of(url), keep=request.method == "POST")
    form = _place_form(request, page)
    version = _version(request, known.version)
    if request.method == "POST" and form is not None and form.is_valid():
        edit = SetFields(page.place, form.values())
        if _edited(request, form, known.pk, version, edit):
            return redirect(*_after(request, page))
        version = known.version
    status = form.refusal.status if form is not None and form.refusal else 200
    context = {"page": page, "form": form, "version": version}
    return render(request, "workflow/campaign_place.html", context, status=status)


def _place_form(request: HttpRequest, page: PlacePage) -> PlaceForm | None:
    if page.spec is None:
        return None
    context = Context(page.names, page.draft.contents)
    data = request.POST if request.method == "POST" else None
    return PlaceForm(data, spec=page.spec, value=page.value, context=context)


def _version(request: HttpRequest, known: int) -> int:
    posted = request.POST.get("expected_version", "")
    return int(posted) if posted.isdecimal() else known


def _edited(request: HttpRequest, form: PlaceForm, draft_id: Any, version: int, edit: Edit) -> bool:
    """Make an edit; on refusal put it on the form and return False."""
    actor = actor_of(request)
    done = ask(
        form,
        lambda: edit_draft(actor=actor, draft_id=draft_id, expected_version=version, edit=edit),
    )
    if done is not None:
        messages.success(request, _("Đã ghi vào bản nháp."))
    return done is not None


def _after(request: HttpRequest, page: PlacePage) -> tuple[str, ...]:
    """Return where to go after an edit: back to this row, or to the list that holds it."""
    if "stay" in request.POST:
        return "campaign_place", page.draft.key, page.url
    if page.above:
        return "campaign_place", page.draft.key, page.above
    return "campaign_draft", page.draft.key


@require_POST
def rows(request: HttpRequest, key: str) -> HttpResponse:
    """Add, remove or move a row; a new one is opened at once."""
    actor = actor_of(request)
    known = access_draft(actor, key)
    there = place_of(request.POST.get("place", ""))
    edits: dict[str, Edit] = {
        "add": AddRow(there, {}),
        "remove": RemoveRow(there),
        "up": MoveRow(there, -1),
        "down": MoveRow(there, 1),
    }
    edit = edits.get(request.POST.get("do", ""))
    back = place_of(request.POST.get("back", ""))
    if edit is None or not is_row_place(known, there, new=isinstance(edit, AddRow)):
        raise NotFoundError
    page = place_page(known, back)
    version = _version(request, known.version)
    edited = edit_draft(actor=actor, draft_id=known.pk, expected_version=version, edit=edit)
    if isinstance(edit, AddRow):
        number = edited.contents["#"]
        return redirect("campaign_place", key, f"{request.POST['place']}/{number}")
    return redirect("campaign_place", key, page.url)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show what publishing would change and whom it touches, and publish."""
    actor = actor_of(request)
    known = access_draft(actor, key)
    page = amendment_page(known)
    form = PublishForm(request.POST or None)
    version = _version(request, known.version)
    seen = request.POST.get("expected_number", "")
    number = int(seen) if seen.isdecimal() else page.number
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        published = ask(
            form,
            lambda: publish_amendment(
                actor=actor,
                draft_id=known.pk,
                expected_version=version,
                expected_number=number,
                note=note,
            ),
        )
        if published is not None:
            said = {"number": published.number}
            messages.success(request, _("Đã ban hành bản %(number)d.") % said)
            return redirect("campaign_version", key, published.number)
    status = form.refusal.status if form.refusal else 200
    context = {"page": page, "form": form}
    return render(request, "workflow/campaign_publish.html", context, status=status)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Give a draft up."""
    actor = actor_of(request)
    known = access_draft(actor, key)
    version = _version(request, known.version)
    discard_draft(actor=actor, draft_id=known.pk, expected_version=version)
    messages.success(request, _("Đã bỏ bản nháp."))
    if known.campaign_id is None:
        return redirect("campaigns")
    return redirect("campaign", key)
