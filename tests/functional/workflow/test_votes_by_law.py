"""The council's vote against the law of the dossier: what is computed, refused, or left to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import BonusForm, Mark, Regime, Threshold
from campaigns.services import load_campaign
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    again,
    facts,
    meeting,
    nomination_in,
    nominations_in,
    person,
)
from tests.rows import fingerprint
from workflow.law import law_of
from workflow.models import Dossier, Nomination
from workflow.services import board
from workflow.services.meetings import Count
from workflow.states import State
from workflow.votes import asked_by_law

DAY = "2025-08-20T08:00:00+07:00"
CLAUSE = "Quy chế của Hội đồng, Điều 8"


@pytest.fixture(autouse=True)
def _law(cast: Cast) -> Iterator[None]:
    regimes = (SHIPPED / "regimes.yaml").read_bytes()
    cast.tape.walk("regimes", lambda: load_campaign(who=SYSTEM, source=regimes))
    with time_machine.travel(DAY):
        yield


def threshold(form: str = "bk_ttg", mark: str = Mark.OFFICE, **values: Any) -> Threshold:
    """What an office that has its province's rule has entered."""
    entered = {"entered_by": "Quách Tiến Dũng", "entered_at": timezone.now()}
    given = {"pass_ratio": Decimal(90), "denominator": "all_members", "clause": CLAUSE, **values}
    regime = Regime.objects.get(key="nd-152-2025")
    if mark != Mark.OFFICE:
        Threshold.objects.filter(regime=regime, form__key=form).delete()
        entered = {}
    return Threshold.objects.create(
        regime=regime, form=BonusForm.objects.get(key=form), council="province", mark=mark,
        **entered, **given,
    )  # fmt: skip


def before_council(cast: Cast) -> Nomination:
    return nomination_in(State.UNDER_REVIEW, cast, facts(authority=PRIME_MINISTER))


def record(
    cast: Cast,
    row: Nomination,
    yes: int,
    no: int,
    invalid: int,
    *,
    passed: bool = True,
    present: int = 12,
) -> None:
    people = [{"name": f"Ủy viên {n}", "position": "Ủy viên"} for n in range(present)]
    board.record_votes(
        actor=cast["thao"],
        facts=meeting(members_total=14, present=people, absent=[]),
        counts=[Count(row.pk, yes, no, invalid, passed=passed)],
        versions={row.pk: row.version},
    )


def test_twelve_of_fourteen_is_refused_with_the_arithmetic_and_changes_nothing(cast: Cast) -> None:
    threshold()
    row = before_council(cast)
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        record(cast, row, 12, 0, 0)
    assert caught.value.code == "VOTE_BELOW_LAW"
    shown = f"12/14 tổng số thành viên = 85,71 %, dưới mức 90 % ({CLAUSE} (cơ quan nhập))."
    assert caught.value.why == shown
    assert fingerprint() == before
    record(cast, row, 12, 0, 0, passed=False)
    assert again(row)[0].state == State.NOT_PASSED
    assert Event.objects.get(action="nomination.not_passed").data["by_law"] == shown[:-1]


def test_thirteen_of_fourteen_passes_and_the_event_keeps_the_arithmetic(cast: Cast) -> None:
    threshold()
    row = before_council(cast)
    record(cast, row, 13, 0, 0, present=13)
    assert again(row)[0].state == State.REVIEWED
    by_law = Event.objects.get(action="nomination.passed").data["by_law"]
    assert by_law.startswith("13/14 tổng số thành viên = 92,85 %, đạt mức 90 %")


def test_a_council_may_still_say_no_to_what_reaches_the_ratio(cast: Cast) -> None:
    threshold()
    row = before_council(cast)
    record(cast, row, 14, 0, 0, passed=False)
    assert again(row)[0].state == State.NOT_PASSED


