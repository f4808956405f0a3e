"""Shared reads: what a unit was on a day, who may act as what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from organisations.errors import UnitNotInForceError
from organisations.models import Delegation, Grant, Succession, Unit, UnitName, User


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
    lender_id       the key of the person who delegated, 0 likewise
    """

    role: str
    unit_id: UUID
    unit_path: str
    unit_name: str
    on_behalf_of: str = ""
    delegation_ref: str = ""
    lender_id: int = 0

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


def unit_facts_of(
    units: Iterable[Unit], on: date, *, ended_too: bool = False
) -> dict[UUID, UnitFacts]:
    """Return facts by unit id, in one query for all. Raises as unit_facts_on.

    ended_too  a unit that has ended by the day is told as it was on its last day
    """
    units = list(units)
    named = in_force(on)
    if ended_too:
        named |= Q(unit__valid_to__lt=on, valid_to=F("unit__valid_to"))
    rows = UnitName.objects.filter(named, unit__in=units).annotate(
        parent_name=_parent_name(on, "name"), parent_short_name=_parent_name(on, "short_name")
    )
    names = {row.unit_id: row for row in rows}
    facts = {}
    for unit in units:
        if unit.pk not in names:
            raise UnitNotInForceError(unit.code, on)
        name = names[unit.pk]
        facts[unit.pk] = UnitFacts(
            unit_id=unit.pk,
            code=unit.code,
            type=unit.type,
            name=name.name,
            short_name=name.short_name,
            symbol=name.symbol,
            place=name.place,
            parent_name=name.parent_name or "",
            parent_short_name=name.parent_short_name or "",
        )
    return facts


def _parent_name(on: date, field: str) -> Subquery:
    """Return what the parent of a name was called: on the day, or when the name itself ended."""
    above = UnitName.objects.filter(unit=OuterRef("parent_id"), valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on) | Q(valid_to__gte=OuterRef("valid_to"))
    )
    return Subquery(above.order_by("valid_from").values(field)[:1])


def place_on(unit: Unit, on: date) -> str:
    """Return where the unit's papers of the day are dated at; "" on a day without a name."""
    name = unit.names.filter(in_force(on)).first()
    return name.place if name else ""


def units_below(unit: Unit, on: date) -> QuerySet[Unit]:
    """Return the unit itself and all units under it that existed on the day, in tree order."""
    return Unit.objects.filter(in_force(on), path__startswith=unit.path)


def members_of(group: Unit, on: date) -> list[UnitName]:
    """Return the names, on a day, of the units that are in an emulation group then; one query."""
    names = UnitName.objects.filter(
        in_force(on), in_force(on, "unit__groups__"), unit__groups__group=group
    )
    return list(names.select_related("unit").order_by("unit__path"))


def dissolved_on(unit: Unit, today: date) -> date | None:
    """Return the first day without the unit where it has ended by `today`, else None."""
    if unit.valid_to is None or unit.valid_to >= today:
        return None
    return unit.valid_to + timedelta(days=1)


def heirs_of(units: Iterable[Unit], on: date) -> dict[UUID, list[Unit]]:
    """Return, by unit id, who stands in each unit's place on a day, in tree order.

    A unit that exists stands for itself; for one that has ended, its successors do, and theirs.
    The list is empty where the line ends without a successor, and longer than one where a unit
    was split: which of them took over, a person says. One query for each step of the longest
    line, whatever the number of units.
    """
    wanted = {unit.pk: unit for unit in units}
    heirs: dict[UUID, dict[UUID, Unit]] = {key: {} for key in wanted}
    front: dict[UUID, set[UUID]] = {}
    for key, unit in wanted.items():
        if dissolved_on(unit, on):
            front[key] = {key}
        else:
            heirs[key][key] = unit
    while open_ends := set().union(*front.values()):
        front = _one_step(front, _successors(open_ends), heirs, on)
    return {key: sorted(found.values(), key=lambda unit: unit.path) for key, found in heirs.items()}


def _successors(predecessors: set[UUID]) -> dict[UUID, list[Unit]]:
    found: dict[UUID, list[Unit]] = {}
    rows = Succession.objects.filter(predecessor__in=predecessors).select_related("successor")
    for row in rows:
        found.setdefault(row.predecessor_id, []).append(row.successor)
    return found


def _one_step(
    front: Mapping[UUID, set[UUID]],
    successors: Mapping[UUID, list[Unit]],
    heirs: Mapping[UUID, dict[UUID, Unit]],
    on: date,
) -> dict[UUID, set[UUID]]:
    """Go one step down each line: who exists is an heir, who has ended is asked in turn."""
    further: dict[UUID, set[UUID]] = {}
    for key, ends in front.items():
        for successor in (unit for end in ends for unit in successors.get(end, [])):
            if dissolved_on(successor, on):
                further.setdefault(key, set()).add(successor.pk)
            else:
                heirs[key][successor.pk] = successor
    return further


