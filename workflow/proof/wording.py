"""Values of papers as pages tell them: what a place is called, and what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Fields = Sequence[Mapping[str, Any]]
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SHOWN = 400
"""How much of a value is shown, in letters; a report's achievement is longer."""

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
    """Return a value as a page shows it: days as people write them, lists in one line."""
    if isinstance(value, Mapping):
        return ", ".join(text for text in map(said, value.values()) if text)
    if isinstance(value, list):
        return "; ".join(text for text in map(said, value) if text)
    text = "" if value is None else str(value)
    day = _DAY.fullmatch(text)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
