"""A hand-over and an act at once, on PostgreSQL: one after the other, and nothing is lost."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from audit.verification import verify_all
from campaigns.models import Desk
from tests.cast import Cast
from tests.concurrency.workflow.test_races import at_once, codes, people
from tests.factories import again, asked, nominations_in
from tests.reorganised import dissolve, heir
from workflow.models import Dossier, Nomination, WorkItem
from workflow.services import appraisal
from workflow.services.handing_over import Grounds, hand_over_desk, hand_over_dossiers
from workflow.states import State

pytestmark = pytest.mark.postgres
WHY = Grounds("Bỏ cấp huyện")
TRIALS = 6


def receive(cast: Cast, row: Nomination) -> Any:
    result = appraisal.receive_nominations(actor=cast["tuan"], items=asked(row))
    for refusal in result.refused.values():
        raise refusal
    return result


def test_hand_over_and_reception_leave_one_truth(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.PROPOSED, cast, *people("Thị", TRIALS))
    first = heir(cast, "p-mot", "UBND phường Một")
    dissolve(cast, "tp-rach-gia", first)
    dossier = Dossier.objects.get(pk=rows[0].dossier_id)
    give = partial(
        hand_over_dossiers, actor=cast["dung"], versions={dossier.pk: dossier.version},
        to_unit_id=first.pk, grounds=WHY,
    )  # fmt: skip
    ended = at_once(give, *(partial(receive, cast, row) for row in rows))
    assert set(codes(ended)) <= {"NOMINATION_CHANGED"}
    received = len(ended.done) - 1
    for row, now in zip(rows, again(*rows), strict=True):
        moved = now.state == State.UNDER_APPRAISAL
        assert now.version == row.version + 1 + moved
        assert now.dossier.unit_id == first.pk
        assert WorkItem.objects.filter(nomination=row, closed_at=None).count() == 1
    assert Nomination.objects.filter(state=State.UNDER_APPRAISAL).count() == received
    assert all(verdict.is_good for verdict in verify_all())


def test_two_successors_cannot_both_take_a_dossier(committed_cast: Cast) -> None:
    cast = committed_cast
    [row] = nominations_in(State.DRAFT, cast, *people("Thị", 1))
    heirs = [heir(cast, "p-mot", "UBND phường Một"), heir(cast, "p-hai", "UBND phường Hai")]
    dissolve(cast, "tp-rach-gia", *heirs)
    takes = [
        partial(
            hand_over_dossiers, actor=cast["dung"], versions={row.dossier_id: 1},
            to_unit_id=one.pk, grounds=WHY,
        )
        for one in heirs
    ]  # fmt: skip
    ended = at_once(*takes)
    assert codes(ended) == ["DOSSIER_CHANGED"]
    assert Dossier.objects.get().unit == ended.done[0].to_unit


def test_nothing_stays_behind_at_a_desk_that_is_handed_over(committed_cast: Cast) -> None:
    cast = committed_cast
    rows = nominations_in(State.UNDER_APPRAISAL, cast, *people("Thị", TRIALS))
    to = heir(cast, "hd-moi", "Hội đồng mới")
    dissolve(cast, "hd-tdkt", to)
    desk = Desk.objects.get(campaign=cast.campaign, desk="board")
    appraised = [
        partial(
            appraisal.appraise_nomination, actor=cast["tuan"], nomination_id=row.pk,
            expected_version=row.version, reason="Đủ", clause="Mục IV.2",
        )
        for row in rows
    ]  # fmt: skip
    hand = partial(
        hand_over_desk, actor=cast["dung"], desk_id=desk.pk, expected_version=desk.version,
        to_unit_id=to.pk, grounds=WHY,
    )  # fmt: skip
    ended = at_once(hand, *appraised)
    assert codes(ended) == []
    waiting = WorkItem.objects.filter(closed_at=None, unit_path=cast.units["hd-tdkt"].path)
    assert waiting.count() == 0
