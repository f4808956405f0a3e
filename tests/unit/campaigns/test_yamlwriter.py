"""A document is written as text that reads back as the same document, and as the same bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.document import document_of
from campaigns.schema.reading import read_contents
from campaigns.schema.spec import read
from campaigns.yamlsource import parse
from campaigns.yamlwriter import write_campaign
from tests.documents import campaigns

PLANS = [
    (path.name, facts)
    for path in sorted(SHIPPED.glob("*.yaml"))
    for facts in read_contents(path.read_bytes()).campaigns
]
SMALL = {
    "schema": "award-campaign/1",
    "province": "Bắc Kạn",
    "province_key": "bk",
    "campaign": {"key": "bk", "name": "no", "period": {"from": 2022, "to": 2025}, "clause": "I"},
    "recipients": [{"text": "Lưu: VT", "ref": ["003:1"], "#": 4}, {"#": 7}],
    "awards": [{"key": "a", "title": "12", "items": [{"key": "b", "for": ["x", "y"], "#": 3}]}],
    "indicators": {
        "unit": "%",
        "pillars": {"p": "Trụ"},
        "items": [{"key": "i", "pillar": "p", "name": "n", "y2023": {"cmp": "", "value": "1.5"}}],
    },
    "derived_x": {"b": [1, "1", {}], "a": None},
}


def again(text: str) -> dict[str, Any]:
    nodes, problems = parse(text)
    facts = read(CAMPAIGN, nodes[0], problems)
    assert problems == []
    return document_of(facts)


@pytest.mark.parametrize(("name", "facts"), PLANS)
def test_every_shipped_plan_comes_back_byte_for_byte(name: str, facts: dict[str, Any]) -> None:
    document = document_of(facts)
    text = write_campaign(document).text
    assert again(text) == document
    [reloaded] = read_contents(text).campaigns  # and its parts agree as before
    assert write_campaign(document_of(reloaded)).text == text


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(campaigns())
def test_any_document_comes_back(document: dict[str, Any]) -> None:
    text = write_campaign(document).text
    assert again(text) == document
    assert write_campaign(again(text)).text == text


def test_text_is_what_a_person_would_write() -> None:
    assert write_campaign(SMALL).text.splitlines()[1:] == [
        "schema: award-campaign/1",
        "province: Bắc Kạn",
        "province_key: bk",
        "campaign:",
        "  key: bk",
        "  name: no",
        "  period:",
        "    from: 2022",
        "    to: 2025",
        "  clause: I",
        "recipients:",
        "- text: 'Lưu: VT'",
        "  ref: '003:1'",
        "- {}",
        "awards:",
        "- key: a",
        "  title: '12'",
        "  items:",
        "  - key: b",
        "    for: [x, y]",
        "indicators:",
        "  unit: '%'",
        "  pillars:",
        "    p: Trụ",
        "  items:",
        "  - key: i",
        "    pillar: p",
        "    name: n",
        "    y2023:",
        "      cmp: ''",
        "      value: 1.5",
        "derived_x:",
        "  a: null",
        "  b:",
        "  - 1",
        "  - '1'",
        "  - {}",
    ]


def test_each_line_knows_its_place() -> None:
    written = write_campaign(SMALL)
    places = dict(zip(written.lines, written.places, strict=True))
    assert places["- text: 'Lưu: VT'"] == ("recipients", 4, "text")
    assert places["- {}"] == ("recipients", 7)
    assert places["    for: [x, y]"] == ("awards", 0, "items", 3, "for")
    assert places["      value: 1.5"] == ("indicators", "items", 0, "y2023", "value")
    assert written.place_of(2) == ("schema",)
    assert written.place_of(0) == written.place_of(10_000) == ()


def test_long_lists_of_words_stand_one_a_line() -> None:
    names = ["x" * 30, "y" * 30, "z" * 40]
    lines = write_campaign(SMALL | {"priority_fields": {"items": names}}).lines
    at = lines.index("priority_fields:")
    assert lines[at + 1 : at + 3] == ["  items:", f"  - {names[0]}"]
