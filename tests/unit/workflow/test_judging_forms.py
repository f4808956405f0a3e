"""The forms of judging: numbers as people write them, a source for everything, grounds chosen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.judging.rules import AskedFact
from workflow.forms.judging import FactsForm
from workflow.forms.reviewing import IneligibleForm
from workflow.models import FactEntry
from workflow.pages.judging import Ground
from workflow.services.facts import FactGiven


def facts_form(
    kind: str,
    typed: str,
    own_source: str = "Báo cáo",
    *,
    source: str = "",
    choices: tuple[tuple[str, str], ...] = (),
) -> FactsForm:
    fact = AskedFact("k", "Dữ kiện", kind, choices=choices)
    data = {"value-0": typed, "source-0": own_source, "source": source}
    return FactsForm(data, asked=[fact], entries={})


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("percent", "62,5", Decimal("62.5")), ("percent", "62.5 %", Decimal("62.5")),
        ("percent", "1.062,5", Decimal("1062.5")), ("money", "1.500.000 đ", Decimal(1500000)),
        ("count", "12", Decimal(12)), ("yes_no", "no", "no"), ("date", "3/2/2025", date(2025, 2, 3)),
        ("date", "Không có", "none"), ("document", "không", "no"),
        ("document", "Số 12/CT", "Số 12/CT"), ("text", " hai  chữ ", "hai  chữ"),
    ],
)  # fmt: skip
def test_values_are_read_as_people_write_them(kind: str, typed: str, value: object) -> None:
    form = facts_form(kind, typed)
    assert form.is_valid(), form.errors
    assert form.given() == [FactGiven("k", value, "Báo cáo")]


@pytest.mark.parametrize(
    ("kind", "typed"), [("percent", "nhiều"), ("money", "1tr"), ("date", "31/02/2025")]
)
def test_values_that_cannot_be_read_stay_in_the_form(kind: str, typed: str) -> None:
    form = facts_form(kind, typed)
    assert not form.is_valid()
    assert list(form.errors) == ["value-0"]


def test_choices_are_the_only_answers() -> None:
    choices = (("province", "Tỉnh"), ("ministry", "Bộ"))
    assert facts_form("text", "province", choices=choices).is_valid()
    assert not facts_form("text", "district", choices=choices).is_valid()


def test_value_without_source_asks_for_one_unless_one_is_given_for_all() -> None:
    form = facts_form("yes_no", "yes", "")
    assert not form.is_valid()
    assert list(form.errors) == ["source-0"]
    form = facts_form("yes_no", "yes", "", source="Biên bản họp")
    assert form.is_valid()
    assert form.given() == [FactGiven("k", "yes", "Biên bản họp")]


def entry(value: str, kind: str = "percent") -> FactEntry:
    return FactEntry(
        key="k", label="Dữ kiện", kind=kind, value=value, source="Báo cáo số 5",
        entered_by="Lan", entered_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "typed", "said"),
    [
        ("percent", "62.5", "62,5", "62,5"), ("date", "2025-06-30", "30/06/2025", "30/6/2025"),
        ("date", "none", "không có", "Không có"), ("document", "no", "không có", "Không"),
        ("text", "chữ", "chữ", "chữ"), ("yes_no", "yes", "yes", "Có"),
    ],
)  # fmt: skip
def test_what_stands_comes_back_in_the_form_and_untouched_is_not_sent_again(
    kind: str, value: str, typed: str, said: str
) -> None:
    fact, kept = AskedFact("k", "Dữ kiện", kind), entry(value, kind)
    shown = FactsForm(asked=[fact], entries={"k": [kept]})
    (row,) = shown.rows()
    assert (row.value.value(), row.source.value()) == (typed, "Báo cáo số 5")
    assert row.entries == [(kept, said)]
    data = {"value-0": typed, "source-0": "Báo cáo số 5"}
    form = FactsForm(data, asked=[fact], entries={"k": [kept]})
    assert form.is_valid(), form.errors
    assert form.given() == []


def test_value_emptied_is_taken_back_with_a_source() -> None:
    fact, kept = AskedFact("k", "Dữ kiện", "percent"), entry("62.5")
    data = {"value-0": "", "source-0": "Báo cáo số 5 đã thu hồi"}
    form = FactsForm(data, asked=[fact], entries={"k": [kept]})
    assert form.is_valid()
    assert form.given() == [FactGiven("k", None, "Báo cáo số 5 đã thu hồi")]


GROUNDS = [
    Ground("a", "Không kỷ luật: không đạt", "Mục IV.3.1, Kế hoạch 243"),
    Ground("b", "Đủ năm: không đạt", "Điều 73.4.d"),
]


def test_rules_chosen_give_reason_and_clause() -> None:
    form = IneligibleForm({"rules": ["a", "b"], "reason": "", "clause": ""}, grounds=GROUNDS)
    assert form.is_valid(), form.errors
    assert form.finding() == (
        "Không kỷ luật: không đạt; Đủ năm: không đạt", "Mục IV.3.1, Kế hoạch 243; Điều 73.4.d",
    )  # fmt: skip


def test_own_words_go_with_the_rules_chosen() -> None:
    data = {"rules": ["a"], "reason": "Theo xác nhận của công an", "clause": ""}
    form = IneligibleForm(data, grounds=GROUNDS)
    assert form.is_valid()
    assert form.finding()[0] == "Không kỷ luật: không đạt; Theo xác nhận của công an"


@pytest.mark.parametrize("grounds", [GROUNDS, []])
def test_without_a_rule_reason_and_clause_are_asked_for(grounds: list[Ground]) -> None:
    form = IneligibleForm({"reason": "", "clause": ""}, grounds=grounds)
    assert not form.is_valid()
    assert sorted(form.errors) == ["clause", "reason"]
    form = IneligibleForm({"reason": "Thiếu", "clause": "Mục IV"}, grounds=grounds)
    assert form.is_valid()
    assert form.finding() == ("Thiếu", "Mục IV")


def test_clause_that_the_report_cannot_hold_is_refused() -> None:
    long = [Ground(str(n), f"Lý do {n}", f"Điều {n} " + "x" * 90) for n in range(3)]
    form = IneligibleForm({"rules": ["0", "1", "2"]}, grounds=long)
    assert not form.is_valid()
    assert list(form.errors) == ["clause"]
