"""Report of achievement of a collective in a movement (chuyên đề)."""

from typing import Final

from tools.templates.fields import DOTS, NOTHING, integer, text, texts
from tools.templates.paper import Paper
from tools.templates.papers.report_fields import (
    AWARDS,
    COMPLIANCE,
    CONTRIBUTIONS,
    DEEDS,
    INDICATORS,
    report,
)
from tools.templates.reports import (
    DOTTED_LINE,
    close_report,
    compliance,
    contributions,
    indicators,
    line,
    open_report,
    optional_line,
    paragraphs,
)
from tools.templates.sheet import Sheet

FIELDS: Final = report(
    text("ten", "Tên tập thể, ghi đầy đủ, không viết tắt", "Phòng Bưu chính - Viễn thông"),
    text("dia_chi", "Địa điểm trụ sở chính", "Số 639 Nguyễn Trung Trực, Rạch Giá", DOTS),
    text("dien_thoai", "Điện thoại", "0297 3812 345", NOTHING),
    text("trang_tin", "Trang thông tin điện tử", "stttt.kiengiang.gov.vn", NOTHING),
    texts("qua_trinh", "Quá trình thành lập và phát triển", ["Thành lập năm 2004."], DOTS),
    texts("co_cau", "Cơ cấu tổ chức, các tổ chức đảng, đoàn thể", ["Gồm 05 bộ phận."], DOTS),
    integer("tong_so", "Tổng số người; 0 là chưa kê khai", 24, DOTS),
    integer("so_nu", "Trong đó số nữ", 17, DOTS),
    texts("chuc_nang", "Chức năng, nhiệm vụ được giao", ["Tham mưu về chuyển đổi số."], DOTS),
    INDICATORS,
    DEEDS,
    texts("bien_phap", "Biện pháp, nguyên nhân đạt được thành tích", ["Giao việc rõ."], NOTHING),
    CONTRIBUTIONS,
    COMPLIANCE,
    AWARDS,
    superior="cấp trên trực tiếp",
)


def lay_out(sheet: Sheet) -> None:
    """Write the report: who they are, what they did in the movement, earlier awards."""
    open_report(sheet, "Tên tập thể đề nghị")
    sheet.write("DeMuc", "I. Sơ lược đặc điểm, tình hình")
    sheet.write("Khoan", "1. Đặc điểm, tình hình")
    line(sheet, "Địa điểm trụ sở chính", "dia_chi")
    optional_line(sheet, "Điện thoại", "dien_thoai")
    optional_line(sheet, "Trang thông tin điện tử", "trang_tin")
    sheet.write("NoiDung", "- Quá trình thành lập và phát triển:")
    paragraphs(sheet, "qua_trinh")
    sheet.write("NoiDung", "- Cơ cấu tổ chức, các tổ chức đảng, đoàn thể:")
    paragraphs(sheet, "co_cau")
    sheet.write(
        "NoiDung",
        "- Tổng số cán bộ, công chức, viên chức, người lao động: {% if ke_khai.tong_so %}"
        "{{ ke_khai.tong_so|so }} người, trong đó nữ "
        "{% if ke_khai.so_nu or ke_khai.so_nu == 0 %}{{ ke_khai.so_nu|so }}{% else %}……{% endif %}"
        " người."
        f"{{% else %}}{DOTTED_LINE}{{% endif %}}",
    )
    sheet.write("Khoan", "2. Chức năng, nhiệm vụ được giao")
    paragraphs(sheet, "chuc_nang")
    sheet.write("DeMuc", "II. Thành tích đạt được")
    sheet.write("Khoan", "1. Thành tích trong phong trào thi đua")
    indicators(sheet)
    paragraphs(sheet, "thanh_tich", empty="")
    paragraphs(sheet, "bien_phap", empty="")
    contributions(sheet, 2)
    compliance(sheet, 3)
    close_report(sheet, confirms="Xác nhận của cấp trên trực tiếp")


PAPER: Final = Paper(
    key="bao_cao_tap_the",
    title="Báo cáo thành tích của tập thể theo phong trào",
    series="BC",
    signed_by="Thủ trưởng tập thể; cấp trên trực tiếp và cấp trình xác nhận",
    fields=FIELDS,
    lay_out=lay_out,
)
