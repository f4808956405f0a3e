"""Report of achievement of one person in a movement (chuyên đề)."""

from typing import Final

from tools.templates.blocks import dated
from tools.templates.fields import DOTS, NOTHING, date, rows, text, texts
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.report_fields import (
    AWARDS,
    COMPLIANCE,
    CONTRIBUTIONS,
    DEEDS,
    INDICATORS,
    REPORTER,
    report,
)
from tools.templates.reports import (
    close_report,
    compliance,
    contributions,
    indicators,
    line,
    open_report,
    optional_line,
    paragraphs,
    table_or_sentence,
)
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

INITIATIVES: Final = rows(
    "sang_kien",
    "Sáng kiến, giải pháp đã được công nhận",
    [
        text("ten", "Tên sáng kiến", "Liên thông dữ liệu hộ tịch với dịch vụ công"),
        text("cong_nhan", "Văn bản công nhận (số, ngày, cơ quan)", "", NOTHING),
    ],
    NOTHING,
)
FIELDS: Final = report(
    text("ten", "Họ và tên", "Đặng Thị Huỳnh Như"),
    text("gioi_tinh", "Giới tính", "Nữ", DOTS),
    date("ngay_sinh", "Ngày sinh", "1985-02-05", DOTS),
    text("que_quan", "Quê quán", "xã Vĩnh Hòa Hưng Nam, huyện Gò Quao, tỉnh Kiên Giang", DOTS),
    text("noi_o", "Nơi thường trú", "phường Vĩnh Lạc, thành phố Rạch Giá", DOTS),
    text("chuc_vu", "Chức vụ, nghề nghiệp", "Trưởng phòng Bưu chính - Viễn thông", DOTS),
    text("don_vi", "Đơn vị công tác", "Sở Thông tin và Truyền thông tỉnh Kiên Giang", NOTHING),
    text("trinh_do", "Trình độ chuyên môn, nghiệp vụ", "Thạc sĩ Hệ thống thông tin", NOTHING),
    text("dien_thoai", "Điện thoại", "", NOTHING),
    texts("nhiem_vu", "Quyền hạn, nhiệm vụ được giao", ["Phụ trách hạ tầng số."], DOTS),
    INDICATORS,
    DEEDS,
    INITIATIVES,
    CONTRIBUTIONS,
    COMPLIANCE,
    AWARDS,
    reporter=REPORTER,
    superior="thủ trưởng đơn vị",
)


INITIATIVE_COLUMNS: Final = (
    INDEX,
    Column("Tên sáng kiến, giải pháp", 92, "{{ dong.ten }}"),
    Column("Văn bản công nhận", 59.9, "{{ dong.cong_nhan }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the report: who the person is, what they did in the movement, earlier awards."""
    open_report(sheet, "Họ và tên")
    sheet.write("DeMuc", "I. Sơ lược lý lịch")
    sheet.write("NoiDung", f"- Sinh {dated('ke_khai.ngay_sinh')}")
    line(sheet, "Giới tính", "gioi_tinh")
    line(sheet, "Quê quán", "que_quan")
    line(sheet, "Nơi thường trú", "noi_o")
    line(sheet, "Chức vụ, nghề nghiệp", "chuc_vu")
    optional_line(sheet, "Đơn vị công tác", "don_vi")
    optional_line(sheet, "Trình độ chuyên môn, nghiệp vụ", "trinh_do")
    optional_line(sheet, "Điện thoại", "dien_thoai")
    sheet.write("DeMuc", "II. Thành tích đạt được")
    sheet.write("Khoan", "1. Quyền hạn, nhiệm vụ được giao")
    paragraphs(sheet, "nhiem_vu")
    sheet.write("Khoan", "2. Thành tích trong phong trào thi đua")
    indicators(sheet)
    paragraphs(sheet, "thanh_tich", empty="")
    sheet.write("TieuDeBang", "3. Sáng kiến, giải pháp đã được công nhận")
    table_or_sentence(sheet, "sang_kien", INITIATIVE_COLUMNS)
    contributions(sheet, 4)
    compliance(sheet, 5)
    close_report(
        sheet, confirms="Xác nhận của thủ trưởng đơn vị", reports="Người báo cáo thành tích"
    )


PAPER: Final = Paper(
    key="bao_cao_ca_nhan",
    title="Báo cáo thành tích của cá nhân theo phong trào",
    series="BC",
    signed_by="Người báo cáo; thủ trưởng đơn vị và cấp trình xác nhận",
    fields=FIELDS,
    lay_out=lay_out,
)
