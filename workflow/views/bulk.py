"""Acts on many nominations: choose, look at the dry run, do exactly that, follow it, undo it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import FileField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.errors import Refusal
from workflow.engine import Asked
from workflow.errors import NotFoundError
from workflow.forms.base import KeptForm, ReasonForm
from workflow.forms.bulk import WaysForm
from workflow.forms.reviewing import CentralResultForm, IneligibleForm
from workflow.models import BulkState, Nomination
from workflow.pages.bulk import (
    bulk_page,
    labelled,
    matching,
    may_change_ways,
    own_act,
    own_acts,
)
from workflow.queries import visible_nominations
from workflow.services.bulk import (
    AT_ONCE,
    MOST,
    begin_bulk,
    cancel_bulk,
    most_of,
    seal_set,
)
from workflow.services.bulk_kinds import CHANGE_WAY
from workflow.services.bulk_papers import KINDS
from workflow.services.bulk_undo import undo_bulk
from workflow.services.central import Scan, inspected
from workflow.states import FINAL_STATES
from workflow.views.act_table import ACTS
from workflow.views.acting import actor_of
from workflow.views.acts import asked_in, show

RECENT = 50


@require_POST
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Take what was ticked, or all that match the filter, to where the act is done.

    One nomination, and what needs something of its own for each, goes to the act's own page; any
    other set is sealed.
    """
    spec, kind = ACTS.get(name), KINDS.get(name)
    if spec is None or not (spec.many or kind):
        raise NotFoundError
    if request.POST.get("all"):
        most = most_of(kind) if kind else AT_ONCE
        items = matching(actor_of(request), request.POST, most, request)
    else:
        items = asked_in(request, many=True)
    if len(items) == 1:
        only = f"{items[0].nomination_id}:{items[0].expected_version}"
        return redirect(f"{reverse('act', args=[name])}?{urlencode({'item': only})}")
    if kind is None:
        return show(request, spec, items)
    return redirect("bulk", seal_set(actor=actor_of(request), name=name, items=items).pk)


@require_safe
def bulk_list(request: HttpRequest) -> HttpResponse:
    """Show the person's last acts on many."""
    rows = labelled(own_acts(actor_of(request))[:RECENT])
    ways = may_change_ways(actor_of(request))
    return render(request, "workflow/bulk_list.html", {"rows": rows, "may_change_ways": ways})


@require_safe
def bulk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one: the dry run before it is begun, then how far it is and what became of each."""
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: UUID, form: KeptForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    act = own_act(actor_of(request), pk)
    page = bulk_page(act, request.GET.get("outcome", ""), request.GET.get("page", "1"))
    spec = ACTS.get(act.name)
    context = {
        "page": page,
        "form": form or _form(act.name),
        "hint": spec.hint if spec else "",
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workflow/bulk.html", context, status=status)


def _form(name: str, *given: Any) -> KeptForm:
    """Return the form of an act's own page, for what is the same for all of a set."""
    form = ACTS[name].form if name in ACTS else ReasonForm
    return form(*given, grounds=()) if issubclass(form, IneligibleForm) else form(*given)


def _typed(form: KeptForm) -> dict[str, Any]:
    """Return what was typed as plain values, by the names of the fields; files are not among it."""
    if isinstance(form, IneligibleForm):
        reason, clause = form.finding()
        return {"reason": reason, "clause": clause}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in form.cleaned_data.items()
        if not isinstance(form.fields[name], FileField)
    }


def _scan(request: HttpRequest, form: KeptForm) -> Scan | None:
    """Return the scan of the centre's paper, inspected, where one was given."""
    paper = form.facts() if isinstance(form, CentralResultForm) else None
    return inspected(actor_of(request), paper) if paper and paper.content else None


@require_POST
def bulk_do(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Begin, stop, undo, or seal anew."""
    do = {"cancel": _cancel, "undo": _undo, "again": _again}.get(what)
    if what == "begin":
        return _begin(request, pk)
    if do is None:
        raise NotFoundError
    try:
        return redirect("bulk", do(request, pk))
    except NotFoundError:
        raise
    except Refusal as refusal:
        return _page(request, pk, refusal=refusal)


def _begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    form = _form(own_act(actor, pk).name, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, pk, form)
    try:
        row = begin_bulk(
            actor=actor,
            act_id=pk,
            seal=request.POST.get("seal", ""),
            typed=_typed(form),
            scan=_scan(request, form),
        )
    except NotFoundError:
        raise
    except Refusal as refusal:
        return _page(request, pk, form, refusal)
    if row.state == BulkState.DONE:
        done = {"act": KINDS[row.name].label, "count": row.going}
        messages.success(request, _("Đã ghi nhận “%(act)s” cho %(count)d đề nghị.") % done)
    return redirect("bulk", row.pk)


def _cancel(request: HttpRequest, pk: UUID) -> UUID:
    cancel_bulk(actor=actor_of(request), act_id=pk)
    messages.info(request, _("Sẽ dừng sau phần đang làm; phần đã làm vẫn giữ."))
    return pk


def _undo(request: HttpRequest, pk: UUID) -> UUID:
    if undo_bulk(actor=actor_of(request), act_id=pk).state == BulkState.UNDONE:
        messages.success(request, _("Đã hoàn tác những đề nghị chưa ai thay đổi."))
    return pk


def _again(request: HttpRequest, pk: UUID) -> UUID:
    """Seal the same nominations as they stand now."""
    actor = actor_of(request)
    act = own_act(actor, pk)
    keys = list(act.items.order_by("position").values_list("nomination_id", flat=True))
    versions = dict(act.items.values_list("nomination_id", "nomination__version"))
    items = [Asked(key, versions[key]) for key in keys]
    data = {key: value for key, value in act.data.items() if key == "way"}
    return seal_set(actor=actor, name=act.name, items=items, data=data).pk


@require_http_methods(["GET", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """Let an administrator choose nominations that are to go on by another table of moves."""
    actor = actor_of(request)
    if not may_change_ways(actor):
        raise NotFoundError
    form = WaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        rows = visible_nominations(actor).filter(
            dossier__occasion__campaign=asked["campaign"], flow_version=asked["way_from"]
        )
        narrowed = rows.filter(state=asked["state"]) if asked["state"] else _under_way(rows)
        found = narrowed.order_by("dossier_id", "pk").values_list("pk", "version")[: MOST + 1]
        try:
            act = seal_set(
                actor=actor,
                name=CHANGE_WAY,
                items=[Asked(*row) for row in found],
                data={"way": asked["way_to"]},
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("bulk", act.pk)
    status = form.refusal.status if form.refusal else 200
    return render(request, "workflow/bulk_ways.html", {"form": form}, status=status)


def _under_way(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    return rows.exclude(state__in=FINAL_STATES)
