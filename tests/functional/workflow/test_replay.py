"""What a tape writes again is, row by row, what the services wrote (tests/replay.py)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from audit.models import Event, Head
from audit.verification import verify_all
from tests import rounds
from tests.replay import Tape, _counters, heads
from tests.rows import fingerprint


def everything() -> tuple[object, ...]:
    """Return what stands in every table of the product, and where its counters stand."""
    log = list(Event.objects.order_by("pk").values()), list(Head.objects.order_by("pk").values())
    return fingerprint(), *log, _counters()


def taken_back(walk: Callable[[], object]) -> tuple[object, tuple[object, ...]]:
    """Walk, and return what came of it; then as if nothing had been."""
    save = transaction.savepoint()
    came_of_it = walk(), everything()
    assert all(verdict.is_good for verdict in verify_all())
    transaction.savepoint_rollback(save)
    return came_of_it


def walked(tape: Tape, steps: Callable[[], object]) -> tuple[object, tuple[object, ...]]:
    """Walk from here by a tape, as at the beginning of a test."""
    with tape.listening(at=heads()):
        return taken_back(lambda: tape.walk("steps", steps))


def once(steps: Callable[[], object]) -> Callable[[], object]:
    """Return the steps; to take them a second time is an error."""
    left = [steps]

    def step() -> object:
        return left.pop()()

    return step


def test_province_is_written_again_as_the_commands_wrote_it(db: None) -> None:
    tape, steps = Tape(), once(rounds._load_province)
    before = everything()
    assert walked(tape, steps) == walked(tape, steps)
    with tape.listening(at=heads()):
        tape.walk("steps", steps)
    assert everything()[:-1] != before[:-1]
