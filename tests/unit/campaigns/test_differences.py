"""What differs between two versions is told by row and field, whatever the order of the file."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.schema.differences import differences, title_of
from campaigns.schema.document import document_of
from campaigns.schema.reading import read_contents

Document = dict[str, Any]


@pytest.fixture(scope="module")
def _plan() -> Document:
    source = (SHIPPED / "kien-giang-2022-2025.yaml").read_bytes()
    return document_of(read_contents(source).campaigns[0])


@pytest.fixture
def old(_plan: Document) -> Document:
    return _plan


@pytest.fixture
def new(_plan: Document) -> Document:
    return deepcopy(_plan)


def test_same_document_differs_in_nothing(old: Document, new: Document) -> None:
    assert differences(old, new) == []


def test_a_target_is_told_with_both_values_and_its_clause(old: Document, new: Document) -> None:
    new["indicators"]["items"][1]["y2023"]["value"] = 65
    name = old["indicators"]["items"][1]["name"]
    assert differences(old, new) == [
        {
            "kind": "changed",
            "at": ["indicators", "items", ["g2", name], "y2023", "value"],
            "old": 60,
            "new": 65,
            "clause": "Mục II.2.1.a",
        }
    ]


def test_rows_that_come_and_go_are_told_whole(old: Document, new: Document) -> None:
    gone = new["bodies"].pop(3)
    come = {"key": "moi", "name": "Sở mới", "clause": "Điều 2"}
    new["bodies"].insert(0, come)
    assert [(one["kind"], one["at"], one["old"], one["new"]) for one in differences(old, new)] == [
        ("removed", ["bodies", [gone["key"], gone["name"]]], gone, None),
        ("added", ["bodies", ["moi", "Sở mới"]], None, come),
    ]


def test_rows_in_another_order_are_told_once(old: Document, new: Document) -> None:
    new["award_forms"].reverse()
    [change] = differences(old, new)
    names = [form["name"] for form in old["award_forms"]]
    assert change == {
        "kind": "moved", "at": ["award_forms"], "old": names, "new": names[::-1], "clause": "",
    }  # fmt: skip


def test_rows_without_a_name_are_paired_in_their_order(old: Document, new: Document) -> None:
    new["recipients"][2]["text"] = "Thường trực Tỉnh ủy"
    del new["recipients"][-1]
    first, last = differences(old, new)
    assert (first["kind"], first["at"]) == (
        "changed", ["recipients", ["3", "Thường trực Tỉnh ủy"], "text"],
    )  # fmt: skip
    assert (last["kind"], last["at"]) == (
        "removed",
        ["recipients", ["18", "Lưu: VT, nvthanh (01b)."]],
    )
    new = deepcopy(old)
    new["recipients"].insert(0, {"text": "Chính phủ"})
    [added] = differences(old, new)
    assert (added["kind"], added["at"]) == ("added", ["recipients", ["1", "Chính phủ"]])


def test_two_rows_of_one_name_are_paired_in_their_order() -> None:
    def campaign(*names: str) -> Document:
        return {"bodies": [{"key": "x", "name": name} for name in names]}

    [change] = differences(campaign("A", "B"), campaign("A", "C"))
    assert (change["old"], change["new"]) == ("B", "C")


def test_whole_parts_are_told_fact_by_fact(old: Document, new: Document) -> None:
    del new["funding"]
    new["council"] = "Hội đồng"
    new["subjects"]["collective"][0]["names"] = ["sở"]
    told = {tuple(map(str, one["at"])): (one["old"], one["new"]) for one in differences(old, new)}
    assert told.pop(("council",)) == (None, "Hội đồng")
    assert told.pop(("funding", "text"))[1] is None
    assert told.pop(("funding", "clause")) == ("Mục V.4", None)
    [(where, (was, now))] = told.items()
    assert (where[0], where[-1], now) == ("subjects", "names", ["sở"])
    assert len(was) == 3


def test_the_other_way_of_writing_milestones_is_a_change(old: Document, new: Document) -> None:
    new["milestones"] = {"text": "theo lộ trình"}
    [change] = differences(old, new)
    assert (change["kind"], change["new"]) == ("changed", {"text": "theo lộ trình"})


def test_source_lines_are_no_facts(old: Document, new: Document) -> None:
    new["award_forms"][0]["ref"] = ["002:1"]
    assert differences(old, new) == []


def test_titles_are_what_people_say() -> None:
    assert title_of({"key": "a", "name": "Sở"}) == "Sở"
    assert title_of({"desk": "board"}) == "board"
    assert title_of({"n": 3}) == "3"
    assert title_of({}) == ""
    assert title_of("x") == "x"
