"""Units: the tree as it stood on a day, and one unit with its names, forebears and successors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize
from uuid import UUID

from django.db.models import OuterRef, Subquery

from organisations.actors import Actor
from organisations.models import Grant, Role, Unit, UnitName, UnitType
from organisations.queries import heirs_of, in_force, names_on
from workflow.errors import NotFoundError

READERS = frozenset(
    {
        Role.ADMINISTRATOR.value,
        Role.AUDITOR.value,
        Role.BOARD_SECRETARY.value,
        Role.DEPARTMENT_HEAD.value,
        Role.UNIT_HEAD.value,
    }
)
"""Who reads the tree; whoever may take dossiers over is among them."""


@dataclass(frozen=True)
class Branch:
    """One unit in the tree of a day; `ended` where it is no more today."""

    unit_id: UUID
    name: str
    kind: str
    depth: int
    ended: date | None


@dataclass(frozen=True)
class Other:
    """Another unit that this one has to do with, by the name it bears or last bore."""

    unit_id: UUID
    name: str
    ended: date | None


@dataclass(frozen=True)
class UnitPage:
    """Everything the page shows of a unit."""

    unit: Unit
    name: str
    kind: str
    names: Sequence[UnitName]
    successors: list[Other]
    predecessors: list[Other]
    heirs: list[Other]
    grants: list[Grant]
    dissolved: bool

    @property
    def basis_missing(self) -> bool:
        """Return whether a document that made the unit what it is has not been given."""
        named = [name.basis for name in self.names[1:]]
        return (self.dissolved and not self.unit.end_basis) or not all(named)


def require_reader(actor: Actor) -> None:
    """Raise NotFoundError for somebody who holds none of the offices that read the tree."""
    if not actor.mandates_as(*READERS):
        raise NotFoundError


def tree_on(actor: Actor, on: date, today: date, text: str = "") -> list[Branch]:
    """Return the units of a day, each below its parent of that day; one query.

    text  keeps units whose name has it, with all above them

    A unit whose parent had no name that day stands at the root. Raises NotFoundError.
    """
    require_reader(actor)
    rows = list(UnitName.objects.filter(in_force(on)).select_related("unit").order_by("unit__path"))
    by_unit = {row.unit_id: row for row in rows}
    kept = _kept(rows, by_unit, normalize("NFC", text).strip().casefold())
    children: dict[UUID | None, list[UnitName]] = {}
    for row in rows:
        if row.unit_id in kept:
            above = row.parent_id if row.parent_id in kept else None
            children.setdefault(above, []).append(row)
    branches: list[Branch] = []
    stack = [(row, 0) for row in reversed(children.get(None, []))]
    while stack:
        row, depth = stack.pop()
        branches.append(_branch(row, depth, today))
        stack += [(child, depth + 1) for child in reversed(children.get(row.unit_id, []))]
    return branches


def _kept(rows: Sequence[UnitName], by_unit: dict[UUID, UnitName], text: str) -> set[UUID]:
    kept: set[UUID] = set()
    for row in rows:
        if text and text not in row.name.casefold():
            continue
        above: UnitName | None = row
        while above is not None and above.unit_id not in kept:
            kept.add(above.unit_id)
            above = by_unit.get(above.parent_id) if above.parent_id else None
    return kept


def _branch(row: UnitName, depth: int, today: date) -> Branch:
    ended = row.unit.valid_to
    return Branch(
        unit_id=row.unit_id,
        name=row.name,
        kind=str(UnitType(row.unit.type).label),
        depth=depth,
        ended=ended if ended and ended < today else None,
    )


def unit_page(actor: Actor, unit_id: UUID, today: date) -> UnitPage:
    """Return one unit's page, at the same cost whatever it has seen. Raises NotFoundError."""
    require_reader(actor)
    unit = Unit.objects.prefetch_related("successors", "predecessors").filter(pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    after, before = list(unit.successors.all()), list(unit.predecessors.all())
    heirs = [heir for heir in heirs_of([unit], today)[unit.pk] if heir != unit]
    named = others([*after, *before, *heirs], today)
    names = list(unit.names.annotate(parent_name=_parent_name()).order_by("valid_from"))
    return UnitPage(
        unit=unit,
        name=names[-1].name,
        kind=str(UnitType(unit.type).label),
        names=names,
        successors=named[: len(after)],
        predecessors=named[len(after) : len(after) + len(before)],
        heirs=named[len(after) + len(before) :],
        grants=list(
            Grant.objects.filter(unit=unit)
            .select_related("user")
            .order_by("role", "user__full_name", "valid_from")
        ),
        dissolved=unit.valid_to is not None and unit.valid_to < today,
    )


def _parent_name() -> Subquery:
    """Return what the parent of a name was called when the name began."""
    above = UnitName.objects.filter(
        unit=OuterRef("parent_id"), valid_from__lte=OuterRef("valid_from")
    )
    return Subquery(above.order_by("-valid_from").values("name")[:1])


def others(units: Sequence[Unit], today: date) -> list[Other]:
    """Return units as pages name them, in the order given; one query."""
    return [
        Other(unit.pk, name, unit.valid_to)
        for unit, name in zip(units, names_on(units, today), strict=True)
    ]


@dataclass(frozen=True)
class Dissolved:
    """What a page says of a dossier whose body is no more: who was it, and who goes on."""

    name: str
    last_day: date
    heirs: list[str]


def dissolved(unit: Unit, today: date) -> Dissolved | None:
    """Return what is to be said where a dossier's unit has ended; None, at no cost, where not."""
    if unit.valid_to is None or unit.valid_to >= today:
        return None
    heirs = heirs_of([unit], today)[unit.pk]
    name, *heir_names = names_on([unit, *heirs], today)
    return Dissolved(name, unit.valid_to, heir_names)
