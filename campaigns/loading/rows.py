"""The rows that a file asks for, before any of them is looked up."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import models

from campaigns.models.cited import Cited
from campaigns.schema.spec import Record

Name: TypeAlias = tuple[str, ...]
"""What a row is known by within its campaign, whatever its id: ("final_2025", "final_bk_ttg")."""


@dataclass
class Wanted:
    """One row: its model, its name, its plain values, and the rows it points at by name."""

    model: type[models.Model]
    name: Name
    line: int
    values: dict[str, Any]
    links: dict[str, tuple[type[models.Model], Name] | None] = field(default_factory=dict)
    many: dict[str, tuple[type[models.Model], list[Name]]] = field(default_factory=dict)


def cited(model: type[Cited], name: Name, position: int, fact: Record, /, **values: Any) -> Wanted:
    """Return the row of one fact, with the place it was read; missing texts become ""."""
    about = {
        "position": position,
        "clause": fact["clause"],
        "refs": fact["refs"],
        "derived": fact["derived"],
        "is_example": bool(fact.get("example")),
    }
    return Wanted(model, name, fact["line"], about | texts(model, values))


def texts(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with None as "" or [] where the column knows no NULL."""
    filled = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        empty: object = None
        if isinstance(column, models.CharField | models.TextField):
            empty = ""
        elif isinstance(column, models.JSONField):
            empty = []
        filled[name] = empty if value is None else value
    return filled
