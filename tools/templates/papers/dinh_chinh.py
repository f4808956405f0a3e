"""Letter that corrects the form of an issued decision, not its content (NĐ 30/2020, Điều 18.3).

A công văn: no name of a type, its subject below its number (Phụ lục III, Mẫu 1.5).
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import addressees, cited, closing, letterhead
from tools.templates.fields import (
    ADDRESSEES,
    HEADER,
    MOVEMENT,
    RECIPIENTS,
    SIGNATURE,
    rows,
    text,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.quyet_dinh_huy_bo import DECISION
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

CHANGES: Final = "dinh_chinh"
FIELDS: Final = (
    *HEADER,
    text(
        "trich_yeu",
        "Trích yếu, in sau “V/v” dưới số và ký hiệu; viết thường chữ đầu",
        "đính chính Quyết định số 3108/QĐ-UBND",
    ),
    ADDRESSEES,
    *MOVEMENT,
    DECISION,
    text("ly_do", "Vì sao phải đính chính, không có dấu cuối", "sơ suất khi trình bày văn bản"),
    rows(
        CHANGES,
        "Từng chỗ được đính chính",
        [
            text("noi_dung", "Chỗ được đính chính", "Số thứ tự của danh sách kèm theo"),
            text("da_ghi", "Đã in", "thứ tự 12 ghi hai lần"),
            text("sua_lai", "Nay đính chính là", "thứ tự 12, 13"),
        ],
    ),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Nội dung", 48, "{{ dc.noi_dung }}"),
    Column("Đã in", 51.9, "{{ dc.da_ghi }}"),
    Column("Nay đính chính là", 52, "{{ dc.sua_lai }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter."""
    letterhead(sheet, subject=True)
    addressees(sheet)
    sheet.write(
        "DanBang",
        f"Do {{{{ ly_do }}}}, {{{{ ten_co_quan }}}} đính chính Quyết định {cited('quyet_dinh')}"
        f" về khen thưởng trong {MOVEMENT_NAME} như sau:",
    )
    sheet.table(Rows(f"dc in {CHANGES}", COLUMNS))
    sheet.write(
        "NoiDungCuoi",
        "{{ ten_co_quan }} thông báo để các cơ quan, đơn vị, cá nhân có liên quan biết và thực"
        " hiện./.",
    )
    closing(sheet, "Như trên")


PAPER: Final = Paper(
    key="dinh_chinh",
    title="Công văn đính chính quyết định khen thưởng",
    series="",
    signed_by="Người đã ký quyết định khen thưởng hoặc người được giao",
    fields=FIELDS,
    lay_out=lay_out,
)
