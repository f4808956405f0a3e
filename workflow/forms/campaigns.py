"""Forms of a campaign's draft, built from the schema: a new section needs no form of its own.

They refuse nothing that can be written down: a draft may be half finished, and what is wrong with
it is said by the one judge of files (`campaigns.faults`). They only turn what people type, such as
16/11/2022 or 12,5, into what a file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.cloning import NewCampaign
from campaigns.drafts import Values
from campaigns.schema.document import Document
from campaigns.schema.spec import Form, ListOf, Spec, Text, free_value, spec_of
from campaigns.schema.wording import help_of, label_of
from campaigns.yamlsource import Mapping, parse
from campaigns.yamlwriter import write_notes
from workflow.forms.base import KeptForm, long_text
from workflow.forms.typed import field_for, in_kept_order, is_leaf, shown, tidy, typed

Way = tuple[str, ...]
_CLAUSE, _REF, _NOTES, _NEW = "clause", "ref", "derived", "+"
_ABOUT: dict[str, Spec] = {_CLAUSE: Text(120), _REF: ListOf(Text(20)), _NEW: Text(120)}
_YEAR_RULE = re.compile(r"(?P<prefix>[a-z_]+)\(19\|20\)\[0-9\]\{2\}")
_LONGEST_PERIOD = 20  # years; a slip of the keyboard must not make a form of thousands
FIXED: frozenset[Way] = frozenset({("schema",), ("campaign", "key")})
"""What is chosen once: the key of a campaign stands in addresses and in the log."""


@dataclass
class Group:
    """Fields shown together: those of the row itself, or of one part of it."""

    label: str
    fields: list[forms.BoundField] = field(default_factory=list)
    is_empty: bool = False


@dataclass(frozen=True)
class Context:
    """What a form must know besides its shape: where it stands, in which draft."""

    names: Way
    contents: Document

    def years(self) -> list[int]:
        """Return the years of the campaign's period, as far as it is known."""
        period = (self.contents.get("campaign") or {}).get("period") or {}
        first, last = period.get("from"), period.get("to")
        if not isinstance(first, int) or not isinstance(last, int):
            return []
        return list(range(first, min(last, first + _LONGEST_PERIOD) + 1))


def is_part(spec: Spec | None) -> bool:
    """Return whether a shape is shown inside the form that holds it: a mapping of values."""
    return isinstance(spec, Form) and all(
        is_leaf(shape) or is_part(shape) for shape in spec.fields.values()
    )


