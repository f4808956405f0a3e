"""List of the dossiers that are handed to the archive (NĐ 30/2020/NĐ-CP, Phụ lục V, mục III).

What no data gives is left empty, to be filled in by hand: retention and the count of sheets.
"""

from typing import Final

from tools.templates.blocks import FULL_RULE, dated, national_head, two_digits
from tools.templates.fields import (
    LETTERHEAD,
    MOVEMENT,
    NOTHING,
    PLACE_DATE,
    Field,
    group,
    rows,
    text,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.bien_ban_don_vi import PERSON
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

BLOCK: Final = "Hồ sơ khen thưởng phong trào thi đua “{{ phong_trao }}”"
"""What the forms call the name of the block of records."""
DOSSIERS: Final[Field] = rows(
    "ho_so",
    "Các hồ sơ nộp lưu, theo thứ tự",
    [
        text("so_ky_hieu", "Số, ký hiệu hồ sơ", "KG-2023-0017"),
        text("tieu_de", "Tiêu đề hồ sơ", "Đề nghị khen thưởng của UBND huyện Gò Quao"),
        text("thoi_gian", "Thời gian tài liệu, ngày đầu và ngày cuối", "20/11/2023 - 28/12/2023"),
        text("thoi_han", "Thời hạn bảo quản", "20 năm", "để trống để ghi tay"),
        text("so_to", "Số tờ", "46", "để trống để ghi tay"),
        text("ghi_chu", "Ghi chú", "", NOTHING),
    ],
)
FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    MOVEMENT[0],
    text("nam", "Năm của mục lục", "2024"),
    DOSSIERS,
    group("nguoi_lap", "Người lập mục lục", PERSON),
)
COLUMNS: Final = (
    INDEX,
    Column("Số, ký hiệu hồ sơ", 31, "{{ hs.so_ky_hieu }}"),
    Column("Tiêu đề hồ sơ", 43.9, "{{ hs.tieu_de }}"),
    Column("Thời gian tài liệu", 26, "{{ hs.thoi_gian }}", "OBangGiua"),
    Column("Thời hạn bảo quản", 20, "{{ hs.thoi_han }}", "OBangGiua"),
    Column("Số tờ/ Số trang", 16, "{{ hs.so_to }}", "OBangGiua"),
    Column("Ghi chú", 15, "{{ hs.ghi_chu }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the list, how many dossiers it holds in figures and words, and who made it."""
    national_head(sheet)
    sheet.write("TenLoai", "Mục lục hồ sơ, tài liệu nộp lưu")
    sheet.write("TrichYeu", BLOCK)
    sheet.write("TrichYeu", "Năm {{ nam }}")
    sheet.write("DuongKeTrichYeu", FULL_RULE)
    sheet.table(Rows("hs in ho_so", COLUMNS))
    count = two_digits("ho_so|length")
    sheet.write("NganBang", "")
    sheet.write("NoiDung", f"Mục lục này gồm: {count} hồ sơ (đơn vị bảo quản).")
    sheet.write("NoiDung", "Viết bằng chữ: {{ ho_so|length|bang_chu }} hồ sơ (đơn vị bảo quản).")
    half = TEXT_WIDTH_MM / 2
    [[left, right]] = sheet.columns(half, half)
    left.write("DiaDanh", "")
    right.write("DiaDanh", f"{{{{ dia_danh }}}}, {dated('ngay_ban_hanh')}")
    right.write("QuyenHan", "Người lập")
    with right.when("nguoi_lap.chuc_vu"):
        right.write("QuyenHan", "{{ nguoi_lap.chuc_vu }}")
    right.write("HoTen", "{{ nguoi_lap.ho_ten }}")


PAPER: Final = Paper(
    key="muc_luc_nop_luu",
    title="Mục lục hồ sơ, tài liệu nộp lưu",
    series="",
    signed_by="Người lập, ký tay; hai bản",
    fields=FIELDS,
    lay_out=lay_out,
)
