"""The audit log as pages tell it: what, who, as what, when, and the few facts worth reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from organisations.models import Role
from workflow.pages.wording import act_text

SHOWN: Final[dict[str, Promise]] = {
    "nominee": _("Đối tượng"),
    "form": _("Hình thức"),
    "to_form": _("Hình thức đề xuất"),
    "from_unit": _("Từ đơn vị"),
    "to_unit": _("Sang đơn vị"),
    "from_dossier": _("Từ hồ sơ"),
    "to_dossier": _("Sang hồ sơ"),
    "nominees": _("Các đề nghị"),
    "reason": _("Lý do"),
    "basis": _("Văn bản căn cứ"),
    "clause": _("Căn cứ"),
    "golden_number": _("Số vào sổ vàng"),
    "handed_to": _("Người nhận bằng"),
    "handed_on": _("Ngày trao"),
    "finding": _("Căn cứ kết luận"),
    "place": _("Nội dung sửa"),
    "words": _("Tiêu chuẩn"),
    "venue": _("Địa điểm"),
    "fact": _("Dữ kiện"),
    "value": _("Giá trị"),
    "source": _("Nguồn"),
    "regime": _("Chế độ khen thưởng"),
    "missing": _("Còn thiếu"),
    "due_on": _("Hạn bổ sung"),
    "gaps": _("Cần bổ sung"),
    "days_late": _("Nộp chậm (ngày)"),
    "review_on": _("Ngày xem lại"),
    "body": _("Cơ quan được hỏi"),
    "answer_by": _("Hạn trả lời"),
    "channel": _("Nơi đăng"),
    "starts_on": _("Ngày đăng"),
    "ends_on": _("Ngày cuối nhận ý kiến"),
    "letter": _("Văn bản xin rút"),
    "notation": _("Số, ký hiệu"),
    "issuer": _("Cơ quan ban hành"),
    "issued_on": _("Ngày ban hành"),
    "votes_for": _("Đồng ý"),
    "votes_against": _("Không đồng ý"),
    "by_law": _("Kết quả theo quy định"),
    "council_conclusion": _("Kết luận của Hội đồng"),
    "title": _("Tên văn bản"),
    "code": _("Mã"),
    "what": _("Nội dung"),
    "why": _("Vì sao"),
}
"""What of an event's data is told, in this order; the rest is in the export."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Told:
    """One event, told."""

    event: Event
    text: str
    office: str
    details: list[tuple[str | Promise, str]]

    @property
    def at(self) -> datetime:
        """Return when it happened."""
        return self.event.at


def told(events: Iterable[Event], *, without: frozenset[str] = frozenset()) -> list[Told]:
    """Return events as pages tell them, in the order given.

    without  keys of data that the page shows elsewhere
    """
    return [
        Told(event, act_text(event.action), _office(event), list(_details(event, without)))
        for event in events
    ]


def _office(event: Event) -> str:
    role = str(Role(event.role).label) if event.role in Role.values else event.role
    return ", ".join(part for part in (role, event.unit) if part)


def _details(event: Event, without: frozenset[str]) -> Iterable[tuple[str | Promise, str]]:
    for key, label in SHOWN.items():
        value = event.data.get(key)
        if value not in (None, "", []) and key not in without:
            yield label, _words(value)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    text = str(value)
    return f"{date.fromisoformat(text):%d/%m/%Y}" if _DAY.fullmatch(text) else text
