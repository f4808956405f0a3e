"""Appraisal report of the standing agency of the movement: who is eligible and who is not."""

from typing import Final

from tools.templates.blocks import (
    ANY,
    COUNTS,
    addressees,
    annex_heading,
    bases,
    closing,
    heading,
    letterhead,
    two_digits,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    ADDRESSEES,
    APPRAISED,
    BASES,
    HEADER,
    MOVEMENT,
    NAMED,
    OPINIONS,
    PROPOSED,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    date,
    integer,
    nominees,
    rows,
    text,
    texts,
)
from tools.templates.letters import opinions
from tools.templates.lists import APPRAISED as APPRAISED_COLUMNS
from tools.templates.lists import INDEX, WHO, list_of_subjects
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

INELIGIBLE: Final = rows(
    "khong_du_dieu_kien",
    "Các trường hợp không đủ điều kiện, tiêu chuẩn",
    [
        text("loai", "“Tập thể”, “Cá nhân” hoặc “Hộ gia đình”", "Cá nhân"),
        *NAMED,
        PROPOSED,
        text("ly_do", "Lý do không đủ điều kiện", "Chưa có văn bản công nhận sáng kiến"),
        text(
            "dieu_khoan",
            "Điểm, khoản, điều và tên văn bản làm căn cứ kết luận",
            "điểm e khoản 3.2.2 Mục 3 Phần IV Kế hoạch số 243/KH-UBND",
        ),
    ],
    "phụ lục này không xuất hiện, số lượng ghi 0",
)
OVERRULED: Final = rows(
    "chap_thuan",
    "Tiêu chuẩn mà người có thẩm quyền chấp thuận khác kết quả đối chiếu, mỗi dòng một tiêu chuẩn",
    [
        text("loai", "“Tập thể”, “Cá nhân” hoặc “Hộ gia đình”", "Cá nhân"),
        *NAMED,
        text("tieu_chuan", "Nội dung tiêu chuẩn", "Có sáng kiến được công nhận"),
        text(
            "dieu_khoan",
            "Điểm, khoản, điều và tên văn bản của tiêu chuẩn",
            "điểm e khoản 3.2.2 Mục 3 Phần IV Kế hoạch số 243/KH-UBND",
            "không in gì",
        ),
        text("ket_qua", "Kết quả đối chiếu", "không đạt"),
        text("ly_do", "Lý do chấp thuận", "Sáng kiến đã áp dụng, đang chờ văn bản công nhận"),
        text("nguoi_chap_thuan", "Họ tên, chức vụ người chấp thuận", "Võ Thị Hà Phương, Giám đốc"),
        date("ngay", "Ngày chấp thuận", "2023-11-30"),
    ],
    "mục này không xuất hiện",
)
FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    integer("so_ho_so", "Số hồ sơ đã tiếp nhận", 12),
    *nominees(APPRAISED, of="đủ điều kiện, tiêu chuẩn"),
    INELIGIBLE,
    OVERRULED,
    OPINIONS,
    texts(
        "de_xuat",
        "Đề xuất, kiến nghị, mỗi ý một phần tử",
        ["Xem xét, trình cấp có thẩm quyền khen thưởng các trường hợp tại Phụ lục I"],
        "phần này không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)


ELIGIBLE: Final = (
    "danh_sach_tap_the|length + danh_sach_ca_nhan|length + danh_sach_ho_gia_dinh|length"
)
INELIGIBLE_COUNT: Final = "khong_du_dieu_kien|length"
REFUSED: Final = (
    INDEX,
    Column("Đối tượng", 52, (*WHO, "({{ dt.loai|lower }})")),
    Column("Hình thức đề nghị", 34, "{{ dt.hinh_thuc }}"),
    Column("Lý do", 35, "{{ dt.ly_do }}"),
    Column("Căn cứ", 30.9, "{{ dt.dieu_khoan }}"),
)
ALLOWED: Final = (
    INDEX,
    Column("Đối tượng", 42, (*WHO, "({{ dt.loai|lower }})")),
    Column(
        "Tiêu chuẩn, kết quả đối chiếu",
        44,
        (
            "{{ dt.tieu_chuan }}: {{ dt.ket_qua }}",
            ("dt.dieu_khoan", "({{ dt.dieu_khoan }})"),
        ),
    ),
    Column("Lý do chấp thuận", 35, "{{ dt.ly_do }}"),
    Column("Người chấp thuận", 30.9, ("{{ dt.nguoi_chap_thuan }}", "ngày {{ dt.ngay|ngay }}")),
)


def lay_out(sheet: Sheet) -> None:
    """Write the report and its annexes: I those eligible, II those who are not."""
    letterhead(sheet)
    heading(sheet, "Báo cáo")
    addressees(sheet)
    bases(sheet)
    findings(sheet)
    with sheet.when("de_xuat"):
        sheet.write("DeMuc", "III. Đề xuất, kiến nghị")
        with sheet.each("y in de_xuat"):
            sheet.write("NoiDung", "{{ loop.index }}. {{ y }}.")
    sheet.write("NoiDungCuoi", "Trên đây là báo cáo kết quả thẩm định của {{ ten_co_quan }}./.")
    closing(sheet, "Như trên")
    annexes(sheet)


def number_of(count: str) -> str:
    """Return “03 trường hợp”, or that there is none."""
    return (
        f"{{% if {count} > 0 %}}{two_digits(count)} trường hợp"
        "{% else %}không có trường hợp nào{% endif %}"
    )


def findings(sheet: Sheet) -> None:
    """Write what came in and what was found."""
    sheet.write(
        "NoiDung",
        f"{{{{ ten_co_quan }}}} báo cáo kết quả thẩm định hồ sơ đề nghị khen thưởng trong"
        f" {MOVEMENT_NAME} như sau:",
    )
    sheet.write("DeMuc", "I. Tiếp nhận hồ sơ")
    sheet.write(
        "NoiDung",
        f"Đã tiếp nhận {two_digits('so_ho_so')} hồ sơ; số trường hợp đã thẩm định:"
        f" {two_digits(f'({ELIGIBLE} + {INELIGIBLE_COUNT})')}.",
    )
    sheet.write("DeMuc", "II. Kết quả thẩm định")
    sheet.write(
        "NoiDung",
        f"1. Đủ điều kiện, tiêu chuẩn: {number_of(f'({ELIGIBLE})')}"
        f"{{% if {ANY} %}}, gồm {COUNTS} (danh sách tại Phụ lục"
        "{% if khong_du_dieu_kien %} I{% endif %}){% endif %}.",
    )
    sheet.write(
        "NoiDung",
        f"2. Không đủ điều kiện, tiêu chuẩn: {number_of(INELIGIBLE_COUNT)}"
        "{% if khong_du_dieu_kien %} (danh sách, lý do và căn cứ tại Phụ lục"
        f"{{% if {ANY} %}} II{{% endif %}}){{% endif %}}.",
    )
    with sheet.when("y_kien"):
        sheet.write("NoiDung", "3. Ý kiến của các cơ quan có liên quan:")
        opinions(sheet)
    with sheet.when("chap_thuan"):
        sheet.write(
            "NoiDung",
            "{% if y_kien %}4{% else %}3{% endif %}. Người có thẩm quyền chấp thuận khác kết quả"
            f" đối chiếu tiêu chuẩn: {two_digits('chap_thuan|length')} tiêu chuẩn, gồm:",
        )
        sheet.table(Rows("dt in chap_thuan", ALLOWED))


def annexes(sheet: Sheet) -> None:
    """Write the lists; one annex alone carries no number."""
    with sheet.annex(ANY):
        annex_heading(
            sheet,
            "Danh sách đủ điều kiện, tiêu chuẩn khen thưởng",
            "Báo cáo",
            "{% if khong_du_dieu_kien %} I{% endif %}",
        )
        list_of_subjects(sheet, APPRAISED_COLUMNS)
        sheet.write("CuoiDanhSach", f"Danh sách gồm {COUNTS}./.")
    with sheet.annex("khong_du_dieu_kien"):
        annex_heading(
            sheet,
            "Danh sách không đủ điều kiện, tiêu chuẩn khen thưởng",
            "Báo cáo",
            f"{{% if {ANY} %}} II{{% endif %}}",
        )
        sheet.table(Rows("dt in khong_du_dieu_kien", REFUSED))
        sheet.write(
            "CuoiDanhSach",
            f"Danh sách gồm {two_digits(INELIGIBLE_COUNT)} trường hợp./.",
        )


PAPER: Final = Paper(
    key="bao_cao_tham_dinh",
    title="Báo cáo thẩm định hồ sơ khen thưởng, kèm danh sách đủ và không đủ điều kiện",
    series="BC",
    signed_by="Người đứng đầu cơ quan thường trực phong trào",
    fields=FIELDS,
    lay_out=lay_out,
)
