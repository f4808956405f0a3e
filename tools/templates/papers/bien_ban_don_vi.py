"""Minutes of a unit's council, or of its meeting where it has no council."""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import dated, heading, letterhead, two_digits
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
    Field,
    date,
    group,
    integer,
    nominees,
    rows,
    text,
    texts,
)
from tools.templates.lists import INDEX, KINDS, WHO
from tools.templates.paper import Paper
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

PERSON: Final = (
    text("ho_ten", "Họ và tên", "Đặng Thị Huỳnh Như"),
    text("chuc_vu", "Chức vụ, tư cách dự họp", "Phó Giám đốc Sở, Chủ tịch Hội đồng", NOTHING),
)
RESULT: Final = (
    *NAMED,
    PROPOSED,
    integer("phieu_dong_y", "Số phiếu đồng ý", 12),
    integer("phieu_khong_dong_y", "Số phiếu không đồng ý", 1),
    RATIO,
    text("ket_qua", "Kết quả xét", "Đề nghị khen thưởng"),
)


def moment(name: str, meaning: str) -> Field:
    """Return the hour and day on which something starts or ends."""
    return group(
        name,
        meaning,
        [
            text("gio", "Giờ, phút", "08 giờ 00 phút", DOTS),
            date("ngay", "Ngày", "2023-12-01", DOTS),
        ],
    )


FIELDS: Final = (
    *LETTERHEAD,
    NUMBER,
    SUBJECT,
    *MOVEMENT,
    moment("bat_dau", "Thời gian bắt đầu"),
    moment("ket_thuc", "Thời gian kết thúc"),
    text("dia_diem", "Địa điểm họp", "Phòng họp số 1, Sở Thông tin và Truyền thông"),
    integer("so_thanh_vien", "Tổng số thành viên (mẫu số của mọi tỷ lệ)", 13),
    rows("co_mat", "Thành viên có mặt", PERSON),
    rows(
        "vang_mat",
        "Thành viên vắng mặt",
        (
            *PERSON,
            text("ly_do", "Lý do vắng mặt", "đi công tác", NOTHING),
            text("y_kien", "Cách cho ý kiến", "gửi ý kiến bằng văn bản", NOTHING),
        ),
        NOTHING,
    ),
    rows("khach_moi", "Khách mời, không biểu quyết", PERSON, NOTHING),
    group("chu_tri", "Người chủ trì (chủ tọa)", PERSON),
    group("thu_ky", "Thư ký", PERSON),
    texts(
        "noi_dung",
        "Diễn biến cuộc họp, mỗi đoạn một phần tử",
        ["Thư ký báo cáo tóm tắt thành tích của từng trường hợp."],
        NOTHING,
    ),
    text("cach_bieu_quyet", "Hình thức biểu quyết", "bỏ phiếu kín"),
    *nominees(RESULT, of="được đưa ra xét"),
    texts(
        "ket_luan",
        "Kết luận của chủ tọa, mỗi đoạn một phần tử",
        ["Hội đồng thống nhất trình cấp có thẩm quyền xem xét khen thưởng."],
        NOTHING,
    ),
    texts(
        "noi_nhan",
        "Nơi nhận, không có gạch đầu dòng, không có dấu cuối; mẫu tự ghi “Lưu: …” ở cuối",
        ["Thành viên Hội đồng"],
        "chỉ in dòng “Lưu”",
    ),
    text("luu", "Phần sau chữ “Lưu:”", "VT, Hồ sơ"),
)


VOTES: Final = (
    INDEX,
    Column("Đối tượng", 47, WHO),
    Column("Hình thức", 33, "{{ dt.hinh_thuc }}"),
    Column("Đồng ý", 15, "{{ dt.phieu_dong_y }}", "OBangGiua"),
    Column("Không đồng ý", 16, "{{ dt.phieu_khong_dong_y }}", "OBangGiua"),
    Column("Tỷ lệ (%)", 18, "{{ dt.ty_le }}", "OBangGiua"),
    Column("Kết quả", 22.9, "{{ dt.ket_qua }}"),
)
PERSON_LINE: Final = "{{ nguoi.ho_ten }}{% if nguoi.chuc_vu %}, {{ nguoi.chuc_vu }}{% endif %}"
REASON: Final = (
    "{% if nguoi.ly_do %}; lý do: {{ nguoi.ly_do }}{% endif %}"
    "{% if nguoi.y_kien %}; {{ nguoi.y_kien }}{% endif %}"
)


