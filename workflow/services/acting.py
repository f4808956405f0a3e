"""The frame around every service: one transaction, and a trace of every denial.

Each service inside it takes the same steps: load and lock, check the version, check the
authority, check the transition, write, record the event, and leave jobs and mail to the commit.
"""

from collections.abc import Callable
from functools import wraps
from inspect import unwrap
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from audit.services import record_refusal
from organisations.actors import Actor
from workflow.engine import BulkResult
from workflow.errors import AccessDeniedError

P = ParamSpec("P")
R = TypeVar("R")


def act(service: Callable[P, R]) -> Callable[P, R]:
    """Run a service in a transaction of its own, and record it when it was denied.

    The transaction is durable: a service that was called from within another would not have
    kept its promise that what it returns is committed. A denial is recorded after the rollback,
    as one `access.denied` event in the security stream; so is one of a set, of which the rest
    went on.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = kwargs["actor"]
        assert isinstance(actor, Actor)  # noqa: S101 - every service takes its actor by name
        try:
            with transaction.atomic(durable=True):
                result = service(*args, **kwargs)
        except AccessDeniedError as denial:
            _record(actor, service.__name__, denial)
            raise
        denied = _denials(result)
        if denied:
            _record(actor, service.__name__, denied[0])
        return result

    return run


def steps_of(service: Callable[P, R]) -> Callable[P, R]:
    """Return the steps of a service, for an act that takes them with steps of its own.

    Whoever calls them is itself such a service, so that its transaction holds them and a denial
    is recorded once (services.bulk).
    """
    steps: Callable[P, R] = unwrap(service)
    return steps


def _denials(result: object) -> list[AccessDeniedError]:
    """Return the denials inside an answer, where one that is refused does not stop the others."""
    if not isinstance(result, BulkResult):
        return []
    return [one for one in result.refused.values() if isinstance(one, AccessDeniedError)]


def _record(actor: Actor, service: str, denial: AccessDeniedError) -> None:
    record_refusal(
        who=actor.who(None),
        at=timezone.now(),
        action="access.denied",
        subject=f"service:{service}",
        data={"what": str(denial.what), "why": str(denial.why)},
    )
