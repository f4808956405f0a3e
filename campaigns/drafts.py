"""A draft: a campaign's document that may be half finished, whose rows can be told apart.

Each row of a list carries a number under "#" that stays with it while others come, go and move,
so that two people who edit the same list do not write into each other's rows. The number is no
part of the campaign: it is given when a draft is begun and taken off before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from campaigns.errors import DraftPlaceGoneError
from campaigns.schema.document import Document
from campaigns.schema.spec import Either, Form, ListOf, Spec, spec_of
from campaigns.yamlwriter import Place

NUMBER = "#"
Values: TypeAlias = Mapping[tuple[str, ...], Any]
"""What a form says: the way to each field inside the place edited, and its value or None."""


def numbered(document: Document) -> Document:
    """Return a copy in which every row has a number, and the whole the last number given."""
    contents = deepcopy(document)
    last = 0
    for last, row in enumerate(_rows(contents), 1):
        row[NUMBER] = last
    contents[NUMBER] = last
    return contents


def plain(contents: Any) -> Any:
    """Return a copy without the numbers: the document that a version keeps."""
    if isinstance(contents, list):
        return [plain(item) for item in contents]
    if not isinstance(contents, dict):
        return contents
    return {name: plain(value) for name, value in contents.items() if name != NUMBER}


def _rows(value: Any) -> Iterator[Document]:
    """Yield the rows of all lists; what a transcriber noted (derived…) has none."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield item
            yield from _rows(item)
    elif isinstance(value, dict):
        for name in sorted(value):
            if not name.startswith("derived"):
                yield from _rows(value[name])


def value_at(contents: Document, place: Place) -> Any:
    """Return what stands at a place; None where a key says nothing.

    Raises DraftPlaceGoneError for a row that is there no more.
    """
    value: Any = contents
    for step in place:
        if isinstance(step, int):
            value = next((row for row in value or [] if row.get(NUMBER) == step), None)
            if value is None:
                raise DraftPlaceGoneError
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def spec_at(spec: Spec, place: Place) -> Spec | None:
    """Return the shape of a place; None where the schema knows no such place."""
    found: Spec | None = spec
    for step in place:
        if isinstance(found, Either):
            found = found.items if isinstance(step, int) else found.form
        if isinstance(step, int):
            found = found.item if isinstance(found, ListOf) else None
        else:
            found = spec_of(found, step) if isinstance(found, Form) else None
    return found


@dataclass(frozen=True)
class SetFields:
    """Say other things at a place; a value of None says nothing there."""

    place: Place
    values: Values

    def apply(self, contents: Document) -> Place:
        """Change the contents; return the place that is other than before."""
        target = _made(contents, self.place)
        for way, value in self.values.items():
            _set(target, way, value)
        return self.place


@dataclass(frozen=True)
class AddRow:
    """Add a row at the end of a list."""

    place: Place
    values: Values

    def apply(self, contents: Document) -> Place:
        """Change the contents; return the place of the new row."""
        rows = value_at(contents, self.place)
        if rows is None:
            above = _made(contents, self.place[:-1])
            rows = above[str(self.place[-1])] = []
        contents[NUMBER] = number = contents.get(NUMBER, 0) + 1
        row: Document = {NUMBER: number}
        for way, value in self.values.items():
            _set(row, way, value)
        rows.append(row)
        return (*self.place, number)


@dataclass(frozen=True)
class RemoveRow:
    """Take a row, with all it holds, out of its list."""

    place: Place

    def apply(self, contents: Document) -> Place:
        """Change the contents; return the place that is no more."""
        rows, row = value_at(contents, self.place[:-1]), value_at(contents, self.place)
        rows.remove(row)
        return self.place


@dataclass(frozen=True)
class MoveRow:
    """Move a row up (by -1) or down (by 1) in its list; at the end of it nothing happens."""

    place: Place
    by: int

    def apply(self, contents: Document) -> Place:
        """Change the contents; return the place of the list."""
        rows, row = value_at(contents, self.place[:-1]), value_at(contents, self.place)
        here = rows.index(row)
        there = min(max(here + self.by, 0), len(rows) - 1)
        rows.insert(there, rows.pop(here))
        return self.place[:-1]


Edit: TypeAlias = SetFields | AddRow | RemoveRow | MoveRow


def _made(contents: Document, place: Place) -> Document:
    """Return the mapping at a place, made where nothing was said so far."""
    value: Any = contents
    for at, step in enumerate(place):
        if isinstance(step, int):
            value = value_at(contents, place[: at + 1])
        else:
            if value.get(step) is None:
                value[step] = {}
            value = value[step]
    made: Document = value
    return made


def _set(target: Document, way: tuple[str, ...], value: Any) -> None:
    """Put a value at the end of a way; a mapping that says nothing any more goes."""
    name, *rest = way
    if not rest:
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value
        return
    inner = target.get(name)
    inner = inner if isinstance(inner, dict) else {}
    _set(inner, tuple(rest), value)
    if inner:
        target[name] = inner
    else:
        target.pop(name, None)
