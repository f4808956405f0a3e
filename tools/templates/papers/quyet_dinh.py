"""Decision of the Chairman to grant an award, with the list of those who receive it."""

from typing import Final

from tools.templates.blocks import COUNTS, bases, closing, heading, letterhead
from tools.templates.fields import (
    BASES,
    HEADER,
    MOVEMENT,
    NAMED,
    NOTHING,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    Field,
    nominees,
    rows,
    text,
)
from tools.templates.lists import AWARDED, list_annex
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet

MONEY: Final = rows(
    "tien_thuong",
    "Mức tiền thưởng kèm theo",
    [
        text("doi_tuong", "Ai được hưởng mức này", "mỗi tập thể"),
        Field("so_tien", "integer", "Số tiền, đồng", 3600000),
    ],
    NOTHING,
)
AWARDED_FIELDS: Final = tuple(field for field in NAMED if field.name != "ngay_sinh")
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    text(
        "tham_quyen",
        "Chức danh có thẩm quyền, in giữa trang; viết thường, mẫu tự in hoa",
        "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang",
    ),
    BASES,
    text(
        "theo_de_nghi",
        "Phần sau “Theo đề nghị của” ở dòng căn cứ cuối cùng, không có dấu cuối",
        "Giám đốc Sở Nội vụ tại Tờ trình số 412/TTr-SNV ngày 12 tháng 12 năm 2023",
    ),
    *MOVEMENT,
    text("hinh_thuc", "Hình thức khen thưởng", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    text(
        "thanh_tich",
        "Thành tích được khen, tiếp sau số lượng; bắt đầu bằng chữ thường, không có dấu cuối",
        "đã có thành tích xuất sắc trong phong trào thi đua “Kiên Giang thực hiện chương trình"
        " Chuyển đổi số” từ năm 2022 đến năm 2023",
    ),
    *nominees(AWARDED_FIELDS, of="được khen thưởng"),
    MONEY,
    text(
        "nguon_kinh_phi",
        "Nguồn kinh phí chi tiền thưởng, không có dấu cuối",
        "Quỹ Thi đua, khen thưởng tỉnh năm 2023",
    ),
    text(
        "thi_hanh",
        "Những người chịu trách nhiệm thi hành, trước chữ “và các …có tên tại Điều 1”",
        "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Giám đốc Sở Thông tin và"
        " Truyền thông, thủ trưởng các cơ quan, đơn vị có liên quan",
    ),
    *RECIPIENTS,
    SIGNATURE,
)


RECEIVERS: Final = (
    "{% if danh_sach_tap_the %}tập thể{% endif %}"
    "{% if danh_sach_tap_the and danh_sach_ca_nhan %}, {% endif %}"
    "{% if danh_sach_ca_nhan %}cá nhân{% endif %}"
    "{% if danh_sach_ho_gia_dinh and (danh_sach_tap_the or danh_sach_ca_nhan) %}, {% endif %}"
    "{% if danh_sach_ho_gia_dinh %}hộ gia đình{% endif %}"
)
PRIZES: Final = (
    "{% if tien_thuong %}Tiền thưởng kèm theo: {% for muc in tien_thuong %}{{ muc.doi_tuong }}"
    " {{ muc.so_tien|so }} đồng{% if loop.last %}. {% else %}; {% endif %}{% endfor %}{% endif %}"
)


def lay_out(sheet: Sheet) -> None:
    """Write the decision (Mẫu 1.2) and its annex."""
    letterhead(sheet)
    heading(sheet, "Quyết định")
    sheet.write("ThamQuyen", "{{ tham_quyen }}")
    bases(sheet, end=";")
    sheet.write("CanCu", "Theo đề nghị của {{ theo_de_nghi }}.")
    sheet.write("QuyetDinh", "Quyết định:")
    articles(sheet)
    closing(sheet, "Như Điều 3")
    list_annex(sheet, "Danh sách được tặng {{ hinh_thuc }}", "Quyết định", AWARDED)


def articles(sheet: Sheet) -> None:
    """Write the three articles: who is awarded what, with what money, who carries it out."""
    sheet.write(
        "NoiDung",
        f"Tặng {{{{ hinh_thuc }}}} cho {COUNTS} (danh sách tại Phụ lục kèm theo) {{{{ thanh_tich }}}}.",
        lead="Điều 1. ",
    )
    sheet.write(
        "NoiDung", f"{PRIZES}Kinh phí khen thưởng: {{{{ nguon_kinh_phi }}}}.", lead="Điều 2. "
    )
    sheet.write(
        "NoiDungCuoi",
        f"{{{{ thi_hanh }}}} và {RECEIVERS} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định"
        " này kể từ ngày ký./.",
        lead="Điều 3. ",
    )


PAPER: Final = Paper(
    key="quyet_dinh",
    title="Quyết định khen thưởng, kèm danh sách",
    series="QĐ",
    signed_by="Chủ tịch Ủy ban nhân dân tỉnh",
    fields=FIELDS,
    lay_out=lay_out,
)
