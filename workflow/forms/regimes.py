"""Forms about the law: a dossier's regime, facts that an office enters, its calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import ClockUnit, Denominator, OnSupplement, Regime, Topic
from campaigns.money import Order
from campaigns.sayings import Address
from workflow.forms.base import KeptForm, day_field, long_text


class RegimeForm(KeptForm):
    """Which regime a dossier is to be judged by, and why not that of its day."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    regime_key = forms.ChoiceField(label=_("Chế độ khen thưởng"))
    reason = long_text(
        _("Lý do"),
        max_length=1000,
        help_text=_(
            "Nêu căn cứ, ví dụ: số, ngày giấy tiếp nhận cho thấy hồ sơ đã gửi trước ngày chế độ "
            "mới có hiệu lực. Lý do được ghi vào nhật ký và hiện trên trang hồ sơ."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime_key"].choices = [  # type: ignore[attr-defined]
            (row.key, _period(row)) for row in Regime.objects.order_by("valid_from")
        ]


def _period(row: Regime) -> str:
    until = f"{row.valid_to:%d/%m/%Y}" if row.valid_to else "…"
    return f"{row.name} ({row.valid_from:%d/%m/%Y} – {until})"


_ORDERS = [
    (Order.MULTIPLY_THEN_ROUND.value, _("Nhân hệ số rồi làm tròn một lần")),
    (Order.ROUND_THEN_MULTIPLY.value, _("Làm tròn mức cá nhân rồi mới nhân")),
]
_YES_NO = [("", _("Không quy định")), ("1", _("Có")), ("0", _("Không"))]


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=1, max_value=100, max_digits=5, decimal_places=2, required=False
    )


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        required=False,
        coerce=lambda value: value == "1",
        empty_value=None,
    )


class FactForm(KeptForm):
    """What every fact of the law needs: its value, where it stands, and in which text."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    clause = forms.CharField(
        label=_("Điều khoản"), max_length=120,
        help_text=_("Điểm, khoản, điều và tên văn bản, như sẽ được trích dẫn."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Văn bản"), max_length=250,
        help_text=_("Số, ngày, cơ quan ban hành của văn bản anh/chị đang có."),
    )  # fmt: skip

    PROVENANCE = ("clause", "source", "seen")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = [name for name in self.fields if name not in self.PROVENANCE]
        self.order_fields([*values, *self.PROVENANCE])

    def values(self) -> dict[str, Any]:
        """Return the columns of the fact, of a valid form."""
        return {k: v for k, v in self.cleaned_data.items() if k not in self.PROVENANCE}


class MultipleForm(FactForm):
    """How many times base pay one kind of nominee gets."""

    multiple = forms.DecimalField(
        label=_("Hệ số (lần mức lương cơ sở)"), min_value=0, max_value=100, max_digits=6,
        decimal_places=3,
    )  # fmt: skip


class CountForm(FactForm):
    """A number of sets, or of a form."""

    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=1000)
    text = forms.CharField(label=_("Nói thêm"), max_length=1000, required=False)


class SayingForm(FactForm):
    """What a text says, in words."""

    text = long_text(_("Nội dung"), max_length=1000)


class FullTextForm(FactForm):
    """That the whole text was read."""


class RoundingForm(FactForm):
    """How amounts are rounded up."""

    number = forms.IntegerField(
        label=_("Làm tròn lên đến (đồng)"), min_value=1, max_value=1_000_000
    )
    text = forms.ChoiceField(label=_("Thứ tự"), choices=_ORDERS)


class ClockForm(FactForm):
    """How long something may take."""

    length = forms.IntegerField(label=_("Thời hạn"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("Đơn vị tính"), choices=ClockUnit.choices)
    on_supplement = forms.ChoiceField(
        label=_("Khi yêu cầu bổ sung"),
        choices=[("", _("Không quy định")), *OnSupplement.choices],
        required=False,
    )
    award_kind = forms.ChoiceField(
        label=_("Loại khen thưởng"),
        choices=[
            ("", _("Mọi loại")), ("công trạng", _("Công trạng")), ("chuyên đề", _("Chuyên đề")),
        ],
        required=False,
    )  # fmt: skip


class ThresholdForm(FactForm):
    """What a council's vote needs."""

    pass_ratio = _percent(_("Tỷ lệ đồng ý tối thiểu (%)"))
    denominator = forms.ChoiceField(
        label=_("Tính trên"), choices=[("", "—"), *Denominator.choices], required=False
    )
    quorum = forms.RegexField(
        r"^[1-9][0-9]?/[1-9][0-9]?$", label=_("Điều kiện họp (phân số thành viên, ví dụ 2/3)"),
        required=False,
    )  # fmt: skip
    presence = _percent(_("Tỷ lệ dự họp tối thiểu (%)"))
    secret = _yes_no(_("Bỏ phiếu kín"))
    absent_by_writing = _yes_no(_("Vắng mặt cho ý kiến bằng văn bản"))
    tie_rule = forms.CharField(label=_("Khi số phiếu ngang nhau"), max_length=200, required=False)


_BY_TOPIC: dict[str, type[FactForm]] = {
    Topic.SETS: CountForm,
    Topic.FORM_NUMBER: CountForm,
    Topic.ROUNDING: RoundingForm,
    Topic.FULL_TEXT: FullTextForm,
}
_BY_MODEL: dict[str, type[FactForm]] = {
    "bonusmultiple": MultipleForm,
    "clock": ClockForm,
    "threshold": ThresholdForm,
}


def fact_form(address: Address) -> type[FactForm]:
    """Return the form for one fact of the law."""
    if address.topic:
        return _BY_TOPIC.get(address.topic, SayingForm)
    return _BY_MODEL[address.model._meta.model_name] if address.model else SayingForm


class BasePayForm(FactForm):
    """Base pay from a day on."""

    valid_from = day_field(_("Từ ngày"))
    amount = forms.IntegerField(label=_("Đồng/tháng"), min_value=1, max_value=1_000_000_000)


class CalendarDayForm(KeptForm):
    """A day that is not what its weekday says."""

    field_width = "col-md-6"

    day = day_field(_("Ngày"))
    is_off = forms.TypedChoiceField(
        label=_("Loại"),
        choices=[
            ("1", _("Nghỉ (ngày lễ, nghỉ bù)")), ("0", _("Làm bù (thứ Bảy, Chủ nhật)")),
        ],
        coerce=lambda value: value == "1",
    )  # fmt: skip
    name = forms.CharField(label=_("Tên"), max_length=120, help_text=_("Ví dụ: nghỉ Tết, nghỉ bù."))
    source = forms.CharField(
        label=_("Văn bản"), max_length=250, help_text=_("Thông báo hoặc quyết định về lịch nghỉ.")
    )
