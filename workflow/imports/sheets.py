"""The cells of a workbook, and nothing of its tricks.

openpyxl in read-only mode trusts the sheet's own `<dimension>` and silently skips what lies
beyond it: a lost row here is a lost person. `reset_dimensions` makes it read what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from workflow.errors import WorkbookUnreadableError

MAX_ROWS = 10_000
MAX_COLUMNS = 60

Row = tuple[Any, ...]
"""The values of one line: text, numbers, dates, None."""


def rows_of(content: bytes) -> list[Row]:
    """Return the lines of a workbook's first sheet that holds anything, without empty ends.

    content  an .xlsx that documents.inspection has let through

    Raises WorkbookUnreadableError for what openpyxl cannot read, for an empty workbook and for
    one of more than MAX_ROWS lines. Formulas give their last computed value.
    """
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows = list(_bounded(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)))
            if rows:
                return rows
    except WorkbookUnreadableError:
        raise
    except Exception as error:  # openpyxl raises KeyError, TypeError, IndexError, ValueError, …
        raise WorkbookUnreadableError(_("Cấu trúc bảng tính không đọc được.")) from error
    raise WorkbookUnreadableError(_("Tệp không có dòng nào."))


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield lines up to the last that is not empty; refuse too many, however they are hidden."""
    empty: list[Row] = []
    for row in islice(rows, MAX_ROWS):
        if any(value not in {None, ""} for value in row):
            yield from empty
            empty.clear()
            yield row
        else:
            empty.append(row)
    for row in rows:
        if any(value not in {None, ""} for value in row):
            raise WorkbookUnreadableError(
                _("Bảng tính có hơn %(limit)d dòng.") % {"limit": MAX_ROWS}
            )
        break
