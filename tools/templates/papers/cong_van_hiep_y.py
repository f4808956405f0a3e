"""Letter that asks another body for its opinion (hiệp y) on those proposed.

A công văn: no name of a type, its subject below its number (NĐ 30/2020, Phụ lục III, Mẫu 1.5).
"""

from typing import Final

from tools.templates.blocks import (
    COUNTS,
    addressees,
    bases,
    closing,
    dated,
    enclosures,
    letterhead,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    DECIDER,
    HEADER,
    MOVEMENT,
    NAMED,
    NOTHING,
    PROPOSED,
    RECIPIENTS,
    SIGNATURE,
    date,
    nominees,
    text,
    texts,
)
from tools.templates.lists import INDEX, WHO, list_annex
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

FIELDS: Final = (
    *HEADER,
    text(
        "trich_yeu",
        "Trích yếu, in sau “V/v” dưới số và ký hiệu; viết thường chữ đầu",
        "lấy ý kiến đối với các trường hợp đề nghị khen thưởng",
    ),
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    DECIDER,
    text(
        "noi_dung",
        "Nội dung cần cho ý kiến, không có dấu cuối",
        "việc chấp hành pháp luật về thuế của các đối tượng có tên trong danh sách",
    ),
    *nominees((*NAMED, PROPOSED), of="cần cho ý kiến"),
    date("han_tra_loi", "Hạn trả lời", "2025-09-15", "không in hạn"),
    text(
        "can_cu_han",
        "Quy định về thời hạn trả lời",
        "NĐ 152/2025/NĐ-CP, Điều 34.6",
        NOTHING,
    ),
    text("noi_nhan_tra_loi", "Nơi nhận văn bản trả lời", "Sở Nội vụ tỉnh Kiên Giang"),
    texts("kem_theo", "Tài liệu gửi kèm", ["Phiếu trả lời ý kiến"], NOTHING),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng đề nghị", 90, WHO),
    Column("Hình thức khen thưởng", 61.9, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its list."""
    letterhead(sheet, subject=True)
    addressees(sheet)
    bases(sheet)
    sheet.write(
        "NoiDung",
        "{{ ten_co_quan }} đang thẩm định hồ sơ đề nghị khen thưởng thuộc thẩm quyền của"
        f" {{{{ cap_quyet_dinh }}}} trong {MOVEMENT_NAME} và đề nghị quý cơ quan cho ý kiến đối với"
        f" {COUNTS} (danh sách tại Phụ lục kèm theo) về: {{{{ noi_dung }}}}.",
    )
    sheet.write(
        "NoiDung",
        "Văn bản trả lời xin gửi về {{ noi_nhan_tra_loi }}"
        f"{{% if han_tra_loi %}} chậm nhất {dated('han_tra_loi')}"
        "{% if can_cu_han %} ({{ can_cu_han }}){% endif %}{% endif %}.",
    )
    enclosures(sheet)
    sheet.write("NoiDungCuoi", "Rất mong nhận được sự phối hợp của quý cơ quan./.")
    closing(sheet, "Như trên")
    list_annex(sheet, "Danh sách cần cho ý kiến", "Công văn", COLUMNS)


PAPER: Final = Paper(
    key="cong_van_hiep_y",
    title="Công văn lấy ý kiến (hiệp y)",
    series="",
    signed_by="Người đứng đầu cơ quan thẩm định",
    fields=FIELDS,
    lay_out=lay_out,
)
