"""Return slip: each gap of a dossier, what to do about it, under which clause, by when.

NĐ 30/2020, Phụ lục III, mục I knows no “phiếu trả”; the type that says so is the phiếu báo (PB).
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import addressees, bases, cited, closing, dated, heading, letterhead
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    DOTS,
    HEADER,
    MOVEMENT,
    NOTHING,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    date,
    group,
    rows,
    text,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

DOSSIER: Final = group(
    "ho_so",
    "Hồ sơ được trả",
    [
        text("ma", "Mã hồ sơ", "KG-2023-0017", NOTHING),
        text("don_vi", "Đơn vị trình", "Ủy ban nhân dân huyện Gò Quao"),
        text("so_ky_hieu", "Số, ký hiệu tờ trình của đơn vị", "48/TTr-UBND", DOTS),
        date("ngay", "Ngày tờ trình", "2023-11-20", DOTS),
        date("ngay_nhan", "Ngày tiếp nhận hồ sơ", "2023-11-22", DOTS),
    ],
)
GAPS: Final = rows(
    "thieu_sot",
    "Từng thiếu sót của hồ sơ",
    [
        text(
            "doi_tuong", "Đối tượng có thiếu sót; trống là của cả hồ sơ", "Lâm Bửu", "in “Cả hồ sơ”"
        ),
        text("giay_to", "Giấy tờ có thiếu sót", "Báo cáo thành tích"),
        text("muc", "Mục, trường thông tin trong giấy tờ", "Xác nhận của cấp trình", NOTHING),
        text("viec_can_lam", "Việc cần làm", "Bổ sung chữ ký, đóng dấu xác nhận"),
        text("dieu_khoan", "Căn cứ của yêu cầu", "điểm c khoản 1 Phần V", NOTHING),
    ],
)
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    DOSSIER,
    GAPS,
    date("han_bo_sung", "Hạn cuối nộp phần bổ sung", "2023-12-08"),
    text(
        "noi_nop",
        "Nơi nhận phần bổ sung",
        "Sở Thông tin và Truyền thông tỉnh Kiên Giang",
    ),
    text("lien_he", "Người liên hệ để được hướng dẫn", "Trần Bảo Ngọc, 0297 3812 345", NOTHING),
    *RECIPIENTS,
    SIGNATURE,
)


GAP_COLUMNS: Final = (
    INDEX,
    Column(
        "Đối tượng",
        33,
        "{% if thieu.doi_tuong %}{{ thieu.doi_tuong }}{% else %}Cả hồ sơ{% endif %}",
    ),
    Column("Giấy tờ, mục", 38, ("{{ thieu.giay_to }}", ("thieu.muc", "{{ thieu.muc }}"))),
    Column("Việc cần làm", 48, "{{ thieu.viec_can_lam }}"),
    Column("Căn cứ", 32.9, "{{ thieu.dieu_khoan }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the slip."""
    letterhead(sheet)
    heading(sheet, "Phiếu báo")
    addressees(sheet)
    bases(sheet)
    sheet.write(
        "DanBang",
        "{{ ten_co_quan }} trả lại hồ sơ{% if ho_so.ma %} mã số {{ ho_so.ma }}{% endif %} của"
        f" {{{{ ho_so.don_vi }}}} (Tờ trình {cited('ho_so')}, tiếp nhận {dated('ho_so.ngay_nhan')})"
        f" đề nghị khen thưởng trong {MOVEMENT_NAME} để bổ sung, hoàn thiện các nội dung sau:",
    )
    sheet.table(Rows("thieu in thieu_sot", GAP_COLUMNS))
    sheet.write(
        "NoiDung",
        "Đề nghị {{ ho_so.don_vi }} bổ sung, hoàn thiện các nội dung nêu trên và gửi đến"
        f" {{{{ noi_nop }}}} chậm nhất {dated('han_bo_sung')}; các phần khác của hồ sơ giữ nguyên.",
    )
    sheet.write(
        "NoiDungCuoi",
        "{% if lien_he %}Liên hệ để được hướng dẫn: {{ lien_he }}{% else %}Trân trọng thông báo"
        "{% endif %}./.",
    )
    closing(sheet, "Như trên")


PAPER: Final = Paper(
    key="phieu_tra",
    title="Phiếu báo trả hồ sơ để bổ sung, hoàn thiện",
    series="PB",
    signed_by="Người đứng đầu cơ quan trả hồ sơ",
    fields=FIELDS,
    lay_out=lay_out,
)
