"""Bonuses are exact: every amount that the field prints, and what must hold for any other."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.money import (
    Bonus,
    Form,
    Multiple,
    Order,
    Pay,
    RegimeFacts,
    Rounding,
    Unknown,
    bonus_for,
    money_text,
    table_for,
)

STEP = 10_000
DAY = date(2025, 9, 2)
BK = Form("bk_tinh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh")
UP_ONCE = Rounding(STEP, Order.MULTIPLY_THEN_ROUND, verified=True)
UP_FIRST = Rounding(STEP, Order.ROUND_THEN_MULTIPLY, verified=True)

PRINTED = [
    # multiple, at 2,340,000, at 2,530,000
    ("1.5", 3_510_000, 3_800_000),
    ("3.0", 7_020_000, 7_590_000),
    ("2.25", 5_270_000, 5_700_000),
    ("3.5", 8_190_000, 8_860_000),
    ("7.0", 16_380_000, 17_710_000),
    ("0.3", 710_000, 760_000),
    ("0.6", 1_410_000, 1_520_000),
    ("0.45", 1_060_000, 1_140_000),
    ("4.5", 10_530_000, 11_390_000),
    ("9.0", 21_060_000, 22_770_000),
    ("7.5", 17_550_000, 18_980_000),
    ("15.0", 35_100_000, 37_950_000),
    ("18.0", 42_120_000, 45_540_000),
]
multiples = st.decimals("0.001", "99.999", places=3)
pays = st.integers(1, 100_000_000)
kinds = st.sampled_from(["individual", "collective", "household"])


def regime(
    rounding: Rounding | None = UP_ONCE, /, *, verified: bool = True, **values: str | Decimal | None
) -> RegimeFacts:
    """Return a regime that says these multiples of base pay, by kind."""
    return stating(values, rounding, verified=verified)


def stating(
    values: Mapping[str, str | Decimal | None],
    rounding: Rounding | None = UP_ONCE,
    *,
    verified: bool = True,
) -> RegimeFacts:
    stated = {
        (BK.key, kind): Multiple(None if value is None else Decimal(value), "Đ.54", verified)
        for kind, value in values.items()
    }
    name = "Nghị định số 152/2025/NĐ-CP"
    return RegimeFacts("nd-152-2025", name, verified, stated, rounding)


def pay(amount: int | None, *, verified: bool = True) -> Pay:
    return Pay(DAY, amount, verified)


def got(facts: RegimeFacts, base: int, kind: str = "individual") -> Bonus:
    bonus = bonus_for(facts, pay(base), BK, kind)
    assert isinstance(bonus, Bonus)
    return bonus


@pytest.mark.parametrize(("multiple", "before", "after"), PRINTED)
def test_every_printed_amount(multiple: str, before: int, after: int) -> None:
    facts = regime(individual=multiple)
    assert (got(facts, 2_340_000).amount, got(facts, 2_530_000).amount) == (before, after)


@pytest.mark.parametrize(
    ("multiple", "base", "shown"),
    [
        ("1.5", 2_340_000, "1,5 × 2.340.000 = 3.510.000"),
        ("3.0", 2_340_000, "3 × 2.340.000 = 7.020.000"),
        ("2.25", 2_340_000, "2,25 × 2.340.000 = 5.265.000, làm tròn lên 5.270.000"),
        ("0.045", 1_001, "0,045 × 1.001 = 45,045, làm tròn lên 10.000"),
    ],
)
def test_arithmetic_is_shown_as_papers_write_numbers(multiple: str, base: int, shown: str) -> None:
    assert got(regime(individual=multiple), base).arithmetic == shown


def test_which_comes_first_rounding_or_doubling_is_a_setting() -> None:
    values = {"individual": "0.3", "collective": "0.6", "household": "0.45"}
    once, first = stating(values, UP_ONCE), stating(values, UP_FIRST)
    assert got(once, 2_340_000, "collective").amount == 1_410_000
    doubled = got(first, 2_340_000, "collective")
    assert doubled.amount == 1_420_000
    assert doubled.arithmetic == (
        "0,3 × 2.340.000 = 702.000, làm tròn lên 710.000; × 2 = 1.420.000"
    )
    assert got(first, 2_340_000, "household").amount == 1_065_000
    assert got(first, 2_340_000).amount == got(once, 2_340_000).amount == 710_000


def test_a_bonus_says_what_it_rests_on() -> None:
    bonus = got(regime(collective="3.0"), 2_340_000, "collective")
    assert bonus == Bonus(
        regime="Nghị định số 152/2025/NĐ-CP",
        kind="collective",
        amount=7_020_000,
        multiple=Decimal("3.0"),
        base_pay=2_340_000,
        arithmetic="3 × 2.340.000 = 7.020.000",
        clause="Đ.54",
    )


def test_what_is_missing_is_named_all_at_once() -> None:
    unknown = bonus_for(regime(None, household=None), pay(None), BK, "household")
    assert unknown == Unknown(
        (
            f"hệ số tiền thưởng {BK.name} đối với hộ gia đình theo Nghị định số 152/2025/NĐ-CP",
            "quy tắc làm tròn tiền thưởng theo Nghị định số 152/2025/NĐ-CP",
            "mức lương cơ sở ngày 02/09/2025",
        )
    )
    absent = bonus_for(regime(individual="1.5"), pay(1), BK, "collective")
    assert isinstance(absent, Unknown)
    assert len(absent.missing) == 1


def test_rounding_first_asks_for_the_individuals_multiple() -> None:
    unknown = bonus_for(regime(UP_FIRST, collective="3.0"), pay(2_340_000), BK, "collective")
    assert isinstance(unknown, Unknown)
    assert unknown.missing == (
        f"hệ số tiền thưởng {BK.name} đối với cá nhân theo Nghị định số 152/2025/NĐ-CP",
    )
    assert not isinstance(
        bonus_for(regime(UP_ONCE, collective="3.0"), pay(2_340_000), BK, "collective"), Unknown
    )


def test_unchecked_facts_are_named_with_what_was_loaded() -> None:
    rounding = Rounding(STEP, Order.MULTIPLY_THEN_ROUND, verified=False)
    facts = regime(rounding, verified=False, individual="1.5")
    bonus = bonus_for(facts, pay(2_530_000, verified=False), BK, "individual")
    assert isinstance(bonus, Bonus)
    assert bonus.amount == 3_800_000
    name, unread = "Nghị định số 152/2025/NĐ-CP", "chưa đối chiếu văn bản gốc"
    assert bonus.unverified == (
        f"toàn văn {name} (chưa đối chiếu văn bản gốc)",
        f"hệ số tiền thưởng {BK.name} đối với cá nhân theo {name} (đã nạp 1,5, {unread})",
        f"quy tắc làm tròn tiền thưởng theo {name} (đã nạp 10.000, chưa đối chiếu văn bản gốc)",
        "mức lương cơ sở ngày 02/09/2025 (đã nạp 2.530.000, chưa đối chiếu văn bản gốc)",
    )


def test_table_adds_up_what_is_known_and_gives_no_total_while_something_is_missing() -> None:
    facts = regime(individual="1.5", collective="3.0", household="2.25")
    person, group = got(facts, 2_340_000), got(facts, 2_340_000, "collective")
    table = table_for([person, group, person])
    assert [(line.bonus.kind, line.count, line.total) for line in table.lines] == [
        ("collective", 1, 7_020_000),
        ("individual", 2, 7_020_000),
    ]
    assert (table.total, table.missing) == (14_040_000, ())
    unchecked = bonus_for(facts, pay(2_530_000, verified=False), BK, "individual")
    partly = table_for([person, Unknown(("b", "a")), unchecked])
    assert [line.count for line in partly.lines] == [1]
    assert partly.total is None
    assert partly.missing == (
        "a", "b", "mức lương cơ sở ngày 02/09/2025 (đã nạp 2.530.000, chưa đối chiếu văn bản gốc)",
    )  # fmt: skip
    assert table_for([]).total == 0


@given(multiples, pays)
def test_rounding_goes_up_by_less_than_a_step(multiple: Decimal, base: int) -> None:
    amount = got(regime(individual=multiple), base).amount
    assert amount % STEP == 0
    assert 0 <= amount - multiple * base < STEP


@given(multiples, multiples, pays, pays)
def test_more_never_gives_less(one: Decimal, other: Decimal, base: int, later: int) -> None:
    (low, high), (less, more) = sorted((one, other)), sorted((base, later))
    assert got(regime(individual=low), less).amount <= got(regime(individual=high), more).amount


@given(st.lists(st.tuples(kinds, multiples, pays), max_size=12), st.randoms())
def test_table_does_not_depend_on_the_order(
    given_rows: list[tuple[str, Decimal, int]], chance: Random
) -> None:
    bonuses = [got(stating({kind: value}), base, kind) for kind, value, base in given_rows]
    table = table_for(bonuses)
    chance.shuffle(bonuses)
    assert table_for(bonuses) == table
    assert table.total == sum(bonus.amount for bonus in bonuses)
    assert sum(line.count for line in table.lines) == len(bonuses)


@given(st.integers(0, 10**15))
def test_money_is_written_with_dots_and_reads_back(amount: int) -> None:
    assert int(money_text(amount).replace(".", "")) == amount
    assert all(len(group) == 3 for group in money_text(amount).split(".")[1:])
