"""Lists read line by line: what is found, what is noted, and that nobody is lost."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from audit.errors import Refusal
from campaigns.models import Kind
from tests import clerks_list
from tests.cast import Cast
from tests.workbooks import (
    BEGIN,
    HEADER,
    line,
    lying_dimension,
    nominee_list,
    patched,
    saved,
    sheet_of,
)
from workflow.imports.lines import read_list
from workflow.imports.result import NomineeList

TODAY = date(2025, 11, 3)


def read(cast: Cast, content: bytes, unit: str | None = "tp-rach-gia") -> NomineeList:
    return read_list(
        content,
        occasion=cast.occasion("final_2025"),
        unit=cast.units[unit] if unit else None,
        on=TODAY,
    )


def names(found: NomineeList) -> list[str]:
    assert [str(problem) for problem in found.problems] == []
    return [one.facts.nominee.name for one in found.lines]


def notes(found: NomineeList) -> list[str]:
    return [str(note) for note in found.notes]


def test_read_list_right_line_is_understood(cast: Cast) -> None:
    found = read(cast, nominee_list([line(kind="Cá nhân", unit="tp-rach-gia")]))
    assert names(found) == ["Nguyễn Thị Ngọc Ánh"]
    [one] = found.lines
    assert one.row == BEGIN
    assert one.unit == cast.units["tp-rach-gia"]
    nominee = one.facts.nominee
    assert nominee.kind == Kind.INDIVIDUAL
    assert nominee.birth_date == date(1980, 2, 5)
    assert nominee.gender == "female"
    assert one.facts.achievement == "Chủ trì 12 dịch vụ công trực tuyến."


def test_read_list_rows_beyond_a_lying_dimension_are_read(cast: Cast) -> None:
    everybody = [f"Nguyễn Văn {letter}n" for letter in "ABCDEGHIK"]
    content = lying_dimension(nominee_list([line(name) for name in everybody]))
    assert names(read(cast, content)) == everybody


def test_openpyxl_alone_loses_rows_beyond_a_lying_dimension() -> None:
    """The negative control: without reset_dimensions the nominees are gone in silence."""
    content = lying_dimension(nominee_list([line(), line("Trần Văn Hai")]))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert len(list(book.worksheets[0].iter_rows(values_only=True))) == 2


@pytest.mark.parametrize("titles", [(), ("DANH SÁCH",), ("",) * 25])
def test_read_list_header_is_found_wherever_it_stands(cast: Cast, titles: Sequence[str]) -> None:
    assert names(read(cast, nominee_list([line()], titles=titles))) == ["Nguyễn Thị Ngọc Ánh"]


@pytest.mark.parametrize(
    "typed",
    [
        normalize("NFD", "Nguyễn Thị Ngọc Ánh"),
        "  Nguyễn\u00a0Thị  Ngọc Ánh ",
        "Nguyễn\u200b Thị\ufeff Ngọc Ánh",
        "Nguyễn Thị\nNgọc Ánh",
        "Nguyễn Thị_x000D_\nNgọc Ánh",
    ],
)
def test_read_list_name_is_made_clean(cast: Cast, typed: str) -> None:
    assert names(read(cast, nominee_list([line(typed)]))) == ["Nguyễn Thị Ngọc Ánh"]


@pytest.mark.parametrize("name", ["=SUM(A1)", "+84 An", "- Bình", "@Chi", "H'Hen Niê Kđăm"])
def test_read_list_text_that_looks_like_a_formula_stays_text(cast: Cast, name: str) -> None:
    assert names(read(cast, nominee_list([line(name)]))) == [name]


def test_read_list_serials_of_1904_count_from_1904(cast: Cast) -> None:
    content = patched(
        nominee_list([line(born=27794)]),
        "<workbookPr[^>]*>",
        '<workbookPr date1904="1"/>',
        "xl/workbook.xml",
    )
    [one] = read(cast, content).lines
    assert one.facts.nominee.birth_date == date(1980, 2, 5)


def test_read_list_header_of_two_merged_lines_is_one_header(cast: Cast) -> None:
    def split(sheet: Worksheet) -> None:
        sheet.insert_rows(5)
        for column, title in ((5, "Ngày sinh"), (6, "Giới tính")):
            sheet.cell(5, column, title)
        sheet["E4"], sheet["F4"] = "Thông tin cá nhân", None
        sheet.merge_cells("E4:F4")
        sheet.merge_cells("B4:B5")

    found = read(cast, nominee_list([line()], then=split))
    assert names(found) == ["Nguyễn Thị Ngọc Ánh"]
    assert found.lines[0].facts.nominee.birth_date == date(1980, 2, 5)
    assert notes(found) == []


def test_read_list_margins_are_passed_over_and_noted(cast: Cast) -> None:
    rows: list[dict[str, Any]] = [
        {"Họ và tên / Tên tập thể": "I. CÁ NHÂN (02 người)"},
        line(),
        {},
        {title: title for title in HEADER[1:]},
        {title: f"({place})" for place, title in enumerate(HEADER)},
        line("Trần Văn Hai"),
        {"Họ và tên / Tên tập thể": "Tổng cộng: 2"},
        {"Thành tích": "Rạch Giá, ngày 3 tháng 11 năm 2025"},
        {"Họ và tên / Tên tập thể": "NGƯỜI LẬP", "Hình thức khen": "GIÁM ĐỐC"},
        {"Họ và tên / Tên tập thể": "Lê Thị Ký", "Hình thức khen": "Phan Văn Đóng"},
    ]
    found = read(cast, nominee_list(rows))
    assert names(found) == ["Nguyễn Thị Ngọc Ánh", "Trần Văn Hai"]
    assert [note.row for note in found.notes] == [5, 8, 9, 11, 12, 13, 14]


@pytest.mark.parametrize(
    "lone",
    [
        {"Họ và tên / Tên tập thể": "Công ty TNHH Cá nhân tiêu biểu"},
        {"Họ và tên / Tên tập thể": "Nguyễn Văn Lẻ"},
        {"Họ và tên / Tên tập thể": "Giám đốc Trần Ba", "Chức vụ": "Giám đốc"},
    ],
)
def test_read_list_lone_name_is_a_problem_and_not_a_margin(
    cast: Cast, lone: dict[str, Any]
) -> None:
    found = read(cast, nominee_list([line(), lone]))
    assert {problem.row for problem in found.problems} == {6}


def test_read_list_nominee_below_the_signatures_is_read(cast: Cast) -> None:
    rows = [line(), {"Họ và tên / Tên tập thể": "NGƯỜI LẬP"}, line("Trần Văn Sót")]
    assert names(read(cast, nominee_list(rows))) == ["Nguyễn Thị Ngọc Ánh", "Trần Văn Sót"]


def test_read_list_all_problems_are_told_at_once(cast: Cast) -> None:
    rows = [line(born="31/02/1980", gender="?"), line("Hai"), line("Ba", unit="Sở Vũ trụ")]
    found = read(cast, nominee_list(rows))
    assert [(one.row, one.column) for one in found.problems] == [
        (5, "Ngày sinh"),
        (5, "Giới tính"),
        (7, "Đơn vị đề nghị"),
    ]
    assert [one.row for one in found.lines] == [6]


def test_read_list_unread_columns_are_noted(cast: Cast) -> None:
    content = nominee_list([line()], header=[*HEADER, "Số CCCD", "Ghi chú"])
    assert notes(read(cast, content)) == [
        "Dòng 4, cột “Số CCCD”: cột này không có trong mẫu nên không được đọc."
    ]


def test_read_list_other_sheets_and_hidden_ones_are_left_alone(cast: Cast) -> None:
    def more(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        book.create_sheet("Cách ghi").append(["Hình thức khen", "Nhóm đối tượng"])
        hidden = book.create_sheet("cũ")
        hidden.append(HEADER)
        hidden.append([1, "Người Năm Ngoái"])
        hidden.sheet_state = "hidden"

    assert names(read(cast, nominee_list([line()], then=more))) == ["Nguyễn Thị Ngọc Ánh"]


def test_read_list_formula_with_its_result_is_read(cast: Cast) -> None:
    content = patched(
        nominee_list([line(born="=1+29255")]),
        "<f>1\\+29255</f><v ?/?>(</v>)?",
        "<f>1+29255</f><v>29256</v>",
    )
    [one] = read(cast, content).lines
    assert one.facts.nominee.birth_date == date(1980, 2, 5)


def test_read_list_unit_of_the_letterhead_proposes(cast: Cast) -> None:
    titles = ("ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ", "DANH SÁCH")
    found = read(cast, nominee_list([line()], titles=titles), unit=None)
    assert [one.unit.code for one in found.lines] == ["tp-rach-gia"]
    two = (*titles, "Sở Y tế tỉnh Kiên Giang")
    lost = read(cast, nominee_list([line()], titles=two), unit=None)
    assert [one.sentence for one in lost.problems] == ["Chưa ghi đơn vị đề nghị."]


def test_read_list_unit_may_propose_those_below_it(cast: Cast) -> None:
    rows = [
        line("Ủy ban nhân dân phường Vĩnh Thanh", subject="UBND phường", born=None, gender=None)
    ]
    [one] = read(cast, nominee_list(rows)).lines
    assert one.facts.nominee.unit_id == cast.units["p-vinh-thanh"].pk


def test_read_list_clerks_list_loses_nobody(cast: Cast) -> None:
    content = clerks_list.TARGET.read_bytes()
    found = read(cast, content, unit=None)
    assert len(names(found)) == clerks_list.SAID
    assert names(found)[0] == "UBND thành phố Rạch Giá"
    people = [one.facts.nominee for one in found.lines if one.facts.nominee.birth_date]
    assert [one.birth_date for one in people] == [
        date(1987, 5, 19),
        date(1979, 11, 20),
        date(1991, 2, 14),
        date(1982, 2, 18),
        date(1960, 12, 4),
        date(1989, 12, 22),
        date(1972, 10, 17),
    ]
    assert {one.unit.code for one in found.lines} == {"tp-rach-gia"}


VALUES = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
    st.sampled_from(HEADER),
    st.sampled_from(
        ["BK tỉnh", "Cá nhân", "31/02/1980", "05/02/1980", "#N/A", "I. TẬP THỂ", "=1+1"]
    ),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(min_value=datetime(1900, 3, 1)),  # noqa: DTZ001 - Excel has no zones
)


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(st.lists(VALUES, max_size=14), max_size=12),
    headed=st.booleans(),
    spoil=st.one_of(st.none(), st.tuples(st.integers(0, 10**6), st.integers(0, 255))),
)
@example(rows=[[1, "x" * 40, True, 1e300]], headed=True, spoil=None)
def test_read_list_any_workbook_gives_a_list_or_our_refusal(
    cast: Cast, *, rows: list[list[Any]], headed: bool, spoil: tuple[int, int] | None
) -> None:
    book = openpyxl.Workbook()
    for row in [list(HEADER)] * headed + rows:
        sheet_of(book).append(row)
    content = bytearray(saved(book))
    if spoil:
        content[spoil[0] % len(content)] = spoil[1]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(Refusal):
            found = read(cast, bytes(content))
            assert found.lines or found.problems
