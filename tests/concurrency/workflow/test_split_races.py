"""Splits of one dossier at once, and a split beside an act, on PostgreSQL: one after the other."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from audit.models import Event
from audit.verification import verify_all
from tests.cast import Cast
from tests.concurrency.workflow.test_races import at_once, codes, people
from tests.factories import again, nominations_in
from workflow.models import Dossier, Nomination, WorkItem
from workflow.services import appraisal
from workflow.services.splitting import split_dossier
from workflow.states import State

pytestmark = pytest.mark.postgres
TRIALS = 6


def part(cast: Cast, row: Nomination) -> Any:
    return split_dossier(
        actor=cast["tuan"], dossier_id=row.dossier_id, versions={row.pk: row.version},
        reason="Đi riêng",
    )  # fmt: skip


def test_splits_at_once_get_codes_of_their_own_and_leave_one_behind(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.UNDER_APPRAISAL, cast, *people("Thị", TRIALS))
    ended = at_once(*(partial(part, cast, row) for row in rows))
    assert codes(ended) == ["SPLIT_LEAVES_NOTHING"]
    made = {one.code for one in ended.done}
    assert made == {f"{rows[0].dossier.code}-T{n}" for n in range(1, TRIALS)}
    assert rows[0].dossier.nominations.count() == 1
    assert all(verdict.is_good for verdict in verify_all())


def test_one_nomination_is_parted_once(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.UNDER_APPRAISAL, cast, *people("Thị", 2))
    ended = at_once(*(partial(part, cast, rows[0]) for _ in range(TRIALS)))
    assert set(codes(ended)) <= {"NOT_FOUND", "NOMINATION_CHANGED"}
    assert (len(ended.done), Dossier.objects.count()) == (1, 2)
    assert Event.objects.filter(action="nomination.split_off").count() == 1


def test_a_split_and_a_finding_leave_one_truth(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.UNDER_APPRAISAL, cast, *people("Thị", TRIALS))
    finds = [
        partial(
            appraisal.appraise_nomination, actor=cast["tuan"], nomination_id=row.pk,
            expected_version=row.version, reason="Đạt", clause="Mục IV",
        )
        for row in rows[1:]
    ]  # fmt: skip
    ended = at_once(*finds, *(partial(part, cast, row) for row in rows[1:]))
    assert set(codes(ended)) <= {"NOT_FOUND", "NOMINATION_CHANGED"}
    assert len(ended.done) == len(rows) - 1
    for before, now in zip(rows[1:], again(*rows[1:]), strict=True):
        parted = now.dossier_id != before.dossier_id
        assert parted != (now.state == State.APPRAISED)
        assert now.version == before.version + 1
        assert WorkItem.objects.filter(nomination=now, closed_at=None).count() == 1
    assert all(verdict.is_good for verdict in verify_all())
