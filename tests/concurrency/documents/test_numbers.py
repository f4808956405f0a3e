"""Two numbers at once, on PostgreSQL; the guard is switched off first to show that it guards.

Races 8 and 9: two at a time, two hundred times, and eight clerks with fifty numbers each.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from documents import register
from documents.models import RegisterCounter, RegisterEntry
from documents.records_errors import NotationTakenError
from organisations.models import Unit
from tests.papers import AT, CLERK, DAY, unit
from tests.racing import (
    CONTROLS,
    MOSTLY,
    TRIALS,
    Act,
    Course,
    Ended,
    Race,
    chains_are_good,
    course,
    lost,
)

__all__ = ["course"]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("transactional")]
CLERKS, EACH = 8, 50


def at_once(act: Callable[[int], object], clerks: int = CLERKS) -> list[BaseException]:
    """Let every clerk act EACH times, all beginning together; return what went wrong."""
    barrier = threading.Barrier(clerks)
    errors: list[BaseException] = []

    def work() -> None:
        barrier.wait()
        try:
            for turn in range(EACH):
                act(turn)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def take(body: Unit) -> RegisterEntry:
    return register.take_number(
        who=CLERK, at=AT, body=body, series="TTr", issued_on=DAY, symbol="TTr-A", subject="x"
    )


def unlocked(body: Unit, series: str, year: int) -> RegisterCounter:
    return RegisterCounter.objects.get_or_create(body=body, series=series, year=year)[0]


def in_book(body: Unit) -> list[int]:
    """Return the numbers in a body's book, in order."""
    rows = RegisterEntry.objects.filter(body=body).order_by("number")
    return list(rows.values_list("number", flat=True))


def of_two(body: Unit, acts: list[Act], entered: int) -> Race:
    """Return a race over one book: so many lines are in it then that were not, without a gap."""
    begun: dict[int, int] = {}
    lines, counter = RegisterEntry.objects.filter(body=body), RegisterCounter.objects

    def before(trial: int) -> list[Act]:
        begun[trial] = lines.count()
        return acts

    def holds(trial: int, ended: Ended) -> bool:
        last = begun[trial] + entered
        standing = (lines.count(), counter.get(body=body).last_number)
        return ended.codes == [] and standing == (last, last)

    return Race(before, holds)


def test_8_two_numbers_at_once(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    body = unit()
    take(body)
    race = of_two(body, [lambda: take(body)] * 2, entered=2)
    with monkeypatch.context() as off:
        off.setattr(register, "lock_counter", unlocked)
        assert lost(course, race, range(CONTROLS), guarded=False) >= MOSTLY * CONTROLS
    assert lost(course, race, range(TRIALS)) == 0
    assert in_book(body) == list(range(1, len(in_book(body)) + 1))
    assert chains_are_good()


def test_9_number_and_an_act_that_is_undone(course: Course) -> None:
    """The number goes with its act; one that was given for itself would leave a gap."""

    def taken_and_undone() -> None:
        with transaction.atomic():
            take(body)
            transaction.set_rollback(True)

    def taken_for_itself() -> None:
        take(body)
        with transaction.atomic():
            transaction.set_rollback(True)

    body = unit()
    take(body)
    race = of_two(body, [taken_for_itself, lambda: take(body)], entered=1)
    assert lost(course, race, range(CONTROLS)) >= MOSTLY * CONTROLS
    race = of_two(body, [taken_and_undone, lambda: take(body)], entered=1)
    assert lost(course, race, range(TRIALS)) == 0
    assert chains_are_good()


def test_numbers_without_the_lock_are_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "lock_counter", unlocked)
    body = unit()
    errors = at_once(lambda _turn: take(body))
    # Two took the same number; only what stands behind the lock kept the second of them out.
    assert errors
    assert {type(error) for error in errors} <= {IntegrityError, NotationTakenError}


def test_numbers_taken_at_once_are_unique_and_without_gap() -> None:
    body = unit()
    assert at_once(lambda _turn: take(body)) == []
    assert in_book(body) == list(range(1, CLERKS * EACH + 1))


def test_numbers_of_undone_acts_leave_no_gap() -> None:
    body = unit()

    def sometimes_undone(turn: int) -> None:
        with transaction.atomic():
            take(body)
            transaction.set_rollback(turn % 5 == 0)

    assert at_once(sometimes_undone) == []
    assert in_book(body) == list(range(1, CLERKS * EACH * 4 // 5 + 1))
