"""Shared reads: what a unit was on a day, who may act as what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from organisations.errors import UnitNotInForceError
from organisations.models import Delegation, Grant, Unit, UnitName, User


@dataclass(frozen=True)
class UnitFacts:
    """What papers print about a unit, as it stood on one day. Unknown texts are ""."""

    unit_id: UUID
    code: str
    type: str
    name: str
    short_name: str
    symbol: str
    place: str
    parent_name: str
    parent_short_name: str


@dataclass(frozen=True)
class Mandate:
    """One role that a person may act in at one unit, on the day it was asked for.

    on_behalf_of    the name of the person who delegated, "" when the role is the person's own
    delegation_ref  the number of the delegating document, "" likewise
    """

    role: str
    unit_id: UUID
    unit_path: str
    unit_name: str
    on_behalf_of: str = ""
    delegation_ref: str = ""

    def covers(self, path: str) -> bool:
        """Say whether the unit with this path is the mandate's own or below it."""
        return path.startswith(self.unit_path)


def in_force(on: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on a day; `prefix` leads to it, as "unit__"."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def unit_facts_on(unit: Unit, on: date) -> UnitFacts:
    """Return one unit's facts in one query. Raises UnitNotInForceError when it had no name."""
    return unit_facts_of([unit], on)[unit.pk]


def unit_facts_of(units: Iterable[Unit], on: date) -> dict[UUID, UnitFacts]:
    """Return facts by unit id, in one query for all. Raises as unit_facts_on."""
    units = list(units)
    wanted = {unit.pk for unit in units} | {unit.parent_id for unit in units if unit.parent_id}
    names = {name.unit_id: name for name in UnitName.objects.filter(in_force(on), unit__in=wanted)}
    nameless = UnitName()
    facts = {}
    for unit in units:
        if unit.pk not in names:
            raise UnitNotInForceError(unit.code, on)
        name, parent = names[unit.pk], nameless
        if unit.parent_id:
            parent = names.get(unit.parent_id, nameless)
        facts[unit.pk] = UnitFacts(
            unit_id=unit.pk,
            code=unit.code,
            type=unit.type,
            name=name.name,
            short_name=name.short_name,
            symbol=name.symbol,
            place=unit.place,
            parent_name=parent.name,
            parent_short_name=parent.short_name,
        )
    return facts


def units_below(unit: Unit, on: date) -> QuerySet[Unit]:
    """Return the unit itself and all units under it that existed on the day, in tree order."""
    return Unit.objects.filter(in_force(on), path__startswith=unit.path)


def successor_on(unit: Unit, on: date) -> Unit | None:
    """Return who stands in the unit's place on a day: itself while it exists, else its successor.

    None when the line ends without a successor. One query a step.
    """
    heir: Unit | None = unit
    while heir and heir.valid_to and heir.valid_to < on:
        heir = heir.successor
    return heir


def mandates_of(user: User, on: date) -> tuple[Mandate, ...]:
    """Return everything the person may act as on a day, own roles first; two queries.

    Somebody inactive has none, neither have those to whom somebody inactive delegated; a role
    at a unit that has ended counts no more. A revoked delegation is gone at once, also when
    asked about a day before the revocation.
    """
    if not user.is_active:
        return ()
    grants = (
        Grant.objects.filter(in_force(on), in_force(on, "unit__"), user=user, user__is_active=True)
        .select_related("unit")
        .annotate(unit_name=_name_of("unit_id", on))
        .order_by("role", "unit__path")
    )
    delegations = (
        Delegation.objects.filter(
            in_force(on),
            in_force(on, "grant__"),
            in_force(on, "grant__unit__"),
            to_user=user,
            to_user__is_active=True,
            grant__user__is_active=True,
            revoked_at__isnull=True,
        )
        .select_related("grant__unit", "grant__user")
        .annotate(unit_name=_name_of("grant__unit_id", on))
        .order_by("grant__role", "grant__unit__path", "document_number")
    )
    own = [_mandate(grant, grant.unit_name) for grant in grants]
    lent = [
        _mandate(
            delegation.grant,
            delegation.unit_name,
            on_behalf_of=delegation.grant.user.full_name,
            delegation_ref=delegation.document_number,
        )
        for delegation in delegations
    ]
    return (*own, *lent)


def people_with_role(role: str, unit: Unit, on: date) -> QuerySet[User]:
    """Return those who may act in the role at exactly this unit, own or delegated, by name."""
    grants = Grant.objects.filter(
        in_force(on), in_force(on, "unit__"), role=role, unit=unit, user__is_active=True
    )
    lent = Delegation.objects.filter(in_force(on), grant__in=grants, revoked_at__isnull=True)
    return User.objects.filter(
        Q(pk__in=grants.values("user")) | Q(pk__in=lent.values("to_user")), is_active=True
    ).order_by("full_name", "pk")


def _name_of(unit_field: str, on: date) -> Subquery:
    names = UnitName.objects.filter(in_force(on), unit=OuterRef(unit_field))
    return Subquery(names.values("name")[:1])


def _mandate(
    grant: Grant, unit_name: str | None, *, on_behalf_of: str = "", delegation_ref: str = ""
) -> Mandate:
    return Mandate(
        role=grant.role,
        unit_id=grant.unit_id,
        unit_path=grant.unit.path,
        unit_name=unit_name or "",
        on_behalf_of=on_behalf_of,
        delegation_ref=delegation_ref,
    )
