"""Every act on nominations is one page: what is chosen, a form, and what the service answers.

The acts themselves, with their forms and services, stand in the table of act_table.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit.errors import Refusal
from workflow.engine import Asked, BulkResult
from workflow.errors import NominationChangedError, NotFoundError, NothingChosenError
from workflow.errors_bulk import BulkTooManyError
from workflow.gating import ruled
from workflow.pages.chosen import access_nominations
from workflow.pages.judging import judging_card
from workflow.queries import paths_of
from workflow.views.act_table import ACTS
from workflow.views.acting import actor_of
from workflow.views.sheets import Act, Chosen, Sheet

MAX_CHOSEN = 500


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Show an act's form for the chosen nominations, or do it.

    GET /acts/<name>/?item=<id>:<version>&item=…; POST the same with the form's fields.
    """
    spec = ACTS.get(name)
    if spec is None:
        raise NotFoundError
    asked = asked_in(request, many=spec.many)
    sheet = spec.sheet(request, access_nominations(actor_of(request), asked))
    if request.method == "POST" and sheet.is_valid():
        answer = _perform(request, spec, sheet, asked)
        if answer is not None:
            return answer
    return _page(request, spec, sheet, asked)


def show(request: HttpRequest, spec: Act, asked: Sequence[Asked]) -> HttpResponse:
    """Show an act's empty form for a set that was posted: it is too long to stand in an address."""
    blank = copy(request)
    blank.method = "GET"
    chosen = access_nominations(actor_of(request), asked)
    return _page(blank, spec, spec.sheet(blank, chosen), asked)


def asked_in(request: HttpRequest, *, many: bool) -> list[Asked]:
    """Return what was chosen, each once, in the order chosen.

    Raises NothingChosenError, and BulkTooManyError instead of leaving any out.
    """
    values = (request.POST if request.method == "POST" else request.GET).getlist("item")
    if not values:
        raise NothingChosenError
    if many and len(values) > MAX_CHOSEN:
        raise BulkTooManyError(len(values), MAX_CHOSEN)
    kept = values if many else values[:1]
    return list({item.nomination_id: item for item in map(_asked, kept)}.values())


def _asked(value: str) -> Asked:
    key, _colon, version = value.partition(":")
    try:
        return Asked(UUID(key), int(version))
    except ValueError as error:
        raise NotFoundError from error


def _perform(
    request: HttpRequest, spec: Act, sheet: Sheet, asked: Sequence[Asked]
) -> HttpResponse | None:
    """Call the service; None where it refused, its refusal then being on top of the form."""
    try:
        result = spec.perform(actor_of(request), asked, sheet)
    except Refusal as refusal:
        sheet.form.refuse(refusal)
        return None
    moved = len(asked)
    if isinstance(result, BulkResult):
        moved, refused = len(result.moved), list(result.refused.values())
        if not moved:
            sheet.form.refuse(refused[0])
            return None
        for one in refused:
            messages.warning(request, str(one))
    _tell(request, spec, sheet.chosen, moved)
    if len(sheet.chosen) == 1:
        return redirect("nomination", sheet.chosen[0].pk)
    return redirect("inbox")


def _tell(request: HttpRequest, spec: Act, chosen: Chosen, moved: int) -> None:
    if len(chosen) == 1:
        text = _("Đã ghi nhận “%(act)s” cho %(name)s.") % {
            "act": spec.label,
            "name": chosen[0].nominee.name,
        }
    else:
        text = _("Đã ghi nhận “%(act)s” cho %(count)d đề nghị.") % {
            "act": spec.label,
            "count": moved,
        }
    messages.success(request, text)


def _page(request: HttpRequest, spec: Act, sheet: Sheet, asked: Sequence[Asked]) -> HttpResponse:
    """Show the form; the loser of a race gets the new version with it, having been told."""
    refusal = sheet.form.refusal
    chosen = sheet.chosen
    if isinstance(refusal, NominationChangedError):
        chosen = access_nominations(actor_of(request), asked)
        asked = [Asked(row.pk, row.version) for row in chosen]
    context = {"act": spec, "sheet": sheet, "asked": asked, "chosen": chosen}
    if spec.beside and len(chosen) == 1:
        one = chosen[0]
        context["card"] = judging_card(
            actor_of(request), one, ruled(one, timezone.now()), paths_of(one)
        )
    return render(request, "workflow/act.html", context, status=refusal.status if refusal else 200)
