"""What the four tờ trình share: the letter around the request, and the annex with the list."""

from collections.abc import Sequence
from typing import Final

from tools.templates.blocks import (
    COUNTS,
    LIST_END,
    MOVEMENT,
    addressees,
    bases,
    cited,
    closing,
    dated,
    enclosures,
    heading,
    letterhead,
)
from tools.templates.lists import PROPOSAL, list_annex
from tools.templates.sheet import Sheet
from tools.templates.tables import Column

REQUEST: Final = (
    "{{ ten_co_quan }} đề nghị xem xét việc khen thưởng thuộc thẩm quyền của"
    f" {{{{ cap_quyet_dinh }}}} đối với {COUNTS} có thành tích trong {MOVEMENT}"
    " (danh sách tại Phụ lục kèm theo)."
)


def open_letter(sheet: Sheet) -> None:
    """Write everything above the request."""
    letterhead(sheet)
    heading(sheet, "Tờ trình")
    addressees(sheet)
    bases(sheet)


def close_letter(sheet: Sheet, last_sentence: str, columns: Sequence[Column] = PROPOSAL) -> None:
    """Write everything below the request: enclosures, last sentence, signature, list."""
    enclosures(sheet)
    sheet.write("NoiDungCuoi", f"{last_sentence}./.")
    closing(sheet, "Như trên")
    list_annex(sheet, "Danh sách đề nghị khen thưởng", "Tờ trình", columns)


def higher_letter(
    sheet: Sheet, council: str, request: str = REQUEST, wanted: str = "xem xét, quyết định"
) -> None:
    """Lay out a tờ trình that carries the opinions asked, the notice given and the verdict.

    council: whose minutes it rests on; without a number, the session is cited by its day.
    request, wanted: what is asked for, and how the last sentence asks for it.
    Content: NĐ 152/2025/NĐ-CP, Điều 33, khoản 11.
    """
    open_letter(sheet)
    minutes = (
        f"{{% if bien_ban.so_ky_hieu %}}tại Biên bản {cited('bien_ban')}"
        f"{{% else %}}{dated('bien_ban.ngay')}{{% endif %}}"
    )
    sheet.write("NoiDung", f"Trên cơ sở kết quả họp {council} {minutes}, " + request)
    sheet.write("NoiDung", "Loại hình khen thưởng: {{ loai_hinh }}.")
    with sheet.when("y_kien"):
        sheet.write("NoiDung", "Ý kiến của các cơ quan có liên quan:")
        opinions(sheet)
    with sheet.when("cong_khai"):
        sheet.write("NoiDung", "Kết quả lấy ý kiến công khai: {{ cong_khai }}.")
    sheet.write("NoiDung", "Kết luận thẩm định: {{ ket_luan_tham_dinh }}.")
    close_letter(sheet, "{{ ten_co_quan }} kính trình " + wanted)


def opinions(sheet: Sheet) -> None:
    """Write what each body answered."""
    with sheet.each("tra_loi in y_kien"):
        sheet.write(
            "NoiDung",
            f"- {{{{ tra_loi.co_quan }}}} (Văn bản {cited('tra_loi')}): {{{{ tra_loi.noi_dung }}}}"
            f"{LIST_END}",
        )
