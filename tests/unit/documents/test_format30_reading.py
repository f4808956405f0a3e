"""What clerks' own files hold: theme fonts, styles, drawn lines, lists, text boxes, split tags."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from documents.guarded.format30.docx_reader import Package, mm, read_docx
from documents.guarded.format30.docx_styles import Styles
from documents.guarded.format30.measure import text_mm
from documents.guarded.format30.model import Line, Span
from documents.guarded.format30.recognise import alike, folded
from documents.guarded.refusal import RefusedInChildError
from tests.format30 import letter, looked_at, mended

LINE = (
    '<w:r {ns} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:drawing><wp:inline>'
    '<wp:extent cx="{cx}" cy="0"/><a:graphic><a:graphicData><a:prstGeom prst="{kind}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
OLD = '<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{shape}</w:pict></w:r>'


def edited(content: bytes, change: Any) -> bytes:
    document = docx.Document(io.BytesIO(content))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document: Any, words: str) -> Any:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    held = [*document.paragraphs, *(found for cell in cells for found in cell.paragraphs)]
    return next(found for found in held if found.text.startswith(words))


def drawn(length_mm: float) -> bytes:
    """The letter, with a shape of Word instead of underscores below the subject."""

    def change(document: Any) -> None:
        shape = LINE.format(ns=nsdecls("w"), cx=round(length_mm * 36000), kind="line")
        paragraph(document, "Đề nghị tặng")._p.append(parse_xml(shape))

    return edited(letter(without=("KeTrichYeu",)), change)


def test_drawn_line_counts_as_a_line_of_its_length() -> None:
    assert looked_at(drawn(22)) == []
    assert [found.rule for found in looked_at(drawn(90))] == ["C08"]
    assert looked_at(drawn(90))[0].mendable is False


@pytest.mark.parametrize(
    ("shape", "rules"),
    [
        ('<v:line from="0,0" to="62pt,0"/>', []),
        ('<v:shape type="#_x0000_t32" style="position:absolute;width:62pt;height:0"/>', []),
        ('<v:shape type="#_x0000_t32" style="position:absolute"/>', ["C08"]),
        ('<v:shape type="#_x0000_t75" style="width:62pt"/>', ["C08"]),
    ],
)
def test_line_of_old_word_counts(shape: str, rules: list[str]) -> None:
    def change(document: Any) -> None:
        paragraph(document, "Đề nghị tặng")._p.append(
            parse_xml(OLD.format(ns=nsdecls("w"), shape=shape))
        )

    found = looked_at(edited(letter(without=("KeTrichYeu",)), change))

    assert [finding.rule for finding in found] == rules


def test_face_of_the_theme_is_the_face() -> None:
    def change(document: Any) -> None:
        run = paragraph(document, "Sở Nội vụ đã").runs[0]
        fonts = run._r.rPr.rFonts
        fonts.attrib.clear()
        fonts.attrib.update(
            parse_xml(f'<w:rFonts {nsdecls("w")} w:asciiTheme="minorHAnsi"/>').attrib
        )

    found = looked_at(edited(letter(), change))

    assert [(finding.rule, finding.found) for finding in found] == [("P03", "phông chữ Cambria")]
    assert looked_at(mended(edited(letter(), change))) == []


def test_look_of_a_style_is_the_look_of_its_paragraphs() -> None:
    def change(document: Any) -> None:
        style = document.styles["Quote"]
        style.font.italic, style.font.size = True, Pt(14)
        held = paragraph(document, "Sở Nội vụ đã")
        held.style = style
        held.runs[0].italic = None

    assert [found.rule for found in looked_at(edited(letter(), change))] == ["C11"]


def test_tag_that_word_split_is_no_text() -> None:
    def change(document: Any) -> None:
        held = paragraph(document, "Số: 05")
        held.runs[0].text = "Số: {{ so_ky"
        run = held.add_run("_hieu }}")
        run.font.name, run.font.size = "Times New Roman", Pt(13)

    assert looked_at(edited(letter(), change)) == []


def test_deleted_words_and_hidden_words_are_not_judged() -> None:
    def change(document: Any) -> None:
        held = paragraph(document, "Sở Nội vụ đã")
        held.add_run("lớn").font.hidden = True
        held._p.append(
            parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>xưa</w:delText></w:r></w:del>")
        )

    assert looked_at(edited(letter(), change)) == []


def test_words_of_a_link_and_of_an_insertion_are_judged() -> None:
    def change(document: Any) -> None:
        paragraph(document, "Sở Nội vụ đã")._p.append(
            parse_xml(
                f"<w:ins {nsdecls('w')}><w:r><w:rPr><w:sz w:val='40'/></w:rPr>"
                "<w:t>lớn</w:t></w:r></w:ins>"
            )
        )

    assert {found.rule for found in looked_at(edited(letter(), change))} == {"C11", "P03"}


def test_exact_line_spacing_is_measured_against_the_letters() -> None:
    def change(document: Any) -> None:
        paragraph(document, "Sở Nội vụ đã").paragraph_format.line_spacing = Pt(40)

    found = looked_at(edited(letter(), change))

    assert [(finding.rule, finding.found) for finding in found] == [("C11", "cách dòng 2,48")]


def test_borders_of_a_table_style_make_a_grid() -> None:
    paper = read_docx(Package(letter()))

    grid = [line.text for line in paper.lines if line.grid]

    assert grid == ["Trần Quốc Việt"]


def test_file_without_styles_has_no_looks_to_inherit() -> None:
    styles = Styles(None, None)

    assert styles.plain == ""
    assert styles.paragraph("") == {}
    assert styles.run("") == {}
    assert styles.bordered("") is False


@pytest.mark.parametrize("member", ["word/document.xml", None])
def test_file_that_is_no_paper_is_refused(member: str | None) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(member or "x.txt", "<w:document xmlns:w='urn:x'/>")

    with pytest.raises(RefusedInChildError):
        Package(out.getvalue())


def test_measure_that_is_no_number_is_nothing() -> None:
    assert mm("auto") == 0
    assert mm(None) == 0
    assert mm("1440") == 25.4


def test_length_of_a_line_is_that_of_its_longest_part() -> None:
    span = Span("SỞ\nSỞ THÔNG TIN", 12, bold=True, italic=False, font="Times New Roman")

    longest = replace(span, text="SỞ THÔNG TIN")

    assert text_mm(Line([span])) == text_mm(Line([longest]))


def test_tone_marks_are_composed_one_way_for_comparing() -> None:
    assert folded("CỘNG HOÀ  xã hội") == "cộng hòa xã hội"
    assert alike("Độc lập Tự do Hạnh phúc", "Độc lập - Tự do - Hạnh phúc")
    assert not alike("Số: 05/TTr-SNV", "Độc lập - Tự do - Hạnh phúc")


def test_mended_margins_are_inside_the_limits_to_the_twip() -> None:
    paper = docx.Document(io.BytesIO(mended(letter(page={"left": 20, "right": 40}))))

    assert Mm(30) <= (paper.sections[0].left_margin or 0) <= Mm(35)
    assert Mm(15) <= (paper.sections[0].right_margin or 0) <= Mm(20)
