"""What services load before they act: locked rows, and the mandate a person acts by."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit
from workflow.engine import desk_paths
from workflow.errors import AccessDeniedError, MixedSetError, NotFoundError, NothingChosenError
from workflow.models import Dossier, Nomination
from workflow.permissions import mandate_for
from workflow.states import Desk

LOADED = ("nominee", "award_item__form", "dossier__unit", "dossier__occasion__campaign")


def lock_dossier(dossier_id: UUID) -> Dossier:
    """Return a dossier locked, or raise NotFoundError.

    Locks go downwards: a dossier before its nominations.
    """
    row = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit", "occasion__campaign")
        .filter(pk=dossier_id)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def lock_nomination(nomination_id: UUID) -> Nomination:
    """Return a nomination locked, with its dossier and nominee, or raise NotFoundError."""
    row = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related(*LOADED)
        .filter(pk=nomination_id)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def require_unit_role(*, actor: Actor, unit: Unit, roles: frozenset[Role], act: str) -> Mandate:
    """Return the actor's mandate with one of the roles in this very unit.

    Raises AccessDeniedError, naming the act in the reader's language.
    """
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


def one_set(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Return a set that can go by one letter, in the order of the list it prints.

    Raises NothingChosenError, or MixedSetError where occasions or authorities differ.
    """
    rows = sorted(nominations, key=lambda row: (row.dossier.unit.path, row.created_at, row.pk))
    if not rows:
        raise NothingChosenError
    if len({row.dossier.occasion_id for row in rows}) > 1:
        raise MixedSetError(_("Danh sách có đề nghị của nhiều đợt xét khác nhau."))
    if len({row.dossier.authority for row in rows}) > 1:
        raise MixedSetError(_("Danh sách có đề nghị thuộc nhiều cấp quyết định khác nhau."))
    return rows
