"""Sheets that people take away: the empty list of nominees, with what may be written in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workflow.imports.header import REQUIRED, TITLES, Column

LEFT_OUT = frozenset({Column.UNIT, Column.OCCASION})
"""Chosen on the page for the whole list; a column of its own could only contradict it."""

_HEAD = PatternFill("solid", fgColor="FFDCE6F5")


def empty_list(*, forms: Iterable[str], subjects: Iterable[str]) -> bytes:
    """Return a workbook with the header that the import knows, and the words it offers.

    forms, subjects  what the columns of award and of nominee may hold, on a second sheet. All
    cells are text, so that Excel turns no name into a formula and no number into a date.
    """
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Danh sách"
    columns = [column for column in TITLES if column not in LEFT_OUT]
    _write(first, 1, [TITLES[column][0] for column in columns], bold=True)
    for place, column in enumerate(columns, start=1):
        first.column_dimensions[get_column_letter(place)].width = 26
        if column in REQUIRED:
            first.cell(1, place).font = Font(bold=True, color="FF9C1C1C")
    first.freeze_panes = "A2"
    words = book.create_sheet("Cách ghi")
    _write(words, 1, [TITLES[Column.FORM][0], TITLES[Column.SUBJECT][0]], bold=True)
    for place, offered in enumerate((forms, subjects), start=1):
        words.column_dimensions[get_column_letter(place)].width = 60
        for row, text in enumerate(offered, start=2):
            _text(words, row, place, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for place, text in enumerate(texts, start=1):
        _text(sheet, row, place, text)
        sheet.cell(row, place).font = Font(bold=bold)
        sheet.cell(row, place).fill = _HEAD
        sheet.cell(row, place).alignment = Alignment(wrap_text=True, vertical="center")


def _text(sheet: Worksheet, row: int, place: int, text: str) -> None:
    cell = sheet.cell(row, place, text)
    cell.data_type = "s"
    cell.number_format = "@"
