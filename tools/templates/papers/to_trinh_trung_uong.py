"""Tờ trình of the province for what the Prime Minister awards."""

from typing import Final

from tools.templates.letters import higher_letter
from tools.templates.paper import Paper
from tools.templates.papers.to_trinh_hoi_dong import FIELDS as COUNCIL_FIELDS
from tools.templates.sheet import Sheet

FIELDS: Final = COUNCIL_FIELDS


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its annex."""
    higher_letter(sheet, "Hội đồng Thi đua - Khen thưởng tỉnh")


PAPER: Final = Paper(
    key="to_trinh_trung_uong",
    title="Tờ trình của tỉnh đề nghị Thủ tướng Chính phủ khen thưởng",
    series="TTr",
    signed_by="Chủ tịch Ủy ban nhân dân tỉnh",
    fields=FIELDS,
    lay_out=lay_out,
)
