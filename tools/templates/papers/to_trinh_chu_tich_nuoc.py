"""Tờ trình of the province for what the President awards: never in one with the Prime Minister's.

It goes to the Prime Minister, who submits to the President (Luật Thi đua, khen thưởng số
06/2022/QH15, Điều 83, khoản 2).
"""

from typing import Final

from tools.templates.blocks import COUNTS, MOVEMENT
from tools.templates.letters import higher_letter
from tools.templates.paper import Paper
from tools.templates.papers.to_trinh_hoi_dong import FIELDS as COUNCIL_FIELDS
from tools.templates.sheet import Sheet

FIELDS: Final = COUNCIL_FIELDS
WANTED: Final = "Thủ tướng Chính phủ xem xét, trình {{ cap_quyet_dinh }} quyết định"
REQUEST: Final = (
    f"{{{{ ten_co_quan }}}} đề nghị {WANTED} khen thưởng đối với {COUNTS}"
    f" có thành tích trong {MOVEMENT} (danh sách tại Phụ lục kèm theo)."
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its annex."""
    higher_letter(sheet, "Hội đồng Thi đua - Khen thưởng tỉnh", REQUEST, WANTED)


PAPER: Final = Paper(
    key="to_trinh_chu_tich_nuoc",
    title="Tờ trình của tỉnh đề nghị trình Chủ tịch nước khen thưởng",
    series="TTr",
    signed_by="Chủ tịch Ủy ban nhân dân tỉnh",
    fields=FIELDS,
    lay_out=lay_out,
)
