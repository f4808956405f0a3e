"""Minutes of the province's council: those of a unit, and what the public notice came to.

NĐ 152/2025/NĐ-CP, Điều 44.2: the outcome of the public notice stands in the council's minutes.
"""

from typing import Final

from tools.templates.fields import NOTHING, text
from tools.templates.paper import Paper
from tools.templates.papers import bien_ban_don_vi
from tools.templates.papers.bien_ban_don_vi import write_minutes
from tools.templates.sheet import Sheet

NOTICE: Final = text(
    "cong_khai",
    "Kết quả lấy ý kiến công khai, không có dấu cuối",
    "đăng tải 10 ngày làm việc trên Cổng thông tin điện tử tỉnh, không có ý kiến phản ánh",
    NOTHING,
)


def lay_out(sheet: Sheet) -> None:
    """Write the minutes (Mẫu 1.9)."""
    write_minutes(sheet, public_notice=True)


PAPER: Final = Paper(
    key="bien_ban_hoi_dong",
    title="Biên bản họp Hội đồng Thi đua - Khen thưởng tỉnh",
    series="BB",
    signed_by="Thư ký (bên trái) và chủ tọa (bên phải)",
    fields=(*bien_ban_don_vi.FIELDS, NOTICE),
    lay_out=lay_out,
)
