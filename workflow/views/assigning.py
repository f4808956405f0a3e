"""Sharing out work: choose in the inbox, then take it, give it to a colleague, or put it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from audit.errors import Refusal
from campaigns.models import Taken
from organisations.actors import Actor
from workflow.engine import Asked
from workflow.errors import NotFoundError
from workflow.models import Nomination
from workflow.pages.bulk import matching
from workflow.pages.chosen import access_nominations
from workflow.services.assigning import colleagues, reassign, return_to_pool, take_over
from workflow.services.bulk import AT_ONCE
from workflow.views.acting import actor_of
from workflow.views.acts import asked_in


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Show what was ticked, or all that match the filter, on the page that shares it out."""
    if request.POST.get("all"):
        items = matching(actor_of(request), request.POST, AT_ONCE, request)
    else:
        items = asked_in(request, many=True)
    return _page(request, items, access_nominations(actor_of(request), items))


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """Show the chosen work with who may be given it, or share it out."""
    actor, asked = actor_of(request), asked_in(request, many=True)
    chosen = access_nominations(actor, asked)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _share(actor, asked, request.POST.get("what", ""), request.POST.get("person", ""))
        except NotFoundError:
            raise
        except Refusal as told:
            refusal = told
        else:
            messages.success(request, _("Đã phân công %(count)d đề nghị.") % {"count": len(asked)})
            return redirect("inbox")
    return _page(request, asked, chosen, refusal)


def _page(
    request: HttpRequest,
    asked: Sequence[Asked],
    chosen: Sequence[Nomination],
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {
        "chosen": chosen,
        "asked": asked,
        "people": colleagues([row.pk for row in chosen], timezone.now()),
        "kept": any(row.dossier.occasion.campaign.taken == Taken.KEPT for row in chosen),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workflow/assign.html", context, status=status)


def _share(actor: Actor, asked: Sequence[Asked], what: str, person: str) -> None:
    if what == "take":
        take_over(actor=actor, items=asked)
    elif what == "pool":
        return_to_pool(actor=actor, items=asked)
    elif what == "give" and person.isdecimal():
        reassign(actor=actor, items=asked, user_id=int(person))
    else:
        raise NotFoundError
