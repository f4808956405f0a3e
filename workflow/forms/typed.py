"""Between what a campaign's file says and what people type: one field for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.schema.document import Document
from campaigns.schema.references import named_by
from campaigns.schema.spec import Choice, Day, Flag, Key, ListOf, Number, Spec, Text
from campaigns.schema.wording import word_of
from campaigns.yamlsource import plain
from workflow.forms.base import DATE_FORMATS

_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_NOTHING = ("", "—")
_NARROW, _MIDDLE, _WIDE = 120, 250, 400  # characters that fit a third, half and a whole line


def is_leaf(spec: Spec | None) -> bool:
    """Return whether a shape is one field of a form: a value, or a list of values."""
    inner = spec.item if isinstance(spec, ListOf) else spec
    return isinstance(inner, Text | Key | Number | Flag | Day | Choice)


def tidy(text: str) -> str | None:
    """Return a text as a reader of files has it: NFC, single-spaced; None for nothing."""
    return " ".join(normalize("NFC", text).split()) or None


def typed(spec: Spec, raw: Any) -> Any:
    """Return what a file says for what was typed; None for nothing, the text where it fits ill."""
    if isinstance(spec, ListOf):
        parts = raw if isinstance(raw, list) else re.split(_divider(spec), raw)
        found = [value for part in parts if (value := typed(spec.item, part)) is not None]
        return found or None
    text = tidy(raw)
    if text is None:
        return "" if isinstance(spec, Choice) and "" in spec.words else None
    return _value(spec, text)


def _value(spec: Spec, text: str) -> Any:
    if isinstance(spec, Number):
        return _number(spec, text)
    if isinstance(spec, Day):
        return _day(text)
    flags = {"true": True, "false": False}
    return flags.get(text, text) if isinstance(spec, Flag) else text


def _divider(spec: ListOf) -> str:
    return r"[,;\s]+" if isinstance(spec.item, Number) else r"\n"


def _number(spec: Number, text: str) -> int | str:
    if spec.whole and _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    value = plain(text.replace(",", ".", 1))
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else f"{value.normalize():f}"
    return value if isinstance(value, int) and not isinstance(value, bool) else text


def _day(text: str) -> str:
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return text


def in_kept_order(raw: Any, before: Any) -> Any:
    """Return ticked choices with those made before first, as they stood: ticks have no order."""
    if not isinstance(raw, list) or not isinstance(before, list):
        return raw
    kept = [one for one in before if one in raw]
    return [*kept, *(one for one in raw if one not in kept)]


def shown(spec: Spec, value: Any) -> Any:
    """Return what a field begins with for what the file says."""
    if isinstance(spec, ListOf) and isinstance(value, list):
        parts = [shown(spec.item, part) for part in value]
        return ", ".join(parts) if isinstance(spec.item, Number) else parts
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(spec, Day):
        return day_text(str(value))
    return number_text(value) if isinstance(spec, Number) else str(value)


def number_text(value: object) -> str:
    """Return a number of the file as Vietnamese papers write it."""
    return str(value).replace(".", ",")


def day_text(value: str) -> str:
    """Return a day of the file as Vietnamese papers write it; any other text as it is."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def field_for(
    spec: Spec, names: Sequence[str], contents: Document, options: dict[str, Any]
) -> forms.Field:
    """Return the field for a value of a shape; `names` say which, `contents` what it can name."""
    many = isinstance(spec, ListOf)
    inner = spec.item if isinstance(spec, ListOf) else spec
    choices = _choices(inner, names, contents)
    said = options["initial"]
    if choices is None:
        return _free_field(spec, options)
    known = {key for key, _label in choices}
    present = [key for key in (said if isinstance(said, list) else [said]) if key not in known]
    choices += [(str(key), f"{key} (?)") for key in present if key]
    if many:
        widget = forms.CheckboxSelectMultiple()
        return _wide(forms.MultipleChoiceField(choices=choices, widget=widget, **options), "col-12")
    blank = isinstance(inner, Choice) and "" in inner.words
    if not blank:
        choices.insert(0, _NOTHING)
    return _wide(forms.ChoiceField(choices=choices, **options), "col-md-4")


def _choices(spec: Spec, names: Sequence[str], contents: Document) -> list[tuple[str, str]] | None:
    if isinstance(spec, Choice):
        return [(str(word), word_of(names, word)) for word in spec.words]
    if isinstance(spec, Flag):
        return [("true", str(_("Có"))), ("false", str(_("Không")))]
    listing = named_by(names)
    return [(key, title or key) for key, title in listing(contents)] if listing else None


def _free_field(spec: Spec, options: dict[str, Any]) -> forms.Field:
    if isinstance(spec, ListOf) and not isinstance(spec.item, Number):
        lines = options.pop("initial")
        text = "\n".join(lines) if isinstance(lines, list) else lines
        widget: forms.Widget = forms.Textarea(attrs={"rows": max(2, text.count("\n") + 1)})
        return _wide(forms.CharField(widget=widget, initial=text, **options), "col-md-6")
    if isinstance(spec, Day):
        widget = forms.TextInput(attrs={"placeholder": _("ngày/tháng/năm")})
        return _wide(forms.CharField(widget=widget, **options), "col-md-3")
    if not isinstance(spec, Text):
        return _wide(forms.CharField(**options), "col-md-3")
    if spec.longest > _WIDE:
        rows = min(6, max(2, len(str(options["initial"])) // 90 + 1))
        widget = forms.Textarea(attrs={"rows": rows})
        return _wide(forms.CharField(widget=widget, **options), "col-12")
    width = "col-md-4" if spec.longest <= _NARROW else "col-md-6"
    return _wide(forms.CharField(**options), width if spec.longest <= _MIDDLE else "col-12")


def _wide(made: forms.Field, width: str) -> forms.Field:
    made.width = width  # type: ignore[attr-defined]  # for the template
    return made
