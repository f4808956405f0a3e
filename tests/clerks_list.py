"""A list as a clerk in a district office really types it; see docs/rehearsal.md.

    python -m tests.clerks_list

writes tests/data/danh-sach-cua-van-thu.xlsx. Its untidiness, all of it on purpose: the unit only
in the letterhead; a header of two lines with merged cells, below six lines of titles; a line of
column numbers; sections “I. TẬP THỂ”, “II. CÁ NHÂN”; empty lines in between; awards in five
spellings; birth dates as a date, a bare serial number, and text in four forms; decomposed letters,
non-breaking and zero-width spaces, line breaks inside names, spaces at the ends; a sum, a date
line and signatures below; a second sheet of notes and a hidden one; and a `<dimension>` that lies.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from unicodedata import normalize

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks import lying_dimension, saved, sheet_of

TARGET = Path(__file__).with_name("data") / "danh-sach-cua-van-thu.xlsx"
UPPER = (
    "TT", "Họ tên, tên tập thể", "Thuộc đối tượng", "Thông tin cá nhân", None, None, None,
    "Hình thức đề nghị\nkhen thưởng", "Tóm tắt\nthành tích", "Nội dung thành tích", "Ghi chú",
)  # fmt: skip
LOWER = (None, None, None, "Ngày sinh", "Nam/Nữ", "Chức vụ", "Nơi công tác", *[None] * 4)
STORY = "Đưa 100% thủ tục lên mạng.\nHướng dẫn bà con nộp hồ sơ tại nhà."
COLLECTIVES = (
    ("UBND thành phố  Rạch Giá ", "UBND huyện, thành phố", "HCLĐ hạng 3"),
    ("Phòng Văn hóa\nvà Thông tin", "các cơ sở y tế", "BK tỉnh"),
    (normalize("NFD", "Trường Tiểu học Lê Lợi 2"), "trường học", "Bằng khen tỉnh"),
)
PEOPLE = (
    ("Mai Thị\u00a0Kiều Oanh", dt.date(1987, 5, 19), "Nữ", "Chuyên viên", "BK TTg"),
    ("Ông Văn Ơn\u200b", "20/11/1979", "nam", "Trưởng phòng", "Bằng khen Chủ tịch UBND tỉnh"),
    ("Lý Thị Hường", "sinh ngày 14 tháng 2 năm 1991", "NỮ", "Công chức", "bk tỉnh"),
    ("  Tạ Bửu Khuông", 30000, "Nam", "Kế toán", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Kiều Thiện Nhơn", "4-12-1960", "Nam", "Giáo viên", "BK Tỉnh"),
    ("Thái Doãn Uyển Nhi", "22.12.1989", "nữ", "Chuyên viên", "BK tỉnh"),
    ("Nguyễn Văn Chiến", "1972-10-17", "Nam", "Bảo vệ", "BK tỉnh"),
)
SAID = len(COLLECTIVES) + len(PEOPLE)


def build() -> bytes:
    """Return the file."""
    book = Workbook()
    book.properties.created = book.properties.modified = dt.datetime(2025, 11, 3, 8, 0)  # noqa: DTZ001
    sheet = sheet_of(book)
    sheet.title = "Sheet1"
    _top(sheet)
    _body(sheet)
    _foot(sheet)
    notes = book.create_sheet("ghi chu rieng")
    notes.append(["Nhớ gọi lại phòng Nội vụ"])
    old = book.create_sheet("nam ngoai")
    old.append(["TT", "Họ và tên", "Hình thức khen"])
    old.append([1, "Người năm ngoái", "BK tỉnh"])
    old.sheet_state = "hidden"
    return lying_dimension(saved(book))


def _top(sheet: Worksheet) -> None:
    for text in (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ", "Phòng Văn hóa và Thông tin", None,
        "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", "(Kèm theo Công văn số     /UBND)", None,
    ):  # fmt: skip
        sheet.append([text])
    sheet.append(UPPER)
    sheet.append(LOWER)
    sheet.append([f"({number})" for number in range(1, len(UPPER) + 1)])
    sheet.merge_cells("A4:K4")
    sheet.merge_cells("D7:G7")
    for column in "ABCHIJK":
        sheet.merge_cells(f"{column}7:{column}8")
        sheet.column_dimensions[column].width = 24
    for row in sheet["A7:K8"]:
        for cell in row:
            cell.font = Font(bold=True, name="Times New Roman")
            cell.alignment = Alignment(wrap_text=True, horizontal="center")


def _body(sheet: Worksheet) -> None:
    sheet.append([None, "I. TẬP THỂ (03 tập thể)"])
    for number, (name, kind, form) in enumerate(COLLECTIVES, start=1):
        sheet.append([number, name, kind, *[None] * 4, form, "Dẫn đầu thành phố", STORY, None])
    sheet.append([])
    sheet.append([None, "II. CÁ NHÂN: 07 người"])
    for number, (name, born, gender, position, form) in enumerate(PEOPLE, start=1):
        sheet.append(
            [number, name, "CBCCVC", born, gender, position, "UBND TP. Rạch Giá ", form,
             "Tích cực trong chuyển đổi số", STORY, "x" if number == 1 else None]
        )  # fmt: skip


def _foot(sheet: Worksheet) -> None:
    sheet.append([])
    sheet.append([None, "Tổng cộng: 10 trường hợp"])
    sheet.append([*[None] * 7, "Rạch Giá, ngày 03 tháng 11 năm 2025"])
    sheet.append([None, "NGƯỜI LẬP BẢNG", *[None] * 5, "KT. CHỦ TỊCH"])
    sheet.append([*[None] * 7, "PHÓ CHỦ TỊCH"])
    sheet.append([])
    sheet.append([None, "Nguyễn Thị Lan", *[None] * 5, "Lê Quốc Hưng"])


if __name__ == "__main__":
    TARGET.write_bytes(build())
