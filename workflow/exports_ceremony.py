"""The list for a ceremony: who comes up, in which order, and where he signs for his certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workflow.exports_marks import book_file
from workflow.models import Decision, DecisionItem
from workflow.papers.lists import name_row
from workflow.papers.marks import mark_of
from workflow.states import State

HEADER: Final = (
    ("STT", 6), ("Đối tượng", 34), ("Chức vụ, đơn vị, địa chỉ", 46), ("Hình thức", 40),
    ("Số vào sổ vàng", 16), ("Người nhận", 26), ("Ngày nhận", 14), ("Ký nhận", 20),
)  # fmt: skip
"""Columns with their widths in characters; the last is left to be signed by hand."""
HEADER_ROW: Final = 4
_THIN = Side(style="thin")


def ceremony_sheet(decision: Decision, items: Sequence[DecisionItem]) -> bytes:
    """Return an .xlsx with a line for each awardee that stands, in the order of the annex.

    Fits on A4 across. Texts are text cells, whatever they begin with. Changes nothing.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = "Trao thưởng"
    sheet["A1"], sheet["A1"].font = "DANH SÁCH TRAO VÀ KÝ NHẬN BẰNG", Font(bold=True)
    issued = f"Quyết định số {decision.notation} ngày {decision.issued_on:%d/%m/%Y}"
    sheet["A2"] = f"{issued} của {decision.issuer}"
    standing = [item for item in items if item.nomination.state != State.REVOKED]
    _row(sheet, HEADER_ROW, [title for title, _width in HEADER], bold=True)
    for number, item in enumerate(standing, 1):
        _row(sheet, HEADER_ROW + number, [str(number), *_cells(item)])
    for column, (_title, width) in enumerate(HEADER, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    return book_file(book, mark_of([item.nomination.dossier for item in standing]))


def _cells(item: DecisionItem) -> list[str]:
    who = name_row(item.nomination)
    where = ", ".join(part for part in (who["chuc_vu"], who["don_vi"], who["dia_chi"]) if part)
    day = f"{item.handed_on:%d/%m/%Y}" if item.handed_on else ""
    name = f"{who['danh_xung']} {who['ten']}".strip()
    form = item.nomination.award_item.form.name
    return [name, where, form, item.golden_number, item.handed_to, day, ""]


def _row(sheet: Worksheet, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(row, column)
        cell.value, cell.data_type = text, "s"
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
