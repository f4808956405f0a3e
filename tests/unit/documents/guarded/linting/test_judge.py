"""Each fault of a template is found exactly where it stands, and nothing else is."""

import io
from typing import Any

import docx
import pytest
from docx.document import Document

from documents.guarded.linting.jobs import MAX_FOUND, lint_template
from documents.guarded.linting.judge import near
from tests.papers import docx_bytes

FIELDS = ["ten", "so", "ngay", "ds", "ds.ho_ten", "ds.chuc_vu", "ky", "ky.ho_ten", "mo"]
RIGHT = (
    "{{ ten }} – số {{ so }}",
    "{%p for d in ds %}",
    "{%p if d.chuc_vu %}",
    "{{ loop.index }}. {{ d.ho_ten }}, {{ d.chuc_vu|lower }}{% if loop.last %}.{% else %};{% endif %}",
    "{%p endif %}",
    "{%p endfor %}",
    "{% set ten_ky = ky.ho_ten %}{{ ten_ky }}{# ghi chú #}",
    "{% if so %}a{% elif ten %}b{% else %}c{% endif %}",
)


def found(body: bytes) -> list[tuple[str, dict[str, Any]]]:
    told = lint_template(body, fields=FIELDS, styles=[])[0]
    return [(one["code"], one["facts"]) for one in told["found"]]


def saved(paper: Document) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_right_template_has_no_fault_and_stays_as_it_is() -> None:
    body = docx_bytes(*RIGHT)
    told, healed = lint_template(body, fields=FIELDS, styles=[])
    places = told.pop("places")
    assert told == {"found": [], "healed": [], "comments": 0}
    assert [place["paragraph"] for place in places] == list(range(1, len(RIGHT) + 1))
    assert healed is body


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("{{ tenn }}", "TEMPLATE_FIELD_UNKNOWN", {"field": "tenn", "hint": "ten"}),
        ("{{ ky.hoten }}", "TEMPLATE_FIELD_UNKNOWN", {"field": "ky.hoten", "hint": "ky.ho_ten"}),
        ("{% if sso %}a{% endif %}", "TEMPLATE_FIELD_UNKNOWN", {"field": "sso", "hint": "so"}),
        ("{{ hoan_toan_khac }}", "TEMPLATE_FIELD_UNKNOWN", {"field": "hoan_toan_khac", "hint": ""}),
        ("{{ ten", "TEMPLATE_TAG_HALF", {"missing": "}}", "around": "{{ ten"}),
        ("ten }}", "TEMPLATE_TAG_HALF", {"missing": "{{", "around": "ten }}"}),
        ("{% if so }}x", "TEMPLATE_TAG_HALF", {"missing": "%}", "around": "{% if so }}x"}),
        ("{{ ten + }}", "TEMPLATE_TAG_BROKEN", None),
        ("{{ ten|chu_hoa }}", "TEMPLATE_FILTER_UNKNOWN", {"name": "chu_hoa", "hint": ""}),
        ("{{ ten|uper }}", "TEMPLATE_FILTER_UNKNOWN", {"name": "uper", "hint": "upper"}),
        ("{{ ten.__class__ }}", "TEMPLATE_FORBIDDEN", None),
        ("{{ ten() }}", "TEMPLATE_FORBIDDEN", None),
        ("{% macro a() %}{% endmacro %}", "TEMPLATE_TAG_BROKEN", None),
        ("{{r ten }}", "TEMPLATE_FORBIDDEN", {"detail": "{{r ten }}"}),
        ("{%tc if so %}", "TEMPLATE_FORBIDDEN", {"detail": "{%tc if so %}"}),
        ("{% if so %}a", "TEMPLATE_BLOCK_OPEN", {"tag": "{% if so %}", "missing": "endif"}),
        ("a{% endif %}", "TEMPLATE_BLOCK_NOT_OPEN", {"tag": "{% endif %}"}),
        ("a{% else %}", "TEMPLATE_BLOCK_NOT_OPEN", {"tag": "{% else %}"}),
        ("{%tr endfor %}", "TEMPLATE_ROW_OUTSIDE", {"tag": "{%tr endfor %}"}),
    ],
)
def test_one_fault_in_the_midst_of_a_right_template(
    text: str, code: str, facts: dict[str, Any] | None
) -> None:
    told = lint_template(docx_bytes(*RIGHT, text), fields=FIELDS, styles=[])[0]
    first = told["found"][0]
    assert first["code"] == code
    assert first["place"] == {
        "part": "document", "table": 0, "row": 0, "cell": 0, "paragraph": len(RIGHT) + 1,
    }  # fmt: skip
    assert first["at"] == len(RIGHT)
    if facts is not None:
        assert first["facts"] == facts


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("{% if so %}", "{% endif %}"),
        ("{%p for d in ds %}", "{% endfor %}"),
        ("{% for d in ds %}", "{%p endfor %}"),
    ],
)
def test_a_block_that_closes_in_another_paragraph_is_named_with_both_ends(
    opens: str, closes: str
) -> None:
    crosses = ("TEMPLATE_BLOCK_CROSSES", {"tag": closes, "opened": opens})
    assert found(docx_bytes(opens, "x", closes)) == [crosses]


