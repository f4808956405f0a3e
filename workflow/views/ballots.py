"""The three doors of a secret ballot: the member's page, the handing out, and the box.

The box is another door than all others of the product: it asks for no log-in, reads no cookie,
and turns away whoever shows one.
"""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt  # noqa: TID251 - the box alone, see cast
from django.views.decorators.http import require_POST, require_safe

from audit.errors import Refusal
from workflow.ballot_box import Ballot
from workflow.council_queries import access_session
from workflow.errors_ballots import BallotForgedError, BallotNamedError
from workflow.pages.councils import ballot_page, published_box
from workflow.services.secret_ballots import cast_ballot, hand_out_ballots
from workflow.views.acting import actor_of

MOST_BYTES: Final = 64 * 1024
UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError)
"""What comes of a body that nobody's browser sends: too deep, endless numbers, other shapes."""
SIGNS_OF_A_PERSON: Final = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


@require_safe
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a member's ballot papers; what happens on them the script does."""
    actor = actor_of(request)
    shown = ballot_page(actor, access_session(actor, pk))
    answer = render(request, "workflow/council_ballot.html", {"page": shown})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign the blinded tokens of whoever is logged in; JSON in and out."""
    actor = actor_of(request)
    access_session(actor, pk)
    try:
        asked = _read(request)
        blinded = {int(name): int(text, 16) for name, text in asked["blinded"].items()}
        signed = hand_out_ballots(actor=actor, session_id=pk, blinded=blinded)
    except Refusal as refusal:
        return _refused(refusal)
    except UNREADABLE:
        return _refused(BallotForgedError())
    return JsonResponse({"signed": {str(name): f"{value:x}" for name, value in signed.items()}})


@csrf_exempt  # nosemgrep: no-csrf-exempt - there is no cookie that another site could ride on
@login_not_required
@require_POST
def cast(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one ballot from nobody knows whom; JSON in and out.

    The one address without the CSRF token: the token would need a cookie, and a cookie would tell
    who votes. Nothing here acts in anybody's name, so there is no name to borrow.
    """
    try:
        if any(name in request.COOKIES for name in SIGNS_OF_A_PERSON):
            raise BallotNamedError
        asked = _read(request)
        ballot = Ballot(
            bytes.fromhex(asked["token"]), bytes.fromhex(asked["signature"]), str(asked["choices"])
        )
        kept = cast_ballot(session_id=pk, paper=int(asked["paper"]), ballot=ballot)
    except Refusal as refusal:
        return _refused(refusal)
    except UNREADABLE:
        return _refused(BallotForgedError())
    return JsonResponse({"hash": kept})


@require_safe
def box(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out everything by which a concluded ballot can be counted again."""
    found = published_box(access_session(actor_of(request), pk))
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="hom-phieu-{pk}.json"'
    return answer


def _read(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent; raises ValueError or TypeError for anything else."""
    if len(request.body) > MOST_BYTES:
        raise BallotForgedError
    asked = json.loads(request.body)
    if not isinstance(asked, dict):
        raise TypeError
    return asked


def _refused(refusal: Refusal) -> JsonResponse:
    said = {
        "code": refusal.code,
        "what": str(refusal.what),
        "why": str(refusal.why),
        "next_step": str(refusal.next_step),
    }
    return JsonResponse(said, status=refusal.status)
