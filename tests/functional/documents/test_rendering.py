from collections.abc import Mapping

import docx
import pytest

from documents.errors import (
    DocumentError,
    DocxUnreadableError,
    RenderMismatchError,
    TextControlCharsError,
    ValueFormatError,
)
from documents.guard import run_guarded
from documents.guarded.frames import MAX_KEEPERS
from documents.reading import docx_text
from documents.rendering import Finding, check_template, plain, render_docx, template_fields
from tests.files import docx_of, saved

LETTER = docx_of(
    "Số {{ so }}, ngày {{ ngay_ky|ngay }}",
    "{%p for n in ds %}",
    "{{ loop.index }}. {{ n.ten }}: {{ n.tien|so }} đồng",
    "{%p endfor %}",
    header="Đầu {{ so }}",
    title="{{ so }}",
)
VALUES = {
    "so": "05/TTr-SKHCN",
    "ngay_ky": "2026-02-05",
    "ds": [{"ten": "Nguyễn Thị Huỳnh Như", "tien": 1560000}, {"ten": "Hộ ông Tư", "tien": 0}],
}


def refused(template: bytes, values: Mapping[str, object] | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        render_docx(template, VALUES if values is None else values)
    return caught.value


def test_paper_holds_the_values_in_body_and_header() -> None:
    assert docx_text(render_docx(LETTER, VALUES)).split("\n") == [
        "Số 05/TTr-SKHCN, ngày 05 tháng 02 năm 2026",
        "1. Nguyễn Thị Huỳnh Như: 1.560.000 đồng",
        "2. Hộ ông Tư: 0 đồng",
        "Đầu 05/TTr-SKHCN",
    ]


def test_same_template_and_values_give_the_same_bytes() -> None:
    assert render_docx(LETTER, VALUES) == render_docx(LETTER, VALUES)


HARD = [
    "Công ty TNHH R&D <b>đậm</b>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>chèn",
    "{{ so }} {% if %} {# x",
    "dấu ' \" ‘ ’ “ ” – …",
    "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹđ",
    "dòng một\ndòng hai\tvà tab",
    "emoji 🏆 và العربية",
    "a" * 5000,
]


@pytest.mark.parametrize("value", HARD, ids=range(len(HARD)))
def test_hard_value_comes_out_whole(value: str) -> None:
    paper = render_docx(docx_of("[{{ so }}]"), {"so": value})
    assert docx_text(paper) == f"[{value}]"


def test_decomposed_letters_are_composed() -> None:
    paper = render_docx(docx_of("{{ so }}"), {"so": "Đa\u0306\u0301k"})
    assert docx_text(paper) == "Đắk"


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("{{ s0 }}", "TEMPLATE_FIELD_UNKNOWN", "Trường “s0” không có trong dữ liệu của mẫu."),
        ("{{ so.x }}", "TEMPLATE_FIELD_UNKNOWN", "Trường “x” không có trong dữ liệu của mẫu."),
        ("{{ trong }}", "VALUE_MISSING", "Chưa có “trong”."),
        ("{{ so|ngay }}", "VALUE_FORMAT", "Giá trị của “05/TTr-SKHCN” không đúng dạng."),
        ("{{ so.upper() }}", "TEMPLATE_FORBIDDEN", "Mẫu dùng biểu thức không cho phép."),
        ("{{ so * 1000 }}", "TEMPLATE_FORBIDDEN", "Mẫu dùng biểu thức không cho phép."),
        ("{# chữ thường", "TEMPLATE_SYNTAX", "Mẫu viết sai cú pháp: Missing end of comment tag"),
        ("{{ so|safe }}", "TEMPLATE_SYNTAX", "Mẫu viết sai cú pháp: No filter named 'safe'."),
    ],
)
def test_fault_of_the_template_is_named(text: str, code: str, what: str) -> None:
    error = refused(docx_of("Đoạn trước", text), {**VALUES, "trong": None})
    assert (error.code, error.what) == (code, what)


