"""Forms about units: the day of the tree, and a hand-over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.base import KeptForm, day_field, long_text
from workflow.services.handing_over import Grounds


class TreeForm(forms.Form):
    """On which day the tree is looked at, and what is looked for in it."""

    on = day_field(_("Vào ngày"), required=False)
    q = forms.CharField(label=_("Tên đơn vị"), required=False, max_length=120)


class HandOverForm(KeptForm):
    """To which successor, why, and by which document."""

    to_unit = forms.TypedChoiceField(label=_("Đơn vị kế thừa tiếp nhận"), coerce=UUID)
    reason = long_text(_("Lý do"), rows=2, max_length=1000)
    basis = forms.CharField(
        label=_("Căn cứ (số, ngày văn bản)"),
        max_length=300,
        required=False,
        help_text=_("Văn bản sắp xếp, sáp nhập hoặc biên bản bàn giao."),
    )

    def __init__(self, *args: Any, heirs: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(heirs) if len(heirs) == 1 else [("", "—"), *heirs]

    def grounds(self) -> Grounds:
        """Return reason and document of a valid form."""
        return Grounds(self.cleaned_data["reason"], self.cleaned_data["basis"])
