"""The shipped .docx keep the measures of NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I.

Read from the files themselves, not from the builder: a clerk's own template can be held to it.
"""

from dataclasses import dataclass
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from reportlab.pdfbase.ttfonts import TTFont

from tools.templates.build import SHIPPED
from tools.templates.papers import PAPERS

BOLD = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"
MM = 36000
TEMPLATES = sorted(SHIPPED / f"{paper.key}.docx" for paper in PAPERS if paper.is_administrative)
"""A certificate is no paper of the decree: A4 across, in letters as large as it likes."""

EVERY_TEMPLATE = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
STRUCTURAL = {"NgatPhan", "NganBang", "Normal"}


@dataclass(frozen=True)
class Look:
    """What the decree says of one component; None where it says nothing."""

    sizes: tuple[float, float]
    bold: bool
    italic: bool
    caps: bool
    align: str | None


LOOKS = {
    "QuocHieu": Look((12, 13), bold=True, italic=False, caps=False, align="center"),
    "TieuNgu": Look((13, 14), bold=True, italic=False, caps=False, align="center"),
    "CoQuanChuQuan": Look((12, 13), bold=False, italic=False, caps=True, align="center"),
    "CoQuanBanHanh": Look((12, 13), bold=True, italic=False, caps=True, align="center"),
    "SoKyHieu": Look((13, 13), bold=False, italic=False, caps=False, align="center"),
    "DiaDanh": Look((13, 14), bold=False, italic=True, caps=False, align="center"),
    "TenLoai": Look((13, 14), bold=True, italic=False, caps=True, align="center"),
    "TrichYeu": Look((13, 14), bold=True, italic=False, caps=False, align="center"),
    "CanCu": Look((13, 14), bold=False, italic=True, caps=False, align="both"),
    "NoiDung": Look((13, 14), bold=False, italic=False, caps=False, align="both"),
    "NoiDungCuoi": Look((13, 14), bold=False, italic=False, caps=False, align="both"),
    "DeMuc": Look((13, 14), bold=True, italic=False, caps=True, align=None),
    "Khoan": Look((13, 14), bold=True, italic=False, caps=False, align=None),
    "KinhGui": Look((13, 14), bold=False, italic=False, caps=False, align=None),
    "NoiKinhGui": Look((13, 14), bold=False, italic=False, caps=False, align=None),
    "QuyenHan": Look((13, 14), bold=True, italic=False, caps=True, align="center"),
    "HoTen": Look((13, 14), bold=True, italic=False, caps=False, align="center"),
    "NoiNhan": Look((12, 12), bold=True, italic=True, caps=False, align="left"),
    "DanhSachNoiNhan": Look((11, 11), bold=False, italic=False, caps=False, align="left"),
    "PhuLuc": Look((14, 14), bold=True, italic=False, caps=False, align="center"),
    "TenPhuLuc": Look((13, 14), bold=True, italic=False, caps=True, align="center"),
    "KemTheo": Look((13, 14), bold=False, italic=True, caps=False, align="center"),
    "SoTrang": Look((13, 14), bold=False, italic=False, caps=False, align="center"),
    "OBang": Look((13, 14), bold=False, italic=False, caps=False, align=None),
    "TieuDeCot": Look((13, 14), bold=True, italic=False, caps=False, align="center"),
}


def open_template(path: Any) -> Document:
    return docx.Document(str(path))


def style_of(paper: Document, key: str) -> Any:
    found = paper.styles.element.find(f"w:style[@w:styleId='{key}']", paper.styles.element.nsmap)
    assert found is not None, key
    return found


def value(element: Any, path: str, attribute: str = "val") -> str | None:
    found = element.find(path, element.nsmap)
    return None if found is None else found.get(qn(f"w:{attribute}"))


def paragraphs(paper: Document) -> list[Any]:
    return list(paper.element.body.iter(qn("w:p")))


def style_key(paragraph: Any) -> str:
    return value(paragraph, "w:pPr/w:pStyle") or "Normal"


def text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


@EVERY_TEMPLATE
def test_page_is_a4_with_the_margins_of_the_decree(path: Any) -> None:
    for section in open_template(path).sections:
        sides = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin",
                 "right_margin")  # fmt: skip
        width_mm, height_mm, top, bottom, left, right = (
            getattr(section, side) / MM for side in sides
        )
        assert (round(width_mm), round(height_mm)) == (210, 297)
        assert 20 <= top <= 25.1
        assert 20 <= bottom <= 25.1
        assert 30 <= left <= 35.1
        assert 15 <= right <= 20.1


@EVERY_TEMPLATE
def test_pages_are_numbered_in_the_top_margin_from_the_second_on(path: Any) -> None:
    for section in open_template(path).sections:
        header = section._sectPr.findall(qn("w:headerReference"))
        assert [reference.get(qn("w:type")) for reference in header] == ["default"]
        assert section.different_first_page_header_footer
        assert (section.header_distance or 0) < (section.top_margin or 0)
        paragraph = section.header.paragraphs[0]._p
        assert style_key(paragraph) == "SoTrang"
        assert "".join(code.text for code in paragraph.iter(qn("w:instrText"))) == "PAGE"


@EVERY_TEMPLATE
def test_each_annex_counts_its_pages_from_one(path: Any) -> None:
    for section in open_template(path).sections[1:]:
        assert value(section._sectPr, "w:pgNumType", "start") == "1"


