"""A reorganisation as a file: which units begin, are renamed, move and end, on what day, by what.

Read with the lines on which each fact stands, so that a refusal can name them. What the file says
about units that exist is checked by the service that carries it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.schema.spec import Choice, Day, Form, Key, ListOf, Record, Text, read
from campaigns.yamlsource import Scalar, parse
from organisations.models import UnitType
from workflow.errors_units import ReorganisationRefusedError

SCHEMA = "reorganisation/1"
_NAMING = {"name": Text(250), "short": Text(120), "symbol": Text(30), "place": Text(80)}
_FORM = Form(
    fields={
        "schema": Choice((SCHEMA,)),
        "name": Text(300),
        "on": Day(),
        "document": Form(
            fields={
                "type": Text(80),
                "number": Text(60),
                "date": Day(),
                "issuer": Text(120),
                "note": Text(500),
            },
            required=("number",),
        ),
        "create": ListOf(
            Form(
                fields={**_NAMING, "unit": Key(), "type": Choice(tuple(UnitType.values)),
                        "under": Key()},
                required=("unit", "type", "name", "under"),
            )
        ),
        "rename": ListOf(Form(fields={**_NAMING, "unit": Key()}, required=("unit", "name"))),
        "move": ListOf(Form(fields={"unit": Key(), "under": Key()}, required=("unit", "under"))),
        "end": ListOf(
            Form(fields={"unit": Key(), "successors": ListOf(Key(), lone=True)}, required=("unit",))
        ),
    },
    required=("schema", "on"),
)  # fmt: skip


@dataclass(frozen=True)
class Reorganisation:
    """One document of a file: everything that becomes so on one day, by one paper."""

    name: str
    on: date
    basis: str
    create: tuple[Record, ...]
    rename: tuple[Record, ...]
    move: tuple[Record, ...]
    end: tuple[Record, ...]


def read_reorganisations(source: bytes | str) -> list[Reorganisation]:
    """Return the documents of a file, the earliest day first.

    Raises ReorganisationRefusedError with every problem and its line: of the text as YAML first,
    then of each document against the schema and within itself.
    """
    documents, problems = parse(source)
    if problems:
        raise ReorganisationRefusedError(problems)
    records = [read(_FORM, document, problems) for document in documents]
    problems += [
        Problem(document.line, "EMPTY_DOCUMENT", _("sau dấu --- không có nội dung"))
        for document in documents
        if isinstance(document, Scalar) and document.value is None
    ]
    if problems:
        raise ReorganisationRefusedError(problems)
    for record in records:
        problems += [*_cycles(record), *_twice(record)]
    if problems:
        raise ReorganisationRefusedError(problems)
    return sorted((_reorganisation(record) for record in records), key=lambda one: one.on)


def _reorganisation(record: Record) -> Reorganisation:
    return Reorganisation(
        name=record.get("name") or "",
        on=date.fromisoformat(str(record["on"])),
        basis=_basis(record.get("document") or {}),
        **{verb: tuple(record.get(verb) or ()) for verb in ("create", "rename", "move", "end")},
    )


def _basis(document: Mapping[str, Any]) -> str:
    """Return the document as papers cite it, of what the file gives and nothing else.

    Empty where the file names none: the pages then say that it is missing.
    """
    if not document.get("number"):
        return ""
    text = " ".join(
        part for part in (document.get("type"), "số", document["number"]) if part
    ).strip()
    if document.get("date"):
        text = f"{text} ngày {date.fromisoformat(str(document['date'])):%d/%m/%Y}"
    if document.get("issuer"):
        text = f"{text} của {document['issuer']}"
    return text[:1].upper() + text[1:]


def _twice(record: Record) -> Iterator[Problem]:
    """Yield entries that name a unit a second time under the same verb."""
    for verb in ("create", "rename", "move", "end"):
        first: dict[str, int] = {}
        for entry in record.get(verb) or ():
            known = first.setdefault(entry["unit"], entry["line"])
            if known != entry["line"]:
                words = {"unit": entry["unit"], "first": known}
                text = _("đơn vị “%(unit)s” đã có ở dòng %(first)d") % words
                yield Problem(entry["line"], "UNIT_TWICE", text)


def _cycles(record: Record) -> Iterator[Problem]:
    """Yield each line of successors that comes back to where it began."""
    entries = {entry["unit"]: entry for entry in record.get("end") or ()}
    for code, entry in entries.items():
        way = _way_back(code, entries)
        if way:
            text = _("vòng kế thừa: %(way)s") % {"way": " → ".join(way)}
            yield Problem(entry["line"], "SUCCESSOR_CYCLE", text)


def _way_back(code: str, entries: Mapping[str, Record]) -> list[str]:
    """Return the way from a unit over its successors back to itself; empty where none leads."""
    ways, seen = [[code]], {code}
    while ways:
        way = ways.pop()
        for following in (entries.get(way[-1]) or {}).get("successors") or ():
            if following == code:
                return [*way, code]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []
