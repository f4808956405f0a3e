"""Papers typed as a clerk types them: no style of ours, every look set by hand. Right, or broken.

letter()                         a tờ trình with an annex, without a fault
letter(SoKyHieu={"size": 12})    the same with one component other than it should be
"""

import io
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.format30 import Finding, pack
from documents.format30.checking import finding_of
from documents.guarded.format30.check import (
    check_docx_format,
    check_pdf_format,
    mend_docx_format,
)

RULES = dict(pack().data)
JC = {"left": "left", "center": "center", "both": "both", "right": "right"}


@dataclass(frozen=True)
class P:
    """One paragraph. Sizes and gaps in points, indents in mm; ``lead``: letters that are bold."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "left"
    indent: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    font: str = "Times New Roman"
    color: str = ""
    lead: str = ""
    frame: bool = False
    rule_mm: float = 0


BODY = P("", align="both", indent=12.7, before=6, line=1.15)
LETTER: dict[str, P] = {
    "ChuQuan": P("UBND TỈNH KIÊN GIANG", 12, align="center"),
    "BanHanh": P("SỞ NỘI VỤ", 12, bold=True, align="center"),
    "KeBanHanh": P("_____", 12, align="center"),
    "QuocHieu": P("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, align="center"),
    "TieuNgu": P("Độc lập - Tự do - Hạnh phúc", 13, bold=True, align="center"),
    "KeTieuNgu": P("_" * 32, 10, align="center"),
    "SoKyHieu": P("Số: 05/TTr-SNV", 13, align="center", before=6),
    "DiaDanh": P("Rạch Giá, ngày 05 tháng 02 năm 2024", 13, italic=True, align="center", before=6),
    "TenLoai": P("TỜ TRÌNH", 14, bold=True, align="center", before=12),
    "TrichYeu": P("Đề nghị tặng Bằng khen", 14, bold=True, align="center"),
    "KeTrichYeu": P("________", 14, align="center"),
    "KinhGui": P("Kính gửi:", 14, indent=28, before=6, after=6),
    "Noi1": P("- Chủ tịch Ủy ban nhân dân tỉnh;", 14, indent=45),
    "Noi2": P("- Hội đồng Thi đua - Khen thưởng tỉnh.", 14, indent=45),
    "CanCu1": replace(
        BODY, text="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", italic=True
    ),
    "CanCu2": replace(
        BODY,
        text="Căn cứ Kế hoạch số 243/KH-UBND ngày 16 tháng 11 năm 2022 của Ủy ban nhân dân tỉnh.",
        italic=True,
    ),
    "Muc": P("I. KẾT QUẢ XÉT CHỌN", 14, bold=True, align="both", indent=12.7, before=6),
    "Khoan1": replace(BODY, text="1. Tập thể", bold=True),
    "DoanMot": replace(BODY, text="Sở Nội vụ đã xét chọn 02 tập thể như sau:"),
    "DiemA": replace(BODY, text="a) Phòng Tổ chức;"),
    "DiemB": replace(BODY, text="b) Phòng Thanh tra;"),
    "Khoan2": replace(BODY, text="2. Cá nhân", bold=True),
    "DoanHai": replace(BODY, text="Danh sách tại Phụ lục kèm theo. Sở Nội vụ kính trình./."),
}
CLOSING: dict[str, P] = {
    "NoiNhan": P("Nơi nhận:", 12, bold=True, italic=True),
    "NhuTren": P("- Như trên;", 11),
    "Luu": P("- Lưu: VT, TĐKT.", 11),
    "QuyenHan": P("KT. GIÁM ĐỐC", 14, bold=True, align="center"),
    "ChucVu": P("PHÓ GIÁM ĐỐC", 14, bold=True, align="center"),
    "HoTen": P("Đặng Thị Huỳnh Như", 14, bold=True, align="center", before=72),
}
ANNEX: dict[str, P] = {
    "PhuLuc": P("Phụ lục", 14, bold=True, align="center"),
    "TenPhuLuc": P("DANH SÁCH CÁ NHÂN", 14, bold=True, align="center"),
    "KemTheo": P(
        "(Kèm theo Tờ trình số 05/TTr-SNV của Sở Nội vụ)", 14, italic=True, align="center"
    ),
    "Bang": P("Trần Quốc Việt", 13),
    "CuoiBang": replace(BODY, text="Danh sách gồm 01 cá nhân./."),
}
RIGHT = LETTER | CLOSING | ANNEX
HEAD_LEFT = (("ChuQuan", "BanHanh", "KeBanHanh"), ("SoKyHieu", "VeViec"))
HEAD_RIGHT = (("QuocHieu", "TieuNgu", "KeTieuNgu"), ("DiaDanh",))
END = (("NoiNhan", "NhuTren", "Luu"), ("QuyenHan", "ChucVu", "HoTen"))
PAGE = {"top": 20, "bottom": 20, "left": 30, "right": 15.1, "width": 210, "height": 297}


def letter(
    page: dict[str, float] | None = None,
    number: dict[str, Any] | None = None,
    without: tuple[str, ...] = (),
    **changes: dict[str, Any],
) -> bytes:
    """Return the .docx of the right letter with these changes.

    page: measures in mm. number: how pages are numbered (place, align, size, first, annex, text).
    without: components left out. changes: fields of P by component; a new one goes before DoanHai.
    """
    parts = {key: part for key, part in RIGHT.items() if key not in without}
    for key, fields in changes.items():
        parts[key] = replace(parts.get(key, BODY), **fields)
    document = docx.Document()
    document._body.clear_content()
    _head(document, parts)
    texts = [key for key in LETTER if key not in sum(HEAD_LEFT + HEAD_RIGHT, ())]
    new = [key for key in changes if key not in RIGHT and key != "VeViec"]
    at = texts.index("DoanHai")
    for key in (*texts[:at], *new, *texts[at:]):
        if key in parts:
            _write(document.add_paragraph(), parts[key])
    _columns(document, parts, [END])
    _annex(document, parts)
    _pages(document, PAGE | (page or {}), {"annex": True} | (number or {}))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(document: Any, parts: dict[str, P]) -> None:
    rows = [(HEAD_LEFT[0], HEAD_RIGHT[0]), (HEAD_LEFT[1], HEAD_RIGHT[1])]
    _columns(document, parts, rows)


def _columns(document: Any, parts: dict[str, P], rows: list[Any]) -> None:
    table = document.add_table(len(rows), 2)
    table.autofit = False
    for column, width in zip(table.columns, (70, 94), strict=True):
        column.width = Mm(width)
    for row, keys in zip(table.rows, rows, strict=True):
        for cell, names, width in zip(row.cells, keys, (70, 94), strict=True):
            cell.width = Mm(width)
            held = [parts[name] for name in names if name in parts]
            for number, part in enumerate(held):
                _write(cell.paragraphs[0] if not number else cell.add_paragraph(), part)


def _annex(document: Any, parts: dict[str, P]) -> None:
    held = [key for key in ANNEX if key in parts]
    if held:
        document.add_section(WD_SECTION.NEW_PAGE)
    for key in held:
        if key == "Bang":
            table = document.add_table(1, 1)
            table.style = "Table Grid"
            _write(table.cell(0, 0).paragraphs[0], parts[key])
        else:
            _write(document.add_paragraph(), parts[key])


def _write(paragraph: Any, part: P) -> None:
    for number, text in enumerate(filter(None, (part.lead, part.text))):
        run = paragraph.add_run(text)
        run.font.name, run.font.size = part.font, Pt(part.size)
        run.bold, run.italic = part.bold or bool(part.lead and not number), part.italic
        run.font.color.rgb = RGBColor.from_string(part.color or "000000")
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(part.before), Pt(part.after)
    layout.line_spacing, layout.first_line_indent = part.line, Mm(part.indent)
    jc = OxmlElement("w:jc")
    jc.set(qn("w:val"), JC[part.align])
    paragraph._p.get_or_add_pPr().append(jc)
    if part.frame:
        _frame(paragraph)


def _frame(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), "single")
        borders.append(border)
    paragraph._p.get_or_add_pPr().insert(0, borders)


def _pages(document: Any, page: dict[str, float], number: dict[str, Any]) -> None:
    for at, section in enumerate(document.sections):
        section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
        section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
        section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = number.get("first", True)
        if at and number["annex"]:
            start = OxmlElement("w:pgNumType")
            start.set(qn("w:start"), "1")
            section._sectPr.find(qn("w:pgMar")).addnext(start)
    first = document.sections[0]
    box = first.footer if number.get("place") == "footer" else first.header
    if number.get("place") != "nowhere":
        _number(box.paragraphs[0], number)


def _number(paragraph: Any, number: dict[str, Any]) -> None:
    part = P(number.get("text", ""), number.get("size", 14), align=number.get("align", "center"))
    part = replace(part, italic=number.get("italic", False))
    _write(paragraph, part)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        run.font.name, run.font.size = part.font, Pt(part.size)
        run.italic = part.italic
        element = OxmlElement("w:instrText" if text == "PAGE" else "w:fldChar")
        if kind == "text":
            run.text = text
            continue
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def looked_at(content: bytes) -> list[Finding]:
    """Return what check_docx finds, by the child's own code but in this process."""
    return [finding_of(fault) for fault in check_docx_format(content, pack=RULES)[0]]


def pdf_looked_at(content: bytes) -> list[Finding]:
    """Return what check_pdf finds, in this process."""
    return [finding_of(fault) for fault in check_pdf_format(content, pack=RULES)[0]]


def mended(content: bytes) -> bytes:
    """Return what mend_docx makes, in this process."""
    return mend_docx_format(content, pack=RULES)[1]
