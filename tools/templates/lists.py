"""The lists of those proposed or awarded: one table, a group of rows for each kind of subject."""

from collections.abc import Mapping, Sequence
from typing import Final

from tools.templates.blocks import ANY, CA_NHAN, COUNTS, HO_GIA_DINH, TAP_THE, annex_heading
from tools.templates.sheet import Sheet
from tools.templates.tables import Column, Rows

KINDS: Final[Mapping[str, str]] = {
    "danh_sach_tap_the": f"Tập thể ({TAP_THE})",
    "danh_sach_ca_nhan": f"Cá nhân ({CA_NHAN})",
    "danh_sach_ho_gia_dinh": f"Hộ gia đình ({HO_GIA_DINH})",
}
NAME: Final = "{% if dt.danh_xung %}{{ dt.danh_xung }} {% endif %}{{ dt.ten }}"
BORN: Final = ("dt.ngay_sinh", "Sinh ngày {{ dt.ngay_sinh|ngay }}")
POSITION: Final = (
    "{{ dt.chuc_vu }}{% if dt.chuc_vu and dt.don_vi %}, {% endif %}{{ dt.don_vi }}"
    "{% if (dt.chuc_vu or dt.don_vi) and dt.dia_chi %}, {% endif %}{{ dt.dia_chi }}"
)
WHO: Final = (NAME, BORN, ("dt.chuc_vu or dt.don_vi or dt.dia_chi", POSITION))
VOTE: Final = (
    "{% if dt.so_thanh_vien %}{{ dt.phieu_dong_y }}/{{ dt.so_thanh_vien }}"
    " ({{ dt.ty_le }}%){% endif %}"
)
INDEX: Final = Column("STT", 13, "{{ loop.index }}", "OBangGiua")

FORM: Final = ("{{ dt.hinh_thuc }}", ("dt.dieu_khoan", "({{ dt.dieu_khoan }})"))
DEEDS: Final = ("{{ dt.tom_tat }}", ("dt.da_khen", "Đã được khen: {{ dt.da_khen }}"))

APPRAISED: Final = (
    INDEX,
    Column("Đối tượng đề nghị", 52, WHO),
    Column("Hình thức khen thưởng", 45, FORM),
    Column("Tóm tắt thành tích", 54.9, DEEDS),
)
PROPOSAL: Final = (
    INDEX,
    Column("Đối tượng đề nghị", 46, WHO),
    Column("Hình thức khen thưởng", 39, FORM),
    Column("Tóm tắt thành tích", 44, DEEDS),
    Column("Phiếu đồng ý", 22.9, VOTE, "OBangGiua"),
)
AWARDED: Final = (
    INDEX,
    Column("Tên tập thể, cá nhân, hộ gia đình", 68, NAME),
    Column("Chức vụ, đơn vị công tác, địa chỉ", 83.9, POSITION),
)


def list_of_subjects(sheet: Sheet, columns: Sequence[Column]) -> None:
    """Write the table; a kind of subject that has nobody leaves no trace."""
    sheet.table(*(Rows(f"dt in {kind}", columns, heading) for kind, heading in KINDS.items()))


def list_annex(sheet: Sheet, title: str, kind: str, columns: Sequence[Column]) -> None:
    """Write the annex that lists whom a paper is about, and how many they are."""
    with sheet.annex(ANY):
        annex_heading(sheet, title, kind)
        list_of_subjects(sheet, columns)
        sheet.write("CuoiDanhSach", f"Danh sách gồm {COUNTS}./.")
