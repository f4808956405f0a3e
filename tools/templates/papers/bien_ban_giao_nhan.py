"""Record of dossiers handed to the archive (NĐ 30/2020/NĐ-CP, Phụ lục V, mục V), in two copies."""

from typing import Final

from tools.templates.blocks import FULL_RULE, national_head, numbered
from tools.templates.fields import (
    DOTS,
    LETTERHEAD,
    MOVEMENT,
    NOTHING,
    PLACE_DATE,
    Field,
    group,
    text,
    texts,
)
from tools.templates.flow import Flow
from tools.templates.paper import Paper
from tools.templates.papers.muc_luc_nop_luu import BLOCK
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet

DOTTED: Final = "……………………………………"


def party(name: str, meaning: str, person: str, office: str, body: str) -> Field:
    """Return one of the two who sign: a person, his office, and for whom he is there."""
    return group(
        name,
        meaning,
        [
            text("ho_ten", "Họ và tên", person, DOTS),
            text("chuc_vu", "Chức vụ công tác", office, DOTS),
            text("don_vi", "Cơ quan, đơn vị", body, DOTS),
        ],
    )


FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    MOVEMENT[0],
    texts(
        "can_cu_giao",
        "Căn cứ khác, như Danh mục hồ sơ, kế hoạch thu thập tài liệu; không có chữ “Căn cứ”",
        ["Kế hoạch số 15/KH-VP ngày 08 tháng 01 năm 2024 về thu thập tài liệu"],
        NOTHING,
    ),
    party(
        "ben_giao",
        "Bên giao",
        "Tô Hoàng Yến Phượng",
        "Thư ký Hội đồng",
        "Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang",
    ),
    party(
        "ben_nhan",
        "Bên nhận: Lưu trữ cơ quan",
        "Danh Thị Sa Rinh",
        "Lưu trữ viên",
        "Lưu trữ Văn phòng Ủy ban nhân dân tỉnh",
    ),
    text("thoi_gian", "Thời gian của hồ sơ, tài liệu", "từ 20/11/2023 đến 28/12/2023"),
    text("so_hop", "Tổng số hộp (cặp)", "02", DOTS),
    text("so_ho_so", "Tổng số hồ sơ giấy (đơn vị bảo quản)", "06", DOTS),
    text("so_met", "Quy ra mét giá", "0,3", DOTS),
    text("ho_so_dien_tu", "Tổng số hồ sơ điện tử", "06", DOTS),
    text("so_tep", "Tổng số tệp tin trong hồ sơ điện tử", "84", DOTS),
    text("tinh_trang", "Tình trạng tài liệu giao nộp", "Tốt, đủ thành phần", DOTS),
)


def said(name: str) -> str:
    """Return the named text, or dots where it is unknown."""
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}{DOTTED}{{% endif %}}"


def lay_out(sheet: Sheet) -> None:
    """Write the record line by line as the form has it."""
    national_head(sheet, place=True)
    sheet.write("TenLoai", "Biên bản")
    sheet.write("TrichYeu", "Giao nhận hồ sơ, tài liệu")
    sheet.write("DuongKeTrichYeu", FULL_RULE)
    sheet.write(
        "CanCu",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác"
        " văn thư;",
    )
    with sheet.each("can_cu in can_cu_giao"):
        sheet.write("CanCu", "Căn cứ {{ can_cu }};")
    sheet.write("NoiDung", "Chúng tôi gồm:")
    parties(sheet)
    sheet.write(
        "NoiDung",
        "Thống nhất lập biên bản giao nhận tài liệu với những nội dung như sau:",
    )
    contents(sheet)
    sheet.write(
        "NoiDungCuoi",
        "Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản./.",
    )
    half = TEXT_WIDTH_MM / 2
    [[left, right]] = sheet.columns(half, half)
    signed(left, "Đại diện bên giao", "ben_giao")
    signed(right, "Đại diện bên nhận", "ben_nhan")


def parties(sheet: Sheet) -> None:
    """Write who hands over and who takes in."""
    for title, name in (("BÊN GIAO", "ben_giao"), ("BÊN NHẬN", "ben_nhan")):
        sheet.write("NoiDung", f"{title}: {said(name + '.don_vi')}")
        sheet.write("NoiDung", f"Ông (bà): {said(name + '.ho_ten')}")
        sheet.write("NoiDung", f"Chức vụ công tác: {said(name + '.chuc_vu')}")


def contents(sheet: Sheet) -> None:
    """Write what is handed over: on paper, as files, and in what state."""
    dossiers = f"- Tổng số hồ sơ (đơn vị bảo quản): {said('so_ho_so')}."
    for line in (
        f"1. Tên khối tài liệu giao nộp: {BLOCK}",
        "2. Thời gian của hồ sơ, tài liệu: {{ thoi_gian }}",
        "3. Số lượng tài liệu:",
        "a) Đối với hồ sơ, tài liệu giấy",
        f"- Tổng số hộp (cặp): {said('so_hop')}",
        f"{dossiers} Quy ra mét giá: {numbered('so_met')} mét.",
        "b) Đối với hồ sơ, tài liệu điện tử",
        f"- Tổng số hồ sơ: {said('ho_so_dien_tu')}",
        f"- Tổng số tệp tin trong hồ sơ: {said('so_tep')}",
        f"4. Tình trạng tài liệu giao nộp: {said('tinh_trang')}",
        "5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo.",
    ):
        sheet.write("NoiDung", line)


def signed(box: Flow, title: str, name: str) -> None:
    """Write one signature of the two, with the name where it is known."""
    box.write("QuyenHan", title)
    box.write("HoTen", f"{{{{ {name}.ho_ten }}}}")


PAPER: Final = Paper(
    key="bien_ban_giao_nhan",
    title="Biên bản giao nhận hồ sơ, tài liệu nộp lưu",
    series="",
    signed_by="Đại diện bên giao và bên nhận, ký tay; hai bản",
    fields=FIELDS,
    lay_out=lay_out,
)
