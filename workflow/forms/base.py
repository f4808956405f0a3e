"""What all forms share: text in NFC, dates as people write them, a refusal on top."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from documents.errors import TextControlCharsError
from documents.text import clean_text

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
MOMENT_FORMATS = ["%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"]


class KeptForm(forms.Form):
    """A form that a refusal does not empty: it is shown again with the refusal on top."""

    refusal: Refusal | None = None
    field_width = "col-12"

    def refuse(self, refusal: Refusal) -> None:
        """Carry what the service said, to be shown above the fields."""
        self.refusal = refusal

    def clean(self) -> dict[str, Any]:
        """Return what was typed, text in NFC and without surrounding space."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                self._look_at(name, value)
        return {name: tidied(value) for name, value in cleaned.items()}

    def _look_at(self, name: str, value: str) -> None:
        """Tell at its field of a character that no paper could print."""
        try:
            clean_text(value, field=str(self.fields[name].label or name))
        except TextControlCharsError as refusal:
            self.add_error(name, f"{refusal.what} {refusal.next_step}")


def tidied(value: Any) -> Any:
    """Return text in NFC without surrounding space; anything else as it is."""
    return normalize("NFC", value).strip() if isinstance(value, str) else value


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a local date, typed as Vietnamese papers write it.

    Not the browser's own calendar: that one shows month before day wherever the browser, not
    the page, is English, and 03/02 is then another day.
    """
    widget = forms.DateInput(
        format=DATE_FORMATS[0], attrs={"placeholder": _("ngày/tháng/năm"), "inputmode": "numeric"}
    )
    return forms.DateField(label=label, widget=widget, input_formats=DATE_FORMATS, **options)


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """Return a field for a local date and time."""
    widget = forms.DateTimeInput(
        format=MOMENT_FORMATS[0], attrs={"placeholder": _("giờ:phút ngày/tháng/năm")}
    )
    return forms.DateTimeField(label=label, widget=widget, input_formats=MOMENT_FORMATS, **options)


def long_text(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """Return a field for text of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ReasonForm(KeptForm):
    """An act that needs a reason in words."""

    reason = long_text(_("Lý do"), max_length=1000)
