"""The cells of a workbook, and nothing of its tricks.

openpyxl in read-only mode trusts the sheet's own `<dimension>` and silently skips what lies
beyond it: a lost row here is a lost person. `reset_dimensions` makes it read what is there.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from audit.errors import Refusal
from documents.inspection.archives import Archive
from workflow.errors_imports import WorkbookUnreadableError
from workflow.imports.marks import Marks, marks_of

MAX_ROWS = 10_000
MAX_COLUMNS = 60

Row = tuple[Any, ...]
"""The values of one line: text, numbers, dates, None."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its title, its lines from the first, and the day its serials count from."""

    title: str
    rows: list[Row]
    epoch: datetime
    marks: Marks


def sheets_of(content: bytes) -> list[Sheet]:
    """Return the visible sheets that hold anything, without their empty ends; at least one.

    content  an .xlsx that documents.inspection has let through

    Raises WorkbookUnreadableError for what openpyxl cannot read, for an empty workbook and for
    one of more than MAX_ROWS lines. Formulas give their last computed value. Columns beyond
    MAX_COLUMNS are not looked at.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and rules it leaves out
            sheets = list(_sheets(content))
    except Refusal:
        raise
    except Exception as error:  # openpyxl raises KeyError, TypeError, IndexError, ValueError, …
        raise WorkbookUnreadableError(_("Cấu trúc bảng tính không đọc được.")) from error
    if not sheets:
        raise WorkbookUnreadableError(_("Tệp không có dòng nào."))
    return sheets


def _sheets(content: bytes) -> Iterator[Sheet]:
    archive = Archive(content)
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible" or not isinstance(sheet, ReadOnlyWorksheet):
            continue
        sheet.reset_dimensions()
        # First: it refuses line numbers that openpyxl would fill up to with empty lines for ever.
        marks = marks_of(archive, sheet._worksheet_path)  # noqa: SLF001 - told nowhere else
        rows = list(_bounded(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)))
        if rows:
            yield Sheet(sheet.title, rows, workbook.epoch, marks)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield lines up to the last that is not empty; refuse too many, however they are hidden."""
    empty: list[Row] = []
    for row in islice(rows, MAX_ROWS):
        if is_empty(row):
            empty.append(row)
        else:
            yield from empty
            empty.clear()
            yield row
    if not all(map(is_empty, rows)):
        raise WorkbookUnreadableError(_("Bảng tính có hơn %(limit)d dòng.") % {"limit": MAX_ROWS})


def is_empty(row: Row) -> bool:
    """Tell whether a line holds nothing at all."""
    return row.count(None) + row.count("") == len(row)
