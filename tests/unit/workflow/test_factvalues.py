"""Values of facts: typed, kept, read by rules, shown, and stored with a judgement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from campaigns.judging.facts import Fact, Value
from workflow.errors_drafting import ValueFormatError
from workflow.factvalues import kept, plain_fact, read_fact, shown, value_of

GOOD: list[tuple[str, object, str, Value]] = [
    ("percent", Decimal("62.50"), "62.5", Decimal("62.5")),
    ("percent", 100, "100", Decimal(100)),
    ("money", Decimal(1_500_000), "1500000", Decimal(1_500_000)),
    ("count", 12, "12", Decimal(12)),
    ("yes_no", "yes", "yes", True),
    ("yes_no", False, "no", False),
    ("date", date(2025, 6, 30), "2025-06-30", date(2025, 6, 30)),
    ("date", "none", "none", None),
    ("text", "  hai   chữ ", "hai chữ", "hai chữ"),
    ("document", "Số 12/CT", "Số 12/CT", "Số 12/CT"),
    ("document", "no", "no", False),
]


@pytest.mark.parametrize(("kind", "typed", "plain", "read"), GOOD)
def test_value_is_kept_plain_and_read_back(
    kind: str, typed: object, plain: str, read: Value
) -> None:
    assert kept(kind, typed, "Dữ kiện") == plain
    assert value_of(kind, plain) == read


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("percent", "nhiều"), ("percent", -1), ("percent", 5000), ("percent", "NaN"),
        ("money", Decimal(10) ** 16), ("count", Decimal("1.5")), ("yes_no", "có lẽ"),
        ("date", "31/02/2025"),
    ],
)  # fmt: skip
def test_value_that_its_kind_cannot_have_is_refused_by_name(kind: str, typed: object) -> None:
    with pytest.raises(ValueFormatError) as caught:
        kept(kind, typed, "Tỷ lệ hồ sơ")
    assert "Tỷ lệ hồ sơ" in caught.value.what


@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_is_kept_as_nothing(empty: object) -> None:
    assert kept("percent", empty, "Dữ kiện") == ""


@pytest.mark.parametrize("value", [None, True, False, Decimal("62.5"), date(2025, 6, 30), "chữ"])
def test_fact_of_a_judgement_comes_back_as_it_was(value: Value) -> None:
    fact = Fact("k", value, "Báo cáo số 5", "Nguyễn Thị Lan", date(2025, 7, 1))
    assert read_fact(plain_fact(fact)) == fact
    bare = Fact("k", value)
    assert read_fact(plain_fact(bare)) == bare


def test_values_are_shown_as_vietnamese_papers_write_them() -> None:
    values: list[Value] = [
        Decimal("1500000.50"), True, False, None, date(2025, 2, 3), "Số 12/CT",
    ]  # fmt: skip
    assert [shown(value) for value in values] == [
        "1.500.000,5", "Có", "Không", "Không có", "03/02/2025", "Số 12/CT",
    ]  # fmt: skip
