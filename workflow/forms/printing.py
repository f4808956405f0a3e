"""What printing several dossiers asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.assembly.print_runs import MAX_SETS
from workflow.forms.base import KeptForm
from workflow.sections import Recipient


class PrintForm(KeptForm):
    """For whom, how many sets where nothing says, and how."""

    recipient = forms.ChoiceField(label=_("Nơi nhận"), choices=Recipient.choices)
    sets_else = forms.IntegerField(
        label=_("Số bộ, nếu luật và kế hoạch chưa nêu"),
        min_value=1,
        max_value=MAX_SETS,
        required=False,
        help_text=_("Để trống thì những hồ sơ chưa rõ số bộ được để lại."),
    )
    double_sided = forms.BooleanField(
        label=_("In hai mặt"),
        required=False,
        help_text=_("Mỗi bộ, mỗi tờ phân cách bắt đầu ở một tờ giấy mới."),
    )
    all_or_none = forms.BooleanField(
        label=_("Chỉ in khi tất cả đều đủ"),
        required=False,
        help_text=_("Không chọn thì hồ sơ còn dòng đỏ được để lại, có nêu lý do; còn lại vẫn in."),
    )

    def asked(self) -> dict[str, Any]:
        """Return what the service takes, of a valid form."""
        return {**self.cleaned_data, "recipient": Recipient(self.cleaned_data["recipient"])}