def test_unknown_field_is_told_with_what_was_meant() -> None:
    assert refused(docx_of("{{ ngay_ki }}")).why == "Có phải “ngay_ky”?"


def test_syntax_fault_is_told_with_the_text_around_it() -> None:
    assert refused(docx_of("Kính gửi", "{% if %}", "Nơi nhận")).why == (
        "Kính gửi / {% if %} / Nơi nhận"
    )


def test_value_that_is_lost_on_the_way_is_a_mismatch() -> None:
    # {{r is for rich text: a plain value lands outside any run, where Word shows nothing.
    error = refused(docx_of("{{r so }}"))
    assert isinstance(error, RenderMismatchError)
    assert error.what == "Văn bản tạo ra thiếu giá trị “05/TTr-SKHCN”; không lưu."


def test_template_whose_child_made_room_for_others_is_sent_again() -> None:
    templates = [docx_of(f"{number}: {{{{ so }}}}") for number in range(MAX_KEEPERS + 1)]
    for number, template in [*enumerate(templates), (0, templates[0])]:
        assert docx_text(render_docx(template, {"so": "05/TTr"})) == f"{number}: 05/TTr"


def test_file_that_is_no_docx_is_refused() -> None:
    for no_docx in (b"PK\x03\x04 no", b""):
        assert isinstance(refused(no_docx), DocxUnreadableError)
    with pytest.raises(DocxUnreadableError):
        docx_text(b"no")


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", float("nan"), [[[[[[[[["x"]]]]]]]]]])
def test_value_that_is_not_plain_is_refused_by_name(value: object) -> None:
    with pytest.raises(ValueFormatError) as caught:
        plain({"a": {"b": value}})
    assert caught.value.facts["field"] == "b"


def test_value_with_a_control_character_is_refused_by_name() -> None:
    with pytest.raises(TextControlCharsError) as caught:
        render_docx(LETTER, {"so": "a\x0bb"})
    assert caught.value.facts["field"] == "so"


def test_plain_copies_what_json_knows() -> None:
    values = {"a": [1, 2.5, True, None, ("x",)]}
    assert plain(values) == {"a": [1, 2.5, True, None, ["x"]]}


def test_template_fields_are_the_paths_of_every_part() -> None:
    footnoted = docx.Document()
    footnoted.sections[0].footer.paragraphs[0].text = "{{ chan }}"
    assert template_fields(LETTER) == {"so", "ngay_ky", "ds", "ds.ten", "ds.tien"}
    assert template_fields(saved(footnoted)) == {"chan"}


def test_check_template_finds_nothing_in_a_good_one() -> None:
    assert check_template(LETTER, ["so", "ngay_ky", "ds.ten", "ds.tien", "ds"]) == []


def test_check_template_lets_an_open_object_hold_anything() -> None:
    assert check_template(docx_of("{{ a.b.c }}"), ["a"]) == []


def test_check_template_names_unknown_fields_with_what_was_meant() -> None:
    assert check_template(LETTER, ["so", "ngay_ki", "ds", "ds.ten", "ds.tienn"]) == [
        Finding("TEMPLATE_FIELD_UNKNOWN", field="ds.tien", hint="ds.tienn"),
        Finding("TEMPLATE_FIELD_UNKNOWN", field="ngay_ky", hint="ngay_ki"),
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("{{ so.__class__ }}", Finding("TEMPLATE_FORBIDDEN", detail="__class__")),
        ("{{ so|safe }}", Finding("TEMPLATE_SYNTAX", detail="No filter named 'safe'.")),
        ("{{ so }", Finding("TEMPLATE_SYNTAX", detail="unexpected '}'", place="{{ so }")),
    ],
)
def test_check_template_tells_what_cannot_be_published(text: str, finding: Finding) -> None:
    assert check_template(docx_of(text), ["so"]) == [finding]


def test_guard_knows_no_other_job() -> None:
    with pytest.raises(Exception, match="KeyError: 'x'"):
        run_guarded("x", b"")
