"""The list of fields that stands beside each template: what a paper must be given.

A field is {name, meaning, type, required, example, fields?}; `fields` lists those of an object,
or of each row of a list of objects.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Fields = Sequence[Mapping[str, Any]]
_CHART = {
    "don_vi": "%",
    "nam": [2024, 2025],
    "gia_tri": ["62.5", ""],
    "da_xac_nhan": [True, False],
    "muc_tieu": ["60", "75"],
    "chu_muc_tieu": ["60", "75"],
}
_WITHOUT_EXAMPLE: dict[str, Any] = {
    "chart": _CHART,
    "date": "2026-01-15",
    "integer": 1,
    "list of text": [],
}


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


def sample_values(fields: Fields) -> dict[str, Any]:
    """Return values made of the fields' own examples: a row for each list, all parts of objects.

    A field without an example says what it means, so that it is seen on the paper.
    """
    return {field["name"]: _sample(field) for field in fields}


def _sample(field: Mapping[str, Any]) -> Any:
    kind: str = field.get("type", "text")
    if "fields" in field:
        inner = sample_values(field["fields"])
        return [inner] if kind.startswith("list") else inner
    example = field.get("example")
    if example is not None:
        return example
    return _WITHOUT_EXAMPLE.get(kind, field["meaning"])


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
