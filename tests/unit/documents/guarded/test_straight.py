"""A body filled in as text is the one that was parsed, or it is not filled in so."""

import io
import logging
from itertools import islice
from typing import Any
from zlib import crc32

import docx
import pytest

from documents.guarded.compiled import CompiledTemplate, Printer
from documents.guarded.papers import render
from documents.guarded.refusal import UnsuitableError
from documents.guarded.straight import text_of
from documents.rendering import plain
from tests.files import docx_of, saved
from tools.hard_papers import SETS, Template, templates
from tools.hard_values import value_sets

CHART = b"bieu_do"
EVERY = 4
TEMPLATES = {one.key: one for one in templates() if CHART not in one.content}
LETTER = docx_of(
    "Số {{ so }}/{{ 3 }} {{ 'cố định' }}", "{%p for n in ds %}", "{{ n }}", "{%p endfor %}"
)
VALUES: dict[str, Any] = {"so": "05/TTr", "ds": ["Bà Một", "Ông Hai"]}


def of(template: bytes, values: dict[str, Any]) -> CompiledTemplate:
    return CompiledTemplate(template, render(template, values=values)[1])


def both_ways(
    made: CompiledTemplate, values: dict[str, Any]
) -> tuple[tuple[list[str], str, bytes], tuple[list[str], str, bytes]]:
    """Return what was printed, the text and the XML of the body, unparsed and parsed."""
    straight = made.straight
    assert straight is not None
    unparsed = straight.fill(values)
    made.straight = None
    parsed = made._filled(values)
    made.straight = straight
    return unparsed, parsed


@pytest.mark.parametrize("key", TEMPLATES)
def test_hard_values_give_the_same_paper_parsed_and_unparsed(key: str) -> None:
    """A quarter of the 60 sets for each template that ships and draws no chart."""
    template: Template = TEMPLATES[key]
    sets = value_sets(key, template.fields, count=SETS)
    chosen = [plain(one.values) for one in islice(sets, crc32(key.encode()) % EVERY, SETS, EVERY)]
    made = of(template.content, chosen[0])
    for number, values in enumerate(chosen):
        unparsed, parsed = both_ways(made, values)
        assert unparsed == parsed, number


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a\tb",
        "\n",
        "một\n\nhai\t",
        "\ta",
        "trang\fsau",
        "a < b > c & \"d\" 'e'",
        "]]>",
        7,
        2.5,
    ],
)
def test_any_value_gives_the_same_paper_parsed_and_unparsed(value: object) -> None:
    unparsed, parsed = both_ways(of(LETTER, VALUES), {"so": value, "ds": [value, "giữa", value]})
    assert unparsed == parsed


@pytest.mark.parametrize("value", ["{_{ a }_}", "{_", "_}", "\x01", "\ufffe", "a\rb"])
def test_value_that_changes_on_its_way_is_left_to_the_tree(value: str) -> None:
    made = of(LETTER, VALUES)
    assert made.straight is not None
    with pytest.raises(UnsuitableError):
        made.straight.fill({**VALUES, "so": value})


def test_paper_after_a_value_for_the_tree_is_filled_in_as_text_again() -> None:
    made = of(LETTER, VALUES)
    made.fill({**VALUES, "so": "_}"})
    unparsed, parsed = both_ways(made, VALUES)
    assert unparsed == parsed


def test_body_that_is_left_empty_is_left_to_the_tree() -> None:
    paper = docx.Document(io.BytesIO(docx_of("{%p if so %}", "{{ so }}", "{%p endif %}")))
    paper.element.body.remove(paper.element.body.sectPr)
    made = of(saved(paper), VALUES)
    assert made.straight is not None
    with pytest.raises(UnsuitableError):
        made.straight.fill({"so": ""})
    assert made.fill({"so": ""})[1] == render(saved(paper), values={"so": ""})[1]


def test_text_is_that_of_runs_not_of_markup() -> None:
    xml = b'<w:t xml:space="preserve">a &amp;lt; b</w:t><w:tab/><w:t/><w:x>c</w:x><w:t>d</w:t>e'
    assert text_of(xml) == "a &lt; bd"


def test_template_that_cannot_be_filled_in_as_text_is_parsed_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    template, printer = docx_of("{{ so }} {_{ x }_}"), Printer(docx_of("{{ so }} {_{ x }_}"))
    printer.print(values=VALUES)
    assert printer.fast
    assert "parsed for every paper" in caplog.text
    assert printer.print(values=VALUES) == render(template, values=VALUES)
