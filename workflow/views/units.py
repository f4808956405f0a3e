"""Units: the tree on a day, one unit, and handing over what a dissolved body left."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflow.errors import NotFoundError
from workflow.forms.units import HandOverForm, TreeForm
from workflow.pages.handing_over import Ended, HandOverPage, hand_over_page, waiting_dossiers
from workflow.pages.units import tree_on, unit_page
from workflow.services.handing_over import hand_over_desk, hand_over_dossiers
from workflow.views.acting import actor_of
from workflow.views.forms import ask


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Show the tree of a day; today's where none is asked for."""
    today = timezone.localdate()
    form = TreeForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or today
    context = {
        "form": form,
        "on": on,
        "branches": tree_on(actor_of(request), on, today, asked.get("q") or ""),
        "waiting": waiting_dossiers(today),
    }
    return render(request, "workflow/units.html", context)


@require_safe
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one unit with all it was and became."""
    page = unit_page(actor_of(request), pk, timezone.localdate())
    return render(request, "workflow/unit.html", {"page": page})


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show what waits for hand-over, or hand over what was chosen of one dissolved body."""
    page = hand_over_page(actor_of(request), timezone.localdate())
    forms = _forms(page)
    if request.method == "POST":
        key = request.POST.get("form", "")
        if key not in forms:
            raise NotFoundError
        bound = HandOverForm(request.POST, heirs=_ended(page)[key].heirs, prefix=key)
        forms[key] = bound
        if bound.is_valid() and _handed_over(request, page, key, bound):
            return redirect("hand_over")
    status = next((form.refusal.status for form in forms.values() if form.refusal), 200)
    context = {
        "page": page,
        "dossiers": [(one, forms[f"u{one.ended.unit.pk}"]) for one in page.dossiers],
        "desks": [(one, forms[f"d{one.desk.pk}"]) for one in page.desks],
    }
    return render(request, "workflow/hand_over.html", context, status=status)


def _ended(page: HandOverPage) -> dict[str, Ended]:
    """Return the dissolved bodies by the key of the form that is about what each left."""
    ended = {f"u{one.ended.unit.pk}": one.ended for one in page.dossiers}
    return ended | {f"d{one.desk.pk}": one.ended for one in page.desks}


def _forms(page: HandOverPage) -> dict[str, HandOverForm]:
    return {
        key: HandOverForm(heirs=one.heirs, prefix=key, initial={"basis": one.unit.end_basis})
        for key, one in _ended(page).items()
    }


def _handed_over(request: HttpRequest, page: HandOverPage, key: str, form: HandOverForm) -> bool:
    """Hand over; tell what went, and that roles did not."""
    actor, to_unit = actor_of(request), form.cleaned_data["to_unit"]
    name = dict(_ended(page)[key].heirs)[to_unit]
    if key.startswith("d"):
        desk = next(one.desk for one in page.desks if f"d{one.desk.pk}" == key)
        done: object = ask(
            form,
            lambda: hand_over_desk(
                actor=actor,
                desk_id=desk.pk,
                expected_version=_version(request.POST.get("version", "")),
                to_unit_id=to_unit,
                grounds=form.grounds(),
            ),
        )
        text = _("Đã bàn giao bàn xử lý cho %(unit)s.") % {"unit": name}
    else:
        versions = dict(_item(value) for value in request.POST.getlist("item"))
        done = ask(
            form,
            lambda: hand_over_dossiers(
                actor=actor, versions=versions, to_unit_id=to_unit, grounds=form.grounds()
            ),
        )
        text = _("Đã bàn giao %(count)d hồ sơ cho %(unit)s.") % {
            "count": len(versions),
            "unit": name,
        }
    if done is None:
        return False
    messages.success(request, text)
    messages.info(
        request,
        _("Vai trò không tự chuyển theo: hãy phân quyền cho người làm tại %(unit)s.")
        % {"unit": name},
    )
    return True


def _item(value: str) -> tuple[UUID, int]:
    key, _colon, version = value.partition(":")
    try:
        return UUID(key), int(version)
    except ValueError as error:
        raise NotFoundError from error


def _version(value: str) -> int:
    if not value.isdecimal():
        raise NotFoundError
    return int(value)
