"""A ranking as a sheet: places, points by part, and on a second page every line's arithmetic."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workflow.exports_marks import book_file
from workflow.pages.ranking import RankingPage
from workflow.papers.marks import mark_for
from workflow.score_tables import RankedUnit

HEADER_ROW = 4


def ranking_sheet(page: RankingPage) -> bytes:
    """Return an .xlsx of a ranking. Texts are text cells; points are numbers. Changes nothing."""
    book = Workbook()
    places = book.active
    assert isinstance(places, Worksheet)  # noqa: S101 - a new workbook has one
    places.title = "Xếp hạng"
    _title(places, page)
    parts = page.ranking.table.parts
    _head(places, ["Hạng", "Đơn vị", *(p.name for p in parts), "Tổng điểm", "Số liệu", "Ghi chú"])
    for number, unit in enumerate(page.ranking.units, 1):
        _values(places, HEADER_ROW + number, _line(unit, [part.key for part in parts]))
    at = HEADER_ROW + len(page.ranking.units) + 2
    for offset, one in enumerate(page.ranking.quotas):
        said = one.limit.arithmetic if one.limit else f"cần số lượng: {one.quota.of}"
        _values(places, at + offset, ["", f"Hạn mức {one.quota}", said])
    arithmetic = book.create_sheet("Cách tính")
    _title(arithmetic, page)
    _head(arithmetic, ["Đơn vị", "Tiêu chí", "Điểm tối đa", "Điểm", "Cách tính"])
    lines = [
        [unit.ranked.contender.name, one.line.name, one.line.most, one.points,
         one.arithmetic or one.missing]
        for unit in page.ranking.units
        for one in unit.ranked.contender.score.lines
    ]  # fmt: skip
    for number, values in enumerate(lines, 1):
        _values(arithmetic, HEADER_ROW + number, values)
    return book_file(book, mark_for(page.campaign))


def _line(unit: RankedUnit, parts: list[str]) -> list[Any]:
    score = unit.ranked.contender.score
    return [
        unit.ranked.place,
        unit.ranked.contender.name,
        *(score.by_part[key] for key in parts),
        score.total,
        "đã xác nhận" if unit.final else "chưa xác nhận",
        "; ".join([*filter(None, [unit.ranked.why]), *score.missing]),
    ]


def _title(sheet: Worksheet, page: RankingPage) -> None:
    _values(sheet, 1, [f"{page.ranking.table.name.upper()}, NĂM {page.year}"])
    sheet.cell(1, 1).font = Font(bold=True)
    _values(sheet, 2, [page.campaign.name])


def _head(sheet: Worksheet, names: list[str]) -> None:
    _values(sheet, HEADER_ROW, names)
    for column in range(1, len(names) + 1):
        sheet.cell(HEADER_ROW, column).font = Font(bold=True)
        sheet.cell(HEADER_ROW, column).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = 10 if column == 1 else 30
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)


def _values(sheet: Worksheet, row: int, values: list[Any]) -> None:
    """Write a row with its types said: a text stays text, also when it begins with “=”."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged here
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
