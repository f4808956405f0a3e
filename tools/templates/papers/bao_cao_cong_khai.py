"""Report of what a public notice brought: how long, where, which objections, how each ended."""

from typing import Final

from tools.templates.blocks import (
    COUNTS,
    addressees,
    bases,
    cited,
    closing,
    dated,
    heading,
    letterhead,
    two_digits,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    HEADER,
    MOVEMENT,
    NOTHING,
    PROPOSED,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    date,
    group,
    nominees,
    rows,
    text,
)
from tools.templates.lists import INDEX, NAME, POSITION, list_annex
from tools.templates.paper import Paper
from tools.templates.papers.thong_bao_cong_khai import PUBLIC
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

OBJECTIONS: Final = rows(
    "y_kien",
    "Từng ý kiến đã nhận",
    [
        text(
            "doi_tuong",
            "Đối tượng có ý kiến; trống là về cả danh sách",
            "Lâm Bửu",
            "in “Cả danh sách”",
        ),
        text(
            "nguoi_gui",
            "Người gửi ý kiến",
            "ông Danh Hoàng, phường Vĩnh Thanh",
            "in “Không nêu tên”",
        ),
        date("ngay", "Ngày nhận", "2025-09-05"),
        text("noi_dung", "Nội dung", "đang bị xem xét kỷ luật"),
        text("xac_minh", "Cách xác minh", "làm việc với cơ quan quản lý cán bộ"),
        text("ket_luan", "Kết luận", "không có cơ sở"),
    ],
    "in “không nhận được ý kiến nào”",
)
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    group("thong_bao", "Thông báo công khai", RECORD),
    text("kenh", "Nơi đã đăng công khai", "Cổng thông tin điện tử tỉnh Kiên Giang"),
    date("tu_ngay", "Ngày đăng", "2025-09-01"),
    date("den_ngay", "Ngày cuối nhận ý kiến", "2025-09-15"),
    text("can_cu_han", "Quy định về thời gian công khai", "NĐ 152/2025/NĐ-CP, Điều 44.2", NOTHING),
    *nominees((*PUBLIC, PROPOSED), of="đã được công khai"),
    OBJECTIONS,
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Tên tập thể, cá nhân, hộ gia đình", 56, NAME),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 53.9, POSITION),
    Column("Hình thức đề nghị", 42, "{{ dt.hinh_thuc }}"),
)
FROM: Final = (
    "{% if mot.nguoi_gui %}{{ mot.nguoi_gui }}{% else %}Không nêu tên{% endif %},"
    " ngày {{ mot.ngay|ngay }}"
)
OBJECTION_COLUMNS: Final = (
    INDEX,
    Column(
        "Đối tượng; người gửi, ngày nhận",
        42,
        (
            "{% if mot.doi_tuong %}{{ mot.doi_tuong }}{% else %}Cả danh sách{% endif %}",
            FROM,
        ),
    ),
    Column("Nội dung ý kiến", 40, "{{ mot.noi_dung }}"),
    Column("Xác minh", 36, "{{ mot.xac_minh }}"),
    Column("Kết luận", 33.9, "{{ mot.ket_luan }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the report and its list."""
    letterhead(sheet)
    heading(sheet, "Báo cáo")
    addressees(sheet)
    bases(sheet)
    sheet.write(
        "NoiDung",
        f"Thực hiện Thông báo {cited('thong_bao')}, {{{{ ten_co_quan }}}} đã công khai danh sách"
        f" {COUNTS} được đề nghị khen thưởng trong {MOVEMENT_NAME} (danh sách tại Phụ lục kèm theo)"
        f" trên {{{{ kenh }}}} từ {dated('tu_ngay')} đến hết {dated('den_ngay')}"
        "{% if can_cu_han %} ({{ can_cu_han }}){% endif %}.",
    )
    with sheet.when("y_kien"):
        sheet.write(
            "DanBang",
            f"Trong thời gian công khai đã nhận {two_digits('y_kien|length')} ý kiến, xác minh và"
            " kết luận như sau:",
        )
        sheet.table(Rows("mot in y_kien", OBJECTION_COLUMNS))
        sheet.otherwise()
        sheet.write("NoiDung", "Trong thời gian công khai không nhận được ý kiến nào.")
    sheet.write("NoiDungCuoi", "{{ ten_co_quan }} báo cáo kết quả lấy ý kiến công khai như trên./.")
    closing(sheet, "Như trên")
    list_annex(sheet, "Danh sách đã công khai", "Báo cáo", COLUMNS)


PAPER: Final = Paper(
    key="bao_cao_cong_khai",
    title="Báo cáo kết quả lấy ý kiến công khai",
    series="BC",
    signed_by="Người đứng đầu cơ quan đã đăng công khai",
    fields=FIELDS,
    lay_out=lay_out,
)
