"""What Word did to a template is healed, and what people left in it is found."""

import io
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml

from documents.guarded.linting.jobs import comment_template, lint_template, template_styles
from documents.guarded.papers import W, docx_text, render
from tests.papers import docx_bytes

FIELDS = ["ten", "so"]
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(paper: Document) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def opened(body: bytes) -> Document:
    return docx.Document(io.BytesIO(body))


def lint(paper: Document, styles: tuple[str, ...] = ()) -> tuple[dict[str, Any], bytes]:
    return lint_template(saved(paper), fields=FIELDS, styles=list(styles))


def codes(told: dict[str, Any]) -> list[str]:
    return [one["code"] for one in told["found"]]


def test_a_tag_that_word_split_is_whole_again_in_its_first_run() -> None:
    paper = docx.Document()
    paragraph = paper.add_paragraph()
    for text in ("Gửi {", "{ te", "n }", "} và {{ so }}."):
        paragraph.add_run(text).bold = True
    told, healed = lint(paper)
    assert (codes(told), told["healed"]) == ([], ["{{ ten }}"])
    runs = [run.text for run in opened(healed).paragraphs[0].runs]
    assert runs == ["Gửi {{ ten }}", "", "", " và {{ so }}."]
    values = {"ten": "Sở A", "so": "01"}
    assert docx_text(render(healed, values=values)[1])[0] == "Gửi Sở A và 01."


def test_curly_quotes_and_a_line_break_inside_a_tag_are_straightened() -> None:
    paper = docx.Document()
    paragraph = paper.add_paragraph("{% if so == “1” %}một{% else %}")
    paragraph.add_run("khác{% ").add_break()
    paragraph.add_run("endif %} “ngoài”")
    told, healed = lint(paper)
    assert codes(told) == []
    text = opened(healed).paragraphs[0].text
    assert text == '{% if so == "1" %}một{% else %}khác{%  endif %} “ngoài”'


def test_comments_are_taken_out_and_the_run_of_their_mark_with_them() -> None:
    paper = docx.Document()
    run = paper.add_paragraph("{{ ten }}").runs[0]
    paper.add_comment(run, text="Xem lại", author="Lan", initials="L")
    told, healed = lint(paper)
    assert (codes(told), told["comments"]) == ([], 1)
    again = opened(healed)
    assert list(again.comments) == []
    assert b"comment" not in again.element.xml.encode()


def test_tracked_changes_are_found_by_paragraph_and_by_row() -> None:
    paper = docx.Document(io.BytesIO(docx_bytes("một", "hai {{ ten }}", "ba")))
    for number, mark in ((1, "ins"), (2, "pPrChange")):
        change = parse_xml(f'<w:{mark} {_SPACE} w:id="1" w:author="Lan"/>')
        paper.paragraphs[number]._p.append(change)
    row = paper.add_table(1, 2).rows[0]
    added = f'<w:trPr {_SPACE}><w:ins w:id="2" w:author="Lan"/></w:trPr>'
    row._tr.insert(0, parse_xml(added))
    row.cells[0].text = "mới"
    told, _ = lint(paper)
    assert codes(told) == ["TEMPLATE_TRACKED_CHANGES"] * 4
    assert [one["at"] for one in told["found"]] == [1, 2, 3, 4]
    assert told["found"][0]["facts"] == {"text": "hai {{ ten }}"}


def test_a_style_that_is_used_and_not_defined_is_a_fault() -> None:
    paper = docx.Document()
    paragraph = paper.add_paragraph("Căn cứ")
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(f'<w:pStyle {_SPACE} w:val="Mat"/>'))
    told, _ = lint(paper)
    assert [(one["code"], one["facts"]["style"]) for one in told["found"]] == [
        ("TEMPLATE_STYLE_MISSING", "Mat")
    ]


def test_a_style_of_the_version_before_that_is_gone_is_named() -> None:
    paper = docx.Document()
    paper.add_paragraph("{{ ten }}", style="Heading 1")
    styles = template_styles(saved(paper))[0]
    assert styles == ["Heading 1"]
    told, _ = lint(paper, styles=("Heading 1", "Trích yếu"))
    assert [(one["code"], one["facts"]) for one in told["found"]] == [
        ("TEMPLATE_STYLE_GONE", {"style": "Trích yếu"})
    ]
    assert told["found"][0]["at"] == -1


def test_each_comment_stands_at_its_paragraph_and_the_rest_at_the_first() -> None:
    paper = docx.Document(io.BytesIO(docx_bytes("một", "hai")))
    paper.add_paragraph()
    paper.sections[0].header.paragraphs[0].text = "đầu trang"
    notes = [
        {"at": 1, "text": "lỗi hai"},
        {"at": 2, "text": "đoạn trống"},
        {"at": 3, "text": "đầu"},
    ]
    count, made = comment_template(saved(paper), notes=notes, author="VinhDanh", initials="VD")
    again = opened(made)
    assert count == 3
    assert [comment.text for comment in again.comments] == ["lỗi hai", "đoạn trống", "đầu"]
    starts = [len(list(one._p.iter(W + "commentRangeStart"))) for one in again.paragraphs]
    assert starts == [1, 1, 1]
    assert lint_template(made, fields=FIELDS, styles=[])[0]["comments"] == 3
