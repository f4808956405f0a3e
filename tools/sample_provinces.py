"""The lists that are rehearsed for Đồng Tháp and Bắc Kạn: few lines, every way, every field.

The plans' only sources name no body but UBND tỉnh, so the units are those of the demo provinces,
which are made up and say so. All people, enterprises and households are fictional.
"""

from __future__ import annotations

from tools.sample_workbook import HEADER, WIDTHS, Cells, Sample

_AT = HEADER.index("Hình thức khen")
FIELD_HEADER = (*HEADER[:_AT], "Lĩnh vực ưu tiên", *HEADER[_AT:])
FIELD_WIDTHS = (*WIDTHS[:_AT], 26, *WIDTHS[_AT:])
SUMMARY = "Có thành tích tiêu biểu xuất sắc trong chuyển đổi số"
STORY = "Số hóa toàn bộ hồ sơ đang xử lý.\nHướng dẫn hơn 500 lượt người dân dùng dịch vụ công."


def person(  # noqa: PLR0913, PLR0917 - a line has these cells
    name: str, kind: str, born: str, gender: str, position: str, workplace: str, unit: str,
    field: str, form: str,
) -> Cells:  # fmt: skip
    """Return the line of a person."""
    return (
        name, "Cá nhân", kind, born, gender, position, workplace, None, unit, field, form,
        SUMMARY, STORY, "",
    )  # fmt: skip


def body(name: str, unit: str, field: str, form: str, *, kind: str, sort: str = "Tập thể") -> Cells:
    """Return the line of a collective or a household."""
    return (
        name, sort, kind, None, None, None, None, "địa chỉ ví dụ", unit, field, form, SUMMARY,
        STORY, "",
    )  # fmt: skip


BKT, TTG, GK = "Bằng khen của Chủ tịch UBND tỉnh", "BK TTg", "Giấy khen"
CB = "cán bộ, công chức, viên chức"

KHOI, CUM, XA = "khoi-1", "cum-1", "xa-mau"
NONG_NGHIEP, Y_TE, GIAO_DUC = "nông nghiệp", "Y tế", "giáo dục và đào tạo"
MEMBER, ORGANISATION, PEOPLE = "Thành viên các Khối, Cụm thi đua", "tổ chức hợp pháp", "nhân dân"
HOUSE = "các hộ gia đình"
NN, YT, GD = (
    "Cơ quan mẫu về nông nghiệp tỉnh Đồng Tháp", "Cơ quan mẫu về y tế tỉnh Đồng Tháp",
    "Cơ quan mẫu về giáo dục và đào tạo tỉnh Đồng Tháp",
)  # fmt: skip
HUYEN_1, HUYEN_2 = "Ủy ban nhân dân huyện Mẫu Một", "Ủy ban nhân dân huyện Mẫu Hai"

DONG_THAP = Sample(
    "danh-sach-dien-tap-dong-thap.xlsx",
    "Đồng Tháp đẩy mạnh chương trình chuyển đổi số",
    (
        body(NN, KHOI, NONG_NGHIEP, BKT, kind=MEMBER),
        body(YT, KHOI, Y_TE, BKT, kind=MEMBER),
        body(GD, KHOI, GIAO_DUC, TTG, kind=MEMBER),
        person("Lâm Thị Ví Dụ", CB, "12/05/1984", "Nữ", "Chuyên viên", NN, KHOI, NONG_NGHIEP, BKT),
        person("Trương Văn Mẫu", CB, "03/11/1979", "Nam", "Bác sĩ", YT, KHOI, Y_TE, BKT),
        body(HUYEN_1, CUM, "", BKT, kind=MEMBER),
        body(HUYEN_2, CUM, NONG_NGHIEP, TTG, kind=MEMBER),
        person(
            "Đặng Hoàng Diễn Tập",
            CB,
            "21/09/1990",
            "Nam",
            "Chuyên viên",
            f"Phòng Văn hóa và Thông tin, {HUYEN_1}",
            CUM,
            "",
            BKT,
        ),
        person(
            "Phùng Ngọc Giả Định", CB, "30/01/1988", "Nữ", "Giáo viên", HUYEN_2, CUM, GIAO_DUC, BKT
        ),
        body("Hợp tác xã mẫu Hoa Sen Số", XA, NONG_NGHIEP, BKT, kind=ORGANISATION),
        body("Hộ ông Bành Hư Cấu", XA, NONG_NGHIEP, BKT, kind=HOUSE, sort="Hộ gia đình"),
        person("Võ Thị Thí Dụ", PEOPLE, "17/07/1969", "Nữ", "Nông dân", "", XA, NONG_NGHIEP, BKT),
    ),
    FIELD_HEADER,
    FIELD_WIDTHS,
)

