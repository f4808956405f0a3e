"""What of a certificate is printed onto a blank: its frozen values as the lines of each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workflow.papers.letterhead import printed_date


def pages_of(values: Mapping[str, Any]) -> list[dict[str, Sequence[str]]]:
    """Return a page for each who is named in the frozen values of a certificate."""
    decision = values["quyet_dinh"]
    on = printed_date(date.fromisoformat(values["ngay_ban_hanh"]))
    shared: dict[str, Sequence[str]] = {
        "thanh_tich": [values["thanh_tich"]],
        "quyet_dinh": [f"Quyết định số {decision['so_ky_hieu']} ngày {on}"],
        "noi_ngay": [f"{values['dia_danh']}, ngày {on}"],
        "quyen_han": values["chu_ky"]["quyen_han"],
        "ho_ten": [values["chu_ky"]["ho_ten"]],
    }
    return [
        {
            **shared,
            "doi_tuong": [f"{row['danh_xung']} {row['ten']}".strip()],
            "mo_ta": [row["mo_ta"]] if row["mo_ta"] else [],
            "so_vao_so": [f"Số vào sổ vàng: {row['so_vao_so']}"] if row["so_vao_so"] else [],
        }
        for row in values["danh_sach"]
    ]
