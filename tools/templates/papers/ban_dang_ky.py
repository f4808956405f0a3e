"""A unit's registration for a movement: what it will do, whom it registers, what they aim at.

NĐ 30/2020, Phụ lục III, mục I knows no such type, so the paper has no abbreviation of a type; its
number is printed only where the unit gives it one.
"""

from typing import Final

from tools.templates.blocks import (
    addressees,
    bases,
    closing,
    enclosures,
    heading,
    letterhead,
    numbered,
    two_digits,
)
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    HEADER,
    NOTHING,
    RECIPIENTS,
    SIGNATURE,
    rows,
    text,
    texts,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.registration_fields import IN_MOVEMENT, MOVEMENT_FIELDS
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

FIELDS: Final = (
    *HEADER,
    ADDRESSEES,
    BASES,
    *MOVEMENT_FIELDS,
    texts(
        "noi_dung",
        "Nội dung thi đua của đơn vị, mỗi phần tử một đoạn",
        ["Xây dựng kế hoạch phát động phong trào thi đua tại đơn vị."],
        "phần nội dung thi đua không xuất hiện",
    ),
    rows(
        "danh_sach",
        "Tập thể, cá nhân, hộ gia đình đăng ký",
        [
            text("ten", "Tên tập thể, cá nhân, hộ gia đình", "Phòng Tổ chức - Hành chính"),
            text("nhom", "Nhóm đối tượng của phong trào", "các cơ sở y tế"),
            text("chi_tieu", "Chỉ tiêu, nội dung phấn đấu", "100% hồ sơ xử lý đúng hạn", NOTHING),
            text(
                "hinh_thuc",
                "Hình thức khen thưởng hướng tới",
                "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
                NOTHING,
            ),
        ],
    ),
    texts(
        "kem_theo",
        "Tài liệu gửi kèm",
        ["Kế hoạch phát động phong trào thi đua"],
        "câu kể tài liệu gửi kèm không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)
COLUMNS: Final = (
    INDEX,
    Column("Tập thể, cá nhân, hộ gia đình", 46, ("{{ dt.ten }}", ("dt.nhom", "({{ dt.nhom }})"))),
    Column("Chỉ tiêu, nội dung phấn đấu", 58, "{{ dt.chi_tieu }}"),
    Column("Hình thức khen thưởng hướng tới", 47.9, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the registration."""
    letterhead(sheet, number=f"{{% if so_ky_hieu %}}Số: {numbered('so_ky_hieu')}{{% endif %}}")
    heading(sheet, "Bản đăng ký thi đua", f"Tham gia {IN_MOVEMENT}")
    addressees(sheet)
    bases(sheet)
    sheet.write("NoiDung", f"{{{{ ten_co_quan }}}} đăng ký tham gia {IN_MOVEMENT}, như sau:")
    with sheet.when("noi_dung"):
        sheet.write("Khoan", "1. Nội dung thi đua")
        with sheet.each("doan in noi_dung"):
            sheet.write("NoiDung", "{{ doan }}")
    sheet.write(
        "Khoan",
        "{% if noi_dung %}2{% else %}1{% endif %}. Danh sách đăng ký"
        f" ({two_digits('danh_sach|length')} trường hợp)",
    )
    sheet.table(Rows("dt in danh_sach", COLUMNS))
    enclosures(sheet)
    sheet.write("NoiDungCuoi", "{{ ten_co_quan }} kính gửi để tổng hợp./.")
    closing(sheet, "Như trên")


PAPER: Final = Paper(
    key="ban_dang_ky",
    title="Bản đăng ký thi đua của đơn vị",
    series="",
    signed_by="Người đứng đầu đơn vị đăng ký",
    fields=FIELDS,
    lay_out=lay_out,
)
