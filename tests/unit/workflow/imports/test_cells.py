"""Single cells: what people type, and what is refused with a sentence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import Refusal
from campaigns.models import Kind
from workflow.imports.cells import CellError, date_of, gender_of, kind_of, line_of, text_of

BORN = date(1980, 2, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "05/02/1980", "5/2/1980", "05-02-1980", "5.2.1980", " 05 / 02 / 1980 ", "'05/02/1980",
        "1980-02-05", "1980-02-05 00:00:00", "ngày 5 tháng 2 năm 1980", "Sinh ngày 05/02/1980",
        "ngày 05 tháng 02, năm 1980", "05/02/1980.", "05–02–1980", "０５/02/1980",  # noqa: RUF001
        29256, 29256.5, datetime(1980, 2, 5, 7, 30), BORN,  # noqa: DTZ001
    ],
)  # fmt: skip
def test_date_of_forms_that_people_type_are_one_day(typed: Any) -> None:
    assert date_of(typed, "Ngày sinh") == BORN


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u00a0"])
def test_date_of_nothing_is_none(nothing: Any) -> None:
    assert date_of(nothing, "Ngày sinh") is None


@pytest.mark.parametrize(
    "typed",
    ["31/02/1980", 1980, "2/1980", "5/2/80", "02/30/1980", "hôm qua", 10**9, True,
     float("inf"), float("nan"), "29/02/1981", "00/00/0000", "#N/A"],
)  # fmt: skip
def test_date_of_what_is_no_day_is_refused(typed: Any) -> None:
    with pytest.raises(CellError):
        date_of(typed, "Ngày sinh")


def test_date_of_day_comes_before_month() -> None:
    assert date_of("03/04/1977", "") == date(1977, 4, 3)


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2050, 1, 1)))
def test_date_of_every_day_is_read_back(day: date) -> None:
    assert date_of(f"{day:%d/%m/%Y}", "") == day
    assert date_of((day - date(1899, 12, 30)).days, "") == day


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (None, ""), (7.0, "7"), (7.5, "7.5"), ("a\u00a0 b ", "a b"), ("a_x000D_\nb", "a\nb"),
        ("a\r\n\r\nb", "a\nb"), ("x_x005F_y", "x_y"), ("Nguyê\u0303n", "Nguyễn"), ("m² – 1½", "m² – 1½"),
    ],
)  # fmt: skip
def test_text_of_is_clean(typed: Any, read: str) -> None:
    assert text_of(typed, "Tên") == read


@pytest.mark.parametrize(
    "typed",
    ["Hµ Néi", "TrÇn ThÞ Hoa", "NguyÔn V¨n A", "Lª Lîi, ph­¬ng", "Traàn Thò Hoa", "NGUYEÃN VAÊN A",
     "Phaïm Thò", "Huyønh Vaên"],
)  # fmt: skip
def test_text_of_old_code_pages_are_refused(typed: str) -> None:
    with pytest.raises(CellError, match="TCVN3/VNI"):
        text_of(typed, "Tên")


@pytest.mark.parametrize(
    "name",
    ["Neáng Sóc Khône", "H'Hen Niê Kđăm", "Nguyễn Chuyên Yên", "Quà Hoà Loã Khoé Tuý", "Zoë Müller",
     "Noël François", "Raúl Muñoz", "Công ty «Đảo Ngọc» A&B®", "Đặng-Trần Ỷ Ửng", "120 m² đất"],
)  # fmt: skip
def test_text_of_names_of_today_pass(name: str) -> None:
    assert text_of(name, "Tên") == name


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#SPILL!"])
def test_text_of_errors_of_excel_are_refused(value: str) -> None:
    with pytest.raises(CellError, match="lỗi công thức"):
        text_of(value, "Tên")


@pytest.mark.parametrize("value", ["a\x00", "a_x0007_b", "\u202eab", "a_xD800_"])
def test_text_of_what_cannot_be_printed_is_refused(value: str) -> None:
    with pytest.raises(Refusal) as refused:
        text_of(value, "Tên")
    assert refused.value.code == "TEXT_CONTROL_CHARS"


@given(st.text())
def test_text_of_any_text_is_read_once_for_all_or_refused(text: str) -> None:
    try:
        read = text_of(text, "Tên")
    except (CellError, Refusal):
        return
    assert line_of(read, "Tên") == " ".join(read.split())


@pytest.mark.parametrize(
    ("typed", "gender"), [("Nam", "male"), ("NỮ ", "female"), ("bà", "female"), (None, "")]
)
def test_gender_of_words_are_understood(typed: Any, gender: str) -> None:
    assert gender_of(typed, "Giới tính") == gender


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("TẬP THỂ", Kind.COLLECTIVE), ("cn", Kind.INDIVIDUAL), ("Hộ", Kind.HOUSEHOLD), ("", None)],
)
def test_kind_of_words_are_understood(typed: str, kind: Kind | None) -> None:
    assert kind_of(typed, "Loại") == kind


@pytest.mark.parametrize("read", [gender_of, kind_of])
def test_closed_words_refuse_others(read: Any) -> None:
    with pytest.raises(CellError, match="“x”"):
        read("x", "")
