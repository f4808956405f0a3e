"""Finished dossiers on their way to the archive: whose they are, which wait, until when.

NĐ 30/2020/NĐ-CP, Điều 30, khoản 2, điểm b: within a year of the day on which the work ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from campaigns.models import Decider
from campaigns.models import Desk as DeskRow
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.models import ArchivedDossier, ArchiveTransfer, Dossier, Nomination
from workflow.permissions import mandate_for
from workflow.queries import path_prefixes
from workflow.states import FINAL_STATES, Desk

KEEPERS: Final = frozenset({Role.BOARD_SECRETARY.value, Role.UNIT_CLERK.value})
"""Who files dossiers, and so hands them on: at the council; or in the unit whose head decided."""
READERS: Final = KEEPERS | {Role.DOCUMENT_CLERK.value, Role.AUDITOR.value}
LEAP_DAY: Final = (2, 29)


def keeper_among(
    actor: Actor, dossier: Dossier, paths: Mapping[UUID, Mapping[Desk, str]]
) -> Mandate | None:
    """Return the mandate by which a person files a dossier. paths: those of engine.desk_paths."""
    if dossier.authority == Decider.UNIT_HEAD:
        clerks = frozenset({Role.UNIT_CLERK})
        return mandate_for(actor, Desk.UNIT, clerks, dossier.unit.path)
    path = paths.get(dossier.occasion.campaign_id, {}).get(Desk.BOARD)
    return mandate_for(actor, Desk.BOARD, frozenset({Role.BOARD_SECRETARY}), path)


def waiting_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the finished dossiers that a person files and that are on no list, oldest first.

    Each with `ended`, the moment its last work was closed.
    """
    kept = Q(pk__in=[])
    for mandate in actor.mandates_as(*KEEPERS):
        if mandate.role == Role.UNIT_CLERK:
            kept |= Q(authority=Decider.UNIT_HEAD, unit__path=mandate.unit_path)
        else:
            desks = DeskRow.objects.filter(
                desk=Desk.BOARD, unit__path__in=path_prefixes(mandate.unit_path)
            )
            kept |= ~Q(authority=Decider.UNIT_HEAD) & Q(
                occasion__campaign__in=desks.values("campaign")
            )
    return finished().filter(kept)


def finished() -> QuerySet[Dossier]:
    """Return dossiers in which everything has ended and that are on no list.

    With `ended`, the longest ended first.
    """
    under_way = Nomination.objects.filter(dossier=OuterRef("pk")).exclude(state__in=FINAL_STATES)
    listed = ArchivedDossier.objects.filter(dossier=OuterRef("pk"), live=True)
    return (
        Dossier.objects.filter(~Exists(under_way), ~Exists(listed))
        .annotate(ended=Max("nominations__work_items__closed_at"))
        .filter(ended__isnull=False)
        .select_related("unit", "occasion__campaign")
        .order_by("ended", "code")
    )


def ended_at(dossier: Dossier) -> datetime:
    """Return when the last work of a dossier was closed, as `finished` read it."""
    return dossier.ended  # type: ignore[attr-defined,no-any-return]  # annotated there


def days_of(dossier: Dossier, ended: datetime) -> tuple[date, date]:
    """Return the first and the last local day of a dossier."""
    return timezone.localdate(dossier.created_at), timezone.localdate(ended)


def due_for_archive(last: date) -> date:
    """Return the last day to hand over what ended on a day: the same day a year later."""
    if (last.month, last.day) == LEAP_DAY:
        return date(last.year + 1, 2, 28)
    return last.replace(year=last.year + 1)


def visible_transfers(actor: Actor) -> QuerySet[ArchiveTransfer]:
    """Return the lists of bodies in which a person files, keeps the books, or audits."""
    seen = Q(pk__in=[])
    for mandate in actor.mandates_as(*READERS):
        seen |= (
            Q(unit__path__startswith=mandate.unit_path)
            if mandate.role == Role.AUDITOR
            else Q(unit=mandate.unit_id)
        )
    return ArchiveTransfer.objects.filter(seen).select_related("unit", "campaign")


def access_transfer(actor: Actor, transfer_id: UUID) -> ArchiveTransfer:
    """Return a list that a person may read, or raise NotFoundError."""
    found = visible_transfers(actor).filter(pk=transfer_id).first()
    if found is None:
        raise NotFoundError
    return found


def chosen(actor: Actor, ids: Iterable[UUID]) -> list[Dossier]:
    """Return those of the waiting dossiers that were picked, as a list reads: by code."""
    return list(waiting_dossiers(actor).filter(pk__in=set(ids)).order_by("code"))
