"""Which blank lies in the printer, and how far the print has to be moved on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.overprint import MAX_SHIFT_MM, blanks
from workflow.forms.base import KeptForm


def _shift(label: Any, help_text: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        help_text=help_text,
        initial=0,
        min_value=-MAX_SHIFT_MM,
        max_value=MAX_SHIFT_MM,
        required=False,
    )


class OverprintForm(KeptForm):
    """Asked beside a certificate; sent as a link, for nothing is written by it."""

    blank = forms.ChoiceField(label=_("Phôi bằng"))
    right = _shift(_("Dịch sang phải (mm)"), _("Số âm là sang trái."))
    down = _shift(_("Dịch xuống (mm)"), _("Số âm là lên trên."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every blank whose coordinates are known. Raises BlankFileError."""
        super().__init__(*args, **kwargs)
        field = self.fields["blank"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [(blank.key, blank.name) for blank in blanks().values()]