def lay_out(sheet: Sheet) -> None:
    """Write the minutes (Mẫu 1.9)."""
    write_minutes(sheet)


def write_minutes(sheet: Sheet, *, public_notice: bool = False) -> None:
    """Write the minutes of a session. public_notice: with what the notice to the public came to."""
    letterhead(sheet, place=False)
    heading(sheet, "Biên bản")
    sheet.write("NoiDung", f"Thời gian bắt đầu: {at('bat_dau')}.")
    sheet.write("NoiDung", "Địa điểm: {{ dia_diem }}.")
    attendance(sheet)
    sheet.write("NoiDung", f"Chủ trì (chủ tọa): {person('chu_tri')}.")
    sheet.write("NoiDung", f"Thư ký (người ghi biên bản): {person('thu_ky')}.")
    proceedings(sheet, public_notice=public_notice)
    sheet.write("NoiDungCuoi", f"Cuộc họp kết thúc vào {at('ket_thuc')}./.")
    signatures(sheet)


def at(name: str) -> str:
    """Return “08 giờ 00 phút, ngày …” of a moment."""
    return (
        f"{{% if {name}.gio %}}{{{{ {name}.gio }}}}{{% else %}}…… giờ …… phút{{% endif %}},"
        f" {dated(name + '.ngay')}"
    )


def person(name: str) -> str:
    """Return the name and office of one person."""
    return PERSON_LINE.replace("nguoi", name)


def attendance(sheet: Sheet) -> None:
    """Write who was there, who was not and why, and who was invited."""
    sheet.write("NoiDung", "Thành phần tham dự:")
    sheet.write(
        "NoiDung",
        f"a) Thành viên: tổng số {two_digits('so_thanh_vien')}; có mặt {two_digits('co_mat|length')};"
        f" vắng mặt {two_digits('vang_mat|length')}.",
    )
    with sheet.each("nguoi in co_mat"):
        sheet.write("NoiDung", f"- {PERSON_LINE};")
    with sheet.each("nguoi in vang_mat"):
        sheet.write("NoiDung", f"- Vắng mặt: {PERSON_LINE}{REASON};")
    with sheet.when("khach_moi"):
        sheet.write("NoiDung", "b) Khách mời (không biểu quyết):")
        with sheet.each("nguoi in khach_moi"):
            sheet.write("NoiDung", f"- {PERSON_LINE};")


def proceedings(sheet: Sheet, *, public_notice: bool) -> None:
    """Write what was said, the votes and what was concluded."""
    sheet.write("NoiDung", f"Nội dung: xét, đề nghị khen thưởng trong {MOVEMENT_NAME}.")
    with sheet.each("doan in noi_dung"):
        sheet.write("NoiDung", "{{ doan }}")
    if public_notice:
        with sheet.when("cong_khai"):
            sheet.write("NoiDung", "Kết quả lấy ý kiến công khai: {{ cong_khai }}.")
    sheet.write(
        "DanBang",
        "Kết quả biểu quyết ({{ cach_bieu_quyet }}; tỷ lệ tính trên tổng số"
        f" {two_digits('so_thanh_vien')} thành viên):",
    )
    sheet.table(*(Rows(f"dt in {kind}", VOTES, title) for kind, title in KINDS.items()))
    with sheet.when("ket_luan"):
        sheet.write("NoiDung", "Kết luận của chủ tọa:")
        with sheet.each("doan in ket_luan"):
            sheet.write("NoiDung", "{{ doan }}")


def signatures(sheet: Sheet) -> None:
    """Write the secretary on the left, the chair on the right, the recipients below."""
    half = TEXT_WIDTH_MM / 2
    titles, names = sheet.columns(half, half, rows=2)
    titles[0].write("QuyenHan", "Thư ký")
    titles[1].write("QuyenHan", "Chủ tọa")
    names[0].write("HoTen", "{{ thu_ky.ho_ten }}")
    names[1].write("HoTen", "{{ chu_tri.ho_ten }}")
    sheet.write("NoiNhan", "Nơi nhận:")
    with sheet.each("noi in noi_nhan"):
        sheet.write("DanhSachNoiNhan", "- {{ noi }};")
    sheet.write("DanhSachNoiNhan", "- Lưu: {{ luu }}.")


PAPER: Final = Paper(
    key="bien_ban_don_vi",
    title="Biên bản họp xét khen thưởng của đơn vị",
    series="BB",
    signed_by="Thư ký (bên trái) và chủ tọa (bên phải)",
    fields=FIELDS,
    lay_out=lay_out,
)
