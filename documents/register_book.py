"""A book of the register as a PDF to print and bind (NĐ 30/2020/NĐ-CP, Điều 16.2.b).

The ten columns and their heads are those of Phụ lục IV, mục I.2. Its picture of the cover (mục
I.1) is not among our sources, so the cover names what the book is: body, kind, year, first and
last number and day, and room for the volume. The same lines give the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from documents.assembly.fonts import BOLD, REGULAR, register_fonts
from documents.queries import RegisterLine
from documents.text import clean_text

HEADS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
_WIDTHS = [width * mm for width in (29, 22, 62, 27, 33, 25, 15, 20, 17, 22)]
_MARGIN, _TOP = 12 * mm, 16 * mm
_CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=9, leading=11)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName=BOLD, alignment=TA_CENTER)
_COVER = ParagraphStyle(
    "cover", fontName=REGULAR, fontSize=14, leading=22, alignment=TA_CENTER, spaceAfter=6
)
_BODY = ParagraphStyle("body", parent=_COVER, fontName=BOLD)
_TITLE = ParagraphStyle("title", parent=_COVER, fontName=BOLD, fontSize=24, leading=34)


@dataclass(frozen=True)
class BookFacts:
    """What the cover says. above: the body above, "" for none; series: the kind of book."""

    above: str
    body: str
    series: str
    year: int


def book_pdf(facts: BookFacts, lines: Sequence[RegisterLine]) -> bytes:
    """Return the book: a cover, then the lines in the order given. Raises FontMissingError."""
    register_fonts()
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=landscape(A4),
        invariant=1,
        initialFontName=REGULAR,
        lang="vi",
        title=f"Sổ đăng ký văn bản đi {facts.series} {facts.year}",
        author=clean_text(facts.body, field="body"),
        creator="VinhDanh",
    )
    width, height = landscape(A4)
    frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - _MARGIN - _TOP, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("cover", [frame]),
            PageTemplate("lines", [frame], onPage=_number),
        ]
    )
    document.build([*_cover(facts, lines), NextPageTemplate("lines"), PageBreak(), _table(lines)])
    return out.getvalue()


def _number(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Draw the page number, 1 on the first page of lines, in the middle of the top margin."""
    canvas.setFont(REGULAR, 13)
    canvas.drawCentredString(
        landscape(A4)[0] / 2, landscape(A4)[1] - 11 * mm, str(document.page - 1)
    )


def _cover(facts: BookFacts, lines: Sequence[RegisterLine]) -> list[Flowable]:
    said = [
        Paragraph(_text(facts.above.upper()), _COVER),
        Paragraph(_text(facts.body.upper()), _BODY),
        Spacer(1, 40 * mm),
        Paragraph("SỔ ĐĂNG KÝ VĂN BẢN ĐI", _TITLE),
        Paragraph(f"Sổ: {_text(facts.series)}", _COVER),
        Paragraph(f"Năm: {facts.year}", _COVER),
    ]
    if lines:
        first, last = lines[0], lines[-1]
        said += [
            Paragraph(f"Từ số {_text(first.notation)} đến số {_text(last.notation)}", _COVER),
            Paragraph(
                f"Từ ngày {first.issued_on:%d/%m/%Y} đến ngày {last.issued_on:%d/%m/%Y}", _COVER
            ),
        ]
    return [*said, Spacer(1, 12 * mm), Paragraph("Quyển số: …………", _COVER)]


def _table(lines: Sequence[RegisterLine]) -> LongTable:
    heads = [Paragraph(text, _HEAD) for text in HEADS]
    numbers = [Paragraph(f"({number})", _HEAD) for number in range(1, len(HEADS) + 1)]
    rows = [[Paragraph(_text(text), _CELL) for text in _cells(line)] for line in lines]
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return LongTable([heads, numbers, *rows], colWidths=_WIDTHS, repeatRows=2, style=style)


def _cells(line: RegisterLine) -> list[str]:
    return [
        line.notation,
        f"{line.issued_on:%d/%m/%Y}",
        line.subject,
        line.signer_name,
        line.recipients,
        line.archived_by,
        "" if line.copies is None else str(line.copies),
        f"{line.sent_on:%d/%m/%Y}" if line.sent_on else "",
        line.received,
        line.note,
    ]


def _text(text: str) -> str:
    """Return text for a paragraph: what looks like a tag is text, a line break is one."""
    return escape(clean_text(text, field="register")).replace("\n", "<br/>")