def test_an_inner_block_left_open_is_the_fault_and_not_the_outer_one() -> None:
    body = docx_bytes("{%p for d in ds %}", "{% if so %}{{ d.ho_ten }}", "{%p endfor %}")
    left = ("TEMPLATE_BLOCK_OPEN", {"tag": "{% if so %}", "missing": "endif"})
    assert found(body) == [left]


def test_an_elif_in_a_loop_has_nothing_to_follow() -> None:
    body = docx_bytes("{% for d in ds %}{% elif so %}{% endfor %}")
    assert found(body) == [("TEMPLATE_BLOCK_NOT_OPEN", {"tag": "{% elif so %}"})]


def test_a_loop_variable_is_not_known_after_its_loop() -> None:
    body = docx_bytes("{%p for d in ds %}", "{{ d.ho_ten }}", "{%p endfor %}", "{{ d.ho_ten }}")
    assert [code for code, _ in found(body)] == ["TEMPLATE_FIELD_UNKNOWN"]


def test_text_beside_a_command_of_its_paragraph_would_be_lost() -> None:
    body = docx_bytes("Kính gửi: {%p if so %}", "x", "{%p endif %}")
    lost = ("TEMPLATE_TEXT_LOST", {"tag": "{%p if so %}", "text": "Kính gửi:"})
    assert found(body) == [lost]


def table(rows: list[list[str]]) -> Document:
    paper = docx.Document()
    grid = paper.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].text = text
    return paper


def test_rows_of_a_table_may_repeat() -> None:
    rows = [["{%tr for d in ds %}", ""], ["{{ d.ho_ten }}", "{{ so }}"], ["{%tr endfor %}", ""]]
    assert found(saved(table(rows))) == []


def test_a_fault_in_a_table_is_placed_by_table_row_cell_and_paragraph() -> None:
    paper = table([["a", "b"], ["c", "d"]])
    inner = paper.add_table(2, 3).rows[1].cells[2]
    inner.paragraphs[0].text = "chữ"
    inner.add_paragraph("{{ sai }}")
    told = lint_template(saved(paper), fields=FIELDS, styles=[])[0]["found"]
    assert [one["place"] for one in told] == [
        {"part": "document", "table": 2, "row": 2, "cell": 3, "paragraph": 2}
    ]


def test_text_in_another_cell_of_a_commands_row_would_be_lost() -> None:
    rows = [["{%tr for d in ds %}", "Tổng"], ["{{ d.ho_ten }}", ""], ["{%tr endfor %}", ""]]
    assert found(saved(table(rows))) == [
        ("TEMPLATE_TEXT_LOST", {"tag": "{%tr for d in ds %}", "text": "Tổng"})
    ]


def test_a_header_is_judged_too_and_blocks_end_with_their_part() -> None:
    paper = docx.Document()
    paper.add_paragraph("{%p if so %}")
    paper.sections[0].header.paragraphs[0].text = "{%p endif %}"
    told = lint_template(saved(paper), fields=FIELDS, styles=[])[0]["found"]
    assert [(one["code"], one["place"]["part"]) for one in told] == [
        ("TEMPLATE_BLOCK_OPEN", "document"),
        ("TEMPLATE_BLOCK_NOT_OPEN", "header"),
    ]


def test_what_only_the_whole_shows_is_found_without_a_place() -> None:
    paper = docx.Document()
    paper.core_properties.title = "{{ tenn }}"
    told = lint_template(saved(paper), fields=FIELDS, styles=[])[0]["found"]
    assert [(one["code"], one["place"]) for one in told] == [("TEMPLATE_FIELD_UNKNOWN", {})]


def test_a_template_full_of_faults_is_told_of_the_first_ones() -> None:
    told = lint_template(docx_bytes(*["{{ sai }}"] * (MAX_FOUND + 5)), fields=FIELDS, styles=[])
    assert len(told[0]["found"]) == MAX_FOUND


@pytest.mark.parametrize(
    ("name", "meant"), [("ds.hoten", "ds.ho_ten"), ("kyy.ho_ten", "ky.ho_ten"), ("qqq", "")]
)
def test_near_prefers_a_name_of_the_same_list(name: str, meant: str) -> None:
    assert near(name, FIELDS) == meant
