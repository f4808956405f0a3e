"""Two workers at once, on PostgreSQL: everybody is told once, and a letter leaves once.

The guard is switched off first, to show that it is the guard that keeps the two apart.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from tests.cast import Cast
from tests.concurrency.workflow.test_races import PATIENCE_SECONDS, at_once, people
from tests.factories import nominations_in
from workflow.models import Heartbeat, Mail, MailStatus, Notice, NoticeKind, WorkItem
from workflow.services import mails, telling
from workflow.services.clocks import reckon_anew
from workflow.services.returns import hold_nomination
from workflow.states import State

pytestmark = pytest.mark.postgres
TRIALS = 8


def test_two_workers_tell_once(committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = committed_cast
    nominations_in(State.PROPOSED, cast, *people("Thị", 3))
    telling.tell(timezone.now())

    def round_of_two() -> tuple[list[BaseException], int]:
        Notice.objects.all().delete()
        WorkItem.objects.filter(closed_at=None).update(told_at=None)
        ended = at_once(*[partial(telling.tell, timezone.now())] * 2)
        counts = Notice.objects.filter(kind=NoticeKind.ARRIVED).values_list("count", flat=True)
        return ended.broken, sum(counts)

    with monkeypatch.context() as unguarded:
        meet = threading.Barrier(2, timeout=PATIENCE_SECONDS)
        work = telling._work

        def both_have_read(rows: Any) -> list[WorkItem]:
            found = work(rows) if rows.exists() else []
            if found and not meet.broken:
                meet.wait()
            return found

        unguarded.setattr(telling, "_alone", lambda name, before: Heartbeat(name=name, at=before))
        unguarded.setattr(telling, "lock_work", lambda _ids: None)
        unguarded.setattr(telling, "_work", both_have_read)
        broken, counted = round_of_two()
        assert broken or counted != 3
    for _trial in range(TRIALS):
        assert round_of_two() == ([], 3)


def test_two_workers_send_one_letter_once(committed_cast: Cast) -> None:
    at = timezone.now()

    def letter() -> Mail:
        django_mail.outbox.clear()
        return Mail.objects.create(
            user=committed_cast.users["tuan"], address="a@so.example", subject="a", body="b",
            made_at=at, next_at=at, status=MailStatus.QUEUED,
        )  # fmt: skip

    unguarded = partial(mails._send, letter(), at)  # without taking it first
    at_once(unguarded, unguarded)
    assert len(django_mail.outbox) == 2
    for _trial in range(TRIALS):
        letter()
        ended = at_once(*[partial(mails.send_mails, at)] * 3)
        assert (ended.broken, sum(ended.done), len(django_mail.outbox)) == ([], 1, 1)


def test_reckoning_and_an_act_wait_for_each_other_and_never_for_ever(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.PROPOSED, cast, *people("Thị", TRIALS))
    holds = [
        partial(
            hold_nomination, actor=cast["tuan"], nomination_id=row.pk, reason="Chờ xác minh",
            expected_version=row.version, review_on=timezone.localdate().replace(year=2099),
        )
        for row in rows
    ]  # fmt: skip
    ended = at_once(*holds, reckon_anew, partial(telling.tell, timezone.now()))
    assert (ended.broken, ended.refused, len(ended.done)) == ([], [], TRIALS + 2)
    held = WorkItem.objects.filter(state=State.HELD, closed_at=None)
    assert set(held.values_list("due_on", flat=True)) == {timezone.localdate().replace(year=2099)}
