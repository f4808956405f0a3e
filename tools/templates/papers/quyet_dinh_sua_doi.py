"""Decision that mends a fact in an award decision.

What is wrong in its content is mended by a paper of the same form (NĐ 30/2020, Điều 18.3), so a
decision by a decision.
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import bases, cited, closing, heading, letterhead
from tools.templates.fields import (
    BASES,
    LETTERHEAD,
    MOVEMENT,
    NUMBER,
    PLACE_DATE,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    rows,
    text,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.quyet_dinh_huy_bo import CARRIED_OUT, DECISION, OFFICE, PROPOSED_BY
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

CHANGES: Final = "sua_doi"
FIELDS: Final = (
    *LETTERHEAD,
    NUMBER,
    *PLACE_DATE,
    SUBJECT,
    OFFICE,
    BASES,
    PROPOSED_BY,
    *MOVEMENT,
    DECISION,
    rows(
        CHANGES,
        "Từng chỗ được sửa",
        [
            text("cua", "Của đối tượng nào, như đã in", "Bà Đặng Thị Huỳnh Như"),
            text("noi_dung", "Chỗ được sửa", "Họ và tên"),
            text("da_ghi", "Đã ghi", "Đặng Thị Huỳnh Như"),
            text("sua_lai", "Nay sửa là", "Đặng Thị Quỳnh Như"),
        ],
    ),
    CARRIED_OUT,
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 44, "{{ sd.cua }}"),
    Column("Nội dung", 28, "{{ sd.noi_dung }}"),
    Column("Đã ghi", 39.9, "{{ sd.da_ghi }}"),
    Column("Nay sửa là", 40, "{{ sd.sua_lai }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the decision; what it mends stands in its first article."""
    letterhead(sheet)
    heading(sheet, "Quyết định")
    sheet.write("ThamQuyen", "{{ tham_quyen }}")
    bases(sheet, end="{% if loop.last and not theo_de_nghi %}.{% else %};{% endif %}")
    with sheet.when("theo_de_nghi"):
        sheet.write("CanCu", "Theo đề nghị của {{ theo_de_nghi }}.")
    sheet.write("QuyetDinh", "Quyết định:")
    sheet.write(
        "DanBang",
        f"Sửa đổi nội dung sau đây trong danh sách kèm theo Quyết định {cited('quyet_dinh')} về"
        f" khen thưởng trong {MOVEMENT_NAME}:",
        lead="Điều 1. ",
    )
    sheet.table(Rows(f"sd in {CHANGES}", COLUMNS))
    sheet.write(
        "NoiDung",
        f"Các nội dung khác của Quyết định {cited('quyet_dinh')} giữ nguyên.",
        lead="Điều 2. ",
    )
    sheet.write(
        "NoiDungCuoi",
        "{{ thi_hanh }} chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.",
        lead="Điều 3. ",
    )
    closing(sheet, "Như Điều 3")


PAPER: Final = Paper(
    key="quyet_dinh_sua_doi",
    title="Quyết định sửa đổi nội dung của quyết định khen thưởng",
    series="QĐ",
    signed_by="Người đã quyết định khen thưởng",
    fields=FIELDS,
    lay_out=lay_out,
)
