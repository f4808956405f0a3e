"""Templates in this process, where each branch can be watched; the walls have their own tests."""

from collections.abc import Callable
from typing import Any

import pytest

from documents.guarded.papers import check_template, docx_text, render, template_paths
from documents.guarded.refusal import RefusedInChildError
from tests.files import docx_of

LETTER = docx_of(
    "Số {{ so }}, ngày {{ ngay_ky|ngay }}",
    "{%p for n in ds %}",
    "{{ loop.index }}. {{ n.ten }}",
    "{%p endfor %}",
    header="Đầu {{ so }}",
    title="{{ so }}",
)
VALUES: dict[str, Any] = {"so": "05", "ngay_ky": "2026-02-05", "ds": [{"ten": "Hộ ông Tư"}]}


def refused(
    call: Callable[..., object], *given: bytes, **named: object
) -> tuple[str, dict[str, str]]:
    with pytest.raises(RefusedInChildError) as caught:
        call(*given, **named)
    return caught.value.code, {name: str(value) for name, value in caught.value.facts.items()}


def test_paper_holds_the_values_and_is_the_same_each_time() -> None:
    told, paper = render(LETTER, values=VALUES)
    assert told == {"printed": 6}
    assert docx_text(paper) == ("Số 05, ngày 05 tháng 02 năm 2026\n1. Hộ ông Tư\nĐầu 05", b"")
    assert render(LETTER, values=VALUES)[1] == paper


@pytest.mark.parametrize(
    ("text", "values", "code", "facts"),
    [
        ("{{ ten_dv }}", {"ten_don_vi": "A"}, "TEMPLATE_FIELD_UNKNOWN",
         {"field": "ten_dv", "hint": "ten_don_vi"}),
        ("{{ ds[0].xyz }}", {"ds": [{"ten": "A"}]}, "TEMPLATE_FIELD_UNKNOWN",
         {"field": "xyz", "hint": ""}),
        ("{{ so.__class__ }}", {"so": "1"}, "TEMPLATE_FORBIDDEN", None),
        ("{% if so %}", {"so": "1"}, "TEMPLATE_SYNTAX", None),
    ],
)  # fmt: skip
def test_render_names_what_is_wrong(
    text: str, values: dict[str, Any], code: str, facts: dict[str, str] | None
) -> None:
    found, told = refused(render, docx_of(text), values=values)
    assert found == code
    assert facts is None or told == facts


def test_value_that_the_paper_does_not_show_is_refused() -> None:
    assert render(docx_of("{{ so }}"), values={"so": "05"})[0] == {"printed": 1}
    # {{r is for rich text: a plain value lands outside any run, where Word shows nothing.
    assert refused(render, docx_of("{{r so }}"), values={"so": "05"}) == (
        "RENDER_MISMATCH",
        {"value": "05"},
    )


def test_paths_are_read_from_every_part() -> None:
    assert template_paths(LETTER)[0] == ["ds", "ds.ten", "ngay_ky", "so"]


@pytest.mark.parametrize(
    ("text", "fields", "findings"),
    [
        ("{{ so }}", ["so"], []),
        ("{{ n.ten }}", ["n"], []),
        ("{{ n.tan }}", ["n", "n.ten"], [("TEMPLATE_FIELD_UNKNOWN", "n.tan", "n.ten")]),
        ("{{ s }}", [], [("TEMPLATE_FIELD_UNKNOWN", "s", "")]),
        ("{{ a.b.c }}", ["a"], []),
    ],
)
def test_check_tells_unknown_fields_where_fields_are_listed(
    text: str, fields: list[str], findings: list[tuple[str, str, str]]
) -> None:
    found, nothing = check_template(docx_of(text), fields=fields)
    assert [(one["code"], one["field"], one["hint"]) for one in found] == findings
    assert nothing == b""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ so|khong_co }}", "TEMPLATE_SYNTAX"),
        ("{% for n in ds %}{{ n }}", "TEMPLATE_SYNTAX"),
        ("{{ ''.__class__ }}", "TEMPLATE_FORBIDDEN"),
    ],
)
def test_check_tells_faults_of_the_language(text: str, code: str) -> None:
    assert [one["code"] for one in check_template(docx_of(text), fields=["so", "ds"])[0]] == [code]
