"""Two people at once, many times: real threads, each with its own connection to PostgreSQL.

A race is shown twice by the same words of what must hold: `lost` counts how often it does not.
With the guard off (`unguarded`: no row is locked, and both have read before either writes) that
is nearly always; with it, never.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from audit.errors import Refusal
from audit.verification import verify_all
from tests.cast import Cast, make_cast
from tests.tamper import triggers_off

TRIALS = 200
CONTROLS = 20
MOSTLY = 0.95
"""In so many trials without its guard a race has to be lost, else the guard guards nothing."""
PATIENCE_SECONDS = 60
_LOCKED = re.compile(r" FOR (?:NO KEY )?UPDATE(?: OF \S+)?(?: SKIP LOCKED| NOWAIT)?\s*$")
_KEPT = re.compile(r'FROM "(?:audit_head|documents_registercounter)"')
_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
Act = Callable[[], Any]


@dataclass
class Ended:
    """What became of acts done at once: what they returned, refused with, or broke on."""

    done: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [refusal.code for refusal in self.refused]


@dataclass
class Meeting:
    """Where two meet who take no locks: before the first write, or the first to one table."""

    table: str = ""
    barrier: threading.Barrier = field(
        default_factory=lambda: threading.Barrier(2, timeout=PATIENCE_SECONDS)
    )

    @contextmanager
    def attended(self) -> Iterator[None]:
        """Take no lock in this thread's connection, and wait for the other before writing.

        The heads of the log and the register's counters stay locked: they guard other races.
        """
        been = False

        def run(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
            nonlocal been
            if not _KEPT.search(sql):
                sql = _LOCKED.sub("", sql)
            wrote = _WRITE.match(sql)
            if not been and wrote and self.table in {"", wrote[1]}:
                been = True
                self.wait()
            return execute(sql, *given)

        try:
            with connection.execute_wrapper(run):
                yield
        finally:
            if not been:
                self.barrier.abort()

    def wait(self) -> None:
        try:
            self.barrier.wait()
        except threading.BrokenBarrierError:
            return  # the other one has ended without writing


class Lane(threading.Thread):
    """A thread that keeps its connection and does one act after another."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.todo: SimpleQueue[tuple[Act, Ended, threading.Barrier, Meeting | None] | None] = (
            SimpleQueue()
        )
        self.idle = threading.Semaphore(0)

    def run(self) -> None:
        while (job := self.todo.get()) is not None:
            act, ended, start, meeting = job
            try:
                with ExitStack() as stack:
                    connection.ensure_connection()
                    if meeting:
                        stack.enter_context(meeting.attended())
                    start.wait()
                    ended.done.append(act())
            except Refusal as refusal:
                ended.refused.append(refusal)
            except BaseException as error:  # noqa: BLE001 - shown by the test
                ended.broken.append(error)
            finally:
                self.idle.release()
        connection.close()


class Course:
    """Two lanes, for as many trials as are asked."""

    def __init__(self) -> None:
        self.lanes = [Lane(), Lane()]
        for lane in self.lanes:
            lane.start()

    def run(self, acts: Sequence[Act], meeting: Meeting | None = None) -> Ended:
        """Let two acts begin together and return what became of them."""
        ended, start = Ended(), threading.Barrier(len(acts), timeout=PATIENCE_SECONDS)
        for lane, act in zip(self.lanes, acts, strict=True):
            lane.todo.put((act, ended, start, meeting))
        for lane in self.lanes:
            lane.idle.acquire()
        return ended

    def close(self) -> None:
        for lane in self.lanes:
            lane.todo.put(None)
        for lane in self.lanes:
            lane.join()


@dataclass(frozen=True)
class Race:
    """What two do at once in a trial, and whether it ended as it must.

    meets  the table before whose first write the two meet without the guard; "" for any
    """

    acts: Callable[[int], Sequence[Act]]
    holds: Callable[[int, Ended], bool]
    meets: str = ""


def lost(course: Course, race: Race, trials: range, *, guarded: bool = True) -> int:
    """Run trials and return in how many it did not end as it must; each has its turn to be first."""
    count = 0
    for trial in trials:
        acts = list(race.acts(trial))
        meeting = None if guarded else Meeting(race.meets)
        ended = course.run(acts[:: 1 if trial % 2 else -1], meeting)
        if guarded:
            assert ended.broken == [], trial
        count += bool(ended.broken) or not race.holds(trial, ended)
    return count


def chains_are_good() -> bool:
    return all(verdict.is_good for verdict in verify_all())


@pytest.fixture(scope="module")
def course() -> Iterator[Course]:
    """Two lanes for the module."""
    made = Course()
    yield made
    made.close()


@pytest.fixture(scope="module")
def _committed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, course: Course
) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        yield make_cast()
        course.close()
        with triggers_off():
            call_command("flush", verbosity=0, interactive=False, allow_cascade=False,
                         reset_sequences=False, inhibit_post_migrate=True)  # fmt: skip


@pytest.fixture
def transactional_db(_committed: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Committed rows that the whole module races over; emptied when it ends and not before."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def people(_committed: Cast, transactional_db: None) -> Cast:
    """The cast of the module, in committed rows."""
    return _committed
