"""The bonuses of a decision as a sheet for accounting."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.models import Kind
from campaigns.money import KINDS
from organisations.queries import unit_facts_of
from workflow.exports_marks import book_file
from workflow.models import Decision, DecisionItem
from workflow.money import MoneyLine, money_lines
from workflow.papers.marks import mark_of

HEADER: Final = (
    ("STT", 6), ("Đối tượng", 40), ("Loại", 14), ("Đơn vị đề nghị", 40), ("Hệ số", 10),
    ("Mức lương cơ sở (đồng)", 16), ("Tiền thưởng (đồng)", 18), ("Cách tính", 44),
    ("Căn cứ", 60), ("Nơi chi", 50), ("Cần xem xét", 50),
)  # fmt: skip
"""Columns with their widths in characters."""
HEADER_ROW: Final = 4
AMOUNT: Final = 7
DONG: Final = "#,##0"


def bonus_sheet(decision: Decision, lines: Sequence[MoneyLine] | None = None) -> bytes:
    """Return an .xlsx with one line per awardee of a decision, as kept when it was taken.

    lines  those to list, of a reader who may not see all; None: all

    Texts are text cells, whatever they begin with; amounts are numbers in đồng. An awardee whose
    amount was not known has an empty amount, and its line says which fact was missing; a total
    is then not written. Changes nothing.
    """
    given = money_lines(decision) if lines is None else lines
    items = [line.item for line in given]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = "Tiền thưởng"
    _write(sheet, 1, 1, "TIỀN THƯỞNG KÈM THEO QUYẾT ĐỊNH KHEN THƯỞNG").font = Font(bold=True)
    issued = f"Số {decision.notation} ngày {decision.issued_on:%d/%m/%Y} của {decision.issuer}"
    _write(sheet, 2, 1, issued)
    for column, (title, width) in enumerate(HEADER, 1):
        cell = _write(sheet, HEADER_ROW, column, title)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    units = unit_facts_of(
        [item.nomination.dossier.unit for item in items], decision.issued_on, ended_too=True
    )
    for number, line in enumerate(given, 1):
        unit = units[line.item.nomination.dossier.unit_id].name
        for column, value in enumerate(_line(number, line, unit), 1):
            _write(sheet, HEADER_ROW + number, column, value)
    _total(sheet, HEADER_ROW + len(items) + 1, items)
    sheet.freeze_panes = sheet.cell(row=HEADER_ROW + 1, column=1)
    return book_file(book, mark_of(item.nomination.dossier for item in items))


def _line(number: int, line: MoneyLine, unit: str) -> list[Any]:
    item = line.item
    basis, nominee = item.bonus_basis, item.nomination.nominee
    multiple = basis.get("multiple")
    missing = "; ".join(basis.get("missing", []))
    return [
        number,
        nominee.name,
        KINDS[Kind(nominee.kind)],
        unit,
        Decimal(multiple) if multiple else None,
        basis.get("base_pay"),
        item.bonus,
        basis.get("arithmetic", ""),
        f"Còn thiếu: {missing}" if missing else basis.get("clause", ""),
        line.payer,
        line.also,
    ]


def _total(sheet: Worksheet, row: int, items: list[DecisionItem]) -> None:
    """Write the sum, or, while an amount is missing, that there is none yet."""
    amounts = [item.bonus for item in items if item.bonus is not None]
    whole = len(amounts) == len(items)
    _write(sheet, row, 2, "Tổng cộng" if whole else "Tổng cộng: chưa đủ căn cứ để tính")
    _write(sheet, row, AMOUNT, sum(amounts) if whole else None)
    for column in (2, AMOUNT):
        sheet.cell(row=row, column=column).font = Font(bold=True)


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write a value with its type said: a text stays text, also when it begins with “=”."""
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged here
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=row > HEADER_ROW, vertical="top")
    elif isinstance(value, int):
        cell.number_format = DONG
    return cell
