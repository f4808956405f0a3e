"""Report of achievement of a household in a movement (chuyên đề)."""

from typing import Final

from tools.templates.fields import DOTS, NOTHING, rows, text
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.report_fields import (
    AWARDS,
    COMPLIANCE,
    CONTRIBUTIONS,
    DEEDS,
    REPORTER,
    report,
)
from tools.templates.reports import (
    close_report,
    compliance,
    contributions,
    line,
    open_report,
    optional_line,
    paragraphs,
)
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

MEMBERS: Final = rows(
    "thanh_vien",
    "Các thành viên trong hộ",
    [
        text("ho_ten", "Họ và tên", "Thị Sà Rinh"),
        text("nam_sinh", "Năm sinh", "1971", NOTHING),
        text("quan_he", "Quan hệ với chủ hộ", "vợ", NOTHING),
        text("nghe_nghiep", "Nghề nghiệp", "nông dân", NOTHING),
    ],
    "bảng không xuất hiện",
)
FIELDS: Final = report(
    text("ten", "Tên hộ gia đình", "Hộ gia đình ông Danh Hoàng Nghiệp"),
    text("chu_ho", "Họ và tên người đại diện (chủ hộ)", "Danh Hoàng Nghiệp"),
    text("dia_chi", "Nơi thường trú", "ấp Hòa Thuận, xã Thủy Liễu, huyện Gò Quao", DOTS),
    text("dien_thoai", "Điện thoại", "", NOTHING),
    MEMBERS,
    DEEDS,
    CONTRIBUTIONS,
    COMPLIANCE,
    AWARDS,
    reporter=REPORTER,
    superior="Ủy ban nhân dân cấp xã nơi cư trú",
)


MEMBER_COLUMNS: Final = (
    INDEX,
    Column("Họ và tên", 60, "{{ dong.ho_ten }}"),
    Column("Năm sinh", 22, "{{ dong.nam_sinh }}", "OBangGiua"),
    Column("Quan hệ với chủ hộ", 32, "{{ dong.quan_he }}"),
    Column("Nghề nghiệp", 37.9, "{{ dong.nghe_nghiep }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the report: who the family are, what they did in the movement, earlier awards."""
    open_report(sheet, "Tên hộ gia đình đề nghị")
    sheet.write("DeMuc", "I. Sơ lược về hộ gia đình")
    line(sheet, "Đại diện hộ (chủ hộ)", "chu_ho")
    line(sheet, "Nơi thường trú", "dia_chi")
    optional_line(sheet, "Điện thoại", "dien_thoai")
    with sheet.when("ke_khai.thanh_vien"):
        sheet.write("DanBang", "- Các thành viên trong hộ:")
        sheet.table(Rows("dong in ke_khai.thanh_vien", MEMBER_COLUMNS))
    sheet.write("DeMuc", "II. Thành tích đạt được")
    sheet.write("Khoan", "1. Thành tích trong phong trào thi đua")
    paragraphs(sheet, "thanh_tich", empty="")
    contributions(sheet, 2)
    compliance(sheet, 3)
    close_report(
        sheet,
        confirms="Xác nhận của Ủy ban nhân dân cấp xã",
        reports="Đại diện hộ gia đình",
    )


PAPER: Final = Paper(
    key="bao_cao_ho_gia_dinh",
    title="Báo cáo thành tích của hộ gia đình theo phong trào",
    series="BC",
    signed_by="Đại diện hộ; Ủy ban nhân dân cấp xã và cấp trình xác nhận",
    fields=FIELDS,
    lay_out=lay_out,
)
