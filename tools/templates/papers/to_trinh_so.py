"""Tờ trình of the standing agency of the movement to the province, after its appraisal."""

from typing import Final

from tools.templates.blocks import cited, two_digits
from tools.templates.fields import (
    ADDRESSEES,
    APPRAISED,
    BASES,
    DECIDER,
    HEADER,
    MOVEMENT,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    group,
    integer,
    nominees,
    texts,
)
from tools.templates.letters import REQUEST, close_letter, open_letter
from tools.templates.lists import APPRAISED as APPRAISED_COLUMNS
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet

FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    DECIDER,
    integer("so_ho_so", "Số hồ sơ đã tiếp nhận và thẩm định", 12),
    group("bao_cao_tham_dinh", "Báo cáo thẩm định của cơ quan", RECORD),
    *nominees(APPRAISED, of="đủ điều kiện, đề nghị"),
    texts(
        "kem_theo",
        "Tài liệu gửi kèm ngoài danh sách",
        ["Báo cáo thẩm định", "Hồ sơ của các đơn vị"],
        "câu kể tài liệu gửi kèm không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its annex."""
    open_letter(sheet)
    sheet.write(
        "NoiDung",
        f"{{{{ ten_co_quan }}}} đã tiếp nhận và thẩm định {two_digits('so_ho_so')} hồ sơ đề nghị khen"
        f" thưởng; kết quả thẩm định tại Báo cáo {cited('bao_cao_tham_dinh')}.",
    )
    sheet.write("NoiDung", REQUEST)
    close_letter(sheet, "{{ ten_co_quan }} kính trình xem xét, quyết định", APPRAISED_COLUMNS)


PAPER: Final = Paper(
    key="to_trinh_so",
    title="Tờ trình của cơ quan thường trực phong trào",
    series="TTr",
    signed_by="Người đứng đầu cơ quan thường trực phong trào",
    fields=FIELDS,
    lay_out=lay_out,
)
