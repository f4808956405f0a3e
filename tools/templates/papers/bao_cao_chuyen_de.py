"""Short report of achievement in one movement (chuyên đề): of a collective, a person or a household.

General facts; what was done in the movement alone; earlier awards in this movement; confirmations.
The law's own form has a title known and no text seen, so its number is not printed.
"""

from typing import Final

from tools.templates.blocks import dated
from tools.templates.fields import DOTS, NOTHING, date, text
from tools.templates.paper import Paper
from tools.templates.papers.report_fields import (
    AWARDS,
    CONTRIBUTIONS,
    DEEDS,
    INDICATORS,
    REPORTER,
    report,
)
from tools.templates.reports import (
    AWARD_COLUMNS,
    contributions,
    indicators,
    line,
    open_report,
    optional_line,
    paragraphs,
    signatures,
    table_or_sentence,
)
from tools.templates.sheet import Sheet

FIELDS: Final = report(
    text("loai", "“Tập thể”, “Cá nhân” hoặc “Hộ gia đình”", "Cá nhân"),
    text("ten", "Tên đối tượng", "Đặng Thị Huỳnh Như"),
    date("ngay_sinh", "Ngày sinh (cá nhân)", "1985-02-05", NOTHING),
    text("chuc_vu", "Chức vụ, nghề nghiệp (cá nhân)", "Trưởng phòng", NOTHING),
    text("don_vi", "Đơn vị công tác (cá nhân)", "Sở Thông tin và Truyền thông", NOTHING),
    text("dia_chi", "Địa chỉ", "phường Vĩnh Lạc, thành phố Rạch Giá", DOTS),
    INDICATORS,
    DEEDS,
    CONTRIBUTIONS,
    AWARDS,
    reporter=REPORTER,
    superior="thủ trưởng đơn vị",
)


def lay_out(sheet: Sheet) -> None:
    """Write the three parts and the signatures."""
    open_report(sheet, "{{ ke_khai.loai }}")
    sheet.write("DeMuc", "I. Thông tin chung")
    with sheet.when("ke_khai.ngay_sinh"):
        sheet.write("NoiDung", f"- Sinh {dated('ke_khai.ngay_sinh')}")
    optional_line(sheet, "Chức vụ, nghề nghiệp", "chuc_vu")
    optional_line(sheet, "Đơn vị công tác", "don_vi")
    line(sheet, "Địa chỉ", "dia_chi")
    sheet.write("DeMuc", "II. Thành tích trong phong trào thi đua")
    indicators(sheet)
    paragraphs(sheet, "thanh_tich")
    contributions(sheet, 1)
    sheet.write("DeMucBang", "III. Các hình thức đã được khen thưởng trong phong trào")
    table_or_sentence(sheet, "khen_thuong", AWARD_COLUMNS, "Không kê khai./.")
    signatures(sheet, confirms="Xác nhận của thủ trưởng đơn vị", reports="Người báo cáo thành tích")


PAPER: Final = Paper(
    key="bao_cao_chuyen_de",
    title="Báo cáo thành tích theo chuyên đề (bản ngắn)",
    series="BC",
    signed_by="Người báo cáo; thủ trưởng đơn vị và cấp trình xác nhận",
    fields=FIELDS,
    lay_out=lay_out,
)
