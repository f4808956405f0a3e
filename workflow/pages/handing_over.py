"""What waits for hand-over: dossiers and desks of bodies that are no more, by whom they may go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Desk as DeskRow
from organisations.actors import Actor
from organisations.models import Grant, Role, Unit
from organisations.queries import heirs_of, in_force, names_on
from workflow.models import Dossier
from workflow.pages.units import require_reader
from workflow.services.handing_over import HEADS
from workflow.states import FINAL_STATES, HOLDERS, Desk

DESK_KEEPERS = (Role.ADMINISTRATOR, Role.BOARD_SECRETARY)
Choice = tuple[UUID, str]


@dataclass(frozen=True)
class Ended:
    """A dissolved body and who took over from it, by name; a person chooses among several."""

    unit: Unit
    name: str
    heirs: list[Choice]


@dataclass(frozen=True)
class WaitingDossiers:
    """The dossiers of one dissolved body, and whether this person may hand them over.

    missing  sentences: the roles that nobody holds at a successor today
    """

    ended: Ended
    dossiers: list[Dossier]
    may: bool
    missing: list[str]


@dataclass(frozen=True)
class WaitingDesk:
    """A desk of a campaign whose body is no more."""

    ended: Ended
    desk: DeskRow
    may: bool
    missing: list[str]


@dataclass(frozen=True)
class HandOverPage:
    """Everything that waits, as this person sees it."""

    dossiers: list[WaitingDossiers]
    desks: list[WaitingDesk]

    @property
    def empty(self) -> bool:
        """Return whether nothing waits."""
        return not self.dossiers and not self.desks


def hand_over_page(actor: Actor, today: date) -> HandOverPage:
    """Return what waits for hand-over; the cost does not depend on how much that is.

    Heads see what may come to their unit, everybody else who reads the tree sees all below their
    own. Raises NotFoundError.
    """
    require_reader(actor)
    dossiers, desks = list(_dossiers(today)), list(_desks(today))
    units = {row.unit_id: row.unit for row in dossiers}
    units |= {row.unit_id: row.unit for row in desks if row.unit_id and row.unit}
    heirs = heirs_of(units.values(), today)
    ended = _ended(units, heirs, today)
    held = _held(heirs, today)
    keeps = bool(actor.mandates_as(*DESK_KEEPERS))
    grouped: dict[UUID, list[Dossier]] = {}
    for row in dossiers:
        if _sees(actor, row.unit, heirs[row.unit_id]):
            grouped.setdefault(row.unit_id, []).append(row)
    return HandOverPage(
        dossiers=[
            WaitingDossiers(
                ended[key],
                rows,
                _may(actor, units[key], heirs[key]),
                _missing(ended[key], Desk.UNIT, held),
            )
            for key, rows in grouped.items()
        ],
        desks=[
            WaitingDesk(
                ended[row.unit_id],
                row,
                keeps,
                _missing(ended[row.unit_id], Desk(row.desk), held),
            )
            for row in desks
            if row.unit_id and row.unit and (keeps or _sees(actor, row.unit, heirs[row.unit_id]))
        ],
    )


def waiting_dossiers(today: date) -> int:
    """Return how many dossiers of dissolved bodies are not finished."""
    return _dossiers(today).count()


def _dossiers(today: date) -> QuerySet[Dossier]:
    return (
        Dossier.objects.filter(unit__valid_to__lt=today)
        .annotate(open_count=Count("nominations", filter=~Q(nominations__state__in=FINAL_STATES)))
        .filter(open_count__gt=0)
        .select_related("unit", "occasion__campaign")
        .order_by("unit__path", "code")
    )


def _desks(today: date) -> QuerySet[DeskRow]:
    return (
        DeskRow.objects.filter(unit__valid_to__lt=today)
        .select_related("unit", "campaign")
        .order_by("campaign__name", "desk")
    )


def _sees(actor: Actor, unit: Unit, heirs: Iterable[Unit]) -> bool:
    paths = [unit.path, *(heir.path for heir in heirs)]
    return any(held.covers(path) for held in actor.mandates for path in paths)


def _may(actor: Actor, unit: Unit, heirs: Sequence[Unit]) -> bool:
    if actor.mandate_over(unit.path, Role.ADMINISTRATOR):
        return True
    own = {heir.pk for heir in heirs}
    return any(held.unit_id in own for held in actor.mandates_as(*HEADS))


def _ended(
    units: dict[UUID, Unit], heirs: dict[UUID, list[Unit]], today: date
) -> dict[UUID, Ended]:
    everybody = {heir.pk: heir for found in heirs.values() for heir in found}
    names = dict(zip(units, names_on(units.values(), today), strict=True))
    heir_names = dict(zip(everybody, names_on(everybody.values(), today), strict=True))
    return {
        key: Ended(unit, names[key], [(heir.pk, heir_names[heir.pk]) for heir in heirs[key]])
        for key, unit in units.items()
    }


def _held(heirs: dict[UUID, list[Unit]], today: date) -> set[tuple[UUID, str]]:
    """Return the roles that somebody holds at each successor."""
    everybody = {heir.pk for found in heirs.values() for heir in found}
    grants = Grant.objects.filter(in_force(today), unit__in=everybody, user__is_active=True)
    return set(grants.values_list("unit_id", "role").distinct())


def _missing(ended: Ended, desk: Desk, held: set[tuple[UUID, str]]) -> list[str]:
    """Return, for each successor that lacks any, the roles of a desk that nobody holds there."""
    roles = sorted({holder.role for holder in HOLDERS.values() if holder.desk is desk})
    sentences = []
    for key, name in ended.heirs:
        lacking = [str(role.label) for role in roles if (key, role.value) not in held]
        if lacking:
            words = {"unit": name, "roles": ", ".join(lacking)}
            sentences.append(_("%(unit)s: chưa có ai làm %(roles)s.") % words)
    return sentences
