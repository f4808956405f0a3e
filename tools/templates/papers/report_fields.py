"""What the three reports of achievement have in common."""

from typing import Final

from tools.templates.fields import (
    LETTERHEAD,
    MOVEMENT,
    NOTHING,
    PLACE_DATE,
    PROPOSED,
    SIGNATURE,
    Field,
    date,
    group,
    rows,
    signature,
    text,
    texts,
)

INDICATORS: Final = rows(
    "chi_tieu",
    "Kết quả thực hiện các chỉ tiêu của phong trào",
    [
        text("ten", "Tên chỉ tiêu", "Tỷ lệ hồ sơ thủ tục hành chính xử lý trực tuyến"),
        text("muc_tieu", "Mục tiêu, kèm đơn vị tính", "tối thiểu 60%", NOTHING),
        text("ket_qua", "Kết quả đạt được, kèm đơn vị tính", "78,4%", NOTHING),
        text("minh_chung", "Tài liệu minh chứng", "Báo cáo số 215/BC-STTTT", NOTHING),
    ],
    "bảng không xuất hiện",
)
DEEDS: Final = texts(
    "thanh_tich",
    "Thành tích trong phong trào, mỗi đoạn một phần tử",
    ["Hoàn thành 100% nhiệm vụ được giao trong kế hoạch chuyển đổi số."],
)
CONTRIBUTIONS: Final = rows(
    "dong_gop",
    "Đóng góp công sức, kinh phí, cơ sở vật chất",
    [
        text("noi_dung", "Nội dung đóng góp", "Tặng 10 máy tính cho trường học"),
        text("gia_tri", "Giá trị, kèm đơn vị tính", "120.000.000 đồng", NOTHING),
        text("xac_nhan", "Nơi xác nhận", "Ủy ban nhân dân xã Thạnh Đông", NOTHING),
    ],
    NOTHING,
)
COMPLIANCE: Final = texts(
    "chap_hanh",
    "Chấp hành chủ trương, chính sách, pháp luật; công tác Đảng, đoàn thể; kỷ luật",
    ["Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước."],
    "mục này để chỗ chấm",
)
AWARDS: Final = rows(
    "khen_thuong",
    "Các hình thức đã được khen thưởng",
    [
        text("nam", "Năm", "2022"),
        text("hinh_thuc", "Danh hiệu, hình thức khen thưởng", "Giấy khen của Giám đốc Sở"),
        text("so_ky_hieu", "Số, ký hiệu quyết định", "112/QĐ-STTTT", NOTHING),
        date("ngay", "Ngày quyết định", "2022-12-20", NOTHING),
        text("co_quan", "Cơ quan quyết định", "Sở Thông tin và Truyền thông", NOTHING),
    ],
    "thay bảng bằng câu “Chưa được khen thưởng.”",
)


REPORTER: Final = group(
    "nguoi_bao_cao",
    "Người báo cáo (ký báo cáo)",
    [text("ho_ten", "Họ và tên", "Đặng Thị Huỳnh Như", "để chỗ trống dưới chữ ký")],
)


def report(*declared: Field, reporter: Field = SIGNATURE, superior: str) -> tuple[Field, ...]:
    """Return the fields of a report: header, declaration, reporter and two confirmations.

    declared: what the nominee declares, in the order of the form. superior: who confirms first.
    """
    return (
        text("mau_so", "Số mẫu báo cáo do pháp luật quy định (chỉ in khi có)", "", NOTHING),
        *LETTERHEAD,
        text(
            "so_ky_hieu",
            "Số, ký hiệu đầy đủ, nếu báo cáo được lấy số văn bản",
            "15/BC-STTTT",
            NOTHING,
        ),
        *PLACE_DATE,
        *MOVEMENT,
        PROPOSED,
        group("ke_khai", "Phần kê khai của đối tượng", declared),
        reporter,
        *confirmations(superior),
    )


def confirmations(superior: str) -> tuple[Field, ...]:
    """Return the confirmation of the direct superior and that of the proposing level."""
    return (
        signature(
            "xac_nhan_cap_tren",
            f"Xác nhận của {superior}",
            authority=["GIÁM ĐỐC"],
            person="Trần Quốc Việt",
            empty="ô xác nhận này không in",
        ),
        signature(
            "xac_nhan_cap_trinh",
            "Xác nhận của cấp trình khen thưởng",
            authority=["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            person="Lê Thị Mỹ Duyên",
            empty="ô xác nhận này không in",
        ),
    )
