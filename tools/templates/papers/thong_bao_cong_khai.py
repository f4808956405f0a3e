"""Public notice of those proposed, before the council meets, to take opinions of anybody."""

from typing import Final

from tools.templates.blocks import (
    COUNTS,
    bases,
    closing,
    dated,
    heading,
    letterhead,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    BASES,
    DECIDER,
    HEADER,
    MOVEMENT,
    NAMED,
    NOTHING,
    PROPOSED,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    date,
    nominees,
    text,
)
from tools.templates.lists import INDEX, NAME, POSITION, list_annex
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

PUBLIC: Final = tuple(field for field in NAMED if field.name != "ngay_sinh")
"""What is told of a person to everybody: not his day of birth."""
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    BASES,
    *MOVEMENT,
    DECIDER,
    *nominees((*PUBLIC, PROPOSED), of="được công khai"),
    text("kenh", "Nơi đăng công khai", "Cổng thông tin điện tử tỉnh Kiên Giang"),
    date("tu_ngay", "Ngày đăng", "2025-09-01"),
    date("den_ngay", "Ngày cuối nhận ý kiến", "2025-09-15"),
    text("can_cu_han", "Quy định về thời gian công khai", "NĐ 152/2025/NĐ-CP, Điều 44.2", NOTHING),
    text(
        "noi_nhan_y_kien",
        "Nơi nhận ý kiến: cơ quan, địa chỉ, điện thoại, thư điện tử",
        "Sở Nội vụ tỉnh Kiên Giang, số 01 Nguyễn Công Trứ, điện thoại 0297 3812 345",
    ),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Tên tập thể, cá nhân, hộ gia đình", 56, NAME),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 53.9, POSITION),
    Column("Hình thức đề nghị", 42, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the notice and its list."""
    letterhead(sheet)
    heading(sheet, "Thông báo")
    bases(sheet)
    sheet.write(
        "NoiDung",
        f"{{{{ ten_co_quan }}}} công khai danh sách {COUNTS} được đề nghị khen thưởng thuộc thẩm"
        f" quyền của {{{{ cap_quyet_dinh }}}} trong {MOVEMENT_NAME} để lấy ý kiến rộng rãi (danh"
        " sách tại Phụ lục kèm theo).",
    )
    sheet.write("NoiDung", "1. Nơi đăng: {{ kenh }}.")
    sheet.write(
        "NoiDung",
        f"2. Thời gian: từ {dated('tu_ngay')} đến hết {dated('den_ngay')}"
        "{% if can_cu_han %} ({{ can_cu_han }}){% endif %}.",
    )
    sheet.write("NoiDung", "3. Nơi nhận ý kiến: {{ noi_nhan_y_kien }}.")
    sheet.write(
        "NoiDungCuoi",
        "Ý kiến xin nêu rõ nội dung, căn cứ, họ tên và cách liên hệ của người gửi để tiện xác"
        " minh, trả lời./.",
    )
    closing(sheet)
    list_annex(sheet, "Danh sách đề nghị khen thưởng", "Thông báo", COLUMNS)


PAPER: Final = Paper(
    key="thong_bao_cong_khai",
    title="Thông báo công khai danh sách đề nghị khen thưởng",
    series="TB",
    signed_by="Người đứng đầu cơ quan đăng công khai",
    fields=FIELDS,
    lay_out=lay_out,
)
