"""Who acts in a request: the person with today's mandates, asked for once."""

from django.http import HttpRequest
from django.utils import timezone

from organisations.actors import Actor, actor_for
from organisations.models import User
from workflow.queries import work_counts
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
    counts: dict[State, int] | None = getattr(request, _COUNTS, None)
    if counts is None:
        counts = work_counts(actor_of(request))
        setattr(request, _COUNTS, counts)
    return counts
