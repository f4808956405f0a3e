"""Who acts in a request: the person with today's mandates, asked for once."""

from django.http import HttpRequest
from django.utils import timezone

from organisations.actors import Actor, actor_for
from organisations.models import User
from workflow.queries import desk_counts
from workflow.states import State

_ATTRIBUTE = "vinhdanh_actor"
_COUNTS = "vinhdanh_counts"


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in person as an actor of today; two queries on the first call.

    The views stand behind LoginRequiredMiddleware, so there always is one.
    """
    actor = getattr(request, _ATTRIBUTE, None)
    if not isinstance(actor, Actor):
        user = request.user
        if not isinstance(user, User):
            message = "actor_of() was called for somebody not signed in"
            raise TypeError(message)
        actor = actor_for(user, timezone.localdate())
        setattr(request, _ATTRIBUTE, actor)
    return actor


def counts_of(request: HttpRequest) -> dict[State, int]:
    """Return how many things wait for the person, by state; asked for once in a request."""
    return _desk_of(request)[0]


def unread_of(request: HttpRequest) -> int:
    """Return how many notices the person has not read; asked for with counts_of."""
    return _desk_of(request)[1]


def _desk_of(request: HttpRequest) -> tuple[dict[State, int], int]:
    counts: tuple[dict[State, int], int] | None = getattr(request, _COUNTS, None)
    if counts is None:
        counts = desk_counts(actor_of(request))
        setattr(request, _COUNTS, counts)
    return counts
