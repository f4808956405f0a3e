"""The fields that a template may name, and the blocks that several papers share.

A field is a fact that the caller supplies; a template never makes one up. Every field is always
supplied (templates run under StrictUndefined): one that may be unknown says in `empty` what the
paper shows for "" or [].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

NOTHING: Final = "không in gì"
DOTS: Final = "in chỗ chấm để điền tay"


@dataclass(frozen=True)
class Field:
    """One named value. `empty` is None for a field that must not be empty."""

    name: str
    type: str
    meaning: str
    example: object = None
    empty: str | None = None
    fields: tuple["Field", ...] = ()

    def described(self) -> dict[str, object]:
        """Return the field as plain data, in the order in which a person reads it."""
        description: dict[str, object] = {
            "name": self.name,
            "meaning": self.meaning,
            "type": self.type,
            "required": self.empty is None,
        }
        if self.empty is not None:
            description["empty"] = self.empty
        if self.example is not None:
            description["example"] = self.example
        if self.fields:
            description["fields"] = [field.described() for field in self.fields]
        return description


def text(name: str, meaning: str, example: str, empty: str | None = None) -> Field:
    """Return a field of one line of text."""
    return Field(name, "text", meaning, example, empty)


def date(name: str, meaning: str, example: str, empty: str | None = None) -> Field:
    """Return a field holding a date as ISO text (2023-12-05)."""
    return Field(name, "date", meaning, example, empty)


def integer(name: str, meaning: str, example: int, empty: str | None = None) -> Field:
    """Return a field holding a whole number."""
    return Field(name, "integer", meaning, example, empty)


def texts(name: str, meaning: str, example: Sequence[str], empty: str | None = None) -> Field:
    """Return a list of texts."""
    return Field(name, "list of text", meaning, list(example), empty)


def rows(name: str, meaning: str, fields: Sequence[Field], empty: str | None = None) -> Field:
    """Return a list of objects, each with these fields."""
    return Field(name, "list of object", meaning, None, empty, tuple(fields))


def group(name: str, meaning: str, fields: Sequence[Field]) -> Field:
    """Return one object with these fields."""
    return Field(name, "object", meaning, None, None, tuple(fields))


LETTERHEAD: Final = (
    text(
        "co_quan_chu_quan",
        "Cơ quan chủ quản trực tiếp, viết tắt cụm từ thông dụng; viết thường, mẫu tự in hoa",
        "UBND tỉnh Kiên Giang",
        NOTHING,
    ),
    text(
        "co_quan_ban_hanh",
        "Cơ quan ban hành như in ở góc trên bên trái; viết thường, mẫu tự in hoa;"
        " muốn ngắt dòng đúng cụm từ thì đặt ký tự xuống dòng",
        "Sở Thông tin và Truyền thông",
    ),
)
ISSUER_NAME: Final = text(
    "ten_co_quan",
    "Tên đầy đủ của cơ quan ban hành, dùng trong câu văn và ở phụ lục",
    "Sở Thông tin và Truyền thông tỉnh Kiên Giang",
)
NUMBER: Final = text(
    "so_ky_hieu", "Số, ký hiệu đầy đủ, lấy ở sổ đăng ký văn bản đi", "05/TTr-STTTT", DOTS
)
PLACE_DATE: Final = (
    text("dia_danh", "Địa danh nơi cơ quan đóng trụ sở", "Kiên Giang"),
    date("ngay_ban_hanh", "Ngày ban hành", "2023-12-05", DOTS),
)
HEADER: Final = (*LETTERHEAD, ISSUER_NAME, NUMBER, *PLACE_DATE)
SUBJECT: Final = text(
    "trich_yeu",
    "Trích yếu nội dung, in ngay dưới tên loại văn bản",
    "Đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho các tập thể, cá nhân",
)
ADDRESSEES: Final = texts(
    "kinh_gui",
    "Nơi gửi; một nơi in cùng dòng với “Kính gửi:”, từ hai nơi trở lên mỗi nơi một dòng",
    ["Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang"],
)
BASES: Final = texts(
    "can_cu",
    "Căn cứ ban hành, không có chữ “Căn cứ” ở đầu và không có dấu ở cuối",
    ["Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"],
)
MOVEMENT: Final = (
    text(
        "phong_trao",
        "Tên phong trào thi đua, không có ngoặc kép",
        "Kiên Giang thực hiện chương trình Chuyển đổi số",
    ),
    text("dot_xet", "Đợt xét khen thưởng", "sơ kết năm 2023"),
)
DECIDER: Final = text(
    "cap_quyet_dinh",
    "Cấp có thẩm quyền quyết định khen thưởng",
    "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang",
)
RECIPIENTS: Final = (
    texts(
        "noi_nhan",
        "Nơi nhận, không có gạch đầu dòng, không có dấu cuối; mẫu tự ghi “Như trên” hoặc"
        " “Như Điều 3” ở đầu và “Lưu: …” ở cuối",
        ["Lãnh đạo Sở"],
        "chỉ in các dòng mẫu tự ghi",
    ),
    text("luu", "Phần sau chữ “Lưu:”", "VT, VTCNTT"),
)


def signature(
    name: str, meaning: str, *, authority: Sequence[str], person: str, empty: str | None = None
) -> Field:
    """Return a signature block: its lines of authority, top down, and the name below them."""
    return group(
        name,
        meaning,
        [
            texts(
                "quyen_han",
                "Quyền hạn, chức vụ của người ký, mỗi dòng một phần tử (TM., Q., KT., TL., TUQ.)",
                authority,
                empty,
            ),
            text(
                "ho_ten",
                "Họ và tên người ký, không ghi học hàm, học vị, danh hiệu",
                person,
                "để chỗ trống dưới chữ ký",
            ),
        ],
    )


SIGNATURE: Final = signature(
    "chu_ky",
    "Người có thẩm quyền ký văn bản",
    authority=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
    person="Nguyễn Thị Ngọc Ánh",
)
RECORD: Final = (
    text("so_ky_hieu", "Số, ký hiệu văn bản", "02/BB-STTTT", DOTS),
    date("ngay", "Ngày của văn bản", "2023-12-01", DOTS),
)

NAMED: Final = (
    text("danh_xung", "“Ông”, “Bà”; tập thể để trống", "Bà", NOTHING),
    text("ten", "Tên đầy đủ của tập thể; họ tên cá nhân; tên hộ gia đình", "Đặng Thị Huỳnh Như"),
    date("ngay_sinh", "Ngày sinh (cá nhân)", "1985-02-05", NOTHING),
    text("chuc_vu", "Chức vụ, nghề nghiệp", "Trưởng phòng Bưu chính - Viễn thông", NOTHING),
    text("don_vi", "Đơn vị công tác", "Sở Thông tin và Truyền thông tỉnh Kiên Giang", NOTHING),
    text("dia_chi", "Địa chỉ (hộ gia đình, cá nhân không có đơn vị)", "", NOTHING),
)
PROPOSED: Final = text(
    "hinh_thuc", "Hình thức khen thưởng đề nghị", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
)
CLAUSE: Final = text(
    "dieu_khoan",
    "Điểm, khoản, điều và tên văn bản áp dụng cho trường hợp này",
    "điểm e khoản 3.2.2 Mục 3 Phần IV Kế hoạch số 243/KH-UBND",
    NOTHING,
)
ACHIEVEMENT: Final = (
    text("tom_tat", "Tóm tắt thành tích", "Chủ trì triển khai nền tảng số dùng chung", NOTHING),
    text(
        "da_khen",
        "Hình thức đã được khen gần nhất (số, ngày quyết định)",
        "Giấy khen của Giám đốc Sở, Quyết định số 112/QĐ-STTTT ngày 20/12/2022",
        NOTHING,
    ),
)
RATIO: Final = text("ty_le", "Tỷ lệ phần trăm đồng ý trên tổng số thành viên, như in", "92,31")
VOTE: Final = (
    integer("phieu_dong_y", "Số phiếu đồng ý", 12),
    integer(
        "so_thanh_vien",
        "Tổng số thành viên (mẫu số của tỷ lệ); 0 là trường hợp không lấy phiếu",
        13,
    ),
    RATIO,
)
APPRAISED: Final = (*NAMED, PROPOSED, CLAUSE, *ACHIEVEMENT)
NOMINEE: Final = (*APPRAISED, *VOTE)


def nominees(fields: Sequence[Field] = NOMINEE, *, of: str = "đề nghị") -> tuple[Field, ...]:
    """Return the three lists of subjects, one a kind; an empty list leaves no trace on paper."""
    kinds = {"tap_the": "tập thể", "ca_nhan": "cá nhân", "ho_gia_dinh": "hộ gia đình"}
    return tuple(
        rows(
            f"danh_sach_{key}",
            f"Danh sách {name} {of}",
            fields,
            "phần này không xuất hiện, số lượng không được nhắc đến",
        )
        for key, name in kinds.items()
    )


OPINIONS: Final = rows(
    "y_kien",
    "Ý kiến của các cơ quan đã được hỏi",
    [
        text("co_quan", "Cơ quan trả lời", "Công an tỉnh Kiên Giang"),
        text("so_ky_hieu", "Số, ký hiệu văn bản trả lời", "3105/CAT-PX01", DOTS),
        date("ngay", "Ngày văn bản trả lời", "2023-11-27", DOTS),
        text("noi_dung", "Nội dung trả lời", "không có ý kiến khác"),
    ],
    NOTHING,
)
