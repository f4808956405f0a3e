"""Forms of judging: facts as the rules ask for them, and the reason of an overruling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.judging.rules import AskedFact
from campaigns.judging.wording import number_words
from workflow.factvalues import NO, NONE, YES, shown, value_of
from workflow.forms.base import DATE_FORMATS, KeptForm
from workflow.models import FactEntry, FactKind
from workflow.services.facts import FactGiven

MAX_TEXT, MAX_SOURCE = 1000, 500
_NOTHING = {"không", "không có", "chưa có", "chưa", "no", "none"}
_YES_NO = [("", "—"), (YES, _("Có")), (NO, _("Không"))]


class NumberField(forms.CharField):
    """A number as people write it: 1.500.000 or 62,5; one dot before one or two digits is a comma."""

    def __init__(self, *, whole: bool, **options: Any) -> None:
        self.whole = whole
        super().__init__(max_length=40, **options)
        self.widget.attrs["inputmode"] = "numeric" if whole else "decimal"

    def clean(self, value: Any) -> Any:
        """Return the number, or None for an empty field."""
        text = super().clean(value).replace(" ", "").rstrip("%đ")
        if not text:
            return None
        try:
            return Decimal(_plain_number(text, whole=self.whole))
        except InvalidOperation as error:
            raise forms.ValidationError(
                _now("“%(value)s” không phải là số."), params={"value": value}
            ) from error


def _plain_number(text: str, *, whole: bool) -> str:
    if whole:
        return text.replace(".", "").replace(",", "")
    if "," in text:
        return text.replace(".", "").replace(",", ".")
    return text


class DayField(forms.DateField):
    """A day, or the words that there is none."""

    def to_python(self, value: Any) -> Any:
        """Return a day, None for an empty field, or the mark that there is none."""
        if isinstance(value, str) and value.strip().casefold() in _NOTHING:
            return NONE
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Return a day, or the mark that there is none, as it is typed."""
        if value == NONE:
            return _now("không có")
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class PaperField(forms.CharField):
    """A document by its number and day, or the words that there is none."""

    def clean(self, value: Any) -> Any:
        """Return the words, or the mark that there is none."""
        text: str = super().clean(value)
        return NO if text.strip().casefold() in _NOTHING else text


def field_for(fact: AskedFact) -> forms.Field:
    """Return the field in which a fact is typed."""
    options: dict[str, Any] = {"label": _("Giá trị"), "required": False, "help_text": fact.help}
    if fact.choices:
        return forms.ChoiceField(choices=[("", "—"), *fact.choices], **options)
    return _FIELDS[FactKind(fact.kind)](options)


def _answer(options: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_YES_NO, **options)


def _day(options: dict[str, Any]) -> forms.Field:
    help_text = options["help_text"] or _("ngày/tháng/năm; ghi “không có” nếu chưa từng có.")
    options = {**options, "help_text": help_text}
    return DayField(input_formats=DATE_FORMATS, widget=forms.TextInput, **options)


def _paper(options: dict[str, Any]) -> forms.Field:
    help_text = options["help_text"] or _(
        "Số, ngày, cơ quan ban hành; ghi “không có” nếu hồ sơ không có."
    )
    return PaperField(max_length=MAX_TEXT, **{**options, "help_text": help_text})


_FIELDS: Final[dict[FactKind, Callable[[dict[str, Any]], forms.Field]]] = {
    FactKind.PERCENT: lambda options: NumberField(whole=False, **options),
    FactKind.MONEY: lambda options: NumberField(whole=True, **options),
    FactKind.COUNT: lambda options: NumberField(whole=True, **options),
    FactKind.YES_NO: _answer,
    FactKind.DATE: _day,
    FactKind.TEXT: lambda options: forms.CharField(max_length=MAX_TEXT, **options),
    FactKind.DOCUMENT: _paper,
}


def initial_of(entry: FactEntry) -> Any:
    """Return a kept value as its field takes it."""
    if entry.kind == FactKind.DATE:
        return value_of(entry.kind, entry.value) or NONE
    if entry.kind == FactKind.DOCUMENT and entry.value == NO:
        return _now("không có")
    value = value_of(entry.kind, entry.value)
    return number_words(value) if isinstance(value, Decimal) else entry.value


def _said(entry: FactEntry) -> str:
    return shown(value_of(entry.kind, entry.value)) if entry.value else ""


@dataclass(frozen=True)
class FactRow:
    """One fact on the page: what is asked, its two fields, and what was entered before."""

    fact: AskedFact
    value: forms.BoundField
    source: forms.BoundField
    entries: Sequence[tuple[FactEntry, str]]


class FactsForm(KeptForm):
    """A value and a source for each fact that the rules of a nomination ask of people."""

    field_width = "col-12"

    def __init__(
        self,
        *args: Any,
        asked: Sequence[AskedFact],
        entries: Mapping[str, Sequence[FactEntry]],
        **kwargs: Any,
    ) -> None:
        """Build the fields; `entries` are those of each fact, the newest first."""
        super().__init__(*args, **kwargs)
        self.asked, self.entries = asked, entries
        self.fields["source"] = self._source_field(
            _("Nguồn chung"), _("Dùng cho mọi dữ kiện nhập lần này mà ô nguồn để trống.")
        )
        for number, fact in enumerate(asked):
            newest = next(iter(entries.get(fact.key, ())), None)
            value, source = field_for(fact), self._source_field(_("Nguồn"))
            if newest is not None and newest.value:
                value.initial, source.initial = initial_of(newest), newest.source
            self.fields[f"value-{number}"], self.fields[f"source-{number}"] = value, source

    @staticmethod
    def _source_field(label: Any, help_text: Any = "") -> forms.CharField:
        return forms.CharField(
            label=label,
            help_text=help_text,
            max_length=MAX_SOURCE,
            required=False,
            widget=forms.TextInput(
                attrs={"placeholder": _("Báo cáo, văn bản số… ngày…, hoặc người xác nhận")}
            ),
        )

    def rows(self) -> list[FactRow]:
        """Return the facts as the page shows them."""
        return [
            FactRow(
                fact,
                self[f"value-{number}"],
                self[f"source-{number}"],
                [(entry, _said(entry)) for entry in self.entries.get(fact.key, ())],
            )
            for number, fact in enumerate(self.asked)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the source of every value that was typed or taken back."""
        cleaned = super().clean()
        for number in self._changed():
            name = f"source-{number}"
            cleaned[name] = cleaned.get(name) or cleaned.get("source", "")
            if not cleaned[name] and name not in self.errors:
                self.add_error(name, _("Hãy ghi nguồn của dữ kiện này."))
        return cleaned

    def _changed(self) -> list[int]:
        """Return the rows that were typed in; one that was not sent at all is left as it is."""
        return [
            number
            for number in range(len(self.asked))
            if f"value-{number}" in self.data
            and {f"value-{number}", f"source-{number}"} & set(self.changed_data)
        ]

    def given(self) -> list[FactGiven]:
        """Return what a valid form changes: new values, and values taken back."""
        return [
            FactGiven(
                self.asked[number].key,
                self.cleaned_data.get(f"value-{number}"),
                self.cleaned_data[f"source-{number}"],
            )
            for number in self._changed()
        ]
