from collections.abc import Callable

import pytest

from documents.guarded.filters import bang_chu, duong_ke, lien, ngay, ngay_so, so, theo_ten, va
from documents.guarded.refusal import RefusedInChildError
from documents.guarded.widths import width_mm


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-02-05", "05 tháng 02 năm 2026"),
        ("2026-01-31", "31 tháng 01 năm 2026"),
        ("2023-03-09", "09 tháng 3 năm 2023"),
        ("2023-12-10", "10 tháng 12 năm 2023"),
    ],
)
def test_ngay_has_zeros_for_days_below_ten_and_the_first_two_months(
    value: str, written: str
) -> None:
    assert ngay(value) == written


def test_ngay_so_is_day_month_year() -> None:
    assert ngay_so("2026-02-05") == "05/02/2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1000, "-1.000"),
        (92.0, "92"),
        (92.5, "92,5"),
        (66.6667, "66,67"),
        ("1500000", "1.500.000"),
    ],
)
def test_so_has_dots_for_thousands_and_a_decimal_comma(value: object, written: str) -> None:
    assert so(value) == written


@pytest.mark.parametrize("value", ["", "x", None, "Infinity", "31/02/1980"])
@pytest.mark.parametrize("filter_", [bang_chu, ngay, ngay_so, so, theo_ten, va])
def test_filter_refuses_what_it_cannot_read(
    filter_: Callable[[object], str], value: object
) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        filter_(value)
    assert caught.value.code == "VALUE_FORMAT"
    assert caught.value.facts["field"] == value


@pytest.mark.parametrize(("value", "words"), [(21, "hai mươi mốt"), ("15", "mười lăm")])
def test_bang_chu_writes_a_number_out(value: object, words: str) -> None:
    assert bang_chu(value) == words


@pytest.mark.parametrize("value", [-1, 10**12, 1.5])
def test_bang_chu_refuses_what_has_no_words(value: object) -> None:
    with pytest.raises(RefusedInChildError):
        bang_chu(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], ""),
        (["Sở Y tế"], "Sở Y tế"),
        (["a", "b"], "a và b"),
        (["a", "", "b", "c"], "a, b và c"),
    ],
)
def test_va_joins_the_last_with_and(value: list[str], text: str) -> None:
    assert va(value) == text


def test_lien_holds_the_words_of_a_text_together() -> None:
    assert lien("sơ kết  năm 2023") == "sơ\u00a0kết\u00a0năm\u00a02023"


def test_theo_ten_sorts_people_by_their_given_name() -> None:
    names = ["Đặng Văn Ước", "Trần Thị An", "Lê Đình Ân", "Nguyễn Thị An", "Bùi Đạt"]
    ordered = ["Nguyễn Thị An", "Trần Thị An", "Lê Đình Ân", "Bùi Đạt", "Đặng Văn Ước"]
    assert theo_ten(names) == ordered
    rows = [{"ho_ten": name, "so": place} for place, name in enumerate(names)]
    assert [row["ho_ten"] for row in theo_ten(rows, "ho_ten")] == ordered


def test_theo_ten_refuses_rows_without_the_name() -> None:
    with pytest.raises(RefusedInChildError) as caught:
        theo_ten([{"ten": "A"}], "ho_ten")
    assert caught.value.facts["field"] == "ho_ten"


@pytest.mark.parametrize(
    "name",
    ["Sở Y tế", "Lữ ÃỈã ễẻỉ Niê", "ILIĨÌ IĨI LĨÌ", "MMMWWW WMWMW", "Ủy ban nhân dân\ntỉnh Kiên Giang",
     "Sở Thông tin và Truyền thông tỉnh Kiên Giang", "Hội đồng\nThi đua - Khen thưởng"],
)  # fmt: skip
def test_line_below_a_body_is_a_third_to_a_half_of_its_name(name: str) -> None:
    line = duong_ke(name)
    longest = max(width_mm(part.upper(), 12, bold=True) for part in name.split("\n"))
    assert set(line) == {"_"}
    assert 1 / 3 <= width_mm(line, 14) / min(longest, 71) <= 1 / 2


def test_line_below_a_body_without_a_name() -> None:
    assert duong_ke("") == ""
    assert duong_ke("I") == "_"  # one at least, though longer than the name
