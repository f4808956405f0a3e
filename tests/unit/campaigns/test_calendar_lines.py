"""A year's holidays as lines of text: what is read, and every line that is refused."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest

from campaigns.calendar_lines import MOST_LINES, DayLine, read_lines
from campaigns.errors_calendar import CalendarLinesInvalidError

TEXT = """\ufeffngày; loại; tên
# thông báo của năm
02/09/2026; nghỉ; Quốc khánh
2026-01-01,nghi,"Tết Dương lịch, một ngày"

22/08/2026\tLàm bù\tLàm bù  dịp Quốc khánh  # thứ Bảy
"""


def test_lines_are_read_however_an_office_keeps_them() -> None:
    expected = [
        DayLine(date(2026, 1, 1), is_off=True, name="Tết Dương lịch, một ngày"),
        DayLine(date(2026, 8, 22), is_off=False, name="Làm bù dịp Quốc khánh"),
        DayLine(date(2026, 9, 2), is_off=True, name="Quốc khánh"),
    ]
    assert read_lines(TEXT, 2026) == expected
    assert read_lines(normalize("NFD", TEXT), 2026) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("02/09/2026; nghỉ", "cần ba phần"),
        ("02/09/2026; nghỉ; ", "cần ba phần"),
        ("31/02/2026; nghỉ; A", "không đọc được ngày “31/02/2026”"),
        ("02/09/2026; vui; A", "loại phải là"),
        ("02/09/2025; nghỉ; A", "không thuộc năm 2026"),
        ("05/09/2026; nghỉ; A", "thứ Bảy, Chủ nhật vốn đã nghỉ"),
        ("02/09/2026; làm bù; A", "vốn là ngày làm việc"),
        (f"02/09/2026; nghỉ; {'a' * 121}", "tên dài quá 120"),
        ("01/09/2026; nghỉ; A", "đã có ở dòng trên"),
    ],
)
def test_every_wrong_line_is_named(line: str, why: str) -> None:
    good = "01/09/2026; nghỉ; Quốc khánh"
    assert len(read_lines(good, 2026)) == 1
    with pytest.raises(CalendarLinesInvalidError) as caught:
        read_lines(f"{good}\n{line}\n{line}", 2026)
    assert why in caught.value.why
    assert "dòng 2: " in caught.value.why
    assert len(caught.value.problems) == 2


def test_nothing_too_much_and_a_long_list_of_faults_are_refused() -> None:
    for text, why in (("", "Không có ngày nào"), ("x\n" * (MOST_LINES + 1), "Nhiều hơn 200 dòng")):
        with pytest.raises(CalendarLinesInvalidError) as caught:
            read_lines(text, 2026)
        assert why in caught.value.why
    with pytest.raises(CalendarLinesInvalidError) as caught:
        read_lines("x\n" * 25, 2026)
    assert "và 5 lỗi khác" in caught.value.why