def successors_on(unit: Unit, on: date) -> list[Unit]:
    """Return who stands in one unit's place on a day; see heirs_of."""
    return heirs_of([unit], on)[unit.pk]


def names_on(units: Iterable[Unit], on: date) -> list[str]:
    """Return what units are called on a day, in the order given; one query."""
    units = list(units)
    facts = unit_facts_of(units, on, ended_too=True)
    return [facts[unit.pk].name for unit in units]


def borne_once(name: str, on: date) -> Unit | None:
    """Return the unit that was called exactly so, and is not on the day; None where one is.

    For telling that a text names a body of former days. Where several once bore the name, the
    one that bore it last.
    """
    rows = UnitName.objects.filter(name=name, valid_from__lte=on).select_related("unit")
    found = list(rows.order_by("valid_from"))
    if not found or any(row.valid_to is None or row.valid_to >= on for row in found):
        return None
    return found[-1].unit


_HELD = (
    "role",
    "unit_id",
    "unit__path",
    "unit__names__name",
    "valid_from",
    "valid_to",
    "unit__valid_from",
    "unit__valid_to",
    "unit__names__valid_from",
    "unit__names__valid_to",
)
"""What a mandate is read from: its words, then three periods that have to hold on the day."""
_LENT = (*(f"grant__{path}" for path in _HELD), "valid_from", "valid_to")


def mandates_of(user: User, on: date) -> tuple[Mandate, ...]:
    """Return everything the person may act as on a day, own roles first; two queries.

    Somebody inactive has none, neither have those to whom somebody inactive delegated; a role
    at a unit that has ended counts no more, nor at one without a name on the day. A revoked delegation is gone at once, also when
    asked about a day before the revocation.
    """
    if not user.is_active:
        return ()
    # Every page asks this. A person's rows are few, and to look at their days here takes a third
    # of the time that putting the conditions into the statements does.
    grants = Grant.objects.filter(user=user, user__is_active=True)
    delegations = Delegation.objects.filter(
        to_user=user,
        to_user__is_active=True,
        grant__user__is_active=True,
        revoked_at__isnull=True,
    )
    own = grants.order_by("role", "unit__path").values_list(*_HELD)
    lent = delegations.order_by("grant__role", "grant__unit__path", "document_number").values_list(
        *_LENT, "grant__user__full_name", "document_number", "grant__user_id"
    )
    return (
        *(Mandate(*row[:4]) for row in own if _hold(row[4:], on)),
        *(Mandate(*row[:4], *row[-3:]) for row in lent if _hold(row[4:-3], on)),
    )


def _hold(dates: Sequence[date | None], on: date) -> bool:
    """Say whether all periods, each a first and a last day or None, have begun and not ended."""
    return all(
        first is not None and first <= on and (last is None or last >= on)
        for first, last in zip(dates[::2], dates[1::2], strict=True)
    )


def people_with_role(role: str, unit: Unit, on: date) -> QuerySet[User]:
    """Return those who may act in the role at exactly this unit, own or delegated, by name."""
    return _acting(Grant.objects.filter(role=role, unit=unit), on)


def acting_in(roles: Iterable[str], on: date) -> list[tuple[str, str, int]]:
    """Return role, path of the unit and person for all who may act in some roles; two queries.

    Own roles and lent ones, as people_with_role tells of one role at one unit.
    """
    grants = Grant.objects.filter(
        in_force(on), in_force(on, "unit__"), role__in=set(roles), user__is_active=True
    )
    lent = Delegation.objects.filter(
        in_force(on), grant__in=grants, revoked_at__isnull=True, to_user__is_active=True
    )
    own = grants.values_list("role", "unit__path", "user_id")
    return [*own, *lent.values_list("grant__role", "grant__unit__path", "to_user_id")]


def people_with_role_below(role: str, path: str, on: date) -> QuerySet[User]:
    """Return those who may act in the role at a unit or in a section below it, by name."""
    return _acting(Grant.objects.filter(role=role, unit__path__startswith=path), on)


def _acting(among: QuerySet[Grant], on: date) -> QuerySet[User]:
    grants = among.filter(in_force(on), in_force(on, "unit__"), user__is_active=True)
    lent = Delegation.objects.filter(in_force(on), grant__in=grants, revoked_at__isnull=True)
    return User.objects.filter(
        Q(pk__in=grants.values("user")) | Q(pk__in=lent.values("to_user")), is_active=True
    ).order_by("full_name", "pk")
