"""A busy office on PostgreSQL: sixteen at once in any order, and nobody waits for ever.

What everybody does is in tests/traffic.py. Locks are taken in one order (docs/architecture.md,
“Locks”), so that PostgreSQL never has to end one of two who wait for each other; with sets locked in the order in
which they were chosen it has to at once. OFFICE_SECONDS=600 in the environment is the long run.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.db.models import QuerySet
from pytest_django.plugin import DjangoDbBlocker

from audit.models import Event
from documents.models import RegisterCounter, RegisterEntry
from tests.cast import Cast
from tests.councils import seat, voters
from tests.factories import facts, nominations_in, person
from tests.racing import _committed, chains_are_good, course, transactional_db
from tests.traffic import Traffic
from workflow import engine
from workflow.engine_rows import in_full, read_shared
from workflow.models import CastBallot, CouncilSession, Nomination, Vote, WorkItem
from workflow.states import State

__all__ = ["_committed", "course", "transactional_db"]
pytestmark = [pytest.mark.postgres, pytest.mark.long]
SECONDS = int(os.environ.get("OFFICE_SECONDS", "10"))
SEED = int(os.environ.get("OFFICE_SEED", "8"))
PEOPLE = 16
UNGUARDED_SECONDS = 60
"""How long to look for a deadlock with the order of locks off, the first of which ends it; and for
what has not come up yet in an office in order."""
STARTS = {
    State.DRAFT: 8, State.PREPARED: 6, State.PROPOSED: 6, State.UNDER_APPRAISAL: 8,
    State.UNDER_REVIEW: 8, State.BEFORE_CHAIRMAN: 4, State.AWARDED: 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def _office(_committed: Cast, django_db_blocker: DjangoDbBlocker) -> Traffic:
    with django_db_blocker.unblock():
        for state, many in STARTS.items():
            names = [facts(person(f"Lê Thị {state} {n}")) for n in range(many)]
            nominations_in(state, _committed, *names)
        seat(_committed, voters(5))
        return Traffic(_committed)


@pytest.fixture
def office(_office: Traffic, transactional_db: None) -> Traffic:
    """An office in the midst of its work, the same for all tests here."""
    _office.done.clear()
    return _office


def busy(office: Traffic, seconds: int, *, until_deadlock: bool = False) -> list[Exception]:
    """Let everybody act for so long; return what was no refusal.

    On a slow machine for longer, until each kind of act has gone once.
    """
    broken: list[Exception] = []
    end = time.monotonic() + seconds
    latest = end + UNGUARDED_SECONDS

    def goes_on() -> bool:
        if until_deadlock and any(map(is_deadlock, broken)):
            return False
        now = time.monotonic()
        return now < end or (now < latest and len(office.done) < len(office.jobs))

    def work(number: int) -> None:
        rng = Random(f"{SEED}:{number}")
        try:
            while goes_on():
                try:
                    office.act(rng)
                except Exception as error:  # noqa: BLE001 - shown by the test
                    broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broken


def is_deadlock(error: Exception) -> bool:
    return isinstance(error, OperationalError) and "deadlock detected" in str(error)


def deadlocks() -> int:
    """Return how many PostgreSQL has had to break in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def books_have_no_gap() -> bool:
    found = Counter(RegisterEntry.objects.values_list("body", "series", "year"))
    last = RegisterCounter.objects.values_list("body", "series", "year", "last_number")
    numbers = RegisterEntry.objects.values_list("body", "series", "year", "number").distinct()
    return numbers.count() == found.total() and dict(found) == {
        (*book,): number for *book, number in last if number
    }


def last_told(row: Nomination) -> str:
    """Return the state that the log has of its latest version.

    An event bears the moment at which its act began. Of two that lasted long, the one that began
    earlier may have found what the other left; so the versions are asked, not the clock.
    """
    told = Event.objects.filter(subject=row.subject, after__has_key="state")
    return str(max(told, key=lambda event: event.after.get("version", 0)).after["state"])


def test_sixteen_at_once_never_lock_each_other_up(office: Traffic) -> None:
    before = deadlocks()
    assert busy(office, SECONDS) == []
    assert deadlocks() == before
    assert len(office.done) == len(office.jobs), office.done  # each kind of act went at least once
    for row in Nomination.objects.all():
        assert last_told(row) == row.state
        assert WorkItem.objects.filter(nomination=row, closed_at=None).count() <= 1
    assert books_have_no_gap()
    for vote in Vote.objects.select_related("meeting"):
        counted = vote.votes_for + vote.votes_against + vote.votes_invalid
        assert counted <= vote.meeting.members_present
    for session in CouncilSession.objects.all():
        handed = sum(paper.roll.count() for paper in session.papers.all())
        assert CastBallot.objects.filter(paper__session=session).count() <= handed
    assert chains_are_good()


Break = Callable[[pytest.MonkeyPatch], None]


def sets_locked_in_any_order(off: pytest.MonkeyPatch) -> None:
    """Lock a set one by one as chance has it."""

    def load(ids: Iterable[UUID], *, lock: bool = True) -> dict[UUID, Nomination]:
        found, rows, wanted = in_full(0), dict[UUID, Nomination](), list(ids)
        found = found.select_for_update(no_key=True, of=("self",)) if lock else found
        for key in Random().sample(wanted, len(wanted)):
            rows.update(found.in_bulk([key]))
        for row in rows.values():
            row.limited = True
        read_shared(rows.values())
        return rows

    off.setattr(engine, "load", load)


def locks_that_bar_foreign_keys(off: pytest.MonkeyPatch) -> None:
    """Lock with FOR UPDATE, which whoever commits a row that points there has to wait for."""
    lock = QuerySet.select_for_update

    def barring(rows: QuerySet[Any], **how: Any) -> QuerySet[Any]:
        return lock(rows, **{**how, "no_key": False})

    off.setattr(QuerySet, "select_for_update", barring)


@pytest.mark.parametrize(
    "broken", [sets_locked_in_any_order, locks_that_bar_foreign_keys], ids=lambda one: one.__name__
)
def test_same_office_without_that_order_locks_itself_up(
    office: Traffic, monkeypatch: pytest.MonkeyPatch, broken: Break
) -> None:
    """The controls."""
    broken(monkeypatch)
    met = busy(office, UNGUARDED_SECONDS, until_deadlock=True)
    assert any(map(is_deadlock, met))
