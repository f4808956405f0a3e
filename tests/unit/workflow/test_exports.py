"""The empty list that clerks take away."""

from __future__ import annotations

import io

import openpyxl

from workflow.exports import EXAMPLES, LEFT_OUT, WORDS, empty_list
from workflow.imports.header import TITLES, Column, find_header
from workflow.imports.sheets import sheets_of

FORMS = ["Bằng khen của Chủ tịch UBND tỉnh", "=HCLĐ"]
CONTENT = empty_list(forms=FORMS, subjects=["trí thức"])


def test_empty_list_only_its_first_sheet_has_a_header() -> None:
    first, *others = sheets_of(CONTENT)
    header = find_header(first.rows)
    assert header is not None
    assert set(header.columns) == set(Column) - LEFT_OUT
    assert header.unread == ()
    assert [find_header(sheet.rows) for sheet in others] == [None, None]


def test_empty_list_offers_the_words_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    words = [(cell.value, cell.data_type) for cell in book[WORDS]["A"][1:]]
    assert words == [(form, "s") for form in FORMS]
    offers = {
        str(offer.sqref): offer.formula1
        for offer in book["Danh sách"].data_validations.dataValidation
    }
    assert f"'{WORDS}'!$A$2:$A$3" in offers.values()
    assert f"'{WORDS}'!$B$2:$B$2" in offers.values()
    assert '"Nam,Nữ"' in offers.values()


def test_empty_list_shows_an_example_for_every_column() -> None:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    shown = [row[0].value for row in book["Ví dụ"].iter_rows(min_row=2)]
    assert shown == [TITLES[column][0] for column in TITLES if column not in LEFT_OUT]
    assert set(EXAMPLES) == set(Column) - LEFT_OUT
