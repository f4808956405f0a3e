"""A year's figures as a sheet: a page for each group of criteria, units by indicators."""

from __future__ import annotations

import re
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workflow.exports_marks import book_file
from workflow.figure_states import FigureState, SheetState
from workflow.figure_tables import GroupTable, SheetRow, figure_value
from workflow.pages.overview import Overview
from workflow.papers.marks import mark_for

FIRST_COLUMNS: Final = (("STT", 6), ("Đơn vị", 44), ("Trạng thái", 16))
HEADER_ROW: Final = 4
_UNCHECKED = PatternFill("solid", fgColor="FFF6E5C0")
_MISSED = Font(color="FF9C1C1C", bold=True)
_STATES = {
    SheetState.DRAFT: "Chưa gửi",
    SheetState.SENT: "Đã gửi",
    SheetState.RETURNED: "Trả lại",
    SheetState.VERIFIED: "Đã xác nhận",
}
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def figures_sheet(overview: Overview) -> bytes:
    """Return an .xlsx of a year: what counts of each unit, else what it entered.

    Values are numbers, texts are text cells whatever they begin with. A value that nobody has
    checked has a yellow ground; one below its goal is red and bold. Changes nothing.
    """
    book = Workbook()
    book.remove(book.active)
    for place, table in enumerate(overview.tables, 1):
        name = _SHEET_NAME.sub(" ", f"{place}. {table.group}")[:31]
        _page(book.create_sheet(name), overview, table)
    if not overview.tables:
        book.create_sheet("Số liệu")
    return book_file(book, mark_for(overview.campaign))


def _page(sheet: Worksheet, overview: Overview, table: GroupTable) -> None:
    title = f"SỐ LIỆU NĂM {overview.year}, PHONG TRÀO {overview.campaign.name.upper()}"
    _write(sheet, 1, 1, title).font = Font(bold=True)
    _write(sheet, 2, 1, str(table.group))
    heads = [*(name for name, _width in FIRST_COLUMNS), *(line.name for line in table.lines)]
    for column, name in enumerate(heads, 1):
        cell = _write(sheet, HEADER_ROW, column, name)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        width = FIRST_COLUMNS[column - 1][1] if column <= len(FIRST_COLUMNS) else 22
        sheet.column_dimensions[get_column_letter(column)].width = width
    _write(sheet, HEADER_ROW + 1, 2, "Mục tiêu")
    for column, line in enumerate(table.lines, len(FIRST_COLUMNS) + 1):
        goal = line.goals.get(overview.year)
        _write(sheet, HEADER_ROW + 1, column, str(goal) if goal else "")
    for number, row in enumerate(table.rows, 1):
        at = HEADER_ROW + 1 + number
        first = (number, row.unit_name, _STATES[SheetState(row.sheet.state)])
        for column, value in enumerate(first, 1):
            _write(sheet, at, column, value)
        for column, cell in enumerate(row.cells, len(FIRST_COLUMNS) + 1):
            _figure(sheet, at, column, cell)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 2, len(FIRST_COLUMNS) + 1)


def _figure(sheet: Worksheet, row: int, column: int, shown: SheetRow) -> None:
    value = figure_value(shown.figure)
    cell = _write(sheet, row, column, value)
    if shown.figure is not None and shown.figure.state == FigureState.ENTERED:
        cell.fill = _UNCHECKED
    if shown.reached is False:
        cell.font = _MISSED


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value with its type said: a text stays text, also when it begins with “=”."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged here
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
