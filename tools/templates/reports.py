"""What the three reports of achievement share in layout: head, deeds, awards, confirmations."""

from typing import Final

from tools.templates.blocks import MOVEMENT, heading, letterhead, numbered
from tools.templates.flow import Flow
from tools.templates.lists import INDEX
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column, Rows

DOTTED_LINE: Final = "……………………………………"
NOT_DECLARED: Final = "Không kê khai."
INDICATOR_COLUMNS: Final = (
    INDEX,
    Column("Chỉ tiêu", 59, "{{ dong.ten }}"),
    Column("Mục tiêu", 28, "{{ dong.muc_tieu }}"),
    Column("Kết quả", 28, "{{ dong.ket_qua }}"),
    Column("Minh chứng", 36.9, "{{ dong.minh_chung }}"),
)
CONTRIBUTION_COLUMNS: Final = (
    INDEX,
    Column("Nội dung đóng góp", 70, "{{ dong.noi_dung }}"),
    Column("Giá trị", 38, "{{ dong.gia_tri }}"),
    Column("Nơi xác nhận", 43.9, "{{ dong.xac_nhan }}"),
)
AWARD_COLUMNS: Final = (
    Column("Năm", 15, "{{ dong.nam }}", "OBangGiua"),
    Column("Danh hiệu, hình thức khen thưởng", 58, "{{ dong.hinh_thuc }}"),
    Column(
        "Quyết định (số, ngày)",
        46,
        ("{{ dong.so_ky_hieu }}", ("dong.ngay", "ngày {{ dong.ngay|ngay }}")),
    ),
    Column("Cơ quan quyết định", 45.9, "{{ dong.co_quan }}"),
)


def open_report(sheet: Sheet, of_whom: str) -> None:
    """Write everything above part I. of_whom: the label before the nominee's name."""
    with sheet.when("mau_so"):
        sheet.write("MauSo", "{{ mau_so }}")
    number = f"{{% if so_ky_hieu %}}Số: {numbered('so_ky_hieu')}{{% endif %}}"
    letterhead(sheet, number=number)
    heading(sheet, "Báo cáo thành tích", f"Đề nghị tặng {{{{ hinh_thuc }}}} trong {MOVEMENT}")
    sheet.write("TenDoiTuong", f"{of_whom}: {{{{ ke_khai.ten }}}}")


def line(sheet: Sheet, label: str, name: str) -> None:
    """Write “- label: value”, with dots where the value is unknown."""
    value = (
        f"{{% if ke_khai.{name} %}}{{{{ ke_khai.{name} }}}}{{% else %}}{DOTTED_LINE}{{% endif %}}"
    )
    sheet.write("NoiDung", f"- {label}: {value}")


def optional_line(sheet: Sheet, label: str, name: str) -> None:
    """Write “- label: value” where the value is known."""
    with sheet.when(f"ke_khai.{name}"):
        sheet.write("NoiDung", f"- {label}: {{{{ ke_khai.{name} }}}}")


def paragraphs(sheet: Sheet, name: str, empty: str = DOTTED_LINE) -> None:
    """Write each text of a list as a paragraph; `empty` where there is none."""
    with sheet.each(f"doan in ke_khai.{name}"):
        sheet.write("NoiDung", "{{ doan }}")
    if empty:
        with sheet.when(f"not ke_khai.{name}"):
            sheet.write("NoiDung", empty)


def table_or_sentence(
    sheet: Sheet, name: str, columns: tuple[Column, ...], empty: str = NOT_DECLARED
) -> None:
    """Write a list as a table, or that nothing was declared."""
    with sheet.when(f"ke_khai.{name}"):
        sheet.table(Rows(f"dong in ke_khai.{name}", columns))
        sheet.otherwise()
        sheet.write("NoiDung", empty)


def indicators(sheet: Sheet) -> None:
    """Write the table of targets and results; nothing where there is none."""
    with sheet.when("ke_khai.chi_tieu"):
        sheet.write("DanBang", "Kết quả thực hiện các chỉ tiêu:")
        sheet.table(Rows("dong in ke_khai.chi_tieu", INDICATOR_COLUMNS))


def contributions(sheet: Sheet, number: int) -> None:
    """Write what was given to the movement."""
    sheet.write("TieuDeBang", f"{number}. Đóng góp công sức, kinh phí, cơ sở vật chất")
    table_or_sentence(sheet, "dong_gop", CONTRIBUTION_COLUMNS)


def compliance(sheet: Sheet, number: int) -> None:
    """Write how law and policy were kept."""
    sheet.write(
        "Khoan",
        f"{number}. Chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước; công tác"
        " Đảng, đoàn thể",
    )
    paragraphs(sheet, "chap_hanh")


def close_report(sheet: Sheet, *, confirms: str, reports: str = "") -> None:
    """Write part III and the signatures.

    confirms: title of the direct superior's box. reports: title of the box of a reporter who
    signs for himself; without it the report is signed by chu_ky, the head of the collective.
    """
    sheet.write("DeMucBang", "III. Các hình thức đã được khen thưởng")
    table_or_sentence(sheet, "khen_thuong", AWARD_COLUMNS, "Không kê khai./.")
    signatures(sheet, confirms=confirms, reports=reports)


def signatures(sheet: Sheet, *, confirms: str, reports: str = "") -> None:
    """Write who confirms, who reports, and the level that proposes, as close_report does."""
    sheet.write("NganBang", "")
    half = TEXT_WIDTH_MM / 2
    titles, names = sheet.columns(half, half, rows=2)
    confirmation(titles[0], confirms)
    names[0].write("HoTen", "{{ xac_nhan_cap_tren.ho_ten }}")
    if reports:
        titles[1].write("QuyenHan", reports)
        names[1].write("HoTen", "{{ nguoi_bao_cao.ho_ten }}")
    else:
        with titles[1].each("dong in chu_ky.quyen_han"):
            titles[1].write("QuyenHan", "{{ dong }}")
        names[1].write("HoTen", "{{ chu_ky.ho_ten }}")
    with sheet.when("xac_nhan_cap_trinh.quyen_han"):
        sheet.write("XacNhan", "Xác nhận của cấp trình khen thưởng")
        with sheet.each("dong in xac_nhan_cap_trinh.quyen_han"):
            sheet.write("QuyenHan", "{{ dong }}")
        sheet.write("HoTen", "{{ xac_nhan_cap_trinh.ho_ten }}")


def confirmation(box: Flow, title: str) -> None:
    """Write the title and the authority of the superior who confirms, if there is one.

    A cell may not be empty, so the title stays as a paragraph without text.
    """
    box.write("QuyenHan", f"{{% if xac_nhan_cap_tren.quyen_han %}}{title}{{% endif %}}")
    with box.each("dong in xac_nhan_cap_tren.quyen_han"):
        box.write("QuyenHan", "{{ dong }}")
