"""The form that says whether a nominee is the person behind an account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm

SAME, OTHER = "same", "other"


def _is_same(value: str) -> bool:
    return value == SAME


class IdentifyForm(KeptForm):
    """Which account, whether it is he, and what that rests on."""

    user_id = forms.TypedChoiceField(label=_("Tài khoản"), coerce=int, widget=forms.RadioSelect)
    same = forms.TypedChoiceField(
        label=_("Người được đề nghị"),
        coerce=_is_same,
        empty_value=None,
        choices=[(SAME, _("là người dùng này")), (OTHER, _("là người khác, chỉ trùng tên"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Căn cứ xác định"),
        max_length=500,
        help_text=_("Ví dụ: ngày sinh trong hồ sơ cán bộ; đã hỏi trực tiếp."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the accounts with the nominee's name; the only one is chosen already."""
        super().__init__(*args, **kwargs)
        field = self.fields["user_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = people
        if len(people) == 1:
            field.initial = people[0][0]
