"""Makes the workbooks that a rehearsal plays when it is given none.

Kiên Giang's, here: every category of the Kiên Giang plan, all three award levels, and Vietnamese as hard as clerks
type it: decomposed letters, Khmer and Central Highland names, quotes, brackets, dates in five
forms, titles above the header. Those of the other two plans: tools.sample_provinces. All people,
enterprises and households are fictional.

    python -m tools.sample_workbook
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

FOLDER = Path(__file__).resolve().parents[1] / "workflow" / "data"
HEADER = (
    "STT", "Họ và tên / Tên tập thể", "Loại", "Nhóm đối tượng", "Ngày sinh", "Giới tính",
    "Chức vụ", "Đơn vị công tác", "Địa chỉ", "Đơn vị đề nghị", "Hình thức khen",
    "Tóm tắt thành tích", "Thành tích", "Đã được khen",
)  # fmt: skip
WIDTHS = (6, 44, 12, 24, 14, 9, 26, 40, 34, 34, 30, 50, 70, 44)
HEADER_ROW = 5

BKT, TTG, HC = "Bằng khen của Chủ tịch UBND tỉnh", "BK TTg", "HCLĐ hạng Ba"
FIXED = dt.datetime(2025, 11, 3, 8, 0, 0)  # noqa: DTZ001 - Excel's own times have no zone

Cells = tuple[object, ...]


def collective(name: str, kind: str, unit: str, form: str = BKT, address: str = "") -> Cells:
    """Return the line of a collective."""
    summary = "Hoàn thành các mục tiêu chuyển đổi số được giao"
    story = (
        f"{name} đã ban hành kế hoạch hưởng ứng phong trào ngay trong quý IV năm 2022.\n"
        "100% văn bản đi được ký số; tỷ lệ hồ sơ trực tuyến toàn trình đạt 86,4%, vượt mục tiêu.\n"
        "Duy trì 03 tổ công nghệ số cộng đồng, hướng dẫn hơn 2.000 lượt người dân."
    )
    return (name, "Tập thể", kind, None, None, None, None, address, unit, form, summary, story, "")


def person(  # noqa: PLR0913, PLR0917 - a line has these cells
    name: str, kind: str, born: object, gender: str, position: str, workplace: str, unit: str,
    form: str = BKT, awards: str = "",
) -> Cells:  # fmt: skip
    """Return the line of a person."""
    summary = f"Có giải pháp thiết thực trong chuyển đổi số tại {workplace or 'địa phương'}"
    story = (
        "Chủ trì giải pháp số hóa hồ sơ, rút ngắn thời gian giải quyết từ 15 xuống còn 07 ngày.\n"
        "Trực tiếp hướng dẫn “cầm tay chỉ việc” cho người dân ở ấp, khu phố."
    )
    return (
        name, "Cá nhân", kind, born, gender, position, workplace, None, unit, form, summary,
        story, awards,
    )  # fmt: skip


def household(name: str, address: str, unit: str, form: str = BKT) -> Cells:
    """Return the line of a household."""
    return (
        name, "Hộ gia đình", "Hộ gia đình", None, None, None, None, address, unit, form,
        "Hiến đất, góp công kéo cáp quang về ấp",
        "Hiến 120 m² đất đặt trạm thu phát; vận động 35 hộ dùng dịch vụ công trực tuyến.", "",
    )  # fmt: skip


SO, HUYEN, XA = "Các sở, ban, ngành", "UBND các huyện, thành phố", "Ủy ban nhân dân cấp xã"
DN, HTX = "các doanh nghiệp", "hợp tác xã"
YTE, TRUONG = "các cơ sở y tế", "các trường học"
CB, NLD = "Cán bộ, công chức, viên chức", "người lao động"
DNH, TT, KH = "doanh nhân", "trí thức", "nhà khoa học"
NN, VK = "các cá nhân trong và ngoài nước", "người Việt Nam định cư ở nước ngoài"

RACH_GIA, HA_TIEN, PHU_QUOC = (
    "UBND thành phố Rạch Giá", "UBND thành phố Hà Tiên", "UBND thành phố Phú Quốc",
)  # fmt: skip
HON_DAT, GO_QUAO, TAN_HIEP, AN_MINH = (
    "UBND huyện Hòn Đất", "UBND huyện Gò Quao", "UBND huyện Tân Hiệp", "UBND huyện An Minh",
)  # fmt: skip
Y_TE, GD_DT, C_THUONG, NN_PTNT = "Sở Y tế", "Sở GD&ĐT", "Sở Công Thương", "Sở NN&PTNT"
BENH_VIEN, VINH_THANH_VAN, DINH_HOA = "bv-da-khoa-tinh", "p-vinh-thanh-van", "x-dinh-hoa"

ROWS: tuple[Cells, ...] = (
    collective("Sở Y tế tỉnh Kiên Giang", SO, Y_TE),
    collective("Sở Giáo dục và Đào tạo tỉnh Kiên Giang", SO, GD_DT, TTG),
    collective("Sở Công Thương tỉnh Kiên Giang", SO, C_THUONG),
    collective("Sở Nông nghiệp và Phát triển nông thôn tỉnh Kiên Giang", SO, NN_PTNT),
    collective("Ủy ban nhân dân thành phố Rạch Giá", HUYEN, RACH_GIA, HC),
    collective("Ủy ban nhân dân thành phố Hà Tiên", HUYEN, HA_TIEN, TTG),
    collective("Ủy ban nhân dân thành phố Phú Quốc", HUYEN, PHU_QUOC, HC),
    collective("Ủy ban nhân dân huyện Hòn Đất", HUYEN, HON_DAT),
    collective("Ủy ban nhân dân huyện Gò Quao", HUYEN, GO_QUAO),
    collective("Ủy ban nhân dân huyện Tân Hiệp", HUYEN, TAN_HIEP, HC),
    collective("Ủy ban nhân dân huyện An Minh", HUYEN, AN_MINH),
    collective("Ủy ban nhân dân phường Vĩnh Thanh Vân", XA, VINH_THANH_VAN),
    collective("Ủy ban nhân dân xã Định Hòa", XA, DINH_HOA, TTG),
    collective("Ủy ban nhân dân phường Vĩnh Lạc", XA, RACH_GIA),
    collective("Ủy ban nhân dân phường Bình San", XA, HA_TIEN),
    collective("Công ty TNHH Giải pháp số A & B <Chi nhánh Rạch Giá>", DN, C_THUONG),
    collective("Công ty Cổ phần Chế biến Thủy sản “Biển Ngọc” - Kiên Giang", DN, C_THUONG),
    collective("Doanh nghiệp tư nhân Nước mắm Ỷ Lan Phú Quốc", DN, PHU_QUOC),
    collective("Hợp tác xã Nông nghiệp Số “Ba Hòn” (Hòn Đất)", HTX, HON_DAT),
    collective("Hợp tác xã Dịch vụ - Thủy sản Xẻo Quao; ấp 7, xã Vân Khánh", HTX, AN_MINH),
    collective("Hợp tác xã Khóm Tắc Cậu & Gò Quao", HTX, GO_QUAO, TTG),
    collective("Bệnh viện Đa khoa tỉnh Kiên Giang", YTE, BENH_VIEN, TTG),
    collective("Khoa Khám bệnh, Bệnh viện Đa khoa tỉnh", YTE, BENH_VIEN),
    collective("Trạm Y tế xã Thổ Châu", YTE, Y_TE),
    collective("Trường Trung học phổ thông chuyên Huỳnh Mẫn Đạt", TRUONG, GD_DT),
    collective("Trường Tiểu học Lê Lợi 2", TRUONG, GD_DT),
    collective("Trường Mầm non Hoa Hướng Dương ấp Xẻo Rô", TRUONG, GD_DT),
    household("Hộ gia đình ông Danh Hươl", "ấp Hòa Út, xã Định Hòa", DINH_HOA),
    household("Hộ bà Nguyễn Thị Bảy (Bảy Ửng)", "ấp Hòa Hớn, xã Định Hòa", DINH_HOA),
    household("Hộ gia đình bà Thị Sà Rinh", "khu phố 3, phường Vĩnh Thanh Vân", VINH_THANH_VAN),
    person(
        "Nguyễn Thị Ỷ Nhi", CB, "05/02/1980", "Nữ", "Trưởng phòng Công nghệ thông tin",
        "Sở Y tế tỉnh Kiên Giang", Y_TE, TTG, "2022: Giấy khen của Giám đốc Sở, 112/QĐ-SYT",
    ),
    person(normalize("NFD", "Trần Quốc Thưởng"), CB, dt.date(1975, 12, 31), "Nam",
           "Phó Trưởng phòng", "Sở Y tế tỉnh Kiên Giang", Y_TE),
    person("Đặng-Trần Hoàng Yến Ngọc", CB, "7-9-1988", "Nữ", "Chuyên viên",
           "Sở Giáo dục và Đào tạo tỉnh Kiên Giang", GD_DT),
    person("Lê Nguyễn Phước Thiện Đức Toàn Vẹn", CB, "29.02.1984", "Nam", "Hiệu trưởng",
           "Trường Trung học phổ thông chuyên Huỳnh Mẫn Đạt", GD_DT),
    person("Huỳnh Mẫn Tuệ", CB, "1990-03-15", "Nữ", "Giáo viên", "Trường Tiểu học Lê Lợi 2", GD_DT),
    person("Vũ Thụy Ái Quyên", CB, "ngày 8 tháng 3 năm 1985", "Nữ", "Chuyên viên chính",
           "Sở Công Thương tỉnh Kiên Giang", C_THUONG),
    person("Phạm Hữu Nghĩa", CB, 30000, "Nam", "Kỹ sư", "Chi cục Thủy lợi", NN_PTNT),
    person("Quách Thị Cẩm Giàu", CB, "01/01/1993", "Nữ", "Chuyên viên",
           "Chi cục Trồng trọt và Bảo vệ thực vật", NN_PTNT),
    person("Mai Thị Kiều Oanh", CB, "19/5/1987", "Nữ", "Chuyên viên",
           "Phòng Văn hóa và Thông tin", RACH_GIA, TTG, "2023: Bằng khen của Chủ tịch UBND tỉnh"),
    person("Ông Văn Ơn", CB, "20/11/1979", "Nam", "Trưởng phòng", "Phòng Nội vụ", RACH_GIA),
    person("Tạ Bửu Khuông", CB, "02/09/1982", "Nam", "Chánh Văn phòng",
           "Văn phòng HĐND và UBND thành phố", HA_TIEN),
    person("Lý Thị Xuân Hường", CB, "14/02/1991", "Nữ", "Công chức Văn hóa - Xã hội",
           "UBND phường Pháo Đài", HA_TIEN),
    person("Thái Doãn Uyển Nhi", CB, "22/12/1989", "Nữ", "Chuyên viên",
           "Phòng Tài chính - Kế hoạch", PHU_QUOC),
    person("Hồ Ngọc Ẩn", CB, "03/04/1977", "Nam", "Phó Chủ tịch UBND xã", "UBND xã Gành Dầu",
           PHU_QUOC),
    person("Danh Thị Sà Phép", CB, "16/7/1983", "Nữ", "Chuyên viên", "Phòng Dân tộc", HON_DAT),
    person("Thạch Sóc Kha", CB, "30/04/1986", "Nam", "Công chức Tư pháp - Hộ tịch",
           "UBND xã Định Hòa", DINH_HOA),
    person("Nguyễn Văn Chiến", CB, "17/10/1972", "Nam", "Trưởng phòng", "Phòng Kinh tế", TAN_HIEP),
    person("Trương Thị Thùy Vỹ", CB, "25/08/1994", "Nữ", "Công chức Văn phòng",
           "UBND phường Vĩnh Thanh Vân", VINH_THANH_VAN),
    person("Đoàn Lê Khánh Huyền", CB, "11/11/1990", "Nữ", "Bác sĩ",
           "Khoa Cấp cứu, Bệnh viện Đa khoa tỉnh", BENH_VIEN),
    person("Châu Tuấn Kiệt", CB, "09/06/1981", "Nam", "Trưởng phòng Công nghệ thông tin",
           "Bệnh viện Đa khoa tỉnh Kiên Giang", BENH_VIEN),
    person("Võ Thị Út Mười Hai", NLD, "10/10/1970", "Nữ", "Nông dân", "", AN_MINH),
    person("Danh Ương", NLD, "12/3/1968", "Nam", "Nông dân trồng lúa", "", GO_QUAO),
    person("Neáng Sóc Khône", NLD, "08/08/1995", "Nữ", "Công nhân", "Cảng cá Tắc Cậu", HON_DAT),
    person("Bùi Thế Dưỡng", NLD, "21/01/1992", "Nam", "Thành viên hợp tác xã",
           "Hợp tác xã Khóm Tắc Cậu & Gò Quao", GO_QUAO),
    person("H'Hen Niê Kđăm", NLD, "06/06/1996", "Nữ", "Nhân viên kinh doanh",
           "Công ty TNHH Du lịch “Đảo Ngọc”", PHU_QUOC),
    person("Ngô Quyền Quý Phi", DNH, "15/05/1965", "Nam", "Giám đốc",
           "Công ty Cổ phần Chế biến Thủy sản “Biển Ngọc”", C_THUONG, TTG),
    person("Lâm Thị Mỹ Hạnh", DNH, "27/07/1978", "Nữ", "Chủ doanh nghiệp",
           "DNTN Nước mắm Ỷ Lan Phú Quốc", PHU_QUOC),
    person("Kiều Thiện Nhơn", TT, "04/12/1960", "Nam", "Giảng viên nghỉ hưu", "", RACH_GIA),
    person("Nghiêm Thị Tường Vi", KH, "18/09/1974", "Nữ", "Nghiên cứu viên",
           "Trung tâm Ứng dụng tiến bộ khoa học", NN_PTNT),
    person("Ưng Hoài Phúc Nguyên", KH, "23/03/1969", "Nam", "Kỹ sư", "", TAN_HIEP),
    person("Nguyễn Oanh Oanh", NN, "28/02/1971", "Nữ", "Tình nguyện viên", "", HA_TIEN),
    person("Trần Anna Mỹ Linh", VK, "13/04/1980", "Nữ", "Kỹ sư phần mềm", "", RACH_GIA),
    person("Đỗ Xuân Trường", VK, "30/11/1966", "Nam", "Doanh nhân", "", TAN_HIEP, TTG),
    person("Khưu Thị Ngọc Diễm", CB, "24/06/1987", "Nữ", "Chuyên viên", "Phòng Lao động", AN_MINH),
    person("Giang Chấn Uy", CB, "31/12/1980", "Nam", "Chuyên viên", "Phòng Y tế", GO_QUAO),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One workbook: its file, the movement in its title, its columns and lines."""

    file: str
    movement: str
    rows: tuple[Cells, ...]
    header: tuple[str, ...] = HEADER
    widths: tuple[int, ...] = WIDTHS


