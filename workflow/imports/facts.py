"""From cells that are right to facts: who the line names, earlier awards, units by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from campaigns.models import Kind, SubjectKind
from campaigns.spelling import fold
from organisations.models import Unit, UnitName
from organisations.queries import in_force
from workflow.imports.header import Column
from workflow.services.nominees import NomineeFacts


def nominee_of(
    values: Mapping[Column, Any], subject: SubjectKind, itself: Unit | None
) -> NomineeFacts:
    """Return who the line names; `itself` is the unit of that name, where there is one."""
    person = subject.kind == Kind.INDIVIDUAL
    return NomineeFacts(
        kind=Kind(subject.kind),
        name=values[Column.NAME],
        birth_date=values[Column.BIRTH_DATE] if person else None,
        gender=values[Column.GENDER] if person else "",
        position=values[Column.POSITION] if person else "",
        workplace=values[Column.WORKPLACE] if person else "",
        address=values[Column.ADDRESS],
        unit_id=itself.pk if itself and not person else None,
    )


def past_awards(text: str) -> tuple[dict[str, str], ...]:
    """Return awards from lines such as “2022: Giấy khen của Giám đốc Sở, 112/QĐ-STTTT”.

    A line without a year before a colon is an award whose year is not known.
    """
    awards = []
    for line in text.splitlines():
        year, colon, rest = line.partition(":")
        known = bool(colon) and year.strip().isdigit()
        form, _comma, number = (rest if known else line).strip().rpartition(", ")
        awards.append(
            {
                "year": year.strip() if known else "",
                "form": form or number,
                "number": number if form else "",
                "issued_on": "",
                "issuer": "",
            }
        )
    return tuple(awards)


def units_by_name(on: date) -> dict[str, Unit]:
    """Return units by full name, short name and code, folded; a name two bear finds neither."""
    found: dict[str, Unit | None] = {}
    names: Iterable[UnitName] = UnitName.objects.filter(in_force(on)).select_related("unit")
    for name in names:
        for text in {fold(name.name), fold(name.short_name), fold(name.unit.code)} - {""}:
            known = found.setdefault(text, name.unit)
            if known is not None and known.pk != name.unit_id:
                found[text] = None
    return {text: unit for text, unit in found.items() if unit is not None}
