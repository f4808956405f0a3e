"""Report on a movement over several years: halfway (sơ kết) and at its end (tổng kết).

No text gives these papers a form of their own: the sections are those that the plans ask to be
reported. What only people can say is typed, or dotted to be filled in by hand.
"""

from collections.abc import Callable
from typing import Final

from tools.templates.blocks import (
    addressees,
    annex_heading,
    bases,
    closing,
    heading,
    letterhead,
    two_digits,
)
from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    DOTS,
    HEADER,
    MOVEMENT,
    RECIPIENTS,
    SIGNATURE,
    SUBJECT,
    Field,
    group,
    integer,
    rows,
    text,
    texts,
)
from tools.templates.lists import INDEX
from tools.templates.paper import Paper
from tools.templates.papers.bao_cao_nam import CHARTS, GROUPS, PROPOSALS, RESULTS, charted_rows
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

DOTTED_LINE: Final = "……………………………………………………………………………"
YEARS: Final = rows(
    "cac_nam",
    "Các năm có yêu cầu báo cáo số liệu",
    [
        integer("nam", "Năm", 2023),
        integer("phai_gui", "Số đơn vị được yêu cầu", 12),
        integer("da_gui", "Số đơn vị đã gửi", 11),
        integer("da_xac_nhan", "Số đơn vị có số liệu đã xác nhận", 10),
    ],
    "thay bảng bằng câu “Chưa có năm nào yêu cầu báo cáo số liệu.”",
)
GIVEN: Final = rows(
    "khen_thuong",
    "Hình thức khen thưởng đã được quyết định trong phong trào, không tính đã hủy bỏ",
    [
        text("hinh_thuc", "Hình thức", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
        integer("tap_the", "Số tập thể", 6),
        integer("ca_nhan", "Số cá nhân", 9),
        integer("ho_gia_dinh", "Số hộ gia đình", 1),
        integer("tong", "Cộng", 16),
    ],
    "thay bảng bằng câu “Chưa có quyết định khen thưởng.”",
)
REGISTERED: Final = group(
    "dang_ky",
    "Đăng ký thi đua đã được tiếp nhận",
    [
        integer("don_vi", "Số đơn vị đăng ký", 12),
        integer("tap_the", "Số tập thể", 30),
        integer("ca_nhan", "Số cá nhân", 120),
        integer("ho_gia_dinh", "Số hộ gia đình", 8),
    ],
)


def said(name: str, meaning: str, example: str) -> Field:
    """Return a section that people write, one paragraph an element."""
    return texts(name, meaning, [example], DOTS)


LED: Final = said(
    "trien_khai",
    "Công tác chỉ đạo, tổ chức triển khai phong trào, mỗi đoạn một phần tử",
    "Ủy ban nhân dân tỉnh ban hành kế hoạch và tổ chức lễ phát động phong trào.",
)
LACKING: Final = said(
    "han_che",
    "Hạn chế và nguyên nhân, mỗi đoạn một phần tử",
    "Một số đơn vị gửi số liệu chậm.",
)
LEARNT: Final = said(
    "bai_hoc",
    "Bài học kinh nghiệm, mỗi đoạn một phần tử",
    "Người đứng đầu trực tiếp chỉ đạo thì chỉ tiêu đạt sớm.",
)
AHEAD: Final = said(
    "phuong_huong",
    "Phương hướng, nhiệm vụ thời gian tới, mỗi đoạn một phần tử",
    "Tiếp tục thực hiện các chỉ tiêu chưa đạt.",
)
YEAR_COLUMNS: Final = (
    Column("Năm", 24, "{{ n.nam }}", "OBangGiua"),
    Column("Đơn vị được yêu cầu", 47, "{{ n.phai_gui }}", "OBangGiua"),
    Column("Đã gửi số liệu", 47, "{{ n.da_gui }}", "OBangGiua"),
    Column("Đã xác nhận", 46.9, "{{ n.da_xac_nhan }}", "OBangGiua"),
)
GIVEN_COLUMNS: Final = (
    INDEX,
    Column("Hình thức khen thưởng", 73.9, "{{ k.hinh_thuc }}"),
    Column("Tập thể", 20, "{{ k.tap_the }}", "OBangGiua"),
    Column("Cá nhân", 20, "{{ k.ca_nhan }}", "OBangGiua"),
    Column("Hộ gia đình", 20, "{{ k.ho_gia_dinh }}", "OBangGiua"),
    Column("Cộng", 18, "{{ k.tong }}", "OBangGiua"),
)


def fields(*further: Field) -> tuple[Field, ...]:
    """Return the fields of a report; further: sections of this one alone."""
    return (
        *HEADER,
        SUBJECT,
        ADDRESSEES,
        BASES,
        *MOVEMENT,
        integer("den_nam", "Năm cuối của thời gian báo cáo", 2023),
        LED,
        REGISTERED,
        YEARS,
        GROUPS,
        charted_rows(
            "tien_trien",
            "Các nhóm có biểu đồ ở phụ lục: số đơn vị đạt mục tiêu từng năm",
            "Tên nhóm",
            "Đối với Ủy ban nhân dân các huyện, thành phố",
        ),
        GIVEN,
        LACKING,
        *further,
        AHEAD,
        PROPOSALS,
        *RECIPIENTS,
        SIGNATURE,
    )


def laid_out(kind: str, *, lessons: bool) -> Callable[[Sheet], None]:
    """Return how a report is laid out. kind: “sơ kết”; lessons: with what was learnt."""

    def lay_out(sheet: Sheet) -> None:
        letterhead(sheet)
        heading(sheet, "Báo cáo")
        addressees(sheet)
        bases(sheet)
        sheet.write(
            "NoiDung",
            f"{{{{ ten_co_quan }}}} báo cáo {kind} phong trào thi đua “{{{{ phong_trao }}}}”"
            " ({{ dot_xet }}) như sau:",
        )
        written(sheet, "I. Công tác chỉ đạo, tổ chức triển khai", "trien_khai")
        results(sheet)
        awards(sheet)
        written(sheet, "IV. Hạn chế, nguyên nhân", "han_che")
        if lessons:
            written(sheet, "V. Bài học kinh nghiệm", "bai_hoc")
        written(sheet, f"{'VI' if lessons else 'V'}. Phương hướng, nhiệm vụ", "phuong_huong")
        with sheet.when("kien_nghi"):
            sheet.write("DeMuc", f"{'VII' if lessons else 'VI'}. Kiến nghị, đề xuất")
            with sheet.each("y in kien_nghi"):
                sheet.write("NoiDung", "{{ loop.index }}. {{ y }}.")
        sheet.write(
            "NoiDungCuoi", f"Trên đây là báo cáo {kind} phong trào của {{{{ ten_co_quan }}}}./."
        )
        closing(sheet, "Như trên")
        charts(sheet)

    return lay_out


def written(sheet: Sheet, title: str, name: str) -> None:
    """Write a section that people wrote, or a dotted line."""
    sheet.write("DeMuc", title)
    with sheet.when(name):
        with sheet.each(f"doan in {name}"):
            sheet.write("NoiDung", "{{ doan }}")
        sheet.otherwise()
        sheet.write("NoiDung", DOTTED_LINE)


def results(sheet: Sheet) -> None:
    """Write who registered, who reported, and what was reached in the last year."""
    sheet.write("DeMuc", "II. Kết quả thực hiện")
    sheet.write("Khoan", "1. Đăng ký thi đua")
    sheet.write(
        "NoiDung",
        f"Đã tiếp nhận đăng ký của {two_digits('dang_ky.don_vi')} đơn vị:"
        f" {two_digits('dang_ky.tap_the')} tập thể, {two_digits('dang_ky.ca_nhan')} cá nhân,"
        f" {two_digits('dang_ky.ho_gia_dinh')} hộ gia đình.",
    )
    with sheet.when("cac_nam"):
        sheet.write("TieuDeBang", "2. Báo cáo số liệu của các đơn vị")
        sheet.table(Rows("n in cac_nam", YEAR_COLUMNS))
        sheet.otherwise()
        sheet.write("Khoan", "2. Báo cáo số liệu của các đơn vị")
        sheet.write("NoiDung", "Chưa có năm nào yêu cầu báo cáo số liệu.")
    with sheet.when("cac_nhom"):
        sheet.write("TieuDeBang", "3. Kết quả các chỉ tiêu, số liệu đã xác nhận năm {{ den_nam }}")
        with sheet.each("nhom in cac_nhom"):
            sheet.write("TieuDeBang", "{{ nhom.ten }}")
            sheet.table(Rows("ct in nhom.chi_tieu", RESULTS))


def awards(sheet: Sheet) -> None:
    """Write what was given, by form."""
    sheet.write("DeMuc", "III. Công tác khen thưởng")
    with sheet.when("khen_thuong"):
        sheet.table(Rows("k in khen_thuong", GIVEN_COLUMNS))
        sheet.otherwise()
        sheet.write("NoiDung", "Chưa có quyết định khen thưởng.")


def charts(sheet: Sheet) -> None:
    """Write the annex: how many units reached each goal, year by year."""
    with sheet.annex("tien_trien"):
        annex_heading(sheet, "Số đơn vị đạt mục tiêu qua các năm", "Báo cáo")
        sheet.write(
            "NoiDung",
            "Cột: số đơn vị đạt mục tiêu của năm; vạch ngang: số đơn vị có số liệu đã xác nhận.",
        )
        with sheet.each("dv in tien_trien"):
            sheet.write("TieuDeBang", "{{ loop.index }}. {{ dv.ten }}")
            sheet.table(Rows("hang in dv.hang", CHARTS))


def paper(key: str, title: str, kind: str, *, lessons: bool) -> Paper:
    """Return the template of one of the two."""
    return Paper(
        key=key,
        title=title,
        series="BC",
        signed_by="Người đứng đầu cơ quan thường trực phong trào",
        fields=fields(LEARNT) if lessons else fields(),
        lay_out=laid_out(kind, lessons=lessons),
    )
