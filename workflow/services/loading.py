"""What services load before they act: locked rows, and the mandate a person acts by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.queries import desk_unit
from organisations.actors import Actor, Mandate, actor_for
from organisations.models import Role, Unit
from organisations.queries import people_with_role, unit_facts_on
from workflow.engine import desk_paths
from workflow.errors import (
    AccessDeniedError,
    DeskEmptyError,
    MixedSetError,
    NotFoundError,
    NothingChosenError,
    SignerMissingError,
)
from workflow.living import require_alive
from workflow.models import Dossier, Nomination
from workflow.papers.letterhead import Issuer, issuer
from workflow.permissions import Decision, mandate_for
from workflow.states import Desk

LOADED = (
    "nominee__unit",
    "subject_kind",
    "award_item__form",
    "field",
    "decision_item",
    "dossier__unit",
    "dossier__regime",
    "dossier__occasion__campaign",
)


def lock_dossier(dossier_id: UUID) -> Dossier:
    """Return a dossier locked, or raise NotFoundError.

    Locks go downwards: a dossier before its nominations. It is locked alone before it is loaded:
    joined to its unit it would be lost where a hand-over changed the unit while this waited.
    """
    rows = Dossier.objects.filter(pk=dossier_id)
    locked = rows.select_for_update(no_key=True).values_list("pk", flat=True).first()
    if locked is None:
        raise NotFoundError
    return rows.select_related("unit", "occasion__campaign").get()


def lock_dossiers_of(nomination_ids: Iterable[UUID]) -> list[Dossier]:
    """Return the dossiers that nominations lie in, locked in the order of their keys."""
    lying = Nomination.objects.filter(pk__in=list(nomination_ids)).values("dossier")
    return list(Dossier.objects.select_for_update(no_key=True).filter(pk__in=lying).order_by("pk"))


def lock_nomination(nomination_id: UUID) -> Nomination:
    """Return a nomination locked, with its dossier and nominee, or raise NotFoundError."""
    row = (
        Nomination.objects.select_for_update(no_key=True, of=("self",))
        .select_related(*LOADED)
        .filter(pk=nomination_id)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def require_unit_role(*, actor: Actor, unit: Unit, roles: frozenset[Role], act: str) -> Mandate:
    """Return the actor's mandate with one of the roles in this very unit.

    Raises UnitDissolvedError where the unit is no more, naming who took over, else
    AccessDeniedError, naming the act in the reader's language.
    """
    require_alive(unit, timezone.localdate())
    mandate = mandate_for(actor, Desk.UNIT, roles, unit.path)
    if mandate is None:
        raise AccessDeniedError(
            act=act, why=_("Việc này của người được phân công tại chính đơn vị lập hồ sơ.")
        )
    return mandate


def require_desk_role(
    *, actor: Actor, campaign_id: UUID, desk: Desk, roles: frozenset[Role], act: str
) -> Mandate:
    """Return the actor's mandate with one of the roles at a desk of a campaign.

    Raises AccessDeniedError, naming the act in the reader's language.
    """
    path = desk_paths([campaign_id]).get(campaign_id, {}).get(desk)
    mandate = mandate_for(actor, desk, roles, path)
    if mandate is None:
        raise AccessDeniedError(
            act=act, why=_("Việc này của cơ quan được phân công trong phong trào.")
        )
    return mandate


def one_occasion(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Return a set of one occasion, in the order of the list it prints.

    Raises NothingChosenError, or MixedSetError where occasions differ.
    """
    rows = sorted(nominations, key=lambda row: (row.dossier.unit.path, row.created_at, row.pk))
    if not rows:
        raise NothingChosenError
    if len({row.dossier.occasion_id for row in rows}) > 1:
        raise MixedSetError(_("Danh sách có đề nghị của nhiều đợt xét khác nhau."))
    return rows


def one_set(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Return a set that can go by one letter: one occasion, one deciding authority.

    Raises as one_occasion, and MixedSetError where authorities differ.
    """
    rows = one_occasion(nominations)
    if len({row.dossier.authority for row in rows}) > 1:
        raise MixedSetError(_("Danh sách có đề nghị thuộc nhiều cấp quyết định khác nhau."))
    return rows


def lock_nominations(ids: Iterable[UUID]) -> list[Nomination]:
    """Return nominations locked in the order of their keys; raises NotFoundError if one is not.

    For services that fire a set in more than one move: the locks are then taken in one order.
    """
    wanted = list(ids)
    rows = list(
        Nomination.objects.select_for_update(no_key=True, of=("self",))
        .select_related(*LOADED)
        .filter(pk__in=wanted)
        .order_by("pk")
    )
    if len(rows) != len(set(wanted)):
        raise NotFoundError
    return rows


def require(decision: Decision, act_name: str) -> Mandate:
    """Return the mandate that a decision names, or raise AccessDeniedError."""
    if decision.mandate is None:
        raise AccessDeniedError(act=act_name, why=decision.why)
    return decision.mandate


def touch(nomination: Nomination, actor: Actor, at: datetime) -> None:
    """Make a new version: whoever looked at the old one has not seen what is judged now."""
    nomination.version += 1
    nomination.changed_at = at
    nomination.changed_by = actor.name
    nomination.save(update_fields=["version", "changed_at", "changed_by"])


def require_desk_unit(campaign: Campaign, desk: Desk) -> Unit:
    """Return the unit at a desk of a campaign, or raise DeskEmptyError."""
    unit = desk_unit(campaign, desk)
    if unit is None:
        raise DeskEmptyError(desk)
    return unit


HEADS = {
    Desk.UNIT: Role.UNIT_HEAD,
    Desk.APPRAISAL: Role.DEPARTMENT_HEAD,
    Desk.BOARD: Role.BOARD_HEAD,
    Desk.DECISION: Role.CHAIRMAN,
}
"""Who signs for a desk when somebody else at it has acted."""


def issuer_as(actor: Actor, mandate: Mandate, on: date) -> Issuer:
    """Return the actor as the signer of a paper of the unit that his mandate is held at."""
    return issuer(unit=Unit.objects.get(pk=mandate.unit_id), signer=actor, mandate=mandate, on=on)


def issuer_for(unit: Unit, desk: Desk, on: date) -> Issuer:
    """Return the head of a unit as signer of its paper; raises SignerMissingError without one."""
    role = HEADS[desk]
    for person in people_with_role(role, unit, on):
        signer = actor_for(person, on)
        mandate = next((m for m in signer.mandates_as(role) if m.unit_id == unit.pk), None)
        if mandate is not None:
            return issuer(unit=unit, signer=signer, mandate=mandate, on=on)
    raise SignerMissingError(unit=unit_facts_on(unit, on).name, role=str(role.label))
