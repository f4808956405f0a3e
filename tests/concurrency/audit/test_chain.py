"""Writers at once, one chain: no fork, no gap; and what happens with the head's lock off.

Race 15: two at a time, two hundred times, and eight writers with twenty-five events each.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from audit import registry, services
from audit.models import Event, Head
from audit.services import Entry, Who, record
from audit.verification import verify_stream
from tests.racing import CONTROLS, MOSTLY, TRIALS, Course, Ended, Race, course, lost

__all__ = ["course"]
WRITERS = 8
EVENTS_EACH = 25
AT = datetime(2023, 10, 5, 1, 30, tzinfo=UTC)
pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def _acts(monkeypatch: pytest.MonkeyPatch, transactional: None) -> None:
    monkeypatch.setattr(registry, "_actions", {"thing.made"})


def race(write: Callable[[int], None]) -> int:
    """Let all write at once; return how many writes the database refused."""
    barrier = Barrier(WRITERS)
    refused: list[int] = []

    def writer(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            for _ in range(EVENTS_EACH):
                try:
                    write(number)
                except IntegrityError:
                    refused.append(number)
        finally:
            connection.close()

    threads = [Thread(target=writer, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return len(refused)


def write(number: int, stream: str = "dossier:1") -> None:
    with transaction.atomic():
        entry = Entry(stream, "thing.made", f"thing:{number}")
        record(who=Who(str(number), "x"), entry=entry, at=AT)


def test_eight_writers_of_one_stream_make_one_chain() -> None:
    assert race(write) == 0
    verdict = verify_stream("dossier:1")
    assert (verdict.damage, verdict.events) == (None, WRITERS * EVENTS_EACH)


def look_without_locking(streams: set[str]) -> dict[str, Head]:
    heads = {head.stream: head for head in Head.objects.filter(stream__in=streams)}
    return {stream: heads.get(stream, Head(stream=stream)) for stream in streams}


def test_15_two_writers(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are in the chain, one after the other, whoever came first."""

    def acts(trial: int) -> list[Callable[[], None]]:
        stream = f"dossier:{trial}"
        write(0, stream)  # the head is there: two new ones at once would be another race
        return [lambda: write(1, stream), lambda: write(2, stream)]

    def holds(trial: int, _ended: Ended) -> bool:
        verdict = verify_stream(f"dossier:{trial}")
        return (verdict.damage, verdict.events) == (None, 3)

    race = Race(acts, holds)
    with monkeypatch.context() as off:
        off.setattr(services, "_lock_heads", look_without_locking)
        assert lost(course, race, range(CONTROLS), guarded=False) >= MOSTLY * CONTROLS
    assert lost(course, race, range(CONTROLS, CONTROLS + TRIALS)) == 0


def test_eight_writers_without_the_lock_get_in_each_others_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: reading the head without locking it."""
    monkeypatch.setattr(services, "_lock_heads", look_without_locking)
    refused = race(write)
    assert refused > 0
    assert Event.objects.count() == WRITERS * EVENTS_EACH - refused


def test_writers_of_two_streams_in_either_order_do_not_wait_for_each_other_for_ever() -> None:
    def write_both(number: int) -> None:
        streams = ["dossier:1", "dossier:2"][:: 1 if number % 2 else -1]
        entries = [Entry(stream, "thing.made", "x") for stream in streams]
        with transaction.atomic():
            services.record_many(who=Who("", "x"), entries=entries, at=AT)

    assert race(write_both) == 0
    for stream in ("dossier:1", "dossier:2"):
        verdict = verify_stream(stream)
        assert (verdict.damage, verdict.events) == (None, WRITERS * EVENTS_EACH)
