"""Numbers and days as Vietnamese papers write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.judging.wording import amount_words, day_words, in_force_words, number_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"), ("12.50", "12,5"), ("1234567.125", "1.234.567,125"), ("100", "100"),
        ("1E+2", "100"), ("-3.10", "-3,1"), ("0.001", "0,001"), ("50000000", "50.000.000"),
    ],
)  # fmt: skip
def test_numbers_are_written_the_vietnamese_way(value: str, words: str) -> None:
    assert number_words(Decimal(value)) == words


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_numbers_lose_nothing_in_writing(value: Decimal) -> None:
    plain = number_words(value).replace(".", "").replace(",", ".")
    assert Decimal(plain) == value


def test_unit_follows_after_a_space_where_there_is_one() -> None:
    assert amount_words(Decimal("12.5"), "%") == "12,5 %"
    assert amount_words(Decimal(3), "") == "3"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 7, 1), "01/7/2025"),
        (date(2022, 2, 9), "09/02/2022"),
        (date(2022, 11, 16), "16/11/2022"),
        (date(2024, 1, 31), "31/01/2024"),
        (date(2024, 3, 3), "03/3/2024"),
    ],
)
def test_days_have_zeros_as_the_decree_wants(day: date, words: str) -> None:
    assert day_words(day) == words


def test_in_force_says_what_is_not_known() -> None:
    assert in_force_words(date(2025, 7, 1), None) == "từ 01/7/2025"
    assert in_force_words(None, None) == "chưa rõ ngày bắt đầu hiệu lực"
    said = "chưa rõ ngày bắt đầu hiệu lực đến hết 28/02/2027"
    assert in_force_words(None, date(2027, 2, 28)) == said
