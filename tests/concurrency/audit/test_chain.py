"""Eight writers, one chain: no fork, no gap; and what happens with the head's lock off."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from audit import registry, services
from audit.models import Event, Head
from audit.services import Entry, Who, record
from audit.verification import verify_stream

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


def write(number: int) -> None:
    with transaction.atomic():
        entry = Entry("dossier:1", "thing.made", f"thing:{number}")
        record(who=Who(str(number), "x"), entry=entry, at=AT)


def test_eight_writers_of_one_stream_make_one_chain() -> None:
    assert race(write) == 0
    verdict = verify_stream("dossier:1")
    assert (verdict.damage, verdict.events) == (None, WRITERS * EVENTS_EACH)


def test_eight_writers_without_the_lock_get_in_each_others_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: reading the head without locking it."""

    def look_without_locking(streams: set[str]) -> dict[str, Head]:
        heads = {head.stream: head for head in Head.objects.filter(stream__in=streams)}
        return {stream: heads.get(stream, Head(stream=stream)) for stream in streams}

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
