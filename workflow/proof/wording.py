"""Values of papers as pages tell them: what a place is called, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.money import money_text

Fields = Sequence[Mapping[str, Any]]
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
SHOWN: Final = 400
"""How much of a value is shown, in letters; a report's achievement is longer."""

_AMOUNT: Final = 10_000
"""Whole numbers from here on are amounts of money: none of our papers counts so many of anything."""

LABELS: Final[dict[str, Promise]] = {
    "danh_xung": _("Danh xưng"),
    "ten": _("Tên"),
    "ngay_sinh": _("Ngày sinh"),
    "gioi_tinh": _("Giới tính"),
    "chuc_vu": _("Chức vụ"),
    "don_vi": _("Đơn vị công tác"),
    "dia_chi": _("Địa chỉ"),
    "hinh_thuc": _("Hình thức"),
    "dieu_khoan": _("Điều khoản áp dụng"),
    "tom_tat": _("Tóm tắt thành tích"),
    "thanh_tich": _("Thành tích"),
    "da_khen": _("Đã được khen"),
    "khen_thuong": _("Đã được khen"),
    "phieu_dong_y": _("Số phiếu đồng ý"),
    "phieu_khong_dong_y": _("Số phiếu không đồng ý"),
    "so_thanh_vien": _("Số thành viên"),
    "ty_le": _("Tỷ lệ (%)"),
    "ket_qua": _("Kết quả"),
    "phong_trao": _("Phong trào"),
    "dot_xet": _("Đợt xét"),
    "ho_ten": _("Người ký"),
    "co_quan_chu_quan": _("Cơ quan chủ quản"),
    "co_quan_ban_hanh": _("Cơ quan ban hành"),
    "ten_co_quan": _("Tên cơ quan"),
    "dia_danh": _("Địa danh"),
    "kinh_gui": _("Kính gửi"),
    "can_cu": _("Căn cứ"),
    "tien_thuong": _("Tiền thưởng (đồng)"),
    "bat_dau": _("Bắt đầu họp"),
    "ket_thuc": _("Kết thúc họp"),
    "dia_diem": _("Địa điểm họp"),
    "co_mat": _("Thành viên có mặt"),
    "vang_mat": _("Thành viên vắng mặt"),
    "chu_tri": _("Chủ trì"),
    "thu_ky": _("Thư ký"),
    "cach_bieu_quyet": _("Hình thức biểu quyết"),
    "thieu_sot": _("Nội dung cần bổ sung"),
    "han_bo_sung": _("Hạn bổ sung"),
    "chap_thuan": _("Chấp thuận khác kết quả"),
}
"""Short names of the fields that lists and reports share; others go by what their template says."""


@dataclass(frozen=True)
class Leaf:
    """One single value of a paper: its path, what it is called, and the value."""

    path: str
    label: str
    value: Any


def leaves(fields: Fields, value: Any, path: str) -> Iterator[Leaf]:
    """Yield the values below a place, as far as the template lists them; lists of text whole.

    fields  of the object that `value` is, or of the paper for its top
    """
    for field in fields:
        name = field["name"]
        if name not in value:
            continue
        inner, here = field.get("fields"), f"{path}.{name}".lstrip(".")
        if inner and isinstance(value[name], Mapping):
            yield from leaves(inner, value[name], here)
        else:
            yield Leaf(here, label_of(field), value[name])


def field_at(fields: Fields, path: str) -> Mapping[str, Any] | None:
    """Return the listed field at a path of the values; a row has its list's field."""
    found: Mapping[str, Any] | None = None
    for step in path.split("."):
        if not step.isdigit():
            found = next((one for one in fields if one["name"] == step), None)
            if found is None:
                return None
            fields = found.get("fields", ())
    return found


def label_of(field: Mapping[str, Any]) -> str:
    """Return what a field is called on a page."""
    return str(LABELS.get(field["name"], field["meaning"]))


def said(value: Any) -> str:
    """Return a value as a page shows it: said_in_full, cut where it is long."""
    text = said_in_full(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def said_in_full(value: Any) -> str:
    """Return a value in words: days and amounts as people write them, lists in one line."""
    if isinstance(value, Mapping):
        return ", ".join(text for text in map(said_in_full, value.values()) if text)
    if isinstance(value, list):
        return "; ".join(text for text in map(said_in_full, value) if text)
    if isinstance(value, int) and value >= _AMOUNT:
        return money_text(value)
    text = "" if value is None else str(value)
    day = _DAY.fullmatch(text)
    return f"{day[3]}/{day[2]}/{day[1]}" if day else text
