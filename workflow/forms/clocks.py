"""Forms about time: the limit of a step, and a year's holidays as lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import ClockUnit
from workflow.forms.base import KeptForm, long_text
from workflow.models import StepLimit
from workflow.models.clocks import NAMED_BY_THE_ACT
from workflow.services.clocks import LimitFacts
from workflow.states import State


class LimitForm(KeptForm):
    """How long a step may take."""

    field_width = "col-md-6"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    length = forms.IntegerField(label=_("Thời hạn"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("Đơn vị tính"), choices=ClockUnit.choices)
    soon = forms.IntegerField(
        label=_("Nhắc trước (ngày)"), min_value=0, max_value=100, initial=0,
        help_text=_("0: chỉ nhắc đúng ngày đến hạn."),
    )  # fmt: skip
    escalate = forms.IntegerField(
        label=_("Báo thủ trưởng khi quá hạn (ngày)"), min_value=1, max_value=100, required=False,
        help_text=_("Để trống: không báo."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Văn bản"), max_length=250,
        help_text=_("Quy chế, quyết định của cơ quan ấn định thời hạn này."),
    )  # fmt: skip

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        """Ask for a length only where the act itself does not name the day."""
        super().__init__(*args, **kwargs)
        if state in NAMED_BY_THE_ACT:
            del self.fields["length"]

    @staticmethod
    def initial_of(row: StepLimit | None) -> dict[str, Any]:
        """Return what the form shows first."""
        if row is None:
            return {"version": 0, "unit": ClockUnit.WORKING.value}
        names = ("version", "length", "unit", "soon", "escalate", "source")
        return {name: getattr(row, name) for name in names}

    def facts(self) -> LimitFacts:
        """Return what was typed into a valid form."""
        given = self.cleaned_data
        return LimitFacts(
            length=given.get("length"),
            unit=given["unit"],
            soon=given["soon"],
            escalate=given["escalate"],
            source=given["source"],
        )


class CalendarYearForm(KeptForm):
    """A year's holidays and make-up days, one a line."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=_("Văn bản"), max_length=250, help_text=_("Thông báo hoặc quyết định về lịch nghỉ.")
    )
    lines = long_text(
        _("Các ngày"), rows=8, max_length=20_000,
        help_text=_(
            "Mỗi dòng một ngày: ngày; loại (nghỉ hoặc làm bù); tên. Ví dụ: 02/09/2026; nghỉ; Quốc "
            "khánh. Dán được từ bảng tính hoặc tệp CSV."
        ),
    )  # fmt: skip
