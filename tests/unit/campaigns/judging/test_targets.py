"""Targets taken together, and the three readings of “vượt trên 20%”."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from campaigns.judging.finding import Target
from campaigns.judging.predicates.targets import Exceeding
from campaigns.judging.verdicts import Outcome, Verdict
from tests.judged import goal, rule_of, verdict_of

MET, NOT_MET, PERSON, UNKNOWN = Outcome
D = Decimal
THREE = (goal("g2", "60"), goal("e3", "8", ">"), goal("g1", "100"))


def figures(*values: str | None, targets: tuple[Target, ...] = THREE) -> dict[str, Decimal]:
    pairs = zip(targets, values, strict=True)
    return {target.fact: D(value) for target, value in pairs if value is not None}


def judged(predicate: str, values: dict[str, Decimal], **params: Any) -> Verdict:
    return verdict_of(rule_of(predicate, targets=THREE, **params), values)


def test_all_targets_wants_each_of_them() -> None:
    assert judged("all_targets", figures("60", "8.1", "100")).outcome == MET
    assert judged("all_targets", figures("60", "8.1", "99.99")).outcome == NOT_MET
    assert judged("all_targets", figures("60", "8", "100")).outcome == NOT_MET
    assert judged("all_targets", figures("60", "8.1", None)).outcome == UNKNOWN
    assert judged("all_targets", figures("59", None, None)).outcome == NOT_MET
    said = judged("all_targets", figures("59.5", "8.1", None)).arithmetic
    assert said == "1/3 mục tiêu đạt; chưa đạt: g2 năm 2023 (59,5 % < 60 %); chưa có số liệu: 1"


def test_some_targets_leaves_to_a_person_what_the_words_leave_open() -> None:
    assert judged("some_targets", figures("60", "9", "100")).outcome == MET
    assert judged("some_targets", figures("60", "9", "1")).outcome == PERSON
    assert judged("some_targets", {}).outcome == PERSON
    assert "bao nhiêu mục tiêu" in judged("some_targets", {}).question


def test_some_targets_counts_where_a_rule_says_how_many() -> None:
    assert judged("some_targets", figures("60", "9", "1"), fewest=2).outcome == MET
    assert judged("some_targets", figures("60", "1", "1"), fewest=2).outcome == NOT_MET
    assert judged("some_targets", figures("60", "1", None), fewest=2).outcome == UNKNOWN
    said = judged("some_targets", figures("60", "1", "1"), fewest=2).arithmetic
    assert said.endswith("; cần ít nhất 2")


@pytest.mark.parametrize("predicate", ["all_targets", "some_targets", "exceeds"])
def test_no_targets_at_all_are_for_a_person(predicate: str) -> None:
    params: dict[str, Any] = (
        {"op": ">", "value": D(20), "reading": "share"} if predicate == "exceeds" else {}
    )
    verdict = verdict_of(rule_of(predicate, targets=(), **params), {})
    assert verdict.outcome == PERSON
    assert "không nêu chỉ tiêu" in verdict.question


FIVE = tuple(goal(f"g{number}", "50") for number in range(1, 6))

# The figures of five targets of 50 %, and how “vượt trên 20%” comes out: each by more than 20 % of
# its value (above 60), each by more than 20 points (above 70), more than 20 % of the targets.
READINGS = [
    (("60.1",) * 5, MET, NOT_MET, MET),
    (("60",) * 5, NOT_MET, NOT_MET, MET),
    (("70.1",) * 5, MET, MET, MET),
    (("70",) * 5, MET, NOT_MET, MET),
    (("50",) * 5, NOT_MET, NOT_MET, NOT_MET),
    (("50.1", "50", "50", "50", "50"), NOT_MET, NOT_MET, NOT_MET),  # 1/5 is 20 %, not more
    (("50.1", "50.1", "50", "50", "50"), NOT_MET, NOT_MET, MET),
    (("90", "90", "90", "90", "60"), NOT_MET, NOT_MET, MET),
    (("90", "90", "90", "90", None), UNKNOWN, UNKNOWN, MET),
    (("50.1", None, "50", "50", "50"), NOT_MET, NOT_MET, UNKNOWN),
    ((None,) * 5, UNKNOWN, UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("values", "relative", "points", "share"), READINGS)
def test_each_reading_comes_out_as_it_says(
    values: tuple[str | None, ...], relative: Outcome, points: Outcome, share: Outcome
) -> None:
    facts = figures(*values, targets=FIVE)
    for reading, outcome in zip(Exceeding, (relative, points, share), strict=True):
        rule = rule_of("exceeds", targets=FIVE, op=">", value=D(20), reading=reading)
        assert verdict_of(rule, facts).outcome == outcome, reading


@pytest.mark.parametrize("values", [row[0] for row in READINGS])
def test_without_a_reading_a_person_decides_and_sees_all_three(
    values: tuple[str | None, ...],
) -> None:
    rule = rule_of("exceeds", targets=FIVE, op=">", value=D(20))
    verdict = verdict_of(rule, figures(*values, targets=FIVE))
    assert verdict.outcome == PERSON
    assert "chưa chọn cách hiểu" in verdict.question
    lines = verdict.arithmetic.split("\n")
    assert len(lines) == 3
    assert "theo tỷ lệ của giá trị mục tiêu" in lines[0]
    assert "theo điểm phần trăm" in lines[1]
    assert "tỷ lệ số mục tiêu được vượt" in lines[2]


def test_chosen_reading_is_marked_and_the_others_stay_visible() -> None:
    rule = rule_of("exceeds", targets=FIVE, op=">", value=D(20), reading="points")
    verdict = verdict_of(rule, figures("70.1", "70.1", "70.1", "70.1", "60.1", targets=FIVE))
    assert verdict.outcome == NOT_MET
    assert verdict.arithmetic.split("\n") == [
        "Hiểu là mỗi mục tiêu vượt theo tỷ lệ của giá trị mục tiêu: đạt. 5/5 mục tiêu vượt",
        (
            "Hiểu là mỗi mục tiêu vượt theo điểm phần trăm (phong trào chọn): không đạt. "
            "4/5 mục tiêu vượt; chưa vượt: g5 năm 2023 (60,1 % ≤ 70 %)"
        ),
        "Hiểu là tỷ lệ số mục tiêu được vượt: đạt. 5/5 mục tiêu vượt; 5/5 = 100 % > 20 %",
    ]


def test_targets_that_cannot_be_exceeded_are_named() -> None:
    high = (goal("g1", "100"), goal("g6c", "90"), goal("g3", "83.3"), goal("h", "90", unit="hộ"))
    verdict = verdict_of(rule_of("exceeds", targets=high, op=">", value=D(20)), {})
    assert verdict.warnings == (
        "2/4 mục tiêu không thể vượt 20 % giá trị vì sẽ quá 100 %: g1 (100 %), g6c (90 %)",
    )
    low = rule_of("exceeds", targets=(goal("g3", "83.3"),), op=">", value=D(20))
    assert verdict_of(low, {}).warnings == ()


def test_threshold_may_be_reached_instead_of_passed() -> None:
    figures_at = figures(*("60",) * 5, targets=FIVE)
    for op, outcome in ((">", NOT_MET), (">=", MET)):
        rule = rule_of("exceeds", targets=FIVE, op=op, value=D(20), reading="relative")
        assert verdict_of(rule, figures_at).outcome == outcome


def test_oddities_of_targets_follow_into_every_rule_of_them() -> None:
    odd = Target("s10", "Trường", 2025, ">=", D(70), "%", "đạt 70%", ("hai năm cùng một giá trị",))
    for predicate, value in product(("all_targets", "some_targets", "exceeds"), ("70", "69", None)):
        params: dict[str, Any] = (
            {"op": ">", "value": D(20), "warnings": ("Chung",)} if predicate == "exceeds" else {}
        )
        rule = rule_of(predicate, targets=(odd,), **params)
        verdict = verdict_of(rule, figures(value, targets=(odd,)))
        assert "s10: hai năm cùng một giá trị" in verdict.warnings
        assert ("Chung" in verdict.warnings) == (predicate == "exceeds")
