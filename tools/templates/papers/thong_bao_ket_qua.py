"""Notice of the result to the units that proposed: who was awarded, who was not and why."""

from typing import Final

from tools.templates.blocks import (
    ANY,
    COUNTS,
    addressees,
    cited,
    closing,
    heading,
    letterhead,
    two_digits,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    ADDRESSEES,
    DECIDER,
    HEADER,
    MOVEMENT,
    NAMED,
    PROPOSED,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    group,
    nominees,
    rows,
    text,
)
from tools.templates.lists import INDEX, NAME, POSITION, list_annex
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

DECLINED: Final = "khong_khen"
PERSON: Final = tuple(field for field in NAMED if field.name != "ngay_sinh")
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    *MOVEMENT,
    DECIDER,
    group(
        "quyet_dinh", "Quyết định khen thưởng; để trống khi không trường hợp nào được khen", RECORD
    ),
    *nominees((*PERSON, PROPOSED), of="được khen thưởng"),
    rows(
        DECLINED,
        "Trường hợp không được khen thưởng",
        [
            *PERSON,
            PROPOSED,
            text("ly_do", "Lý do", "đã được khen cùng thành tích"),
        ],
        "đoạn và bảng này không xuất hiện",
    ),
    text(
        "viec_can_lam",
        "Việc đơn vị cần làm, tiếp sau “Đề nghị …”, không có dấu cuối",
        "thông báo đến các tập thể, cá nhân có tên nêu trên",
    ),
    *RECIPIENTS,
    SIGNATURE,
)
AWARDED_COLUMNS: Final = (
    INDEX,
    Column("Tên tập thể, cá nhân, hộ gia đình", 56, NAME),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 53.9, POSITION),
    Column("Hình thức", 42, "{{ dt.hinh_thuc }}"),
)
DECLINED_COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 56, (NAME, ("dt.chuc_vu or dt.don_vi or dt.dia_chi", POSITION))),
    Column("Hình thức đề nghị", 42, "{{ dt.hinh_thuc }}"),
    Column("Lý do", 53.9, "{{ dt.ly_do }}"),
)
UNITS: Final = (
    "{% if kinh_gui|length > 3 %}các cơ quan, đơn vị nêu trên{% else %}{{ kinh_gui|va }}{% endif %}"
)


def lay_out(sheet: Sheet) -> None:
    """Write the notice and its list."""
    letterhead(sheet)
    heading(sheet, "Thông báo")
    addressees(sheet)
    sheet.write(
        "NoiDung",
        "{{ ten_co_quan }} thông báo kết quả xét khen thưởng thuộc thẩm quyền của"
        f" {{{{ cap_quyet_dinh }}}} trong {MOVEMENT_NAME} như sau:",
    )
    with sheet.when(ANY):
        sheet.write(
            "NoiDung",
            f"- Được khen thưởng: {COUNTS}, theo Quyết định {cited('quyet_dinh')}"
            " (danh sách tại Phụ lục kèm theo).",
        )
    with sheet.when(DECLINED):
        sheet.write(
            "DanBang",
            f"- Không được khen thưởng: {two_digits(DECLINED + '|length')} trường hợp:",
        )
        sheet.table(Rows(f"dt in {DECLINED}", DECLINED_COLUMNS))
    sheet.write("NoiDungCuoi", f"Đề nghị {UNITS} {{{{ viec_can_lam }}}}./.")
    closing(sheet, "Như trên")
    list_annex(sheet, "Danh sách được khen thưởng", "Thông báo", AWARDED_COLUMNS)


PAPER: Final = Paper(
    key="thong_bao_ket_qua",
    title="Thông báo kết quả xét khen thưởng",
    series="TB",
    signed_by="Người ký quyết định khen thưởng hoặc người được giao",
    fields=FIELDS,
    lay_out=lay_out,
)
