"""Tờ trình of the provincial council to the Chairman: one for each deciding authority."""

from typing import Final

from tools.templates.fields import (
    ADDRESSEES,
    BASES,
    DECIDER,
    HEADER,
    MOVEMENT,
    NOTHING,
    OPINIONS,
    RECIPIENTS,
    RECORD,
    SIGNATURE,
    SUBJECT,
    group,
    nominees,
    text,
    texts,
)
from tools.templates.letters import higher_letter
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet

FIELDS: Final = (
    *HEADER,
    SUBJECT,
    ADDRESSEES,
    BASES,
    *MOVEMENT,
    DECIDER,
    text("loai_hinh", "Loại hình khen thưởng", "khen thưởng theo chuyên đề"),
    group("bien_ban", "Biên bản họp Hội đồng Thi đua - Khen thưởng tỉnh", RECORD),
    *nominees(),
    OPINIONS,
    text(
        "cong_khai",
        "Kết quả lấy ý kiến công khai, một câu, không có dấu cuối",
        "Đã đăng tải trên Cổng thông tin điện tử tỉnh từ ngày 06/11/2023 đến ngày 20/11/2023,"
        " không có ý kiến phản ánh",
        NOTHING,
    ),
    text(
        "ket_luan_tham_dinh",
        "Kết luận thẩm định về đối tượng, điều kiện, tiêu chuẩn, hồ sơ, thủ tục; không có dấu cuối",
        "Các trường hợp đề nghị đúng đối tượng, đủ điều kiện, tiêu chuẩn, hồ sơ và thủ tục",
    ),
    texts(
        "kem_theo",
        "Tài liệu gửi kèm ngoài danh sách",
        ["Biên bản họp Hội đồng", "Dự thảo Quyết định khen thưởng"],
        "câu kể tài liệu gửi kèm không xuất hiện",
    ),
    *RECIPIENTS,
    SIGNATURE,
)


def lay_out(sheet: Sheet) -> None:
    """Write the letter and its annex."""
    higher_letter(sheet, "Hội đồng")


PAPER: Final = Paper(
    key="to_trinh_hoi_dong",
    title="Tờ trình của Hội đồng Thi đua - Khen thưởng tỉnh",
    series="TTr",
    signed_by="Chủ tịch, Phó Chủ tịch Hội đồng hoặc người được giao",
    fields=FIELDS,
    lay_out=lay_out,
)
