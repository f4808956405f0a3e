"""Certificates of one decision, a page for each who is awarded: Bằng khen or Giấy khen.

Laid out from the fields that provinces print on A4 across; the state emblem and the frame belong
to the printed blank (see workflow/data/blanks.yaml for printing onto one). Signed by hand.
"""

from typing import Final

from tools.templates.blocks import MOTTO_RULE, dated, numbered
from tools.templates.fields import (
    DOTS,
    NOTHING,
    PLACE_DATE,
    RECORD,
    SIGNATURE,
    group,
    rows,
    text,
)
from tools.templates.paper import Paper
from tools.templates.sheet import CERTIFICATE_WIDTH_MM, Sheet

FIELDS: Final = (
    text(
        "tham_quyen",
        "Chức danh người quyết định khen thưởng; viết thường, mẫu tự in hoa",
        "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang",
    ),
    text("ten_bang", "Tên bằng; viết thường, mẫu tự in hoa", "Bằng khen"),
    rows(
        "danh_sach",
        "Người được tặng, mỗi người một trang",
        [
            text("danh_xung", "“Ông”, “Bà”; tập thể để trống", "Bà", NOTHING),
            text("ten", "Tên đầy đủ", "Đặng Thị Huỳnh Như"),
            text(
                "mo_ta",
                "Chức vụ, đơn vị công tác hoặc địa chỉ",
                "Trưởng phòng, Sở Thông tin và Truyền thông tỉnh Kiên Giang",
                NOTHING,
            ),
            text("so_vao_so", "Số vào sổ vàng", "112", DOTS),
        ],
    ),
    text(
        "thanh_tich",
        "Thành tích được khen, bắt đầu bằng chữ hoa, không có dấu cuối",
        "Đã có thành tích xuất sắc trong phong trào thi đua “Kiên Giang thực hiện chương trình"
        " Chuyển đổi số” từ năm 2022 đến năm 2023",
    ),
    group("quyet_dinh", "Quyết định khen thưởng", RECORD),
    *PLACE_DATE,
    SIGNATURE,
)


def lay_out(sheet: Sheet) -> None:
    """Write a page for each."""
    sheet.turn()
    with sheet.each("bang in danh_sach"):
        sheet.write("BangQuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        sheet.write("BangTieuNgu", "Độc lập - Tự do - Hạnh phúc")
        sheet.write("DuongKeTieuNgu", MOTTO_RULE)
        sheet.write("BangThamQuyen", "{{ tham_quyen }}")
        sheet.write("BangTang", "Tặng")
        sheet.write("BangTen", "{{ ten_bang }}")
        sheet.write(
            "BangDoiTuong", "{% if bang.danh_xung %}{{ bang.danh_xung }} {% endif %}{{ bang.ten }}"
        )
        with sheet.when("bang.mo_ta"):
            sheet.write("BangMoTa", "{{ bang.mo_ta }}")
        sheet.write("BangThanhTich", "{{ thanh_tich }}")
        half = CERTIFICATE_WIDTH_MM / 2
        [[left, right]] = sheet.columns(half, half)
        left.write(
            "BangSo",
            f"Quyết định số {numbered('quyet_dinh.so_ky_hieu')} {dated('quyet_dinh.ngay')}",
        )
        left.write("BangSo", f"Số vào sổ vàng: {numbered('bang.so_vao_so')}")
        right.write("DiaDanh", f"{{{{ dia_danh }}}}, {dated('ngay_ban_hanh')}")
        with right.each("dong in chu_ky.quyen_han"):
            right.write("QuyenHan", "{{ dong }}")
        right.write("HoTen", "{{ chu_ky.ho_ten }}")


PAPER: Final = Paper(
    key="bang_khen",
    title="Bằng khen, Giấy khen",
    series="",
    signed_by="Người quyết định khen thưởng, ký tay",
    fields=FIELDS,
    lay_out=lay_out,
)
