from collections.abc import Callable

import pytest

from documents.guarded.filters import ngay, ngay_so, so
from documents.guarded.refusal import RefusedInChildError


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-02-05", "05 tháng 02 năm 2026"),
        ("2026-01-31", "31 tháng 01 năm 2026"),
        ("2023-03-09", "09 tháng 3 năm 2023"),
        ("2023-12-10", "10 tháng 12 năm 2023"),
    ],
)
def test_ngay_has_zeros_for_days_below_ten_and_the_first_two_months(
    value: str, written: str
) -> None:
    assert ngay(value) == written


def test_ngay_so_is_day_month_year() -> None:
    assert ngay_so("2026-02-05") == "05/02/2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1000, "-1.000"),
        (92.0, "92"),
        (92.5, "92,5"),
        (66.6667, "66,67"),
        ("1500000", "1.500.000"),
    ],
)
def test_so_has_dots_for_thousands_and_a_decimal_comma(value: object, written: str) -> None:
    assert so(value) == written


@pytest.mark.parametrize("value", ["", "x", None, "Infinity", "31/02/1980"])
@pytest.mark.parametrize("filter_", [ngay, ngay_so, so])
def test_filter_refuses_what_it_cannot_read(
    filter_: Callable[[object], str], value: object
) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        filter_(value)
    assert caught.value.code == "VALUE_FORMAT"
    assert caught.value.facts["field"] == value