KIEN_GIANG = Sample(
    "danh-sach-dien-tap.xlsx", "Kiên Giang thực hiện chương trình Chuyển đổi số", ROWS
)


def build(sample: Sample) -> Workbook:
    """Return the workbook: three lines of title, the header in line 5, one line per nominee."""
    book = Workbook()
    book.properties.created = book.properties.modified = FIXED
    book.properties.creator = "VinhDanh"
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    sheet["A1"] = "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"
    sheet["A2"] = f"Phong trào “{sample.movement}”"
    sheet["A3"] = "(Dữ liệu diễn tập: mọi cá nhân, doanh nghiệp, hộ gia đình đều không có thật)"
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(sample.header))
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        sheet.cell(row, 1).font = Font(bold=row == 1, italic=row > 1, size=13)
    for column, (title, width) in enumerate(
        zip(sample.header, sample.widths, strict=True), start=1
    ):
        cell = sheet.cell(HEADER_ROW, column, title)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, cells in enumerate(sample.rows, start=1):
        for column, value in enumerate((number, *cells), start=1):
            cell = sheet.cell(HEADER_ROW + number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # text stays text, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 3)
    return book


def main() -> None:
    """Write the workbooks where the product looks for them."""
    from tools.sample_provinces import BAC_KAN, DONG_THAP  # noqa: PLC0415 - it builds on this

    FOLDER.mkdir(exist_ok=True)
    for sample in (KIEN_GIANG, DONG_THAP, BAC_KAN):
        build(sample).save(FOLDER / sample.file)


if __name__ == "__main__":
    main()
