"""Two people at once, on PostgreSQL: one wins, the other is told who was faster.

The guard is switched off first, to show that it is the guard that keeps the two apart.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from audit.verification import verify_all
from documents.models import RegisterEntry
from tests.cast import Cast
from tests.factories import DECISION, again, asked, count, facts, meeting, nominations_in, person
from tests.judging import DISCIPLINE, gate, overrule
from workflow import engine
from workflow.engine import BulkResult
from workflow.models import Decision, Dossier, Nomination, Nominee, Overrule, Vote, WorkItem
from workflow.services import appraisal, board, deciding, drafting, overruling, returns
from workflow.services.drafting import Drafted
from workflow.services.nominees import NominationFacts
from workflow.states import MOVES, State

pytestmark = pytest.mark.postgres
TRIALS = 8
PATIENCE_SECONDS = 60


@dataclass
class Ended:
    """What became of acts done at once: what they returned, refused with, or broke on."""

    done: list[Any] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)


def at_once(*acts: Callable[[], Any]) -> Ended:
    """Let all begin together, each in a thread with a connection of its own."""
    barrier, ended = threading.Barrier(len(acts), timeout=PATIENCE_SECONDS), Ended()

    def work(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait()
            ended.done.append(act())
        except Refusal as refusal:
            ended.refused.append(refusal)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            ended.broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def codes(ended: Ended) -> list[str]:
    assert ended.broken == []
    return [refusal.code for refusal in ended.refused]


def chains_are_good() -> bool:
    return all(verdict.is_good for verdict in verify_all())


def decide(cast: Cast, row: Nomination) -> Decision:
    return deciding.decide_awards(actor=cast["duc"], items=asked(row), facts=DECISION)


def receive(cast: Cast, *rows: Nomination) -> None:
    result = appraisal.receive_nominations(actor=cast["tuan"], items=asked(*rows))
    for refusal in result.refused.values():
        raise refusal


def withdraw(cast: Cast, *rows: Nomination) -> None:
    returns.withdraw_nominations(actor=cast["hung"], items=asked(*rows), reason="Thôi")


def people(begin: str, number: int) -> list[NominationFacts]:
    return [facts(person(f"Lê {begin} {letter}")) for letter in "ABCDEFGH"[:number]]


def switch_the_lock_off(patch: pytest.MonkeyPatch) -> None:
    """Check, then act: both have read before either writes, and nobody looks at the version."""
    both_have_read = threading.Barrier(2, timeout=PATIENCE_SECONDS)

    def unlocked(ids: Iterable[UUID], **_lock: bool) -> dict[UUID, Nomination]:
        found = {row.pk: row for row in again(*Nomination.objects.filter(pk__in=list(ids)))}
        both_have_read.wait()
        return found

    patch.setattr(engine, "load", unlocked)
    patch.setattr(engine, "check_version", lambda _nomination, _expected: None)


def test_approve_and_approve_without_the_lock_approves_twice(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = nominations_in(State.BEFORE_CHAIRMAN, committed_cast, *people("Thị", 3))
    switch_the_lock_off(monkeypatch)

    def approve(row: Nomination) -> None:
        with transaction.atomic():
            engine.fire(
                actor=committed_cast["duc"],
                move=MOVES["decide"],
                nomination_id=row.pk,
                expected_version=row.version,
                at=timezone.now(),
            )

    for number, row in enumerate(rows, start=1):
        ended = at_once(partial(approve, row), partial(approve, row))
        assert codes(ended) == []
        assert Event.objects.filter(action="nomination.decided").count() == 2 * number


def test_approve_and_approve_has_one_winner_and_tells_the_loser(committed_cast: Cast) -> None:
    rows = nominations_in(State.BEFORE_CHAIRMAN, committed_cast, *people("Thị", TRIALS))
    for row in rows:
        ended = at_once(partial(decide, committed_cast, row), partial(decide, committed_cast, row))
        assert codes(ended) == ["NOMINATION_CHANGED"]
        assert ended.refused[0].why.startswith("Trần Minh Đức đã thay đổi lúc ")
        assert again(row)[0].version == row.version + 1
    assert Decision.objects.count() == TRIALS
    assert Event.objects.filter(action="nomination.decided").count() == TRIALS
    entries = RegisterEntry.objects.filter(series="QĐ").order_by("number")
    assert list(entries.values_list("number", flat=True)) == list(range(1, TRIALS + 1))
    assert chains_are_good()


def test_withdraw_and_receive_leave_one_truth(committed_cast: Cast) -> None:
    """Whoever was second is refused: the nomination is withdrawn, or it is received."""
    rows = nominations_in(State.PROPOSED, committed_cast, *people("Thị", TRIALS))
    for row in rows:
        ended = at_once(
            partial(withdraw, committed_cast, row), partial(receive, committed_cast, row)
        )
        assert codes(ended) == ["NOMINATION_CHANGED"]
        stands = again(row)[0]
        events = Event.objects.filter(subject=row.subject).order_by("-seq")
        assert (stands.version, stands.state) in {
            (row.version + 1, "withdrawn"), (row.version + 1, "under_appraisal"),
        }  # fmt: skip
        assert events[0].after == {"state": stands.state, "version": stands.version}
        work = WorkItem.objects.filter(nomination=row, closed_at=None)
        assert work.count() == (stands.state == "under_appraisal")
    assert chains_are_good()


def test_one_list_imported_by_two_at_once_makes_no_twins(committed_cast: Cast) -> None:
    unit_id = committed_cast.units["tp-rach-gia"].pk

    def write(login: str, names: list[NominationFacts]) -> Drafted:
        return drafting.draft_nominations(
            actor=committed_cast[login], unit_id=unit_id, facts=names, skip_known=True
        )

    for trial in range(TRIALS):
        names = people(f"Trần {trial}", 5)
        ended = at_once(partial(write, "lan", names), partial(write, "hung", list(reversed(names))))
        assert codes(ended) == []
        assert sorted((len(one.made), len(one.known)) for one in ended.done) == [(0, 5), (5, 0)]
    assert Nomination.objects.count() == Nominee.objects.count() == 5 * TRIALS
    assert Dossier.objects.count() == 1
    assert chains_are_good()


def test_sessions_over_the_same_list_in_any_order_wait_and_do_not_lock_up(
    committed_cast: Cast,
) -> None:
    for trial in range(TRIALS):
        rows = nominations_in(State.UNDER_REVIEW, committed_cast, *people(f"Vũ {trial}", 6))
        first, second = rows[:4], list(reversed(rows[2:]))

        def hold_session(of: list[Nomination]) -> None:
            board.record_votes(
                actor=committed_cast["thao"],
                facts=meeting(),
                counts=[count(row, passed=place % 2 == 0) for place, row in enumerate(of)],
                versions={row.pk: row.version for row in of},
            )

        ended = at_once(partial(hold_session, first), partial(hold_session, second))
        assert codes(ended) == ["NOMINATION_CHANGED"]
        assert Vote.objects.filter(nomination__in=rows, meeting__unit__code="hd-tdkt").count() == 4


def test_long_set_and_single_acts_wait_and_do_not_lock_up(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a dossier at once, chunk by chunk, while two of its last are taken one by one."""
    monkeypatch.setattr(engine, "CHUNK", 1)
    for trial in range(TRIALS):
        rows = nominations_in(State.PROPOSED, committed_cast, *people(f"Ngô {trial}", 6))
        rows.sort(key=lambda row: row.pk)

        def take_all(of: list[Nomination]) -> BulkResult:
            return appraisal.receive_nominations(actor=committed_cast["tuan"], items=asked(*of))

        ended = at_once(
            partial(take_all, rows),
            partial(withdraw, committed_cast, rows[-1]),
            partial(withdraw, committed_cast, rows[-2]),
        )
        codes(ended)
        assert {row.version for row in again(*rows)} == {rows[0].version + 1}
    assert chains_are_good()


