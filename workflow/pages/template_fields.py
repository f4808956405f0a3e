"""The catalogue of fields: what each means, an example, and the tag to copy into Word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents.models import TemplateVersion

_FILTERS = {"date": "ngay", "integer": "so", "chart": "bieu_do"}


@dataclass(frozen=True)
class FieldLine:
    """One field of one template.

    path   "ds.ho_ten"; tag: what to type in Word; inside: the loop it stands in, "" for none
    empty  what is printed when it has no value
    """

    template: str
    title: str
    path: str
    meaning: str
    kind: str
    required: bool
    example: str
    empty: str
    tag: str
    inside: str = ""


def field_lines(version: TemplateVersion) -> list[FieldLine]:
    """Return the fields of a version in their order, parts after what they are parts of."""
    return list(_lines(version, version.fields, "", "", ""))


def found_lines(versions: Iterable[TemplateVersion], words: str) -> list[FieldLine]:
    """Return the fields in which every word is found, letters with or without their marks."""
    wanted = _plain(words).split()
    lines = (line for version in versions for line in field_lines(version))
    return [line for line in lines if all(word in _searched(line) for word in wanted)]


def _lines(
    version: TemplateVersion,
    fields: Iterable[Mapping[str, Any]],
    above: str,
    read: str,
    inside: str,
) -> Iterator[FieldLine]:
    for field in fields:
        path, name = f"{above}{field['name']}", f"{read}{field['name']}"
        kind = str(field.get("type", "text"))
        is_list = kind.startswith("list")
        row = f"dong{above.count('.') + 1 if above else ''}"
        parts = field.get("fields", ())
        yield FieldLine(
            template=version.key,
            title=version.title,
            path=path,
            meaning=str(field["meaning"]),
            kind=kind,
            required=bool(field.get("required")),
            example=_shown(field.get("example")),
            empty=str(field.get("empty", "")),
            tag=_tag(name, kind, row, has_parts=bool(parts)),
            inside=inside,
        )
        if is_list:
            yield from _lines(version, parts, f"{path}.", f"{row}.", f"for {row} in {name}")
        else:
            yield from _lines(version, parts, f"{path}.", f"{name}.", inside)


def _tag(name: str, kind: str, row: str, *, has_parts: bool) -> str:
    """Return what to type: a field, or the command that opens a loop or condition."""
    if kind.startswith("list"):
        return f"{{%p for {row} in {name} %}}"
    if has_parts:
        return f"{{%p if {name} %}}"
    filtered = f"{name}|{_FILTERS[kind]}" if kind in _FILTERS else name
    return f"{{{{ {filtered} }}}}"


def _shown(example: object) -> str:
    if isinstance(example, list):
        return "; ".join(_shown(one) for one in example)
    if isinstance(example, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in example.items())
    return "" if example is None else str(example)


def _searched(line: FieldLine) -> str:
    return _plain(f"{line.path} {line.meaning} {line.example} {line.title}")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
