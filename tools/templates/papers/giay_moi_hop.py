"""Invitation to a session of a council: when, where, how it is voted, and what is on the agenda.

No text gives this paper more than its type (NĐ 30/2020, Điều 7: giấy mời) and the layout of every
named paper; its fields are what a council's secretary writes in one.
"""

from typing import Final

from tools.templates.blocks import (
    COUNTS,
    closing,
    dated,
    heading,
    letterhead,
    numbered,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    HEADER,
    MOVEMENT,
    NAMED,
    PROPOSED,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    nominees,
    rows,
    text,
)
from tools.templates.lists import INDEX, WHO, list_annex
from tools.templates.paper import Paper
from tools.templates.papers.bien_ban_don_vi import PERSON, moment, person
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

FIELDS: Final = (
    *HEADER,
    SUBJECT,
    *MOVEMENT,
    rows("thanh_vien", "Thành viên Hội đồng được mời, theo chức danh", PERSON),
    moment("hop_luc", "Giờ và ngày họp"),
    text("dia_diem", "Địa điểm họp", "Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh"),
    text("cach_bieu_quyet", "Hình thức biểu quyết", "bỏ phiếu kín"),
    *nominees((*NAMED, PROPOSED), of="được đưa ra xét"),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 90, WHO),
    Column("Hình thức đề nghị", 61.9, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the invitation and its agenda."""
    letterhead(sheet)
    heading(sheet, "Giấy mời")
    sheet.write(
        "NoiDung",
        "{{ ten_co_quan }} trân trọng kính mời các thành viên Hội đồng dự phiên họp xét khen"
        f" thưởng trong {MOVEMENT_NAME}:",
    )
    with sheet.each("nguoi in thanh_vien"):
        sheet.write("NoiDung", f"- {person('nguoi')};")
    for line in (
        f"1. Thời gian: {numbered('hop_luc.gio')}, {dated('hop_luc.ngay')}",
        "2. Địa điểm: {{ dia_diem }}",
        f"3. Nội dung: xét {COUNTS} được đề nghị khen thưởng (chương trình tại Phụ lục kèm theo)",
        "4. Hình thức biểu quyết: {{ cach_bieu_quyet }}",
    ):
        sheet.write("NoiDung", f"{line}.")
    sheet.write("NoiDungCuoi", "Trân trọng kính mời./.")
    closing(sheet, "Các thành viên Hội đồng")
    list_annex(sheet, "Chương trình họp", "Giấy mời", COLUMNS)


PAPER: Final = Paper(
    key="giay_moi_hop",
    title="Giấy mời họp Hội đồng",
    series="GM",
    signed_by="Lãnh đạo Hội đồng; ở đơn vị là thủ trưởng đơn vị",
    fields=FIELDS,
    lay_out=lay_out,
)
