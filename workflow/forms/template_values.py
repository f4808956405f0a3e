"""The values of a preview as a form: made of a template's own fields, kept nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from documents.fields import sample_values
from workflow.forms.base import DATE_FORMATS, KeptForm

ROWS_SHOWN = 3
MAX_ROWS = 100
_LONG = 60  # letters; longer texts get a box of several lines
_NOT_TYPED = ("chart",)


@dataclass
class Leaf:
    """One value that can be typed.

    name    of the form's field: "ds.0.ho_ten"; "rows.ds" is how many rows a list has
    shown   the value as people write it
    holder  the object or row that has it, and ``key`` its name there
    """

    name: str
    label: str
    kind: str
    shown: str
    holder: dict[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass
class Group:
    """Values under one heading: the letter itself, an object, or one row of a list."""

    heading: str
    leaves: list[Leaf] = field(default_factory=list)
    fields: list[forms.BoundField] = field(default_factory=list)


class ValuesForm(KeptForm):
    """The values that a preview is made of, each as a field; long lists show their first rows."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        listed: Sequence[Mapping[str, Any]],
        values: Mapping[str, Any],
    ) -> None:
        typed = {key: str(data[key]) for key in data} if data is not None else None
        self._base: dict[str, Any] = deepcopy(dict(values))
        self._typed = typed or {}
        self.groups = [
            group for group in self._read(listed, self._base, "", _("Văn bản")) if group.leaves
        ]
        shown = {leaf.name: leaf.shown for group in self.groups for leaf in group.leaves}
        # A row that was just asked for was not on the page: it begins with the row above it.
        super().__init__({**shown, **typed} if typed is not None else None, initial=shown)
        for group in self.groups:
            for leaf in group.leaves:
                self.fields[leaf.name] = _form_field(leaf)
            group.fields = [self[leaf.name] for leaf in group.leaves]

    def clean(self) -> dict[str, Any]:
        """Return what was typed; a day or a number that is none is told at its field."""
        cleaned = super().clean()
        for group in self.groups:
            for leaf in group.leaves:
                self._write(leaf, str(cleaned.get(leaf.name, "")).replace("\r\n", "\n"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Return the values as a paper is given them; only after is_valid()."""
        return self._base

    def _write(self, leaf: Leaf, text: str) -> None:
        if text == leaf.shown or not leaf.key:
            return  # as it was: what shows as empty text may be no text at all
        try:
            leaf.holder[leaf.key] = _value(leaf.kind, text)
        except ValueError:
            asked = {
                "date": _("Ghi ngày dạng ngày/tháng/năm, ví dụ 05/02/2026."),
                "integer": _("Ghi một số nguyên."),
            }
            self.add_error(leaf.name, asked[leaf.kind])

    def _read(
        self, listed: Sequence[Mapping[str, Any]], held: dict[str, Any], above: str, heading: str
    ) -> Iterator[Group]:
        """Yield the groups of an object's values, its own first; lists get the rows asked for."""
        own = Group(heading)
        inner: list[Group] = []
        for one in listed:
            name, kind = f"{above}{one['name']}", str(one.get("type", "text"))
            value = held.get(one["name"])
            if "fields" not in one:
                if kind not in _NOT_TYPED:
                    shown = _shown(kind, value)
                    own.leaves.append(Leaf(name, one["meaning"], kind, shown, held, one["name"]))
            elif kind.startswith("list"):
                rows = held[one["name"]] = self._rows(one, name, value)
                label = _("%(list)s: số dòng") % {"list": one["meaning"]}
                own.leaves.append(Leaf(f"rows.{name}", label, "rows", str(len(rows))))
                inner += self._of_rows(one, rows, name)
            elif isinstance(value, dict):
                inner += self._read(one["fields"], value, f"{name}.", str(one["meaning"]))
        yield own
        yield from inner

    def _of_rows(
        self, one: Mapping[str, Any], rows: list[dict[str, Any]], name: str
    ) -> Iterator[Group]:
        for number, row in enumerate(rows[:ROWS_SHOWN]):
            facts = {"list": one["meaning"], "number": number + 1}
            heading = _("%(list)s, dòng %(number)d") % facts
            yield from self._read(one["fields"], row, f"{name}.{number}.", heading)

    def _rows(self, one: Mapping[str, Any], name: str, value: object) -> list[dict[str, Any]]:
        """Return as many rows as were asked for; a new one is like the last, or the example."""
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        asked = self._typed.get(f"rows.{name}", "")
        countable = asked.isdecimal() and len(asked) <= len(str(MAX_ROWS))
        wanted = min(int(asked), MAX_ROWS) if countable else len(rows)
        while len(rows) < wanted:
            rows.append(deepcopy(rows[-1]) if rows else sample_values(one["fields"]))
        return rows[:wanted]


def _form_field(leaf: Leaf) -> forms.Field:
    if leaf.kind == "rows":
        return forms.IntegerField(label=leaf.label, required=False, min_value=0, max_value=MAX_ROWS)
    lines = leaf.shown.count("\n") + 1
    tall = leaf.kind == "list of text" or lines > 1 or len(leaf.shown) > _LONG
    widget = forms.Textarea(attrs={"rows": max(2, lines)}) if tall else forms.TextInput()
    hint = _("Mỗi dòng một mục.") if leaf.kind == "list of text" else ""
    return forms.CharField(label=leaf.label, required=False, widget=widget, help_text=hint)


def _shown(kind: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if kind == "date":
        try:
            return dt.date.fromisoformat(str(value)).strftime(DATE_FORMATS[0])
        except ValueError:
            return str(value)
    return str(value)


def _value(kind: str, text: str) -> object:
    """Return what was typed as a paper is given it. Raises ValueError."""
    if kind == "integer":
        return int(text.replace(".", "")) if text else None
    if kind == "list of text":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "date" and text:
        return _day(text).isoformat()
    return text


def _day(text: str) -> dt.date:
    for form in DATE_FORMATS:
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
    raise ValueError(text)
