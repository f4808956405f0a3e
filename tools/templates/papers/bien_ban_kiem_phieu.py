"""Minutes of the count: the ballots, how many for each, and who counted.

No text gives this paper a form; its fields are those of minutes of a count that councils publish.
Who counted and how many ballots were given out is not entered anywhere: dots to fill in by hand.
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import heading, letterhead, two_digits
from tools.templates.fields import (
    DOTS,
    LETTERHEAD,
    MOVEMENT,
    NAMED,
    NOTHING,
    NUMBER,
    PROPOSED,
    RATIO,
    SUBJECT,
    group,
    integer,
    nominees,
    rows,
    text,
)
from tools.templates.lists import INDEX, KINDS, WHO
from tools.templates.paper import Paper
from tools.templates.papers.bien_ban_don_vi import PERSON, at, moment, person
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

COUNTED: Final = (
    *NAMED,
    PROPOSED,
    integer("phieu_dong_y", "Số phiếu đồng ý", 12),
    integer("phieu_khong_dong_y", "Số phiếu không đồng ý", 1),
    integer("phieu_khong_hop_le", "Số phiếu không hợp lệ", 0),
    RATIO,
)
FIELDS: Final = (
    *LETTERHEAD,
    NUMBER,
    SUBJECT,
    *MOVEMENT,
    moment("bat_dau", "Thời gian bắt đầu cuộc họp"),
    text("dia_diem", "Địa điểm họp", "Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh"),
    rows(
        "to_kiem_phieu",
        "Tổ kiểm phiếu, Tổ trưởng ở dòng đầu",
        PERSON,
        "in ba dòng chấm để điền tay",
    ),
    integer("so_thanh_vien", "Tổng số thành viên (mẫu số của mọi tỷ lệ)", 15),
    integer("so_co_mat", "Số thành viên có mặt", 13),
    text("cach_bieu_quyet", "Hình thức biểu quyết", "bỏ phiếu kín"),
    text("phieu_phat_ra", "Số phiếu phát ra", "15", DOTS),
    text(
        "phieu_thu_vao",
        "Số phiếu thu vào; để trống khi số phiếu của các trường hợp không bằng nhau",
        "15",
        DOTS,
    ),
    *nominees(COUNTED, of="được bỏ phiếu"),
    group("chu_tri", "Người chủ trì cuộc họp", PERSON),
    group("thu_ky", "Thư ký cuộc họp", PERSON),
    text("luu", "Phần sau chữ “Lưu:”", "VT, Hồ sơ", NOTHING),
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 50, WHO),
    Column("Hình thức", 35, "{{ dt.hinh_thuc }}"),
    Column("Đồng ý", 15, "{{ dt.phieu_dong_y }}", "OBangGiua"),
    Column("Không đồng ý", 17, "{{ dt.phieu_khong_dong_y }}", "OBangGiua"),
    Column("Không hợp lệ", 16.9, "{{ dt.phieu_khong_hop_le }}", "OBangGiua"),
    Column("Tỷ lệ (%)", 18, "{{ dt.ty_le }}", "OBangGiua"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the minutes of the count (Mẫu 1.9)."""
    letterhead(sheet, place=False)
    heading(sheet, "Biên bản")
    sheet.write(
        "NoiDung", f"Cuộc họp bắt đầu lúc {at('bat_dau')}, tại {{{{ dia_diem }}}}, đã bỏ phiếu"
        f" xét khen thưởng trong {MOVEMENT_NAME}."
    )  # fmt: skip
    sheet.write("NoiDung", f"Chủ trì (chủ tọa): {person('chu_tri')}; thư ký: {person('thu_ky')}.")
    counters(sheet)
    sheet.write(
        "NoiDung",
        f"Tổng số thành viên: {two_digits('so_thanh_vien')}; có mặt: {two_digits('so_co_mat')}."
        " Hình thức biểu quyết: {{ cach_bieu_quyet }}.",
    )
    sheet.write(
        "NoiDung",
        f"Số phiếu phát ra: {dotted('phieu_phat_ra')}; số phiếu thu vào: {dotted('phieu_thu_vao')}.",
    )
    sheet.write(
        "DanBang",
        f"Kết quả kiểm phiếu (tỷ lệ tính trên tổng số {two_digits('so_thanh_vien')} thành viên):",
    )
    sheet.table(*(Rows(f"dt in {kind}", COLUMNS, title) for kind, title in KINDS.items()))
    sheet.write("NoiDungCuoi", "Phiếu đã kiểm được niêm phong và lưu cùng biên bản này./.")
    signatures(sheet)


def dotted(name: str) -> str:
    """Return the named text, or dots where it is unknown."""
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% else %}}………{{% endif %}}"


def counters(sheet: Sheet) -> None:
    """Write who counted, or three lines to fill in."""
    sheet.write("NoiDung", "Tổ kiểm phiếu gồm:")
    with sheet.when("to_kiem_phieu"):
        with sheet.each("nguoi in to_kiem_phieu"):
            sheet.write("NoiDung", f"- {person('nguoi')};")
        sheet.otherwise()
        for office in ("Tổ trưởng", "Ủy viên", "Thư ký"):
            sheet.write("NoiDung", f"- {office}: ……………………………………………;")


def signatures(sheet: Sheet) -> None:
    """Write the head of the counters, the secretary and the chair side by side."""
    third = TEXT_WIDTH_MM / 3
    titles, names = sheet.columns(third, third, third, rows=2)
    head = "{% if to_kiem_phieu %}{{ to_kiem_phieu[0].ho_ten }}{% else %}…………………{% endif %}"
    for place, (title, name) in enumerate(
        {
            "Tổ kiểm phiếu": head,
            "Thư ký": "{{ thu_ky.ho_ten }}",
            "Chủ tọa": "{{ chu_tri.ho_ten }}",
        }.items()
    ):
        titles[place].write("QuyenHan", title)
        names[place].write("HoTen", name)
    sheet.write("NoiNhan", "Nơi nhận:")
    sheet.write("DanhSachNoiNhan", "- Lưu: {{ luu }}.")


PAPER: Final = Paper(
    key="bien_ban_kiem_phieu",
    title="Biên bản kiểm phiếu",
    series="BB",
    signed_by="Thư ký, chủ tọa và Tổ trưởng Tổ kiểm phiếu",
    fields=FIELDS,
    lay_out=lay_out,
)