def lift(cast: Cast, row: Nomination) -> Overrule:
    return overruling.lift_overrule(
        actor=cast["phuong"], nomination_id=row.pk, expected_version=row.version,
        rule=DISCIPLINE, reason="Nhầm người",
    )  # fmt: skip


def find_eligible(cast: Cast, row: Nomination) -> Nomination:
    return appraisal.appraise_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=row.version,
        reason="Đủ", clause="Mục IV.3",
    )  # fmt: skip


def test_lifting_an_overruling_and_appraising_leave_one_truth(committed_cast: Cast) -> None:
    """Found eligible while it was overruled, or not at all: never by an overruling taken back."""
    gate(committed_cast, "appraise", DISCIPLINE)
    rows = nominations_in(State.UNDER_APPRAISAL, committed_cast, *people("Thị", TRIALS))
    for barred in rows:
        overrule(committed_cast, "phuong", barred)
        (row,) = again(barred)
        ended = at_once(
            partial(lift, committed_cast, row), partial(find_eligible, committed_cast, row)
        )
        (code,) = codes(ended)
        stands = Overrule.objects.filter(nomination=row).order_by("at").last()
        assert stands is not None
        appraised = again(row)[0].state == State.APPRAISED
        assert appraised is stands.stands
        assert code in {"NOMINATION_CHANGED", "OVERRULE_NOT_NEEDED"}
    assert chains_are_good()
