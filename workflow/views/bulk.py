"""Acts on many nominations: choose, look at the dry run, do exactly that, follow it, undo it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.errors import Refusal
from workflow.engine import Asked
from workflow.errors import NotFoundError
from workflow.forms.bulk import WaysForm
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
from workflow.services.bulk import AT_ONCE, MOST, begin_bulk, cancel_bulk, seal_set, undo_bulk
from workflow.services.bulk_kinds import CHANGE_WAY, KINDS
from workflow.states import FINAL_STATES
from workflow.views.act_table import ACTS
from workflow.views.acting import actor_of
from workflow.views.acts import asked_in

RECENT = 50


@require_POST
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Take what was ticked, or all that match the filter, to where the act is done.

    One nomination, and what goes by one paper for the whole set, goes to the act's own page; a
    set of which each goes on its own merits is sealed.
    """
    spec = ACTS.get(name)
    if spec is None or not spec.many:
        raise NotFoundError
    kind = KINDS.get(name)
    if request.POST.get("all"):
        most = MOST if kind else AT_ONCE
        items = matching(actor_of(request), request.POST, most, request)
    else:
        items = asked_in(request, many=True)
    if kind is None or len(items) == 1:
        chosen = [("item", f"{item.nomination_id}:{item.expected_version}") for item in items]
        return redirect(f"{reverse('act', args=[name])}?{urlencode(chosen)}")
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


def _page(request: HttpRequest, pk: UUID, refusal: Refusal | None = None) -> HttpResponse:
    act = own_act(actor_of(request), pk)
    page = bulk_page(act, request.GET.get("outcome", ""), request.GET.get("page", "1"))
    context = {"page": page, "refusal": refusal, "reason": request.POST.get("reason", "")}
    status = refusal.status if refusal else 200
    return render(request, "workflow/bulk.html", context, status=status)


@require_POST
def bulk_do(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Begin, stop, undo, or seal anew."""
    do = {"begin": _begin, "cancel": _cancel, "undo": _undo, "again": _again}.get(what)
    if do is None:
        raise NotFoundError
    try:
        return redirect("bulk", do(request, pk))
    except NotFoundError:
        raise
    except Refusal as refusal:
        return _page(request, pk, refusal)


def _begin(request: HttpRequest, pk: UUID) -> UUID:
    row = begin_bulk(
        actor=actor_of(request),
        act_id=pk,
        seal=request.POST.get("seal", ""),
        reason=request.POST.get("reason", ""),
    )
    if row.state == BulkState.DONE:
        done = {"act": KINDS[row.name].label, "count": row.going}
        messages.success(request, _("Đã ghi nhận “%(act)s” cho %(count)d đề nghị.") % done)
    return row.pk


def _cancel(request: HttpRequest, pk: UUID) -> UUID:
    cancel_bulk(actor=actor_of(request), act_id=pk)
    messages.info(request, _("Sẽ dừng sau phần đang làm; phần đã làm vẫn giữ."))
    return pk


def _undo(request: HttpRequest, pk: UUID) -> UUID:
    undo_bulk(actor=actor_of(request), act_id=pk)
    messages.success(request, _("Đã hoàn tác những đề nghị chưa ai thay đổi."))
    return pk


def _again(request: HttpRequest, pk: UUID) -> UUID:
    """Seal the same nominations as they stand now."""
    actor = actor_of(request)
    act = own_act(actor, pk)
    keys = list(act.items.order_by("position").values_list("nomination_id", flat=True))
    versions = dict(act.items.values_list("nomination_id", "nomination__version"))
    items = [Asked(key, versions[key]) for key in keys]
    data = {key: value for key, value in act.data.items() if key != "reason"}
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
        found = narrowed.order_by("dossier_id", "pk").values_list("pk", "version")
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
