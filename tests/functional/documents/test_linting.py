"""Templates judged through the guard: in words, with places, with the file handed back."""

import io
from typing import Any

import docx
import pytest
import yaml
from docx.document import Document
from docx.shared import Pt

from documents.errors import DocxUnreadableError, RenderTimeoutError
from documents.format30 import pack
from documents.guard import GuardedWorkError
from documents.linting import (
    LintFinding,
    commented,
    lint_template,
    place_text,
    styles_in,
    with_pages,
)
from documents.paragraph_pages import Pages
from tests.papers import FIELDS, LETTER, docx_bytes
from tools.templates.build import SHIPPED

KEYS = sorted(path.stem for path in SHIPPED.glob("*.docx"))


def comments_of(body: bytes) -> list[str]:
    paper: Document = docx.Document(io.BytesIO(body))
    return [comment.text for comment in paper.comments]


@pytest.mark.parametrize("key", KEYS)
def test_every_shipped_template_is_without_fault_and_without_warning(key: str) -> None:
    listed: dict[str, Any] = yaml.load(
        (SHIPPED / f"{key}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    body = (SHIPPED / f"{key}.docx").read_bytes()
    judged = key not in pack().not_judged
    lint = lint_template(body, listed["fields"], styles=styles_in(body), judged=judged)
    assert (lint.findings, lint.healed, lint.mendable) == ([], [], 0)
    assert lint.content == body


def test_faults_are_told_in_words_with_their_place_and_keep_the_template_out() -> None:
    lint = lint_template(docx_bytes(*LETTER, "Gửi {{ tenn }}", "{{ ten"), FIELDS)
    assert [one.place for one in lint.faults] == ["đoạn 5", "đoạn 6"]
    assert lint.faults[0] == LintFinding(
        code="TEMPLATE_FIELD_UNKNOWN",
        place="đoạn 5",
        what="Trường “tenn” không có trong dữ liệu của mẫu.",
        why="Có phải “ten”?",
        next_step="Hãy sửa tên trường trong mẫu.",
        at=4,
    )
    assert lint.faults[1].what == "Thiếu dấu “}}”."


def test_layout_faults_are_warnings_with_the_rule_of_the_decree() -> None:
    lint = lint_template(docx_bytes(*LETTER), FIELDS)
    assert lint.faults == []
    assert {one.code.partition("_")[0] for one in lint.warnings} == {"ND30"}
    assert lint.mendable > 0
    assert all(one.why and one.what.startswith("Thể thức: ") for one in lint.warnings)


def test_a_layout_fault_after_a_table_is_counted_as_the_faults_of_tags_are() -> None:
    paper = docx.Document(io.BytesIO((SHIPPED / "to_trinh_don_vi.docx").read_bytes()))
    # After the table of the head, which has paragraphs too.
    texts = [paragraph.text for paragraph in paper.paragraphs]
    here = next(i for i, text in enumerate(texts) if "chịu trách nhiệm về tính chính xác" in text)
    paper.paragraphs[here].runs[0].font.size = Pt(11)
    out = io.BytesIO()
    paper.save(out)
    listed = yaml.safe_load((SHIPPED / "to_trinh_don_vi.yaml").read_text("utf-8"))
    [told] = lint_template(out.getvalue(), listed["fields"]).findings
    assert told.place.startswith(f"đoạn {here + 1}, “")
    assert told.at > here


def test_what_only_a_making_shows_is_found_by_making_one() -> None:
    fields = [*FIELDS, {"name": "ky", "meaning": "Người ký", "type": "object", "required": True,
                        "fields": [{"name": "ten", "meaning": "Tên", "required": True}]}]  # fmt: skip
    [fault] = lint_template(docx_bytes("{{ ky }}"), fields).faults
    assert (fault.code, fault.place) == ("VALUE_FORMAT", "khi điền thử bằng dữ liệu ví dụ")


def test_the_file_comes_back_with_a_comment_at_each_fault_and_loses_them_when_it_returns() -> None:
    body = docx_bytes(*LETTER, "Gửi {{ tenn }}")
    lint = lint_template(body, FIELDS)
    back = commented(body, lint.faults)
    [told] = comments_of(back)
    assert told.splitlines() == [
        "[đoạn 5] Trường “tenn” không có trong dữ liệu của mẫu.",
        "Có phải “ten”?",
        "Hãy sửa tên trường trong mẫu.",
    ]
    again = lint_template(back, FIELDS)
    assert again.comments == 1
    assert [one.code for one in again.faults] == ["TEMPLATE_FIELD_UNKNOWN"]
    assert comments_of(again.content) == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({}, ""),
        ({"part": "header", "table": 0, "row": 0, "cell": 0, "paragraph": 2}, "đầu trang, đoạn 2"),
        (
            {"part": "footer", "table": 1, "row": 2, "cell": 3, "paragraph": 4},
            "chân trang, bảng 1, hàng 2, ô 3, đoạn 4",
        ),
    ],
)
def test_places_are_told_as_people_count(place: dict[str, Any], told: str) -> None:
    assert place_text(place) == told


def test_a_page_is_told_where_it_is_known_and_only_there() -> None:
    body = docx_bytes(*LETTER, "Gửi {{ tenn }}", "{{ ten")
    lint = lint_template(body, FIELDS)
    whole = LintFinding("X", "", "Cả mẫu")
    told = with_pages([*lint.faults, whole], Pages({4: 2}))
    assert [one.where for one in told] == ["trang 2, đoạn 5", "đoạn 6", ""]
    assert [one.where for one in with_pages(told, None)] == ["đoạn 5", "đoạn 6", ""]
    assert [note.splitlines()[0] for note in comments_of(commented(body, told))] == [
        "[trang 2, đoạn 5] Trường “tenn” không có trong dữ liệu của mẫu.",
        "[đoạn 6] Thiếu dấu “}}”.",
        "Cả mẫu",
    ]


@pytest.mark.parametrize(
    ("limit", "error"), [(True, RenderTimeoutError), (False, DocxUnreadableError)]
)
def test_a_child_that_gives_no_answer_is_a_refusal(
    *, limit: bool, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_job: object, **_arguments: object) -> None:
        raise GuardedWorkError("hỏng", limit=limit)

    assert styles_in(docx_bytes("a")) == []
    monkeypatch.setattr("documents.linting.run_guarded", broken)
    with pytest.raises(error):
        styles_in(docx_bytes("a"))
