"""Points, ranks and quotas: exact, explained, and never worse for being better."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import How, TieKey
from campaigns.scoring.numbers import shown
from campaigns.scoring.points import Line, Precision, Step, score_line
from campaigns.scoring.quotas import Share, limit
from campaigns.scoring.ranking import Contender, Tie, rank
from campaigns.scoring.tables import Part, Score, Table, score

D = Decimal
EXACT = Precision(2, "nearest")
PERCENT = st.decimals(0, 100, places=2)
STEPS = (Step(D(70), D(10)), Step(D(80), D(20)), Step(D(90), D(30)))


def line(how: How, most: str = "30", **more: object) -> Line:
    given: dict[str, object] = {"full_at": D(60)} if how is How.PROPORTIONAL else {}
    given |= {"each": D(5)} if how in {How.BONUS, How.DEDUCTION} else {}
    given |= {"steps": STEPS} if how is How.STEPS else {}
    fields: dict[str, object] = {"key": "x", "part": "p", "name": "x", "most": D(most), "how": how}
    return Line(**(fields | {"unit": "%"} | given | more))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("how", "value", "points", "arithmetic"),
    [
        (How.PROPORTIONAL, "60", "30", "60% ≥ 60%: đủ 30"),
        (How.PROPORTIONAL, "90", "30", "90% ≥ 60%: đủ 30"),
        (How.PROPORTIONAL, "45", "22.5", "30 × 45 / 60 = 22,5"),
        (How.PROPORTIONAL, "59.99", "30", "30 × 59,99 / 60 = 29,995 ≈ 30"),
        (How.PROPORTIONAL, "1", "0.5", "30 × 1 / 60 = 0,5"),
        (How.PROPORTIONAL, "10.01", "5.01", "30 × 10,01 / 60 = 5,005 ≈ 5,01"),
        (How.STEPS, "69.9", "0", "69,9% < 70%: 0"),
        (How.STEPS, "70", "10", "70% ≥ 70%: 10"),
        (How.STEPS, "89.9", "20", "89,9% ≥ 80%: 20"),
        (How.STEPS, "100", "30", "100% ≥ 90%: 30"),
        (How.YES_NO, "1", "30", "có: 30"),
        (How.YES_NO, "0", "0", "không: 0"),
        (How.SELF, "25", "25", "chấm 25, tối đa 30: 25"),
        (How.SELF, "31", "30", "chấm 31, tối đa 30: 30"),
        (How.BONUS, "2", "10", "2 × 5, tối đa 30: 10"),
        (How.BONUS, "9", "30", "9 × 5, tối đa 30: 30"),
        (How.DEDUCTION, "2", "-10", "trừ 2 × 5, tối đa 30: 10"),
        (How.DEDUCTION, "9", "-30", "trừ 9 × 5, tối đa 30: 30"),
    ],
)
def test_points_follow_from_the_value(how: How, value: str, points: str, arithmetic: str) -> None:
    scored = score_line(line(how), D(value), EXACT)
    assert (scored.points, scored.arithmetic) == (D(points), arithmetic)


def test_fraction_that_never_ends_is_said_to_go_on() -> None:
    scored = score_line(line(How.PROPORTIONAL, "10", full_at=D(3)), D(1), EXACT)
    assert (scored.points, scored.arithmetic) == (D("3.33"), "10 × 1 / 3 = 3,3333… ≈ 3,33")


@pytest.mark.parametrize(
    ("rounding", "points"), [("down", "3.33"), ("nearest", "3.33"), ("up", "3.34")]
)
def test_rounding_is_the_data_s(rounding: str, points: str) -> None:
    one = line(How.PROPORTIONAL, "10", full_at=D(3))
    assert score_line(one, D(1), Precision(2, rounding)).points == D(points)


def test_nothing_is_counted_with_what_is_not_known() -> None:
    assert score_line(line(How.SELF), None, EXACT).missing == "chưa có số liệu"
    no_goal = score_line(line(How.PROPORTIONAL, full_at=None), D(5), EXACT)
    assert (no_goal.points, no_goal.missing) == (None, "chưa có mục tiêu của năm")


@given(
    st.sampled_from([How.PROPORTIONAL, How.STEPS, How.SELF, How.BONUS]), PERCENT, PERCENT,
    st.sampled_from(["down", "nearest", "up"]),
)  # fmt: skip
def test_more_never_scores_less(how: How, one: D, other: D, rounding: str) -> None:
    low, high = sorted([one, other])
    precision = Precision(2, rounding)
    less = score_line(line(how), low, precision).points
    more = score_line(line(how), high, precision).points
    assert less is not None
    assert more is not None
    assert 0 <= less <= more <= 30


@given(PERCENT, PERCENT)
def test_more_cases_never_deduct_less_nor_more_than_all(one: D, other: D) -> None:
    few, many = sorted([one, other])
    light = score_line(line(How.DEDUCTION), few, EXACT).points
    heavy = score_line(line(How.DEDUCTION), many, EXACT).points
    assert light is not None
    assert heavy is not None
    assert 0 >= light >= heavy >= -30


TABLE = Table(
    key="t", name="t", total=D(50), precision=EXACT,
    parts=(Part("a", "Phần A", D(30)), Part("b", "Phần B", D(20))),
    lines=(
        line(How.SELF, key="one", part="a"),
        line(How.SELF, "20", key="two", part="b"),
        line(How.DEDUCTION, "40", key="late", part="b"),
    ),
)  # fmt: skip


def scored(one: str, two: str, late: str = "0") -> Score:
    return score(TABLE, {"one": D(one), "two": D(two), "late": D(late)})


def test_table_adds_up_by_part_and_in_all() -> None:
    found = scored("30", "15", "1")
    assert (dict(found.by_part), found.total, found.complete) == (
        {"a": D(30), "b": D(10)}, D(40), True,
    )  # fmt: skip
    assert found.points_of("two") == 15


def test_deductions_take_away_no_more_than_the_part_has() -> None:
    found = scored("30", "5", "8")
    assert (dict(found.by_part), found.total) == ({"a": D(30), "b": D(0)}, D(30))


def test_score_with_a_gap_says_which() -> None:
    found = score(TABLE, {"one": D(3), "late": D(0)})
    assert (found.complete, found.missing, found.total) == (False, ("x: chưa có số liệu",), D(3))
    assert found.points_of("two") == 0
    assert found.points_of("nothing") == 0


TIES = [
    Tie(TieKey.PART, "Phần A", "a"),
    Tie(TieKey.LINE, "Dòng hai", "two"),
    Tie(TieKey.WOMEN, "Từ 70% nữ", at_least=D(70)),
]


def contender(name: str, one: str, two: str, women: str | None = None) -> Contender:
    return Contender(name, name, scored(one, two), D(women) if women else None)


def places(*contenders: Contender) -> list[tuple[int | None, str, str]]:
    return [(one.place, one.contender.name, one.why) for one in rank(contenders, TIES)]


def test_higher_total_comes_first_without_a_word() -> None:
    assert places(contender("B", "10", "5"), contender("A", "20", "5")) == [
        (1, "A", ""), (2, "B", ""),
    ]  # fmt: skip


def test_tie_is_broken_by_the_first_key_that_differs_and_says_why() -> None:
    assert places(contender("A", "10", "10"), contender("B", "15", "5")) == [
        (1, "B", "Bằng 20 điểm với A; Phần A: 15 so với 10"),
        (2, "A", "Bằng 20 điểm với B; Phần A: 10 so với 15"),
    ]


def test_next_key_is_told_only_for_those_whom_the_first_left_equal() -> None:
    a, b, c = contender("A", "12", "8"), contender("B", "12", "8", "90"), contender("C", "11", "9")
    assert places(a, b, c) == [
        (1, "B", "Bằng 20 điểm với A, C; Phần A: 12 so với 11, 12; Từ 70% nữ: 90 %"),
        (2, "A", "Bằng 20 điểm với B, C; Phần A: 12 so với 11, 12; Từ 70% nữ: chưa khai"),
        (3, "C", "Bằng 20 điểm với A, B; Phần A: 11 so với 12"),
    ]


@pytest.mark.parametrize(
    ("women", "first"), [(("70", "69.9"), "A"), (("69.9", "70"), "B"), ((None, "70"), "B")]
)
def test_seventy_per_cent_women_come_first(women: tuple[str | None, str], first: str) -> None:
    found = places(contender("A", "9", "1", women[0]), contender("B", "9", "1", women[1]))
    assert found[0][:2] == (1, first)
    assert "Từ 70% nữ: " in found[0][2]


def test_beyond_the_threshold_more_women_are_not_more() -> None:
    found = places(contender("A", "9", "1", "71"), contender("B", "9", "1", "95"))
    assert [one[0] for one in found] == [1, 1]
    assert all("cần Hội đồng quyết định" in one[2] for one in found)


def test_after_two_in_first_place_comes_the_third() -> None:
    found = places(*(contender(name, "9", "1") for name in "AB"), contender("C", "1", "1"))
    assert [one[:2] for one in found] == [(1, "A"), (1, "B"), (3, "C")]


def test_who_is_not_complete_is_not_ranked() -> None:
    gap = Contender("A", "A", score(TABLE, {"one": D(30)}))
    assert places(gap, contender("B", "1", "1")) == [
        (1, "B", ""), (None, "A", "chưa đủ số liệu để xếp hạng"),
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=8),
    st.randoms(use_true_random=False),
)
def test_order_of_the_input_changes_nothing(
    values: list[tuple[int, int, bool]], shuffler: random.Random
) -> None:
    contenders = [
        contender(f"U{n}", str(one), str(two), "80" if women else None)
        for n, (one, two, women) in enumerate(values)
    ]
    mixed = contenders[:]
    shuffler.shuffle(mixed)
    assert rank(contenders, TIES) == rank(mixed, TIES)


@pytest.mark.parametrize(
    ("percent", "rounding", "considered", "most", "arithmetic"),
    [
        ("10", "down", 15, 1, "10 % × 15 = 1,5, làm tròn xuống 1"),
        ("10", "nearest", 15, 2, "10 % × 15 = 1,5, làm tròn 2"),
        ("10", "up", 11, 2, "10 % × 11 = 1,1, làm tròn lên 2"),
        ("5", "down", 240, 12, "5 % × 240 = 12"),
        ("5", "down", 0, 0, "5 % × 0 = 0"),
    ],
)
def test_quota_is_a_share_rounded_as_the_data_says(
    percent: str, rounding: str, considered: int, most: int, arithmetic: str
) -> None:
    found = limit(Share(D(percent), rounding), considered)
    assert (found.most, found.arithmetic) == (most, arithmetic)


@given(st.decimals("0.1", 100, places=1), st.integers(0, 5000))
def test_quota_rounded_down_never_passes_the_share(percent: D, considered: int) -> None:
    assert limit(Share(percent, "down"), considered).most * 100 <= percent * considered


@pytest.mark.parametrize(
    ("number", "text"), [("1234.500", "1.234,5"), ("100", "100"), ("0.05", "0,05"), ("-3", "-3")]
)
def test_numbers_are_shown_the_vietnamese_way(number: str, text: str) -> None:
    assert shown(D(number)) == text
