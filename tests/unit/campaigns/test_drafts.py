"""Rows of a draft keep their numbers while others come, go and move; years move with a clone."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from campaigns.cloning import NewCampaign, blank, cloned
from campaigns.drafts import (
    AddRow,
    MoveRow,
    RemoveRow,
    SetFields,
    numbered,
    plain,
    spec_at,
    value_at,
)
from campaigns.errors import DraftPlaceGoneError
from campaigns.faults import faults_of, place_words
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.document import document_of
from campaigns.schema.reading import read_contents
from campaigns.schema.spec import Form, ListOf, Text
from tests.documents import campaigns

Document = dict[str, Any]
NEXT = NewCampaign("kg-2026", "Kiên Giang 2026", "Kiên Giang", "kien-giang", 2026, 2029)


@pytest.fixture(scope="module")
def _plan() -> Document:
    source = (SHIPPED / "kien-giang-2022-2025.yaml").read_bytes()
    return document_of(read_contents(source).campaigns[0])


@pytest.fixture
def plan(_plan: Document) -> Document:
    return deepcopy(_plan)


@pytest.fixture
def draft(plan: Document) -> Document:
    return numbered(plan)


def number_of(draft: Document, section: str, key: str) -> int:
    number: int = next(row["#"] for row in draft[section] if row.get("key") == key)
    return number


@settings(max_examples=25)
@given(campaigns())
def test_numbers_come_off_again(document: Document) -> None:
    assert plain(numbered(document)) == document


def test_every_row_has_its_own_number(draft: Document) -> None:
    seen: list[int] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                if not name.startswith("derived"):
                    walk(part)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    seen.append(row["#"])
                walk(row)

    walk(draft)
    assert sorted(seen) == list(range(1, draft["#"] + 1))


def test_fields_are_said_changed_and_left_unsaid(draft: Document) -> None:
    place = ("award_forms", number_of(draft, "award_forms", "bk_ttg"))
    SetFields(place, {("name",): "Bằng khen", ("clause",): None}).apply(draft)
    row = value_at(draft, place)
    assert (row["name"], "clause" in row) == ("Bằng khen", False)
    SetFields(("campaign",), {("period", "from"): None, ("period", "to"): None}).apply(draft)
    assert "period" not in draft["campaign"]
    SetFields(("campaign",), {("period", "to"): 2030}).apply(draft)
    assert draft["campaign"]["period"] == {"to": 2030}
    SetFields(("result_use",), {("text",): "Để xét"}).apply(draft)
    assert draft["result_use"] == {"text": "Để xét"}


def test_rows_come_go_and_move(draft: Document) -> None:
    first, second, third = (form["#"] for form in draft["award_forms"])
    place = AddRow(("award_forms",), {("name",): "Cờ"}).apply(draft)
    assert place == ("award_forms", draft["#"])
    MoveRow(("award_forms", third), -1).apply(draft)
    MoveRow(("award_forms", first), -1).apply(draft)
    MoveRow(place, 1).apply(draft)
    assert [form["#"] for form in draft["award_forms"]] == [first, third, second, draft["#"]]
    RemoveRow(("award_forms", third)).apply(draft)
    assert [form["#"] for form in draft["award_forms"]] == [first, second, draft["#"]]
    with pytest.raises(DraftPlaceGoneError):
        SetFields(("award_forms", third), {("name",): "x"}).apply(draft)
    del draft["recipients"]
    assert AddRow(("recipients",), {}).apply(draft) == ("recipients", draft["#"])


def test_number_of_a_row_that_went_is_not_given_again(draft: Document) -> None:
    place = AddRow(("recipients",), {}).apply(draft)
    RemoveRow(place).apply(draft)
    assert AddRow(("recipients",), {}).apply(draft) != place


def test_places_have_shapes(draft: Document) -> None:
    assert isinstance(spec_at(CAMPAIGN, ("awards",)), ListOf)
    assert isinstance(spec_at(CAMPAIGN, ("awards", 3, "items", 4)), Form)
    assert spec_at(CAMPAIGN, ("milestones", 3, "what")) == Text()
    assert spec_at(CAMPAIGN, ("milestones", "text")) == Text()
    for nowhere in (("x",), ("campaign", "key", "x"), ("campaign", 3)):
        assert spec_at(CAMPAIGN, nowhere) is None


def test_shipped_plan_has_no_faults(draft: Document) -> None:
    assert faults_of(draft) == []


def test_faults_are_told_by_place_and_not_by_line(draft: Document) -> None:
    bodies = draft["bodies"]
    bodies[2].pop("name")
    bodies[4]["key"] = "x y"
    draft["indicators"]["items"][1]["y2023"]["value"] = "sáu mươi"
    found = [(place_words(fault.place, draft), fault.text) for fault in faults_of(draft)]
    g2 = "dòng 2 (hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến, n…)"
    assert found == [
        ("Các cơ quan tham gia › dòng 3 (so_tttt)", "chưa điền “Tên”"),
        (
            "Các cơ quan tham gia › dòng 5 (cơ quan Thường trực Hội đồng Thi đua - Khen thưởng tỉnh)",
            "mã chỉ gồm chữ, số, gạch dưới, tối đa 60 ký tự",
        ),
        (
            f"Chỉ tiêu và mục tiêu từng năm › Chỉ tiêu › {g2} › Mục tiêu năm 2023 › Giá trị",
            "phải là số",
        ),
    ]


def test_a_fault_names_the_other_place_and_not_its_line(draft: Document) -> None:
    draft["bodies"][4]["key"] = draft["bodies"][2]["key"]
    [fault] = faults_of(draft)
    assert fault.code == "DUPLICATE_VALUE"
    assert fault.text == (
        "key “so_tttt” đã có ở “Các cơ quan tham gia › dòng 3 (Sở Thông tin và Truyền thông)”; "
        "đổi hoặc bỏ một trong hai"
    )
    draft["bodies"][4]["key"] = "ct_hd_tdkt"
    draft["dossier"]["sets"][0]["award"] = "Cờ"
    [fault] = faults_of(draft)
    assert "trong “Hình thức khen thưởng”;" in fault.text
    assert place_words(fault.place, draft).startswith(
        "Thành phần và số bộ hồ sơ › Số bộ hồ sơ › dòng 1"
    )


def test_a_blank_campaign_can_be_published_and_an_empty_row_cannot() -> None:
    draft = numbered(blank(NEXT))
    assert faults_of(draft) == []
    place = AddRow(("legal_bases",), {}).apply(draft)
    found = {(fault.place, fault.text) for fault in faults_of(draft)}
    assert found == {(place, "chưa điền “Số thứ tự”"), (place, "chưa điền “Nội dung”")}
    assert place_words(place, draft) == "Căn cứ pháp lý › dòng 1"
    assert place_words(("legal_bases", 99), draft) == "Căn cứ pháp lý › dòng đã bỏ"
    assert place_words((), draft) == "Tỉnh và các câu chung"


def test_a_text_too_long_for_its_column_is_a_fault(draft: Document) -> None:
    draft["indicators"]["pillars"] = {"chinh_quyen_so": "x" * 121}
    assert "BAD_VALUE" in [fault.code for fault in faults_of(draft)]


def test_years_move_with_the_period_of_a_clone(plan: Document) -> None:
    clone = cloned(plan, NEXT)
    assert clone["campaign"]["period"] == {"from": 2026, "to": 2029}
    assert (clone["campaign"]["key"], clone["campaign"]["name"]) == (NEXT.key, NEXT.name)
    assert [(one["key"], one.get("year")) for one in clone["awards"]] == [
        ("annual", None), ("interim_2027", 2027), ("final_2029", 2029),
    ]  # fmt: skip
    target = clone["indicators"]["items"][1]
    assert target["y2027"]["value"] == plan["indicators"]["items"][1]["y2023"]["value"]
    assert "y2023" not in target
    assert [one["due"]["year"] for one in clone["milestones"]] == [2026, 2026, 2027, 2029]
    assert clone["legal_bases"][0]["date"] == plan["legal_bases"][0]["date"]
    assert faults_of(numbered(clone)) == []


def test_a_clone_leaves_the_old_paper_behind(plan: Document) -> None:
    clone = cloned(plan, NEXT)
    assert {"documents", "anomalies", "draft_vs_issued"} & set(clone) == set()
    assert "'ref'" not in repr(clone)
    assert "title" not in clone["campaign"]
    assert clone["bodies"][0]["clause"] == plan["bodies"][0]["clause"]
