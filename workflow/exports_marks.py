"""A finished book of sheets as a file, marked on every page where it stands on an example."""

from __future__ import annotations

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font

MARK_ROW: Final = 3
"""The row between a sheet's titles and its table."""


def book_file(book: Workbook, mark: str) -> bytes:
    """Return a book as .xlsx bytes; `mark`, if any, in row 3 and at the foot of printed pages."""
    if mark:
        for sheet in book.worksheets:
            sheet.cell(MARK_ROW, 1, mark).font = Font(bold=True, color="FF9C1C1C")
            sheet.oddFooter.center.text = mark
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
