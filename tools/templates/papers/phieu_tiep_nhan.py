"""Receipt of a dossier: what came, when, for whom, and what follows.

NĐ 30/2020, Phụ lục III, mục I knows no such type: no number, no abbreviation; the dossier's code
tells one from another.
"""

from typing import Final

from tools.templates.blocks import COUNTS, dated, heading, letterhead, numbered
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    DECIDER,
    DOTS,
    LETTERHEAD,
    MOVEMENT,
    NAMED,
    NOTHING,
    PLACE_DATE,
    PROPOSED,
    date,
    group,
    nominees,
    rows,
    text,
)
from tools.templates.lists import INDEX, KINDS, WHO
from tools.templates.paper import Paper
from tools.templates.papers.bien_ban_don_vi import PERSON, person
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

PARTS: Final = rows(
    "giay_to",
    "Giấy tờ đã nhận",
    [
        text("ten", "Tên giấy tờ", "Tờ trình đề nghị khen thưởng"),
        text("so_ky_hieu", "Số, ký hiệu", "48/TTr-UBND", NOTHING),
        date("ngay", "Ngày văn bản", "2023-11-20", NOTHING),
    ],
    "phần này không xuất hiện",
)
FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    *MOVEMENT,
    text("ma", "Mã hồ sơ", "KG-2023-0017"),
    text("don_vi", "Đơn vị trình", "Ủy ban nhân dân huyện Gò Quao"),
    DECIDER,
    text("gio", "Giờ tiếp nhận", "09 giờ 15 phút", DOTS),
    date("ngay_nhan", "Ngày tiếp nhận", "2023-11-22", DOTS),
    text(
        "che_do",
        "Văn bản quy định hồ sơ được xét theo, xác định tại ngày tiếp nhận",
        "Nghị định số 152/2025/NĐ-CP",
        NOTHING,
    ),
    *nominees((*NAMED, PROPOSED), of="được tiếp nhận"),
    PARTS,
    text(
        "buoc_tiep_theo",
        "Bước tiếp theo, không có dấu cuối",
        "cơ quan tiếp nhận thẩm định hồ sơ",
    ),
    group("nguoi_nhan", "Người tiếp nhận", PERSON),
)
PAPERS_COLUMNS: Final = (
    INDEX,
    Column("Giấy tờ", 96, "{{ giay.ten }}"),
    Column(
        "Số, ký hiệu; ngày",
        55.9,
        (
            ("giay.so_ky_hieu", "{{ giay.so_ky_hieu }}"),
            ("giay.ngay", "ngày {{ giay.ngay|ngay }}"),
            ("not giay.so_ky_hieu and not giay.ngay", "không số"),
        ),
    ),
)
NOMINEE_COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 90, WHO),
    Column("Hình thức đề nghị", 61.9, "{{ dt.hinh_thuc }}"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the receipt."""
    letterhead(sheet, number="")
    heading(sheet, "Phiếu tiếp nhận", f"Hồ sơ đề nghị khen thưởng trong {MOVEMENT_NAME}")
    for line in (
        "Mã hồ sơ: {{ ma }}",
        "Đơn vị trình: {{ don_vi }}",
        "Cấp quyết định khen thưởng: {{ cap_quyet_dinh }}",
        f"Tiếp nhận: {numbered('gio')}, {dated('ngay_nhan')}",
        f"Người tiếp nhận: {person('nguoi_nhan')}",
        f"Nội dung đề nghị: {COUNTS}",
    ):
        sheet.write("NoiDung", f"- {line}.")
    with sheet.when("che_do"):
        sheet.write("NoiDung", "- Hồ sơ được xét theo: {{ che_do }}.")
    sheet.write("TieuDeBang", "1. Đối tượng đề nghị")
    sheet.table(*(Rows(f"dt in {kind}", NOMINEE_COLUMNS, title) for kind, title in KINDS.items()))
    with sheet.when("giay_to"):
        sheet.write("TieuDeBang", "2. Giấy tờ đã nhận")
        sheet.table(Rows("giay in giay_to", PAPERS_COLUMNS))
    sheet.write("NoiDungCuoi", "Bước tiếp theo: {{ buoc_tiep_theo }}./.")
    half = TEXT_WIDTH_MM / 2
    titles, names = sheet.columns(half, half, rows=2)
    titles[0].write("QuyenHan", "Người nộp hồ sơ")
    titles[1].write("QuyenHan", "Người tiếp nhận")
    names[0].write("HoTen", "……………………………")
    names[1].write("HoTen", "{{ nguoi_nhan.ho_ten }}")


PAPER: Final = Paper(
    key="phieu_tiep_nhan",
    title="Phiếu tiếp nhận hồ sơ",
    series="",
    signed_by="Người nộp (bên trái) và người tiếp nhận (bên phải), ký tay",
    fields=FIELDS,
    lay_out=lay_out,
)
