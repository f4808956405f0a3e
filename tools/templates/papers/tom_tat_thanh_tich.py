"""Summary of achievement: one page about one nominee, for the members who vote.

Laid out from the fields of the ministries' summaries (facts, career, deeds, awards, discipline).
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import heading, letterhead
from tools.templates.fields import (
    CLAUSE,
    LETTERHEAD,
    MOVEMENT,
    NAMED,
    PLACE_DATE,
    PROPOSED,
    SIGNATURE,
    Field,
    rows,
    text,
    texts,
)
from tools.templates.paper import Paper
from tools.templates.papers.report_fields import AWARDS
from tools.templates.reports import AWARD_COLUMNS, DOTTED_LINE, NOT_DECLARED
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

CAREER: Final = rows(
    "qua_trinh",
    "Quá trình công tác hoặc hoạt động",
    [
        text("thoi_gian", "Thời gian", "2018 - 2023"),
        text("chuc_vu", "Chức vụ, đơn vị công tác", "Trưởng phòng, Sở Thông tin và Truyền thông"),
    ],
    "bảng không xuất hiện",
)
FIELDS: Final[tuple[Field, ...]] = (
    *LETTERHEAD,
    *PLACE_DATE,
    *MOVEMENT,
    PROPOSED,
    CLAUSE,
    *NAMED,
    CAREER,
    texts(
        "thanh_tich",
        "Tóm tắt thành tích, mỗi đoạn một phần tử",
        ["Chủ trì triển khai nền tảng số dùng chung của tỉnh."],
        "in dòng chấm để điền tay",
    ),
    AWARDS,
    text("ky_luat", "Kỷ luật trong thời gian xét khen thưởng", "Không", "in dòng chấm để điền tay"),
    text(
        "nguoi_bao_cao",
        "Người ký bên phải: cá nhân, chủ hộ; tập thể để trống",
        "Đặng Thị Huỳnh Như",
        "để chỗ trống dưới chữ ký",
    ),
    text("chuc_danh_bao_cao", "Chức danh trên chữ ký bên phải", "Người báo cáo"),
    SIGNATURE,
)
CAREER_COLUMNS: Final = (
    Column("Thời gian", 40, "{{ dong.thoi_gian }}", "OBangGiua"),
    Column("Chức vụ, đơn vị công tác", 124.9, "{{ dong.chuc_vu }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the summary."""
    letterhead(sheet, number="")
    heading(sheet, "Tóm tắt thành tích", f"Đề nghị tặng {{{{ hinh_thuc }}}} trong {MOVEMENT_NAME}")
    sheet.write("TenDoiTuong", "{% if danh_xung %}{{ danh_xung }} {% endif %}{{ ten }}")
    facts(sheet)
    with sheet.when("qua_trinh"):
        sheet.write("TieuDeBang", "1. Quá trình công tác")
        sheet.table(Rows("dong in qua_trinh", CAREER_COLUMNS))
    sheet.write("Khoan", "{% if qua_trinh %}2{% else %}1{% endif %}. Thành tích")
    with sheet.each("doan in thanh_tich"):
        sheet.write("NoiDung", "{{ doan }}")
    with sheet.when("not thanh_tich"):
        sheet.write("NoiDung", DOTTED_LINE)
    sheet.write("TieuDeBang", "{% if qua_trinh %}3{% else %}2{% endif %}. Khen thưởng, kỷ luật")
    with sheet.when("khen_thuong"):
        sheet.table(Rows("dong in khen_thuong", AWARD_COLUMNS))
        sheet.otherwise()
        sheet.write("NoiDung", f"Khen thưởng: {NOT_DECLARED}")
    sheet.write(
        "NoiDungCuoi",
        f"Kỷ luật: {{% if ky_luat %}}{{{{ ky_luat }}}}{{% else %}}{DOTTED_LINE}{{% endif %}}./.",
    )
    signatures(sheet)


def facts(sheet: Sheet) -> None:
    """Write who it is: only what is known."""
    for name, line in {
        "ngay_sinh or chuc_vu": (
            "{% if ngay_sinh %}Sinh ngày {{ ngay_sinh|ngay }}{% endif %}"
            "{% if ngay_sinh and chuc_vu %}; c{% elif chuc_vu %}C{% endif %}"
            "{% if chuc_vu %}hức vụ, nghề nghiệp: {{ chuc_vu }}{% endif %}"
        ),
        "don_vi": "Đơn vị công tác: {{ don_vi }}",
        "dia_chi": "Địa chỉ: {{ dia_chi }}",
        "dieu_khoan": "Căn cứ đề nghị: {{ dieu_khoan }}",
    }.items():
        with sheet.when(name):
            sheet.write("NoiDung", f"- {line}")


def signatures(sheet: Sheet) -> None:
    """Write who confirms on the left, who reports on the right."""
    half = TEXT_WIDTH_MM / 2
    titles, names = sheet.columns(half, half, rows=2)
    titles[0].write("QuyenHan", "Xác nhận của đơn vị trình")
    with titles[0].each("dong in chu_ky.quyen_han"):
        titles[0].write("QuyenHan", "{{ dong }}")
    titles[1].write("QuyenHan", "{{ chuc_danh_bao_cao }}")
    names[0].write("HoTen", "{{ chu_ky.ho_ten }}")
    names[1].write("HoTen", "{{ nguoi_bao_cao }}")


PAPER: Final = Paper(
    key="tom_tat_thanh_tich",
    title="Tóm tắt thành tích",
    series="",
    signed_by="Thủ trưởng đơn vị trình (bên trái), người báo cáo (bên phải)",
    fields=FIELDS,
    lay_out=lay_out,
)
