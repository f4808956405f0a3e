"""Tờ trình of a unit, with the list of those it proposes as its annex."""

from typing import Final

from tools.templates.blocks import cited
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    DECIDER,
    HEADER,
    MOVEMENT,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    group,
    nominees,
    texts,
)
from tools.templates.letters import REQUEST, close_letter, open_letter
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet

FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    DECIDER,
    group("bien_ban", "Biên bản họp xét khen thưởng của đơn vị", RECORD),
    *nominees(),
    texts(
        "kem_theo",
        "Tài liệu gửi kèm ngoài danh sách",
        ["Biên bản họp Hội đồng Thi đua - Khen thưởng", "19 báo cáo thành tích"],
        "câu kể tài liệu gửi kèm không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its annex."""
    open_letter(sheet)
    sheet.write(
        "NoiDung", f"Trên cơ sở kết quả họp xét tại Biên bản {cited('bien_ban')}, " + REQUEST
    )
    sheet.write(
        "NoiDung",
        "{{ ten_co_quan }} chịu trách nhiệm về tính chính xác của thành tích và hồ sơ đề nghị"
        " khen thưởng.",
    )
    close_letter(sheet, "Kính đề nghị xem xét, quyết định")


PAPER: Final = Paper(
    key="to_trinh_don_vi",
    title="Tờ trình của đơn vị đề nghị khen thưởng, kèm danh sách",
    series="TTr",
    signed_by="Thủ trưởng đơn vị trình khen",
    fields=FIELDS,
    lay_out=lay_out,
)
