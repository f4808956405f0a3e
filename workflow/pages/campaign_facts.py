"""A campaign's document as tables: sections, rows, fields, each with its clause.

Shaped by the schema alone, so that a new section is shown without any code of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.differences import title_of
from campaigns.schema.document import Document, ordered_keys
from campaigns.schema.references import named_by
from campaigns.schema.spec import Choice, Either, Flag, Form, ListOf, Spec, spec_of
from campaigns.schema.wording import label_of, word_of
from campaigns.yamlwriter import Place
from workflow.forms.campaigns import is_part
from workflow.forms.typed import is_leaf, shown

ROOT = "chung"
"""The address of what stands beside the sections: province and single sentences."""
ALL = "all"
"""What asks for every section on one page, to print or to search."""
_SILENT = frozenset({"schema", "clause", "ref", "#", "key", "n"})


@dataclass(frozen=True)
class Line:
    """One field: what it is called, what it says, its own clause where it has one."""

    label: str
    text: str
    clause: str = ""


@dataclass
class Row:
    """One row of a list."""

    place: Place
    key: str
    title: str
    clause: str
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    faults: int = 0

    @property
    def url(self) -> str:
        """Return the row's place as it stands in an address."""
        return "/".join(str(step) for step in self.place)


@dataclass
class Table:
    """A list of rows."""

    place: Place
    label: str
    rows: list[Row] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the list's place as it stands in an address."""
        return "/".join(str(step) for step in self.place)

    @property
    def is_nested(self) -> bool:
        """Return whether rows hold lists of their own."""
        return any(row.tables for row in self.rows)


@dataclass
class Section:
    """One part of the document; `key` is its address."""

    key: str
    label: str
    clause: str
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many rows the section's lists have."""
        return sum(len(table.rows) for table in self.tables)

    @property
    def is_empty(self) -> bool:
        """Return whether the campaign says nothing here."""
        return not self.lines and not self.count


def sections_of(document: Document) -> list[Section]:
    """Return every section that the schema knows, empty ones too, in the order of the schema."""
    sections = [Section(ROOT, label_of([]), "", list(_lines(CAMPAIGN, document, (), document)))]
    for name, spec in CAMPAIGN.fields.items():
        if not is_leaf(spec):
            sections.append(section_of(name, spec, document.get(name), document))
    return sections


def section_of(name: str, spec: Spec, value: Any, document: Document) -> Section:
    """Return one section."""
    section = Section(name, label_of([name]), "")
    if isinstance(spec, Either):
        spec = spec.form if isinstance(value, dict) else spec.items
    if isinstance(spec, Form):
        said = value if isinstance(value, dict) else {}
        section.clause = str(said.get("clause", ""))
        section.lines = list(_lines(spec, said, (name,), document))
        section.tables = list(tables_of(spec, said, (name,), document))
    elif isinstance(spec, ListOf):
        section.tables = [table_of(spec, value, (name,), document)]
    return section


def tables_of(spec: Form, value: Document, place: Place, document: Document) -> Iterator[Table]:
    """Yield the lists of rows that a mapping holds."""
    for name, shape in spec.fields.items():
        if isinstance(shape, ListOf) and isinstance(shape.item, Form):
            yield table_of(shape, value.get(name), (*place, name), document)


def table_of(spec: ListOf, rows: Any, place: Place, document: Document) -> Table:
    """Return a list of rows."""
    form = spec.item if isinstance(spec.item, Form) else Form({})
    table = Table(place, label_of(_names(place)))
    for number, row in enumerate(rows or []):
        here = (*place, int(row.get("#", number)))
        made = Row(here, _key(row), title_of(_without_number(row)), str(row.get("clause", "")))
        made.lines = [line for line in _lines(form, row, here, document) if line.text != made.title]
        made.tables = list(tables_of(form, row, here, document))
        table.rows.append(made)
    return table


def _key(row: Document) -> str:
    found = (str(row[name]) for name in ("key", "n", "order", "step") if row.get(name) is not None)
    return next(found, "")


def _without_number(row: Document) -> Document:
    return {name: value for name, value in row.items() if name != "#"}


def _names(place: Place) -> list[str]:
    return [step for step in place if isinstance(step, str)]


def _lines(spec: Form, value: Document, place: Place, document: Document) -> Iterator[Line]:
    """Yield a line for each field and part that says something."""
    for name in ordered_keys(spec, value):
        if name.startswith("derived"):
            yield Line(_("Ghi chú của người nhập"), _note(name, value[name]))
            continue
        shape = spec_of(spec, name)
        if name in _SILENT or shape is None:
            continue
        names = [*_names(place), name]
        if is_leaf(shape):
            text = text_of(shape, value[name], names, document)
            if text:
                yield Line(label_of(names), text)
        elif isinstance(shape, Form) and is_part(shape) and place and isinstance(value[name], dict):
            yield from _part(shape, value[name], (*place, name), document)


def _part(spec: Form, value: Document, place: Place, document: Document) -> Iterator[Line]:
    names = _names(place)
    clause = str(value.get("clause", ""))
    if "cmp" in value:
        printed = (value["cmp"], shown(spec.fields["value"], value.get("value")))
        yield Line(label_of(names), " ".join(filter(None, printed)), clause)
        return
    inner = list(_lines(spec, value, place, document))
    told = "; ".join(
        line.text if len(inner) == 1 else f"{line.label}: {line.text}" for line in inner
    )
    if told:
        yield Line(label_of(names), told, clause)


def _note(name: str, value: object) -> str:
    told = ", ".join(map(str, value)) if isinstance(value, list) else value
    about = name.removeprefix("derived_")
    return str(told) if about == "note" else f"{about}: {told}"


def text_of(spec: Spec | None, value: Any, names: Sequence[str], document: Document) -> str:
    """Return what a field says, in words: keys by what they name, days as papers write them."""
    if value is None or spec is None:
        return "" if value is None else str(value)
    inner = spec.item if isinstance(spec, ListOf) else spec
    listing = named_by(names)
    known = dict(listing(document)) if listing else {}
    parts = value if isinstance(value, list) else [value]
    return "; ".join(_word(inner, part, names, known) for part in parts)


def _word(spec: Spec, value: Any, names: Sequence[str], known: dict[str, str]) -> str:
    if isinstance(spec, Flag) and isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(spec, Choice):
        return word_of(names, str(value))
    return known.get(str(value)) or str(shown(spec, value))


def chosen_sections(sections: Sequence[Section], key: str) -> list[Section]:
    """Return the section of a key, all of them for "all", and else the first."""
    if key == ALL:
        return list(sections)
    return [one for one in sections if one.key == key] or list(sections[:1])
