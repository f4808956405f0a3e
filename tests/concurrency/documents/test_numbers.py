"""Two numbers at once, on PostgreSQL; the guard is switched off first to show that it guards."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from documents import register
from documents.models import RegisterCounter, RegisterEntry
from documents.records_errors import NotationTakenError
from organisations.models import Unit
from tests.papers import AT, CLERK, DAY, unit

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


def test_numbers_without_the_lock_are_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(body: Unit, series: str, year: int) -> RegisterCounter:
        return RegisterCounter.objects.get_or_create(body=body, series=series, year=year)[0]

    monkeypatch.setattr(register, "lock_counter", unlocked)
    body = unit()
    errors = at_once(lambda _turn: take(body))
    # Two took the same number; only what stands behind the lock kept the second of them out.
    assert errors
    assert {type(error) for error in errors} <= {IntegrityError, NotationTakenError}


def test_numbers_taken_at_once_are_unique_and_without_gap() -> None:
    body = unit()
    assert at_once(lambda _turn: take(body)) == []
    numbers = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, CLERKS * EACH + 1))


def test_numbers_of_undone_acts_leave_no_gap() -> None:
    body = unit()

    def sometimes_undone(turn: int) -> None:
        with transaction.atomic():
            take(body)
            transaction.set_rollback(turn % 5 == 0)

    assert at_once(sometimes_undone) == []
    numbers = list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, CLERKS * EACH * 4 // 5 + 1))
