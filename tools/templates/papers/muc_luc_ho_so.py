"""Cover and contents of a dossier that is filed.

Contents: NĐ 30/2020/NĐ-CP, Phụ lục V, mục IV. Cover: the facts of Điều 29.2 (title, number,
retention, who keeps it, when it began); what no data gives is dotted, to be filled in by hand.
"""

from typing import Final

from tools.templates.blocks import FULL_RULE, ISSUER_RULE, dated, numbered, two_digits
from tools.templates.fields import DOTS, LETTERHEAD, MOVEMENT, NOTHING, PLACE_DATE, date, rows, text
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    *MOVEMENT,
    text("tieu_de", "Tiêu đề hồ sơ", "Đề nghị khen thưởng của Ủy ban nhân dân huyện Gò Quao"),
    text("so_ho_so", "Số, ký hiệu hồ sơ", "KG-2023-0017"),
    text("nam", "Năm của hồ sơ", "2023"),
    text("thoi_han", "Thời hạn bảo quản", "20 năm", DOTS),
    date("mo_ngay", "Ngày mở hồ sơ", "2023-11-20"),
    date("dong_ngay", "Ngày kết thúc hồ sơ", "2023-12-28"),
    text("so_to", "Số tờ", "46", DOTS),
    text("nguoi_lap", "Người lập hồ sơ", "Tô Hoàng Yến Phượng"),
    rows(
        "van_ban",
        "Văn bản, tài liệu trong hồ sơ, theo thứ tự",
        [
            text("so_ky_hieu", "Số, ký hiệu văn bản", "48/TTr-UBND", NOTHING),
            date("ngay", "Ngày văn bản", "2023-11-20", NOTHING),
            text("ten", "Tên loại và trích yếu nội dung", "Tờ trình đề nghị khen thưởng"),
            text("tac_gia", "Tác giả văn bản", "Ủy ban nhân dân huyện Gò Quao", NOTHING),
            text("to_so", "Tờ số, trang số", "1", "để trống để ghi tay"),
            text("ghi_chu", "Ghi chú", "bản chính", NOTHING),
        ],
    ),
)
COLUMNS: Final = (
    INDEX,
    Column("Số, ký hiệu văn bản", 27, "{{ vb.so_ky_hieu }}"),
    Column(
        "Ngày tháng năm văn bản",
        24,
        "{% if vb.ngay %}{{ vb.ngay|ngay_so }}{% endif %}",
        "OBangGiua",
    ),
    Column("Tên loại và trích yếu nội dung văn bản", 39.9, "{{ vb.ten }}"),
    Column("Tác giả văn bản", 28, "{{ vb.tac_gia }}"),
    Column("Tờ số/ Trang số", 16, "{{ vb.to_so }}", "OBangGiua"),
    Column("Ghi chú", 17, "{{ vb.ghi_chu }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the cover, then the contents on pages of their own."""
    with sheet.when("co_quan_chu_quan"):
        sheet.write("CoQuanChuQuan", "{{ co_quan_chu_quan }}")
    sheet.write("CoQuanBanHanh", "{{ co_quan_ban_hanh }}")
    sheet.write("DuongKe", ISSUER_RULE)
    sheet.write("TieuDeHoSo", "Hồ sơ")
    sheet.write("TenPhuLuc", "{{ tieu_de }}")
    sheet.write("KemTheo", "Phong trào thi đua “{{ phong_trao }}” ({{ dot_xet|lien }})")
    sheet.write("DuongKeTrichYeu", FULL_RULE)
    for line in (
        "Số, ký hiệu hồ sơ: {{ so_ho_so }}",
        "Từ {{ mo_ngay|ngay_so }} đến {{ dong_ngay|ngay_so }}",
        f"Gồm {two_digits('van_ban|length')} văn bản, tài liệu; số tờ: {numbered('so_to')}",
        f"Thời hạn bảo quản: {numbered('thoi_han')}",
        "Người lập hồ sơ: {{ nguoi_lap }}",
    ):
        sheet.write("DongBiaHoSo", line)
    with sheet.annex("van_ban"):
        contents(sheet)


def contents(sheet: Sheet) -> None:
    """Write the list of papers and who made it."""
    sheet.write("TenLoai", "Mục lục văn bản, tài liệu")
    sheet.write("TrichYeu", "Số, ký hiệu hồ sơ: {{ so_ho_so }}")
    sheet.write("TrichYeu", "Năm {{ nam }}")
    sheet.write("DuongKeTrichYeu", "_" * 10)
    sheet.table(Rows("vb in van_ban", COLUMNS))
    half = TEXT_WIDTH_MM / 2
    sheet.write("NganBang", "")
    [[left, right]] = sheet.columns(half, half)
    left.write("DiaDanh", "")
    right.write("DiaDanh", f"{{{{ dia_danh }}}}, {dated('ngay_ban_hanh')}")
    right.write("QuyenHan", "Người lập")
    right.write("HoTen", "{{ nguoi_lap }}")


PAPER: Final = Paper(
    key="muc_luc_ho_so",
    title="Bìa hồ sơ lưu và mục lục văn bản, tài liệu",
    series="",
    signed_by="Người lập hồ sơ, ký tay",
    fields=FIELDS,
    lay_out=lay_out,
)
