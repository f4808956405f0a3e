"""How a person wants to hear of what happens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm
from workflow.models import Manner, NoticeKind


class NoticeForm(KeptForm):
    """An address, and a manner for each kind of notice."""

    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"), required=False,
        help_text=_("Để trống: chỉ xem thông báo trên trang, không nhận thư."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each kind."""
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=Manner.choices)

    def manners(self) -> dict[NoticeKind, Manner]:
        """Return what was chosen in a valid form."""
        return {kind: Manner(self.cleaned_data[kind.value]) for kind in NoticeKind}
