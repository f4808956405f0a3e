"""The bad lists of nominees that nominee_lists.toml names; each builder gives name and bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook

from tests.workbooks import HEADER, line, nominee_list, patched, saved

Built = tuple[str, bytes]
BUILDERS: dict[str, Callable[[], Built]] = {}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def bad(builder: Callable[[], bytes | Built]) -> Callable[[], bytes | Built]:
    """Note a builder under its own name; most files are called danh-sach.xlsx."""

    def built() -> Built:
        content = builder()
        return content if isinstance(content, tuple) else ("danh-sach.xlsx", content)

    BUILDERS[builder.__name__] = built
    return builder


def cells(name: str, *args: Any, **changes: Any) -> None:
    """Note a list whose one line has some cells otherwise."""
    BUILDERS[name] = lambda: ("danh-sach.xlsx", nominee_list([line(*args, **changes)]))


GOOD = nominee_list([line()])


@bad
def empty_file() -> bytes:
    return b""


@bad
def not_a_workbook() -> bytes:
    return b"<html><table><tr><td>Danh s\xc3\xa1ch</td></tr></table></html>"


@bad
def word_in_excel_clothes() -> bytes:
    return patched(GOOD, "spreadsheetml.sheet.main", "wordprocessingml.document.main",
                   "[Content_Types].xml")  # fmt: skip


@bad
def wrong_extension() -> Built:
    return "danh-sach.csv", b"STT,Ten\n1,An\n"


@bad
def old_excel() -> bytes:
    return OLE + "Workbook".encode("utf-16-le")


@bad
def with_password() -> bytes:
    return OLE + "EncryptedPackage".encode("utf-16-le")


@bad
def cut_off() -> bytes:
    return GOOD[: len(GOOD) // 2]


@bad
def bomb() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet9.xml", bytes(30 * 1024 * 1024))
    return out.getvalue()


@bad
def with_doctype() -> bytes:
    return patched(GOOD, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet')


@bad
def with_macros() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    return out.getvalue()


@bad
def nothing_in_it() -> bytes:
    return saved(Workbook())


@bad
def header_and_no_line() -> bytes:
    return nominee_list([])


@bad
def too_many_lines() -> bytes:
    return nominee_list([line(f"Nguyễn Văn {n}") for n in range(10_000)], titles=())


@bad
def a_line_far_below() -> bytes:
    return nominee_list(
        [line()], then=lambda sheet: sheet.cell(20_000, 2, "Trần Văn Cuối") and None
    )


@bad
def lines_that_go_back() -> bytes:
    return patched(nominee_list([line(), line("Trần Văn Hai")]), '<row r="6"', '<row r="5"')


@bad
def broken_number() -> bytes:
    return patched(nominee_list([line(born=7)]), "<v>7</v>", "<v>bảy</v>")


@bad
def only_a_hidden_sheet() -> bytes:
    book = Workbook()
    book.create_sheet("Danh sách").append(HEADER)
    book.worksheets[1].append([1, "Nguyễn Văn An"])
    book.worksheets[1].sheet_state = "hidden"
    return saved(book)


@bad
def no_header() -> bytes:
    return nominee_list([line()], header=(None,) * 12, titles=("Danh sách", "Nguyễn Văn An"))


@bad
def header_below_line_30() -> bytes:
    return nominee_list([line()], titles=("Lời mở đầu",) * 30)


@bad
def missing_column() -> bytes:
    return nominee_list([line()], header=[one for one in HEADER if one != "Hình thức khen"])


@bad
def repeated_column() -> bytes:
    return nominee_list([line()], header=[*HEADER, "Ngày tháng năm sinh"])


@bad
def lists_on_two_sheets() -> bytes:
    def second(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Cá nhân")
        for row in sheet.iter_rows(values_only=True):
            other.append(row)

    return nominee_list([line()], then=second)


cells("no_such_day", born="31/02/1980")
cells("only_a_year", born=1980)
cells("two_digit_year", born="5/2/80")
cells("born_tomorrow", born=date(2999, 1, 1))


@bad
def endless_number() -> bytes:
    return patched(nominee_list([line(born=7)]), "<v>7</v>", "<v>1E999</v>")


@bad
def error_value() -> bytes:
    return patched(nominee_list([line(born=7)]), ' t="n"><v>7</v>', ' t="e"><v>#REF!</v>')


cells("formula_without_result", born="=1+29255")


@bad
def name_is_a_formula_without_result() -> bytes:
    return nominee_list([{**line(), "Họ và tên / Tên tập thể": "=1+1", "Hình thức khen": None}])


cells("old_code_page", "NguyÔn V¨n Hïng")
cells("old_code_page_vni", "Nguyeãn Vaên Huøng")
cells("control_character", "Nguyễn_x000B_Văn An")
cells("reading_order_turned", "Nguyễn \u202eVăn An")
cells("name_of_one_letter", "X")
cells("name_too_long", "Nguyễn " * 28 + "Văn")
cells("name_missing", "")
cells("form_missing", form=None)
cells("subject_missing", subject=None)
cells("gender_unknown", gender="x")
cells("kind_unknown", kind="Cơ quan")
cells("kind_against_subject", kind="Tập thể")
cells("subject_unknown", subject="phi hành gia")
cells("form_of_another_occasion", form="Cờ thi đua của Chính phủ")
cells("form_not_for_this_kind", form="HCLĐ hạng Ba")
cells("unit_unknown", unit="Sở Vũ trụ")
cells("line_of_another_unit", unit="Sở Y tế tỉnh Kiên Giang")
cells("another_unit_as_nominee", "Sở Y tế tỉnh Kiên Giang", subject="Các sở, ban, ngành")


@bad
def another_occasion() -> bytes:
    return nominee_list([{**line(), "Đợt xét": "Sơ kết 2023"}], header=[*HEADER, "Đợt xét"])


@bad
def twice_in_the_list() -> bytes:
    return nominee_list([line(), line("NGUYỄN THỊ NGỌC ÁNH")])


@bad
def hidden_line() -> bytes:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[6].hidden = True

    return nominee_list([line(), line("Trần Văn Hai")], then=hide)


__all__ = ["BUILDERS"]
