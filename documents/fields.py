"""The list of fields that stands beside each template: what a paper must be given.

A field is {name, meaning, type, required, example, fields?}; `fields` lists those of an object,
or of each row of a list of objects.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Fields = Sequence[Mapping[str, Any]]


def missing_in(fields: Fields, values: Mapping[str, object]) -> list[str]:
    """Return what each required field that is absent or empty means, rows named by number.

    An optional object or list that is empty asks for nothing inside it.
    """
    return list(_missing(fields, values, ""))


def paths_of(fields: Fields, above: str = "") -> set[str]:
    """Return the dotted paths of the fields: "ds", "ds.ten"; a row has its list's path."""
    paths: set[str] = set()
    for field in fields:
        path = f"{above}{field['name']}"
        paths |= {path} | paths_of(field.get("fields", ()), f"{path}.")
    return paths


def _missing(fields: Fields, values: Mapping[str, object], place: str) -> Iterator[str]:
    for field in fields:
        value = values.get(field["name"])
        if value is None or value in ("", [], {}):
            if field.get("required"):
                yield f"{field['meaning']}{place}"
        else:
            yield from _missing_inside(field, value)


def _missing_inside(field: Mapping[str, Any], value: object) -> Iterator[str]:
    inner: Fields = field.get("fields", ())
    if isinstance(value, Mapping):
        yield from _missing(inner, value, f" ({field['meaning']})")
    elif isinstance(value, list):
        for number, row in enumerate(value, start=1):
            if isinstance(row, Mapping):
                yield from _missing(inner, row, _(" (dòng %(number)s)") % {"number": number})
