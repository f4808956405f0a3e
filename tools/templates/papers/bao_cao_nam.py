"""Yearly report of the standing agency: what the units reached, in tables and charts."""

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
    HEADER,
    MOVEMENT,
    NOTHING,
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
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

CHARTED: Final = (
    text("ten", "Tên chỉ tiêu", "Tỷ lệ hộ gia đình được phủ mạng Internet cáp quang", NOTHING),
    Field(
        "bieu_do", "chart", "Biểu đồ qua các năm so với mục tiêu (documents.charts)", None, NOTHING
    ),
)
GROUPS: Final = rows(
    "cac_nhom",
    "Kết quả theo từng nhóm đơn vị; chỉ tính số liệu đã được xác nhận",
    [
        text("ten", "Tên nhóm, như tiêu đề trong kế hoạch", "Đối với UBND các huyện"),
        rows(
            "chi_tieu",
            "Các chỉ tiêu của nhóm",
            [
                text("ten", "Tên chỉ tiêu", "Tỷ trọng kinh tế số"),
                text("muc_tieu", "Mục tiêu của năm, như in", "đạt 12%", NOTHING),
                integer("so_don_vi", "Số đơn vị có số liệu", 10),
                text("dat", "Số đơn vị đạt mục tiêu", "8", NOTHING),
                text("khoang", "Giá trị thấp nhất và cao nhất", "8,5% – 14%", NOTHING),
            ],
        ),
    ],
    "mục này không xuất hiện",
)
PROPOSALS: Final = texts(
    "kien_nghi",
    "Kiến nghị, đề xuất, mỗi ý một phần tử",
    ["Kéo dài thời gian thực hiện chỉ tiêu về hợp đồng điện tử"],
    "mục này không xuất hiện",
)


def charted_rows(name: str, meaning: str, whose: str, example: str) -> Field:
    """Return an annex of charts, two in a row: of units, or of groups of them."""
    return rows(
        name,
        meaning,
        [
            text("ten", whose, example),
            rows(
                "hang",
                "Các hàng của bảng, mỗi hàng hai biểu đồ",
                [group("trai", "Biểu đồ bên trái", CHARTED), group("phai", "Bên phải", CHARTED)],
            ),
        ],
        "phụ lục này không xuất hiện",
    )


FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    integer("nam", "Năm báo cáo", 2023),
    integer("phai_gui", "Số đơn vị được yêu cầu báo cáo số liệu", 12),
    integer("da_gui", "Số đơn vị đã gửi số liệu", 11),
    integer("da_xac_nhan", "Số đơn vị có số liệu đã được kiểm tra, xác nhận", 10),
    texts("chua_gui", "Tên các đơn vị chưa gửi hoặc phải gửi lại", ["Sở Y tế"], "không in gì"),
    GROUPS,
    rows(
        "xep_hang",
        "Bảng xếp hạng theo bảng điểm của phong trào",
        [
            text("ten", "Tên bảng điểm", "Bảng điểm cấp huyện"),
            rows(
                "hang",
                "Các đơn vị theo thứ hạng",
                [
                    text("thu", "Thứ hạng", "1", "in dấu gạch"),
                    text("ten", "Đơn vị", "Ủy ban nhân dân huyện Gò Quao"),
                    text("diem", "Tổng điểm", "98,5"),
                    text("ghi_chu", "Cách phân hạng khi bằng điểm, phần còn thiếu", "", NOTHING),
                ],
            ),
        ],
        "mục này không xuất hiện",
    ),
    PROPOSALS,
    charted_rows(
        "cac_don_vi",
        "Các đơn vị có biểu đồ ở phụ lục",
        "Tên đơn vị",
        "Ủy ban nhân dân huyện Gò Quao",
    ),
    *RECIPIENTS,
    SIGNATURE,
)

RESULTS: Final = (
    INDEX,
    Column("Chỉ tiêu", 62, "{{ ct.ten }}"),
    Column("Mục tiêu", 27, "{{ ct.muc_tieu }}", "OBangGiua"),
    Column("Số đơn vị", 18, "{{ ct.so_don_vi }}", "OBangGiua"),
    Column("Đạt", 14, "{{ ct.dat }}", "OBangGiua"),
    Column("Thấp nhất – cao nhất", 30.9, "{{ ct.khoang }}", "OBangGiua"),
)
RANKS: Final = (
    Column("Hạng", 16, "{% if h.thu %}{{ h.thu }}{% else %}–{% endif %}", "OBangGiua"),
    Column("Đơn vị", 62, "{{ h.ten }}"),
    Column("Điểm", 20, "{{ h.diem }}", "OBangGiua"),
    Column("Ghi chú", 66.9, "{{ h.ghi_chu }}"),
)
CHARTS: Final = tuple(
    Column(
        "Chỉ tiêu, kết quả qua các năm",
        82.4,
        (
            f"{{{{ hang.{side}.ten }}}}",
            (f"hang.{side}.bieu_do", f"{{{{ hang.{side}.bieu_do|bieu_do }}}}"),
        ),
    )
    for side in ("trai", "phai")
)


