"""What asking for opinions and putting up notices share: whom it is about, and by which mandate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from audit.services import Entry, Who, record_many
from organisations.actors import Actor, Mandate
from workflow.authority import Act
from workflow.conflicts import is_own_case
from workflow.consulting_states import ConsultingMove, NoticeState, OpinionState
from workflow.engine import check_version, desk_paths
from workflow.errors import AccessDeniedError
from workflow.errors_consulting import (
    ConsultingChangedError,
    ConsultingMoveError,
    ConsultingNotOpenError,
)
from workflow.models import Nomination, OpinionRequest, PublicNotice
from workflow.papers.letterhead import Issuer
from workflow.papers.requests import dossiers_of
from workflow.permissions import CONSULTERS, CONSULTING_ROLES, can_do, own_case
from workflow.services.loading import (
    issuer_for,
    lock_dossiers_of,
    lock_nominations,
    one_set,
    require,
    require_desk_role,
    require_desk_unit,
)
from workflow.states import Desk, State

UNSETTLED = frozenset({OpinionState.WAITING.value, NoticeState.RUNNING.value})
Held = OpinionRequest | PublicNotice
H = TypeVar("H", OpinionRequest, PublicNotice)


@dataclass(frozen=True, slots=True)
class Consulted:
    """A set at one desk, in the order of its list, and by which mandate it is dealt with."""

    nominations: list[Nomination]
    desk: Desk
    mandate: Mandate


def lock_consulted(actor: Actor, versions: Mapping[UUID, int], act: str) -> Consulted:
    """Lock a set of one occasion and authority that lies at one desk, and check who deals with it.

    Dossiers before nominations, each in the order of their keys. Raises NothingChosenError,
    NotFoundError, NominationChangedError, MixedSetError, ConsultingNotOpenError and
    AccessDeniedError.
    """
    lock_dossiers_of(versions)
    nominations = one_set(lock_nominations(versions))
    campaign_id = nominations[0].dossier.occasion.campaign_id
    paths = desk_paths([campaign_id]).get(campaign_id, {})
    found: Mandate | None = None
    for row in nominations:
        check_version(row, versions[row.pk])
        mandate = require(can_do(actor, Act.CONSULT, row, paths), act)
        found = found or mandate
    desks = {CONSULTERS[State(row.state)][0] for row in nominations}
    if len(desks) > 1 or found is None:
        raise ConsultingNotOpenError(
            name=nominations[-1].nominee.name, state=State(nominations[-1].state).label
        )
    return Consulted(nominations, desks.pop(), found)


def lock_held(held: H, actor: Actor, move: ConsultingMove, version: int) -> tuple[H, Mandate]:
    """Lock the nominations of a request or notice, then itself; check version, authority, state.

    Whoever writes the vote locks the same nominations first, so an objection is either seen by it
    or too late. Raises ConsultingChangedError, AccessDeniedError and ConsultingMoveError.
    """
    about = list(held.items.values_list("nomination_id", flat=True))
    lock_dossiers_of(about)
    nominations = lock_nominations(about)
    locked = type(held).objects.select_for_update(no_key=True, of=("self",)).get(pk=held.pk)
    if locked.version != version:
        raise ConsultingChangedError(changed_by=locked.changed_by, changed_at=locked.changed_at)
    mandate = desk_mandate(actor, locked, str(move.label))
    if any(is_own_case(actor, mandate, row) for row in nominations):
        raise AccessDeniedError(act=str(move.label), why=own_case())
    if locked.state not in move.sources:
        raise ConsultingMoveError(act=move.label, state=locked.get_state_display())
    return locked, mandate


def desk_mandate(actor: Actor, held: Held, act: str) -> Mandate:
    """Return the mandate by which an actor deals with what a desk began, or raise AccessDeniedError."""
    desk = Desk(held.desk)
    return require_desk_role(
        actor=actor,
        campaign_id=held.occasion.campaign_id,
        desk=desk,
        roles=CONSULTING_ROLES[desk],
        act=act,
    )


def write_move(held: Held, actor: Actor, move: ConsultingMove, at: datetime) -> None:
    """Write where a locked request or notice stands after an act, as a new version."""
    held.state = move.target
    held.version += 1
    held.changed_at, held.changed_by = at, actor.name
    if held.state not in UNSETTLED:
        held.settled_at = at
    held.save()


def record_in_dossiers(
    *, who: Who, entry: Entry, nominations: Iterable[Nomination], at: datetime
) -> None:
    """Record one event in the chain of each dossier concerned, in the order of their names.

    entry  as it is told in each; its own stream says nothing
    """
    dossiers = sorted(dossiers_of(nominations), key=lambda dossier: dossier.stream)
    entries = [replace(entry, stream=one.stream) for one in dossiers]
    record_many(who=who, entries=entries, at=at)


def desk_issuer(consulted: Consulted, at: datetime) -> Issuer:
    """Return the head of the desk's unit as the signer of its letter."""
    campaign = consulted.nominations[0].dossier.occasion.campaign
    unit = require_desk_unit(campaign, consulted.desk)
    return issuer_for(unit, consulted.desk, timezone.localdate(at))