KINH_TE, VAN_XA, KY_THUAT = "cq-kinh-te", "cq-van-xa", "cq-ky-thuat"
OFFICE, PLACE, FIRM, COOP = "các cơ quan, đơn vị", "địa phương", "doanh nghiệp", "hợp tác xã"
CQ_KT, CQ_VX, CQ_KTT = (
    "Cơ quan mẫu về kinh tế tỉnh Bắc Kạn", "Cơ quan mẫu về văn hóa - xã hội tỉnh Bắc Kạn",
    "Cơ quan mẫu về kỹ thuật tỉnh Bắc Kạn",
)  # fmt: skip

BAC_KAN = Sample(
    "danh-sach-dien-tap-bac-kan.xlsx",
    "Bắc Kạn đẩy mạnh chương trình chuyển đổi số giai đoạn 2022 - 2025",
    (
        body(CQ_KT, KINH_TE, "Nông nghiệp", BKT, kind=OFFICE),
        body("Công ty TNHH Mẫu Xanh", KINH_TE, "Công Thương", BKT, kind=FIRM),
        person(
            "Hà Văn Ví Dụ",
            CB,
            "02/02/1982",
            "Nam",
            "Chuyên viên",
            CQ_KT,
            KINH_TE,
            "Tài chính - Ngân hàng",
            BKT,
        ),
        person(
            "Nông Thị Mẫu", CB, "14/08/1991", "Nữ", "Chuyên viên", CQ_KT, KINH_TE, "Công Thương", GK
        ),
        body("Hợp tác xã mẫu Chè Số", KINH_TE, "Nông nghiệp", GK, kind=COOP),
        body(CQ_VX, VAN_XA, "Văn hóa, du lịch", BKT, kind=OFFICE),
        person("Ma Thế Giả Định", CB, "25/12/1976", "Nam", "Bác sĩ", CQ_VX, VAN_XA, "Y tế", BKT),
        person(
            "Triệu Thị Thí Dụ",
            CB,
            "09/03/1987",
            "Nữ",
            "Giáo viên",
            CQ_VX,
            VAN_XA,
            "Giáo dục và Đào tạo",
            BKT,
        ),
        body("Phòng mẫu Chuyển đổi số", VAN_XA, "Y tế", GK, kind=OFFICE),
        person(
            "Hoàng Đức Diễn Tập",
            CB,
            "11/11/1993",
            "Nam",
            "Chuyên viên",
            CQ_VX,
            VAN_XA,
            "Văn hóa, du lịch",
            GK,
        ),
        body(CQ_KTT, KY_THUAT, "Giao thông vận tải", BKT, kind=OFFICE),
        person(
            "Dương Thị Minh Họa", CB, "06/06/1985", "Nữ", "Kỹ sư", CQ_KTT, KY_THUAT, "Xây dựng", BKT
        ),
        person(
            "Lường Văn Mô Phỏng",
            CB,
            "19/05/1980",
            "Nam",
            "Kỹ sư",
            CQ_KTT,
            KY_THUAT,
            "Tài nguyên, môi trường",
            BKT,
        ),
        person(
            "Bế Ngọc Hư Cấu",
            CB,
            "27/10/1989",
            "Nữ",
            "Nghiên cứu viên",
            CQ_KTT,
            KY_THUAT,
            "Khoa học và Công nghệ",
            GK,
        ),
        body("Ủy ban nhân dân xã Mẫu Ba", XA, "Nông nghiệp", BKT, kind=PLACE),
        person(
            "Đàm Văn Tượng Trưng",
            CB,
            "08/08/1978",
            "Nam",
            "Công chức Văn phòng",
            "UBND xã Mẫu Ba",
            XA,
            "",
            GK,
        ),
    ),
    FIELD_HEADER,
    FIELD_WIDTHS,
)
