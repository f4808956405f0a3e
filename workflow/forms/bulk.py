"""What an act on many asks for besides its set."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from workflow.forms.base import KeptForm
from workflow.pages.authority import WAY_WORDS
from workflow.states import FINAL_STATES, State


class WaysForm(KeptForm):
    """Which nominations under way are to go on by another table."""

    field_width = "col-md-6"

    campaign = forms.ModelChoiceField(
        label=_("Phong trào"), queryset=Campaign.objects.order_by("name"), empty_label=None
    )
    way_from = forms.TypedChoiceField(
        label=_("Đang đi theo"), coerce=int, choices=lambda: list(WAY_WORDS.items())
    )
    way_to = forms.TypedChoiceField(
        label=_("Chuyển sang"), coerce=int, choices=lambda: list(WAY_WORDS.items())
    )
    state = forms.ChoiceField(
        label=_("Chỉ ở trạng thái"),
        required=False,
        choices=lambda: [
            ("", _("Tất cả")),
            *((one.value, one.label) for one in State if one not in FINAL_STATES),
        ],
    )
