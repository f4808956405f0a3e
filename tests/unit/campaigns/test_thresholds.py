"""What a vote comes to by the law: 90 % of whom, and what stands against it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.thresholds import (
    ALL_MEMBERS,
    DENOMINATORS,
    PRESENT,
    VALID_BALLOTS,
    Ballot,
    Rule,
    percent_text,
    quorum_of,
    result_of,
)

RULE = Rule(Decimal(90), ALL_MEMBERS, "Điều 33.5")
BALLOT = Ballot(members=14, present=12, votes_for=12, votes_against=0, votes_invalid=0)


def test_twelve_of_fourteen_fails_though_all_who_voted_agreed() -> None:
    result = result_of(RULE, BALLOT)
    assert result.passed is False
    assert result.arithmetic == ("12/14 tổng số thành viên = 85,71 %, dưới mức 90 % (Điều 33.5)")
    assert result.against == (result.arithmetic,)


@pytest.mark.parametrize(
    ("denominator", "ballot", "passed", "shown"),
    [
        (ALL_MEMBERS, replace(BALLOT, votes_for=13, present=13), True, "13/14"),
        (PRESENT, BALLOT, True, "12/12 thành viên có mặt = 100 %, đạt mức"),
        (PRESENT, replace(BALLOT, votes_for=10), False, "10/12"),
        (VALID_BALLOTS, replace(BALLOT, votes_for=9, votes_invalid=3), True, "9/9 phiếu hợp lệ"),
        (VALID_BALLOTS, replace(BALLOT, votes_for=8, votes_against=1), False, "88,88 %"),
        (VALID_BALLOTS, replace(BALLOT, votes_for=0, votes_invalid=12), False, "0/0"),
    ],
)
def test_each_denominator_has_its_own_result(
    denominator: str, ballot: Ballot, passed: object, shown: str
) -> None:
    result = result_of(replace(RULE, denominator=denominator), ballot)
    assert result.passed is passed
    assert shown in result.arithmetic


@pytest.mark.parametrize(("votes", "passed"), [(8, False), (9, True), (10, True)])
def test_exactly_the_ratio_passes(votes: int, passed: object) -> None:
    ballot = Ballot(10, 10, votes, 10 - votes, 0)
    assert result_of(RULE, ballot).passed is passed


def test_without_a_ratio_nothing_is_computed() -> None:
    result = result_of(Rule(None, "", ""), BALLOT)
    assert (result.passed, result.arithmetic, result.against) == (None, "", ())


def test_too_few_present_stands_against_a_vote_even_without_a_ratio() -> None:
    few = replace(BALLOT, present=9, votes_for=9)
    rule = Rule(None, "", "Điều 45", quorum=Fraction(2, 3), presence=Decimal(80))
    result = result_of(rule, few)
    assert result.passed is None
    assert result.against == (
        "có mặt 9/14 thành viên, chưa đủ 2/3 để họp (Điều 45)",
        "có mặt 9/14 thành viên = 64,28 %, dưới mức 80 % (Điều 45)",
    )
    assert result_of(rule, replace(BALLOT, present=12)).against == ()


def test_more_ballots_than_present_only_where_the_absent_may_write() -> None:
    ballot = Ballot(members=10, present=8, votes_for=10, votes_against=0, votes_invalid=0)
    for may_write, against in ((None, ()), (True, ()), (False, ("10 phiếu nhưng chỉ 8 thành viên có mặt",))):  # fmt: skip
        result = result_of(replace(RULE, absent_by_writing=may_write), ballot)
        assert result.against == against
        assert result.passed is (not against)
    assert result_of(replace(RULE, clause=""), ballot).arithmetic.endswith("đạt mức 90 %")


def test_a_share_is_cut_and_never_rounded_up_to_the_ratio() -> None:
    assert percent_text(Fraction(100 * 8999, 10000)) == "89,99"
    assert percent_text(Fraction(899_999, 10_000)) == "89,99"
    assert percent_text(Fraction(90)) == "90"
    assert quorum_of("2/3") == Fraction(2, 3)
    assert quorum_of("") is None


@given(
    st.sampled_from(sorted(DENOMINATORS)),
    st.integers(1, 30),
    st.integers(0, 30),
    st.integers(1, 30),
)
def test_another_yes_in_place_of_a_no_never_turns_passed_into_failed(
    denominator: str, present: int, votes_for: int, against: int
) -> None:
    rule = replace(RULE, denominator=denominator)
    ballot = Ballot(60, present, votes_for, against, 0)
    better = replace(ballot, votes_for=votes_for + 1, votes_against=against - 1)
    assert result_of(rule, better).passed or not result_of(rule, ballot).passed
