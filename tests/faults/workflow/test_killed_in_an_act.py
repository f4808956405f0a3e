"""A process killed in the midst of an act, before each of its writes in turn, on PostgreSQL.

What stands then is the whole act with its event and paper, or nothing of it; and whoever clicks
again does it, or is told that it is done.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections

from audit.models import Event
from audit.verification import verify_all
from documents.models import Document, RegisterEntry
from tests.cast import Cast
from tests.factories import DECISION, asked, facts, nominations_in, person
from workflow.errors import NominationChangedError
from workflow.models import Decision, Nomination, WorkItem
from workflow.services import deciding
from workflow.states import State

pytestmark = pytest.mark.postgres
WRITES = ("INSERT", "UPDATE", "DELETE")
SOME_WRITES = 10
"""An act has more, so that it was killed in its midst."""


def decide(cast: Cast, row: Nomination) -> None:
    deciding.decide_awards(actor=cast["duc"], items=asked(row), facts=DECISION)


def killed_before(write: int, act: Callable[[], None]) -> bool:
    """Do an act in a process of its own that kills itself before its n-th write.

    Return whether it did: False where the act has fewer, and so was done.
    """
    connections.close_all()  # a child must not share the parent's socket
    child = os.fork()
    if child == 0:
        _die_before(write, act)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_before(write: int, act: Callable[[], None]) -> None:
    """Act in a forked child, which ends here one way or the other."""
    writes = count(1)

    def run(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        if sql.startswith(WRITES) and next(writes) == write:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *given)

    code = 1
    try:
        with connection.execute_wrapper(run):
            act()
        code = 0
    finally:
        os._exit(code)


def standing(row: Nomination) -> tuple[object, ...]:
    """Return all that a decision writes, counted."""
    now = Nomination.objects.get(pk=row.pk)
    return (
        now.state, now.version,
        Event.objects.filter(subject=row.subject).count(),
        [one.state for one in WorkItem.objects.filter(nomination=row, closed_at=None)],
        Decision.objects.filter(items__nomination=row).count(),
        RegisterEntry.objects.count(), Document.objects.count(),
    )  # fmt: skip


def test_killed_before_any_write_an_act_is_whole_or_nothing(committed_cast: Cast) -> None:
    [row] = nominations_in(State.BEFORE_CHAIRMAN, committed_cast, facts(person("Lê Thị A")))
    before = standing(row)
    for write in count(1):
        if not killed_before(write, lambda: decide(committed_cast, row)):
            break
        assert standing(row) == before, write
    assert write > SOME_WRITES
    state, version, *_rest = standing(row)
    assert (state, version) == (State.AWARDED, row.version + 1)
    entries = RegisterEntry.objects.filter(series="QĐ").values_list("number", flat=True)
    assert list(entries) == [1]  # no number was lost with those who died
    with pytest.raises(NominationChangedError):
        decide(committed_cast, row)  # the click that was repeated
    assert all(verdict.is_good for verdict in verify_all())