def lay_out(sheet: Sheet) -> None:
    """Write the report: who reported, what was reached, ranks, proposals; then the charts."""
    letterhead(sheet)
    heading(sheet, "Báo cáo")
    addressees(sheet)
    bases(sheet)
    reported(sheet)
    results(sheet)
    with sheet.when("xep_hang"):
        sheet.write("DeMuc", "III. Xếp hạng theo bảng điểm")
        with sheet.each("bang in xep_hang"):
            sheet.write("TieuDeBang", "{{ loop.index }}. {{ bang.ten }}")
            sheet.table(Rows("h in bang.hang", RANKS))
    with sheet.when("kien_nghi"):
        sheet.write("DeMuc", "{% if xep_hang %}IV{% else %}III{% endif %}. Kiến nghị, đề xuất")
        with sheet.each("y in kien_nghi"):
            sheet.write("NoiDung", "{{ loop.index }}. {{ y }}.")
    sheet.write(
        "NoiDungCuoi",
        "Trên đây là báo cáo kết quả thực hiện phong trào năm {{ nam }} của {{ ten_co_quan }}./.",
    )
    closing(sheet, "Như trên")
    charts(sheet)


def reported(sheet: Sheet) -> None:
    """Write who was asked, who sent, who did not."""
    sheet.write(
        "NoiDung",
        "{{ ten_co_quan }} báo cáo kết quả thực hiện phong trào thi đua “{{ phong_trao }}”"
        " năm {{ nam }} như sau:",
    )
    sheet.write("DeMuc", "I. Tình hình báo cáo số liệu")
    sheet.write(
        "NoiDung",
        f"Đã yêu cầu {two_digits('phai_gui')} đơn vị báo cáo số liệu năm {{{{ nam }}}};"
        f" {two_digits('da_gui')} đơn vị đã gửi; số liệu của {two_digits('da_xac_nhan')} đơn vị"
        " đã được kiểm tra, xác nhận.",
    )
    with sheet.when("chua_gui"):
        sheet.write(
            "NoiDung",
            "Chưa gửi hoặc phải gửi lại: {% for dv in chua_gui %}{{ dv }}"
            "{% if loop.last %}.{% else %}; {% endif %}{% endfor %}",
        )


def results(sheet: Sheet) -> None:
    """Write what was reached, a table for each group of units."""
    with sheet.when("cac_nhom"):
        sheet.write("DeMuc", "II. Kết quả thực hiện các chỉ tiêu")
        sheet.write(
            "NoiDung",
            "Các bảng dưới đây chỉ tính số liệu đã được kiểm tra, xác nhận"
            "{% if cac_don_vi %}; biểu đồ của từng đơn vị qua các năm ở phụ lục{% endif %}.",
        )
        with sheet.each("nhom in cac_nhom"):
            sheet.write("TieuDeBang", "{{ loop.index }}. {{ nhom.ten }}")
            sheet.table(Rows("ct in nhom.chi_tieu", RESULTS))


def charts(sheet: Sheet) -> None:
    """Write the annex: a grid of charts for each unit."""
    with sheet.annex("cac_don_vi"):
        annex_heading(sheet, "Kết quả của từng đơn vị qua các năm", "Báo cáo")
        sheet.write(
            "NoiDung",
            "Cột đầy: đã được xác nhận; cột viền đứt: chưa được xác nhận; vạch ngang: mục tiêu"
            " đến năm đó.",
        )
        with sheet.each("dv in cac_don_vi"):
            sheet.write("TieuDeBang", "{{ loop.index }}. {{ dv.ten }}")
            sheet.table(Rows("hang in dv.hang", CHARTS))


PAPER: Final = Paper(
    key="bao_cao_nam",
    title="Báo cáo năm kết quả thực hiện phong trào, kèm biểu đồ của các đơn vị",
    series="BC",
    signed_by="Người đứng đầu cơ quan thường trực phong trào",
    fields=FIELDS,
    lay_out=lay_out,
)
