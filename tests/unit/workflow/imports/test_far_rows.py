"""A line number that no sheet can have: openpyxl fills up to it with empty lines, for ever."""

import pytest

from tests.files import parts_of, xlsx_of, zip_of
from workflow.errors_imports import WorkbookUnreadableError
from workflow.imports.sheets import sheets_of

SHEET = "xl/worksheets/sheet1.xml"


def with_last_line_at(number: int) -> bytes:
    parts = parts_of(xlsx_of(["Họ tên"], ["Như"]))
    sheet = parts[SHEET].decode()
    assert '<row r="2"' in sheet
    sheet = sheet.replace('<row r="2"', f'<row r="{number}"').replace('"A2"', f'"A{number}"')
    return zip_of({**parts, SHEET: sheet})


def test_line_beyond_the_last_is_refused_at_once() -> None:
    assert len(sheets_of(with_last_line_at(9))[0].rows) == 9
    with pytest.raises(WorkbookUnreadableError):
        sheets_of(with_last_line_at(10**15))