class PlaceForm(KeptForm):
    """The fields of one section or row; `values()` says what was typed, as an edit."""

    def __init__(
        self, *args: Any, spec: Form, value: Document | None, context: Context, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spec, self.value, self.context = spec, value or {}, context
        ways = _ways(spec, self.value, context)
        self.ways = [way for way in ways if (*context.names, *way) not in FIXED]
        for way in self.ways:
            self.fields[_name(way)] = self._field(way)
        if context.names:
            self.fields[_NOTES] = _notes_field(_notes_of(self.value))

    def _field(self, way: Way) -> forms.Field:
        names = (*self.context.names, *way)
        shape = _shape(self.spec, way)
        label = _("Thêm, dạng “mã: tên”") if way[-1] == _NEW else label_of(names)
        star = " *" if _is_required(self.spec, way) else ""
        options: dict[str, Any] = {
            "label": f"{label}{star}",
            "help_text": help_of(names) if len(way) == 1 or way[-1] != _CLAUSE else "",
            "required": False,
            "initial": shown(shape, _at(self.value, way)),
        }
        return field_for(shape, names, self.context.contents, options)

    def clean_derived(self) -> dict[str, Any]:
        """Return the readings; refuse what is no list of “name: content”."""
        text = self.cleaned_data[_NOTES].strip()
        documents, problems = parse(text) if text else ([], [])
        if problems or not all(isinstance(one, Mapping) for one in documents):
            raise forms.ValidationError(_("Không đọc được. Viết mỗi dòng dạng “tên: nội dung”."))
        return dict(free_value(documents[0])) if documents else {}

    def values(self) -> Values:
        """Return what a valid form says, way by way; None for what it leaves unsaid."""
        said: dict[Way, Any] = {}
        for way in self.ways:
            raw = self.cleaned_data[_name(way)]
            if way[-1] == _NEW:
                said |= _new_entry(way[:-1], raw)
            else:
                ticked = in_kept_order(raw, _at(self.value, way))
                said[way] = typed(_shape(self.spec, way), ticked)
        for part in {way[:-1] for way in said if len(way) > 1}:
            inside = [way for way in said if way[: len(part)] == part]
            if all(said[way] in (None, "") for way in inside):
                said |= dict.fromkeys(inside)
        if _NOTES not in self.fields:
            return said
        notes = dict.fromkeys(_notes_of(self.value)) | self.cleaned_data[_NOTES]
        return said | {(f"derived_{name}",): value for name, value in notes.items()}

    def groups(self) -> list[Group]:
        """Return the fields as they are shown: the row's own, then part by part."""
        groups: dict[Way, Group] = {(): Group("")}
        for way in self.ways:
            part = self._part_of(way)
            label = label_of((*self.context.names, *part)) if part else ""
            groups.setdefault(part, Group(label)).fields.append(self[_name(way)])
        for part, group in groups.items():
            group.is_empty = bool(part) and not _at(self.value, part)
        return [group for group in groups.values() if group.fields]

    def _part_of(self, way: Way) -> Way:
        """Return the part that a field is shown in; a name for one year stands with its target."""
        year = re.fullmatch(r"[a-z]+_((?:19|20)[0-9]{2})", way[-1])
        target = (f"y{year[1]}",) if year else ()
        return target if any(one[:1] == target for one in self.ways) else way[:-1]


def _name(way: Way) -> str:
    return ".".join(way)


def _at(value: Any, way: Way) -> Any:
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _notes_of(value: Document) -> Document:
    start = f"{_NOTES}_"
    return {
        name.removeprefix(start): part for name, part in value.items() if name.startswith(start)
    }


def _notes_field(notes: Document) -> forms.CharField:
    return forms.CharField(
        label=_("Cách hiểu, ghi chú của người nhập"),
        help_text=_("Mỗi dòng một ý, dạng “tên: nội dung”. Đây không phải là quy định."),
        required=False,
        initial=write_notes(notes) if notes else "",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _new_entry(part: Way, raw: str) -> dict[Way, Any]:
    key, _colon, name = raw.partition(":")
    found = tidy(key)
    return {(*part, found): tidy(name) or found} if found else {}


def _shape(spec: Form, way: Way) -> Spec:
    """Return the shape of a field; each way comes from `_ways`, so there is one."""
    shape: Spec | None = spec
    for name in way:
        assert isinstance(shape, Form)  # noqa: S101 - as _ways walked it
        shape = _ABOUT.get(name) or spec_of(shape, name)
    assert shape is not None  # noqa: S101 - the same
    return shape


def _is_required(spec: Form, way: Way) -> bool:
    """Return whether a draft cannot be published without a field, whatever else it says."""
    first = way[0] in spec.required
    inner = spec_of(spec, way[0]) if len(way) > 1 and first else None
    return _is_required(inner, way[1:]) if isinstance(inner, Form) else first and len(way) == 1


def _ways(spec: Form, value: Document, context: Context, *, inside: bool = False) -> Iterator[Way]:
    """Yield the way to each field of a form; the clause and the source lines come last."""
    at_root = not context.names
    for name, shape in [*spec.fields.items(), *_by_rule(spec, value, context)]:
        if is_leaf(shape):
            yield (name,)
        elif isinstance(shape, Form) and is_part(shape) and not at_root:
            said = value.get(name)
            within = Context((*context.names, name), context.contents)
            ways = _ways(shape, said if isinstance(said, dict) else {}, within, inside=True)
            yield from ((name, *way) for way in ways)
    if any(not _YEAR_RULE.fullmatch(rule) for rule in spec.patterns):
        yield (_NEW,)
    if not at_root:
        yield (_CLAUSE,)
    if not at_root and not inside:
        yield (_REF,)


def _by_rule(spec: Form, value: Document, context: Context) -> Iterator[tuple[str, Spec]]:
    """Yield the fields that have a rule for a name: those said, and one for each year."""
    taken = {*spec.fields, _CLAUSE, _REF, "#"}
    names = {name for name in value if name not in taken and not name.startswith(_NOTES)}
    for rule in spec.patterns:
        if found := _YEAR_RULE.fullmatch(rule):
            names |= {f"{found['prefix']}{year}" for year in context.years()}
    for name in sorted(names, key=lambda name: (name[-4:], name[::-1])):
        shape = spec_of(spec, name)
        if shape is not None:
            yield name, shape


class NewCampaignForm(KeptForm):
    """What a campaign is begun with, new or from another."""

    name = forms.CharField(label=_("Tên phong trào"), max_length=300)
    key = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]*$",
        label=_("Mã phong trào"),
        max_length=60,
        help_text=_(
            "Chữ thường không dấu, số, gạch nối; đứng trong địa chỉ trang. Sau này không đổi được."
        ),
        error_messages={"invalid": _("Chỉ gồm chữ thường không dấu, số và gạch nối.")},
    )
    province = forms.CharField(label=_("Tỉnh"), max_length=80)
    province_key = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]*$",
        label=_("Mã tỉnh"),
        max_length=60,
        error_messages={"invalid": _("Chỉ gồm chữ thường không dấu, số và gạch nối.")},
    )
    first_year = forms.IntegerField(label=_("Từ năm"), min_value=1945, max_value=2100)
    last_year = forms.IntegerField(label=_("Đến năm"), min_value=1945, max_value=2100)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Phải từ năm bắt đầu trở đi."))
        return cleaned

    def about(self) -> NewCampaign:
        """Return what a valid form says."""
        return NewCampaign(**self.cleaned_data)


class PublishForm(KeptForm):
    """Why a version comes out."""

    note = long_text(
        _("Lý do, văn bản sửa đổi"),
        rows=3,
        max_length=2000,
        help_text=_("Ví dụ: số, ngày của văn bản sửa đổi. Lưu cùng bản này và trong nhật ký."),
    )


class DeskForm(KeptForm):
    """Which unit does a desk's work; none: nobody was named yet."""

    unit = forms.TypedChoiceField(label=_("Đơn vị"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, units: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "—"), *units]
