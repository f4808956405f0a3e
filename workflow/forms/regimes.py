"""Forms about the law: a dossier's regime."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Regime
from workflow.forms.base import KeptForm, long_text


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
