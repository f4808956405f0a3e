"""Answer sheet that goes with the letter asking for an opinion: a line for each, ticked by hand.

No text prescribes it. The body that answers gives it number, day and signature of its own.
"""

from typing import Final

from tools.templates.blocks import (
    ANY,
    COUNTS,
    NO_NUMBER,
    addressees,
    cited,
    heading,
    letterhead,
)
from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.fields import (
    ADDRESSEES,
    LETTERHEAD,
    MOVEMENT,
    NAMED,
    PLACE_DATE,
    PROPOSED,
    RECORD,
    group,
    nominees,
    text,
)
from tools.templates.lists import INDEX, WHO, list_of_subjects
from tools.templates.paper import Paper
from tools.templates.sheet import TEXT_WIDTH_MM, Sheet
from tools.templates.tables import Column

FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    ADDRESSEES,
    *MOVEMENT,
    text("co_quan_hoi", "Cơ quan lấy ý kiến", "Sở Nội vụ tỉnh Kiên Giang"),
    group("cong_van", "Công văn lấy ý kiến", RECORD),
    text(
        "noi_dung",
        "Nội dung cần cho ý kiến, không có dấu cuối",
        "việc chấp hành pháp luật về thuế của các đối tượng có tên trong danh sách",
    ),
    *nominees((*NAMED, PROPOSED), of="cần cho ý kiến"),
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng, hình thức đề nghị", 66, (*WHO, "{{ dt.hinh_thuc }}")),
    Column("Đồng ý", 18, "☐", "OBangGiua"),
    Column("Không đồng ý", 20, "☐", "OBangGiua"),
    Column("Ý kiến khác, lý do", 47.9, "……………………………………"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the sheet, with room for what is written by hand."""
    letterhead(sheet, number=f"Số: {NO_NUMBER}")
    heading(
        sheet,
        "Phiếu trả lời",
        f"Ý kiến đối với các trường hợp đề nghị khen thưởng trong {MOVEMENT_NAME}",
    )
    addressees(sheet)
    sheet.write(
        "DanBang",
        f"Trả lời Công văn {cited('cong_van')} của {{{{ co_quan_hoi }}}} về"
        f" {{{{ noi_dung }}}}, đối với {COUNTS}, cơ quan chúng tôi có ý kiến như sau (đánh dấu"
        " vào ô thích hợp; trường hợp không đồng ý hoặc có ý kiến khác xin ghi rõ lý do):",
    )
    with sheet.when(ANY):
        list_of_subjects(sheet, COLUMNS)
    sheet.write("NoiDungCuoi", "Cơ quan chúng tôi chịu trách nhiệm về ý kiến nêu trên./.")
    half = TEXT_WIDTH_MM / 2
    titles, names = sheet.columns(half, half, rows=2)
    titles[0].write("QuyenHan", "Người soạn trả lời")
    titles[1].write("QuyenHan", "Thủ trưởng cơ quan")
    for name in names:
        name.write("HoTen", "……………………………")


PAPER: Final = Paper(
    key="phieu_tra_loi_hiep_y",
    title="Phiếu trả lời ý kiến (hiệp y)",
    series="",
    signed_by="Người đứng đầu cơ quan trả lời, ký tay",
    fields=FIELDS,
    lay_out=lay_out,
)
