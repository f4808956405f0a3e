"""Ballot paper for a vote by hand: two boxes for each nominee, nothing that tells who filled it in.

No text gives this paper a form; it bears no number and no name of its voter.
"""

from typing import Final

from tools.templates.blocks import MOVEMENT as MOVEMENT_NAME
from tools.templates.blocks import heading, letterhead
from tools.templates.fields import LETTERHEAD, MOVEMENT, NAMED, PLACE_DATE, PROPOSED, nominees
from tools.templates.lists import INDEX, KINDS, WHO
from tools.templates.paper import Paper
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

BOX: Final = "☐"
FIELDS: Final = (
    *LETTERHEAD,
    *PLACE_DATE,
    *MOVEMENT,
    *nominees((*NAMED, PROPOSED), of="được bỏ phiếu"),
)
COLUMNS: Final = (
    INDEX,
    Column("Đối tượng", 66, WHO),
    Column("Hình thức đề nghị", 44.9, "{{ dt.hinh_thuc }}"),
    Column("Đồng ý", 18, BOX, "OBangGiua"),
    Column("Không đồng ý", 23, BOX, "OBangGiua"),
)


def lay_out(sheet: Sheet) -> None:
    """Write the ballot paper."""
    letterhead(sheet, number="")
    heading(sheet, "Phiếu bầu", f"Xét khen thưởng trong {MOVEMENT_NAME}")
    sheet.write(
        "NoiDung",
        "Đánh dấu vào một ô ở mỗi dòng. Dòng để trống, hoặc đánh dấu cả hai ô, là không hợp lệ"
        " đối với đối tượng ở dòng đó. Không ký tên, không ghi gì thêm vào phiếu.",
    )
    sheet.table(*(Rows(f"dt in {kind}", COLUMNS, title) for kind, title in KINDS.items()))


PAPER: Final = Paper(
    key="phieu_bau",
    title="Phiếu bầu",
    series="",
    signed_by="Không ai ký; tổ kiểm phiếu niêm phong phiếu đã kiểm",
    fields=FIELDS,
    lay_out=lay_out,
)
