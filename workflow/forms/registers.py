"""Forms about the register of outgoing papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.register import PaperFacts
from workflow.forms.base import KeptForm, day_field, long_text
from workflow.services.registering import Number

_SYMBOL_HELP = _("Phần sau dấu gạch chéo, ví dụ: TTr-SYT.")


class _BookForm(KeptForm):
    """Which book of which body."""

    body = forms.ChoiceField(label=_("Cơ quan ban hành"))
    series = forms.CharField(
        label=_("Sổ"), max_length=30, help_text=_("Loại văn bản, ví dụ: TTr, QĐ, BC.")
    )
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=60, help_text=_SYMBOL_HELP)

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class ReserveForm(_BookForm):
    """A number kept for a paper to come."""

    purpose = long_text(
        _("Giữ cho văn bản"),
        rows=2,
        max_length=500,
        help_text=_("Số mang ngày hôm nay. Không dùng đến thì hủy số, ghi lý do."),
    )


class GivenForm(KeptForm):
    """A number that the office's own document system gave."""

    number = forms.IntegerField(label=_("Số"), min_value=1, max_value=999_999)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=60, help_text=_SYMBOL_HELP)
    issued_on = day_field(_("Ngày tháng văn bản"))
    source = forms.CharField(
        label=_("Hệ thống cấp số"),
        max_length=120,
        help_text=_("Tên hệ thống quản lý văn bản của cơ quan."),
    )

    def given(self) -> Number:
        """Return the number as the service takes it."""
        names = ("number", "symbol", "issued_on", "source")
        return Number(**{name: self.cleaned_data[name] for name in names})


class AdoptForm(_BookForm, GivenForm):
    """Such a number for a paper that is not made here."""

    subject = long_text(_("Tên loại và trích yếu"), rows=2, max_length=500)
    field_order = ("body", "series", "number", "symbol", "issued_on", "subject", "source")


class ColumnsForm(KeptForm):
    """The columns of the register that the clerk fills in."""

    signer_name = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    recipients = long_text(_("Nơi nhận văn bản"), rows=2, max_length=1000, required=False)
    archived_by = forms.CharField(
        label=_("Đơn vị, người nhận bản lưu"), max_length=500, required=False
    )
    copies = forms.IntegerField(
        label=_("Số lượng bản"), min_value=0, max_value=100_000, required=False
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

    def facts(self) -> PaperFacts:
        """Return the columns as the service takes them."""
        names = ("signer_name", "recipients", "archived_by", "copies", "note")
        return PaperFacts(**{name: self.cleaned_data[name] for name in names})


class UseForm(ColumnsForm):
    """The paper that a number was kept for."""

    subject = long_text(_("Tên loại và trích yếu"), rows=2, max_length=500)
    field_order = ("subject",)


class DispatchForm(ColumnsForm):
    """What is known once a paper went out; what is left empty stays as it was."""

    sent_on = day_field(_("Ngày chuyển"))
    field_order = ("sent_on",)
