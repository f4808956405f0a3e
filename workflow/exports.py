"""Sheets that people take away: the empty list of nominees, with what may be written in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workflow.imports.header import REQUIRED, TITLES, Column

LEFT_OUT = frozenset({Column.UNIT, Column.OCCASION, Column.FIELD})
"""Chosen on the page for the whole list, where a column of its own could only contradict it; and
the priority field, which few movements have: read where a list has it."""

_HEAD = PatternFill("solid", fgColor="FFDCE6F5")


WORDS = "Cách ghi"
LINES_OFFERED = 500
EXAMPLES: dict[Column, tuple[str, str]] = {
    Column.NAME: ("Nguyễn Thị Ánh", "Phòng Văn hóa và Thông tin"),
    Column.KIND: ("Cá nhân", "Tập thể"),
    Column.SUBJECT: ("Cán bộ, công chức, viên chức", "UBND các huyện, thành phố"),
    Column.FORM: ("Bằng khen của Chủ tịch UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"),
    Column.BIRTH_DATE: ("05/02/1980", ""),
    Column.GENDER: ("Nữ", ""),
    Column.POSITION: ("Chuyên viên", ""),
    Column.WORKPLACE: ("Văn phòng Ủy ban nhân dân thành phố", ""),
    Column.ADDRESS: ("", "Số 1, đường A, phường B"),
    Column.SUMMARY: ("Một câu, in trong danh sách", "Một câu, in trong danh sách"),
    Column.ACHIEVEMENT: (
        "Nhiều đoạn, mỗi đoạn một dòng (Alt+Enter)",
        "Nhiều đoạn, mỗi đoạn một dòng (Alt+Enter)",
    ),
    Column.PAST_AWARDS: ("2022: Giấy khen của Giám đốc Sở, 112/QĐ-SYT", ""),
}
"""How each column is filled: for a person, for a collective. Nobody real is meant."""


def empty_list(*, forms: Sequence[str], subjects: Sequence[str]) -> bytes:
    """Return a workbook with the header that the import knows, and the words it offers.

    forms, subjects  what the columns of award and of nominee may hold, on a second sheet and
    offered in the cells; a third sheet shows how each column is filled. All cells are text, so that Excel turns no name into a formula and no number into a date.
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
    words = book.create_sheet(WORDS)
    _write(words, 1, [TITLES[Column.FORM][0], TITLES[Column.SUBJECT][0]], bold=True)
    for place, offered in enumerate((forms, subjects), start=1):
        words.column_dimensions[get_column_letter(place)].width = 60
        for row, text in enumerate(offered, start=2):
            _text(words, row, place, text)
    _offer(first, columns, {Column.FORM: len(forms), Column.SUBJECT: len(subjects)})
    _show(book.create_sheet("Ví dụ"), columns)
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


def _offer(sheet: Worksheet, columns: Sequence[Column], lengths: Mapping[Column, int]) -> None:
    """Let cells offer the words of the second sheet; other words may be typed all the same."""
    lists = {
        Column.KIND: '"Cá nhân,Tập thể,Hộ gia đình"',
        Column.GENDER: '"Nam,Nữ"',
        Column.FORM: f"'{WORDS}'!$A$2:$A${lengths[Column.FORM] + 1}",
        Column.SUBJECT: f"'{WORDS}'!$B$2:$B${lengths[Column.SUBJECT] + 1}",
    }
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        # Text, or an Excel with American settings would turn 5/2/1980 round.
        sheet.column_dimensions[letter].number_format = "@"
        if column in lists:
            offer = DataValidation(type="list", formula1=lists[column], showErrorMessage=False)
            offer.add(f"{letter}2:{letter}{LINES_OFFERED + 1}")
            sheet.add_data_validation(offer)


def _show(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Write one line for each column of the list: its title, and two examples."""
    _write(sheet, 1, ["Cột", "Ví dụ: cá nhân", "Ví dụ: tập thể"], bold=True)
    for row, column in enumerate(columns, start=2):
        for place, text in enumerate((TITLES[column][0], *EXAMPLES[column]), start=1):
            _text(sheet, row, place, text)
    for letter in "ABC":
        sheet.column_dimensions[letter].width = 44
