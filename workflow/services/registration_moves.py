"""The one function that changes a registration's state, and what it loads and checks on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.engine import desk_paths
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_registration import RegistrationChangedError, RegistrationMoveError
from workflow.living import require_alive
from workflow.models import Registration
from workflow.permissions import mandate_for
from workflow.registration_states import REGISTRATION_MOVES, RegistrationMove, RegistrationState
from workflow.states import Desk


@dataclass(frozen=True, slots=True)
class Moved:
    """A registration as written, and by which mandate it was moved."""

    registration: Registration
    mandate: Mandate


def lock_registration(registration_id: UUID) -> Registration:
    """Return a registration locked, with its unit and round, or raise NotFoundError.

    Locked alone before it is loaded, as services.loading.lock_dossier.
    """
    rows = Registration.objects.filter(pk=registration_id)
    if rows.select_for_update(no_key=True).values_list("pk", flat=True).first() is None:
        raise NotFoundError
    return rows.select_related("unit", "round__campaign").get()


def check_registration_version(registration: Registration, expected_version: int) -> None:
    """Raise RegistrationChangedError where somebody has changed it since it was shown."""
    if registration.version != expected_version:
        raise RegistrationChangedError(
            changed_by=registration.changed_by, changed_at=registration.changed_at
        )


def registration_mandate(
    actor: Actor, registration: Registration, desk: Desk, roles: frozenset[Role]
) -> Mandate | None:
    """Return the mandate by which an actor may act at a desk on a registration, or None.

    Nothing that is nobody's, as in permissions.can: the unit itself, or the desk of the campaign.
    """
    path = registration.unit.path
    if desk is not Desk.UNIT:
        campaign_id = registration.round.campaign_id
        return mandate_for(
            actor, desk, roles, desk_paths([campaign_id]).get(campaign_id, {}).get(desk)
        )
    return mandate_for(actor, Desk.UNIT, roles, path)


def move_registration(
    *,
    actor: Actor,
    name: str,
    registration_id: UUID,
    expected_version: int,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Moved:
    """Move one registration inside the caller's transaction and return it as written.

    Steps: load and lock, check the version, the authority, the transition, write, record.
    Raises NotFoundError, RegistrationChangedError, UnitDissolvedError, AccessDeniedError,
    RegistrationMoveError; nothing is written then.
    """
    move = REGISTRATION_MOVES[name]
    registration = lock_registration(registration_id)
    check_registration_version(registration, expected_version)
    if move.desk is Desk.UNIT:
        require_alive(registration.unit, timezone.localdate(at))
    mandate = _authority(actor, move, registration)
    state = RegistrationState(registration.state)
    if state not in move.sources:
        raise RegistrationMoveError(act=move.label, state=state.label)
    registration.state = move.target
    registration.version += 1
    registration.changed_at, registration.changed_by = at, actor.name
    if move.name == "submit" and registration.submitted_at is None:
        registration.submitted_at = at
        registration.late_by = _late_by(registration, at)
    registration.save()
    entry = Entry(
        stream=registration.stream,
        action=move.event,
        subject=registration.stream,
        before={"state": state.value, "version": registration.version - 1},
        after={"state": registration.state, "version": registration.version},
        data=dict(data or {}),
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return Moved(registration, mandate)


def _authority(actor: Actor, move: RegistrationMove, registration: Registration) -> Mandate:
    mandate = registration_mandate(actor, registration, move.desk, move.roles)
    if mandate is None:
        roles = ", ".join(sorted(str(role.label) for role in move.roles))
        raise AccessDeniedError(
            act=str(move.label),
            why=_("Việc này của: %(roles)s, tại cơ quan đang giữ bản đăng ký.") % {"roles": roles},
        )
    return mandate


def _late_by(registration: Registration, at: datetime) -> int:
    """Return by how many days it comes after the round's last day; 0 where that is not known."""
    due_on = registration.round.due_on
    return max(0, (timezone.localdate(at) - due_on).days) if due_on else 0
