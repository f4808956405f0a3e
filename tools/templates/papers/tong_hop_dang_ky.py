"""Report of the standing agency that sums the registrations for a movement up."""

from typing import Final

from tools.templates.blocks import (
    FULL_RULE,
    LIST_END,
    addressees,
    bases,
    closing,
    dated,
    heading,
    letterhead,
    numbered,
    two_digits,
)
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    HEADER,
    NOTHING,
    RECIPIENTS,
    SIGNATURE,
    date,
    integer,
    rows,
    text,
    texts,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.registration_fields import IN_MOVEMENT, MOVEMENT_FIELDS
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

FIELDS: Final = (
    *HEADER,
    ADDRESSEES,
    BASES,
    *MOVEMENT_FIELDS,
    integer("so_don_vi", "Số đơn vị đã đăng ký", 12),
    integer("so_muon", "Trong đó số đơn vị đăng ký sau hạn; 0 là không có", 2),
    date("han", "Hạn đăng ký", "2022-12-31", "câu về hạn không xuất hiện"),
    integer("so_tap_the", "Tổng số tập thể đăng ký", 30),
    integer("so_ca_nhan", "Tổng số cá nhân đăng ký", 45),
    integer("so_ho", "Tổng số hộ gia đình đăng ký", 3),
    rows(
        "danh_sach",
        "Tập thể, cá nhân, hộ gia đình đăng ký, theo đơn vị",
        [
            text("don_vi", "Đơn vị đăng ký", "Sở Y tế tỉnh Kiên Giang"),
            text("ghi_chu", "Ghi chú về đơn vị", "đăng ký muộn 5 ngày", NOTHING),
            text("ten", "Tên tập thể, cá nhân, hộ gia đình", "Phòng Tổ chức - Hành chính"),
            text("nhom", "Nhóm đối tượng của phong trào", "các cơ sở y tế"),
            text("chi_tieu", "Chỉ tiêu, nội dung phấn đấu", "100% hồ sơ đúng hạn", NOTHING),
            text("hinh_thuc", "Hình thức khen thưởng hướng tới", "Bằng khen", NOTHING),
        ],
    ),
    texts(
        "chua_dang_ky",
        "Đơn vị chưa đăng ký",
        ["Ủy ban nhân dân huyện Gò Quao"],
        "phần này không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Đơn vị đăng ký", 38, ("{{ dt.don_vi }}", ("dt.ghi_chu", "({{ dt.ghi_chu }})"))),
    Column("Tập thể, cá nhân, hộ gia đình", 40, ("{{ dt.ten }}", ("dt.nhom", "({{ dt.nhom }})"))),
    Column("Chỉ tiêu, nội dung phấn đấu", 38, "{{ dt.chi_tieu }}"),
    Column("Hình thức hướng tới", 35.9, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the report and its annex."""
    letterhead(sheet)
    heading(sheet, "Báo cáo", f"Tổng hợp đăng ký thi đua {IN_MOVEMENT}")
    addressees(sheet)
    bases(sheet)
    sheet.write(
        "NoiDung",
        f"{{{{ ten_co_quan }}}} báo cáo kết quả tổng hợp đăng ký thi đua {IN_MOVEMENT}, như sau:",
    )
    sheet.write("Khoan", "1. Kết quả đăng ký")
    sheet.write(
        "NoiDung",
        f"Có {two_digits('so_don_vi')} cơ quan, đơn vị đã đăng ký"
        f"{{% if so_muon %}}, trong đó {two_digits('so_muon')} đơn vị đăng ký sau hạn"
        f"{{% if han %}} ({dated('han')}){{% endif %}}{{% endif %}}; gồm"
        f" {two_digits('so_tap_the')} tập thể, {two_digits('so_ca_nhan')} cá nhân"
        f"{{% if so_ho %}}, {two_digits('so_ho')} hộ gia đình{{% endif %}}"
        " (danh sách tại Phụ lục kèm theo).",
    )
    with sheet.when("chua_dang_ky"):
        sheet.write(
            "Khoan",
            f"2. Đơn vị chưa đăng ký ({two_digits('chua_dang_ky|length')} đơn vị)",
        )
        with sheet.each("noi in chua_dang_ky"):
            sheet.write("NoiDung", f"- {{{{ noi }}}}{LIST_END}")
    sheet.write("NoiDungCuoi", "{{ ten_co_quan }} kính báo cáo./.")
    closing(sheet, "Như trên")
    with sheet.annex("danh_sach"):
        sheet.write("PhuLuc", "Phụ lục")
        sheet.write("TenPhuLuc", "Danh sách đăng ký thi đua")
        sheet.write("TrichYeu", f"Tham gia {IN_MOVEMENT}")
        sheet.write(
            "KemTheo",
            f"(Kèm theo Báo cáo số {numbered('so_ky_hieu')} {dated('ngay_ban_hanh')}"
            " của {{ ten_co_quan }})",
        )
        sheet.write("DuongKeTrichYeu", FULL_RULE)
        sheet.table(Rows("dt in danh_sach", COLUMNS))
        sheet.write(
            "CuoiDanhSach",
            f"Danh sách gồm {two_digits('danh_sach|length')} trường hợp./.",
        )


PAPER: Final = Paper(
    key="tong_hop_dang_ky",
    title="Báo cáo tổng hợp đăng ký thi đua",
    series="BC",
    signed_by="Người đứng đầu cơ quan thường trực phong trào",
    fields=FIELDS,
    lay_out=lay_out,
)