@pytest.mark.parametrize("mark", [Mark.SECONDARY, Mark.RECALLED, Mark.NONE])
def test_what_nobody_has_read_decides_nothing(cast: Cast, mark: Mark) -> None:
    threshold(mark=mark)
    row = before_council(cast)
    record(cast, row, 5, 7, 0)
    assert again(row)[0].state == State.REVIEWED
    assert "by_law" not in Event.objects.get(action="nomination.passed").data


def test_without_a_ratio_the_person_decides_as_before(cast: Cast) -> None:
    row = nomination_in(State.UNDER_REVIEW, cast)
    record(cast, row, 5, 7, 0)
    assert again(row)[0].state == State.REVIEWED


def test_too_few_members_stand_against_a_pass_even_without_a_ratio(cast: Cast) -> None:
    threshold(pass_ratio=None, denominator="", quorum="2/3")
    row = before_council(cast)
    with pytest.raises(Refusal, match="chưa đủ 2/3 để họp"):
        record(cast, row, 9, 0, 0, present=9)
    record(cast, row, 10, 0, 0, present=10)


def test_one_wrong_vote_undoes_the_whole_session(cast: Cast) -> None:
    threshold()
    first, second = nominations_in(
        State.UNDER_REVIEW, cast,
        facts(authority=PRIME_MINISTER), facts(person("Lê Thị Hồng"), PRIME_MINISTER),
    )  # fmt: skip
    with pytest.raises(Refusal, match="Lê Thị Hồng"):
        board.record_votes(
            actor=cast["thao"],
            facts=replace(meeting(), members_total=9),
            counts=[Count(first.pk, 9, 0, 0, passed=True), Count(second.pk, 8, 1, 0, passed=True)],
            versions={first.pk: first.version, second.pk: second.version},
        )
    assert {row.state for row in again(first, second)} == {State.UNDER_REVIEW}


def test_the_page_is_told_what_the_law_asks_and_what_is_missing(cast: Cast) -> None:
    provincial, central = nomination_in(State.UNDER_REVIEW, cast), before_council(cast)
    name = "Nghị định số 152/2025/NĐ-CP"
    law = law_of([provincial, central])
    assert asked_by_law(law, provincial).words.startswith("do tỉnh quy định (NĐ 152/2025")
    assert asked_by_law(law, provincial).missing == (
        f"tỷ lệ phiếu Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh theo {name}"
    )
    threshold(secret=True)
    asked = asked_by_law(law_of([central]), central)
    assert asked.words == (f"đồng ý ít nhất 90 % tổng số thành viên; bỏ phiếu kín ({CLAUSE})")
    assert asked.missing == ""


def test_unread_thresholds_and_dossiers_without_regime_are_named_as_missing(cast: Cast) -> None:
    row = before_council(cast)
    threshold(mark=Mark.SECONDARY)
    missing = asked_by_law(law_of([row]), row).missing
    assert missing.endswith("tổng số thành viên, chưa đối chiếu văn bản gốc)")
    Threshold.objects.filter(form__key="bk_ttg").delete()
    assert asked_by_law(law_of([row]), row).missing.startswith("tỷ lệ phiếu Bằng khen của Thủ")
    Dossier.objects.filter(pk=row.dossier_id).update(regime=None)
    [row] = again(row)
    code = row.dossier.code
    assert asked_by_law(law_of([row]), row).missing == f"chế độ khen thưởng của hồ sơ {code}"
    record(cast, row, 5, 7, 0)


def test_the_law_of_a_set_costs_as_many_queries_for_three_as_for_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    rows = nominations_in(
        State.UNDER_REVIEW, cast, facts(), facts(person("Lê Thị Hồng")), facts(person("Lý A"))
    )
    for some in (rows[:1], rows):
        with django_assert_num_queries(6):
            law = law_of(some)
            assert [law.form_key(row) for row in some] == ["bk_tinh"] * len(some)
    assert date(2025, 8, 20) == timezone.localdate()
