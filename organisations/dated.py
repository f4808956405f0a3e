"""Names of units through all their days: read once, then asked about any day without a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from organisations.models import UnitName
from organisations.queries import UnitFacts


@dataclass(frozen=True)
class DatedNames:
    """Names by unit, in the order in which they began."""

    names: Mapping[UUID, Sequence[UnitName]] = field(default_factory=dict)

    def facts_on(self, unit_id: UUID, on: date) -> UnitFacts | None:
        """Return what queries.unit_facts_on would; None where the unit had no name on the day."""
        name = self._in_force(unit_id, on, on)
        if name is None:
            return None
        above = self._in_force(name.parent_id, on, name.valid_to or on)
        return UnitFacts(
            unit_id=unit_id,
            code=name.unit.code,
            type=name.unit.type,
            name=name.name,
            short_name=name.short_name,
            symbol=name.symbol,
            place=name.place,
            parent_name=above.name if above else "",
            parent_short_name=above.short_name if above else "",
        )

    def _in_force(self, unit_id: UUID | None, on: date, until: date) -> UnitName | None:
        """Return the first name begun by a day that lasted to it, or to `until` if that is sooner."""
        last = min(on, until)
        return next(
            (
                row
                for row in (self.names.get(unit_id, ()) if unit_id else ())
                if row.valid_from <= on and (row.valid_to is None or row.valid_to >= last)
            ),
            None,
        )


def dated_names(units: Iterable[UUID]) -> DatedNames:
    """Return all names of units and of every unit that ever stood above one of them; one query."""
    wanted = set(units)
    if not wanted:
        return DatedNames()
    above = UnitName.objects.filter(unit__in=wanted).values("parent")
    rows = UnitName.objects.filter(Q(unit__in=wanted) | Q(unit__in=above)).select_related("unit")
    found: dict[UUID, list[UnitName]] = {}
    for row in rows.order_by("valid_from", "pk"):
        found.setdefault(row.unit_id, []).append(row)
    return DatedNames(found)