@EVERY_TEMPLATE
def test_typeface_is_times_new_roman_in_black(path: Any) -> None:
    paper = open_template(path)
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(".//w:rFonts", defaults.nsmap)

    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert value(defaults, ".//w:color") == "000000"
    assert list(paper.element.body.iter(qn("w:rFonts"), qn("w:color"), qn("w:sz"))) == []


@EVERY_TEMPLATE
def test_components_look_as_the_decree_says(path: Any) -> None:
    paper = open_template(path)

    assert [key for key, look in LOOKS.items() if not looks_like(style_of(paper, key), look)] == []


def looks_like(style: Any, look: Look) -> bool:
    size = int(value(style, "w:rPr/w:sz") or 0) / 2
    marks = [style.find(f"w:rPr/w:{tag}", style.nsmap) is not None for tag in ("b", "i", "caps")]
    return (
        look.sizes[0] <= size <= look.sizes[1]
        and marks == [look.bold, look.italic, look.caps]
        and look.align in {None, value(style, "w:pPr/w:jc")}
    )


@EVERY_TEMPLATE
@pytest.mark.parametrize("key", ["NoiDung", "NoiDungCuoi", "CanCu"])
def test_body_is_indented_and_spaced_as_the_decree_says(path: Any, key: str) -> None:
    style = style_of(open_template(path), key)

    indent_mm = int(value(style, "w:pPr/w:ind", "firstLine") or 0) / 1440 * 25.4
    gap = int(value(style, "w:pPr/w:spacing", "before") or 0) / 20
    line = int(value(style, "w:pPr/w:spacing", "line") or 0) / 240
    assert round(indent_mm, 1) in {10.0, 12.7}
    assert gap >= 6
    assert 1.0 <= line <= 1.5


@EVERY_TEMPLATE
def test_paragraphs_have_a_style_and_nothing_else(path: Any) -> None:
    for paragraph in paragraphs(open_template(path)):
        properties = {child.tag for child in paragraph.find(qn("w:pPr"))}
        assert properties <= {qn("w:pStyle"), qn("w:sectPr")}
        looks = {child.tag for run in paragraph.iter(qn("w:rPr")) for child in run}
        assert looks <= {qn("w:b")}


@EVERY_TEMPLATE
def test_no_empty_paragraph_makes_space(path: Any) -> None:
    empty = {style_key(found) for found in paragraphs(open_template(path)) if not text_of(found)}

    unnumbered = {"SoKyHieu", "DiaDanh"}  # minutes bear no place and date, receipts no number
    assert empty <= STRUCTURAL - {"Normal"} | unnumbered


@EVERY_TEMPLATE
def test_rows_do_not_split_and_headings_repeat(path: Any) -> None:
    for table in open_template(path).element.body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        assert all(row.find("w:trPr/w:cantSplit", row.nsmap) is not None for row in rows)
        if table.find("w:tblPr/w:tblBorders", table.nsmap) is not None:
            repeated = [row.find("w:trPr/w:tblHeader", row.nsmap) is not None for row in rows]
            assert repeated == [True] + [False] * (len(rows) - 1)


@EVERY_TEMPLATE
def test_signature_stays_with_the_last_lines(path: Any) -> None:
    paper = open_template(path)
    for key in ("NoiDungCuoi", "NoiNhan", "QuyenHan"):
        assert style_of(paper, key).find("w:pPr/w:keepNext", paper.element.nsmap) is not None


def test_rule_below_the_motto_is_as_long_as_the_motto() -> None:
    paper = open_template(TEMPLATES[0])
    motto = width("Độc lập - Tự do - Hạnh phúc", size_of(paper, "TieuNgu"))
    rule = next(found for found in paragraphs(paper) if style_key(found) == "DuongKeTieuNgu")

    assert abs(width(text_of(rule), size_of(paper, "DuongKeTieuNgu")) / motto - 1) < 0.01


@pytest.mark.parametrize(
    ("text", "size", "rule", "letters", "longest"),
    [
        ("SỞ NỘI VỤ", 12, "DuongKe", 2, 22),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 12, "DuongKe", 2, 22),
        ("TRƯỜNG TIỂU HỌC ĐÔNG HỒ", 12, "DuongKe", 2, 22),
        ("Đề nghị khen thưởng", 14, "DuongKeTrichYeu", 3, 72),
        ("Đề nghị tặng Bằng khen của Thủ tướng Chính phủ", 14, "DuongKeTrichYeu", 3, 72),
    ],
)
def test_rule_is_a_third_to_a_half_of_the_text_above(
    text: str, size: float, rule: str, letters: int, longest: int
) -> None:
    paper = open_template(TEMPLATES[0])
    above = width(text, size)
    drawn = width("_" * (min(len(text), longest) // letters), size_of(paper, rule))

    assert 1 / 3 <= drawn / above <= 1 / 2


def size_of(paper: Document, key: str) -> float:
    return int(value(style_of(paper, key), "w:rPr/w:sz") or 0) / 2


def width(text: str, size: float) -> float:
    """Return the width in points in bold Liberation Serif, which has Times New Roman's metrics."""
    return float(TTFont("bold", BOLD).stringWidth(text, size))
