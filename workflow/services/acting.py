"""The frame around every service: one transaction, and a trace of every denial.

Each service inside it takes the same steps: load and lock, check the version, check the
authority, check the transition, write, record the event, and leave jobs and mail to the commit.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from audit.services import record_refusal
from organisations.actors import Actor
from workflow.errors import AccessDeniedError

P = ParamSpec("P")
R = TypeVar("R")


def act(service: Callable[P, R]) -> Callable[P, R]:
    """Run a service in a transaction of its own, and record it when it was denied.

    The transaction is durable: a service that was called from within another would not have
    kept its promise that what it returns is committed. A denial is recorded after the rollback,
    as one `access.denied` event in the security stream.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(durable=True):
                return service(*args, **kwargs)
        except AccessDeniedError as denial:
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)  # noqa: S101 - every service takes its actor by name
            record_refusal(
                who=actor.who(None),
                at=timezone.now(),
                action="access.denied",
                subject=f"service:{service.__name__}",
                data={"what": str(denial.what), "why": str(denial.why)},
            )
            raise

    return run
