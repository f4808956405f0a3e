"""Decision that revokes an award: what is revoked, why, and what is to be given back.

Luật 06/2022/QH15, Điều 93, khoản 2 and 8; laid out as a decision (NĐ 30/2020, Mẫu 1.2).
"""

from typing import Final

from tools.templates.blocks import (
    COUNTS,
    bases,
    cited,
    closing,
    dated,
    heading,
    letterhead,
)
from tools.templates.fields import (
    BASES,
    HEADER,
    MOVEMENT,
    NAMED,
    NOTHING,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    Field,
    date,
    group,
    nominees,
    text,
)
from tools.templates.lists import INDEX, NAME, POSITION, list_annex
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

OFFICE: Final = text(
    "tham_quyen",
    "Chức danh có thẩm quyền, in giữa trang; viết thường, mẫu tự in hoa",
    "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang",
)
PROPOSED_BY: Final = text(
    "theo_de_nghi",
    "Phần sau “Theo đề nghị của” ở dòng căn cứ cuối cùng, không có dấu cuối",
    "Giám đốc Sở Nội vụ tại Tờ trình số 512/TTr-SNV ngày 15 tháng 5 năm 2024",
    NOTHING,
)
DECISION: Final = group("quyet_dinh", "Quyết định khen thưởng đã ban hành", RECORD)
FORM: Final = text(
    "hinh_thuc", "Hình thức khen thưởng", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
)
CARRIED_OUT: Final = text(
    "thi_hanh",
    "Những người chịu trách nhiệm thi hành, không có dấu cuối",
    "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, thủ trưởng các cơ quan, đơn vị có"
    " liên quan và đối tượng có tên tại Điều 1",
)
PERSON: Final = tuple(field for field in NAMED if field.name != "ngay_sinh")
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    OFFICE,
    BASES,
    PROPOSED_BY,
    *MOVEMENT,
    DECISION,
    FORM,
    text("ly_do", "Lý do hủy bỏ, không có dấu cuối", "kê khai thành tích không đúng sự thật"),
    text(
        "truong_hop",
        "Trường hợp luật định, tiếp sau “thuộc trường hợp”",
        "điểm a khoản 2 Điều 93 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        NOTHING,
    ),
    text(
        "ket_luan",
        "Kết luận, quyết định hoặc bản án làm căn cứ, tiếp sau “theo”",
        "Kết luận thanh tra số 07/KL-TTr ngày 02 tháng 5 năm 2024 của Thanh tra tỉnh",
    ),
    *nominees(
        (*PERSON, Field("so_tien", "integer", "Tiền thưởng phải thu hồi, đồng; 0 là không có", 0)),
        of="bị hủy bỏ",
    ),
    text("hien_vat", "Hiện vật khen thưởng phải thu hồi", "Bằng khen", NOTHING),
    text("noi_nop", "Nơi nhận lại hiện vật, tiền thưởng", "Sở Nội vụ tỉnh Kiên Giang"),
    date("han", "Ngày cuối phải nộp lại", "2024-06-14", "không in hạn"),
    CARRIED_OUT,
    *RECIPIENTS,
    SIGNATURE,
)
MONEY: Final = "{% if dt.so_tien %}{{ dt.so_tien|so }}{% endif %}"
COLUMNS: Final = (
    INDEX,
    Column("Tên tập thể, cá nhân, hộ gia đình", 56, NAME),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 60.9, POSITION),
    Column("Tiền thưởng thu hồi (đồng)", 35, MONEY, "OBangGiua"),
)
TO_COME_BACK: Final = "{% if hien_vat %}{{ hien_vat }} và {% endif %}tiền thưởng đã nhận"


def lay_out(sheet: Sheet) -> None:
    """Write the decision and its list."""
    letterhead(sheet)
    heading(sheet, "Quyết định")
    sheet.write("ThamQuyen", "{{ tham_quyen }}")
    bases(sheet, end="{% if loop.last and not theo_de_nghi %}.{% else %};{% endif %}")
    with sheet.when("theo_de_nghi"):
        sheet.write("CanCu", "Theo đề nghị của {{ theo_de_nghi }}.")
    sheet.write("QuyetDinh", "Quyết định:")
    sheet.write(
        "NoiDung",
        f"Hủy bỏ việc tặng {{{{ hinh_thuc }}}} tại Quyết định {cited('quyet_dinh')} đối với"
        f" {COUNTS} (danh sách tại Phụ lục kèm theo).",
        lead="Điều 1. ",
    )
    sheet.write(
        "NoiDung",
        "Lý do: {{ ly_do }}{% if truong_hop %}, thuộc trường hợp {{ truong_hop }}{% endif %},"
        " theo {{ ket_luan }}.",
    )
    sheet.write(
        "NoiDung",
        f"Thu hồi {TO_COME_BACK}; nộp về {{{{ noi_nop }}}}"
        f"{{% if han %}} chậm nhất {dated('han')}{{% endif %}}.",
        lead="Điều 2. ",
    )
    sheet.write(
        "NoiDungCuoi",
        "{{ thi_hanh }} chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.",
        lead="Điều 3. ",
    )
    closing(sheet, "Như Điều 3")
    list_annex(sheet, "Danh sách bị hủy bỏ {{ hinh_thuc }}", "Quyết định", COLUMNS)


PAPER: Final = Paper(
    key="quyet_dinh_huy_bo",
    title="Quyết định hủy bỏ quyết định khen thưởng, kèm danh sách",
    series="QĐ",
    signed_by="Người đã quyết định khen thưởng",
    fields=FIELDS,
    lay_out=lay_out,
)
