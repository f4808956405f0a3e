"""The law that a dossier is judged by: pinned on its receipt, changed only by a named person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from campaigns.models import Regime
from campaigns.regimes import regime_on
from organisations.actors import Actor
from workflow.authority import Act, roles_of
from workflow.engine import Asked
from workflow.errors_dossiers import (
    DossierChangedError,
    DossierNotReceivedError,
    RegimeUnchangedError,
    RegimeUnknownError,
)
from workflow.errors_drafting import ValueMissingError
from workflow.models import Dossier, Nomination
from workflow.services.acting import act
from workflow.services.loading import lock_dossier, lock_nominations, require_desk_role
from workflow.services.nominees import tidy
from workflow.services.reckoning import reckon_nominations
from workflow.states import Desk

MAY_CHANGE = roles_of(Act.CHANGE_REGIME)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A set to be received: the regime of the day, and each with what its event says of it."""

    regime: Regime | None
    items: list[Asked]


def receipt_of(items: Sequence[Asked], dossiers: Iterable[Dossier], on: date) -> Receipt:
    """Return a set with the regime its event names: the dossier's own, else that of the day.

    dossiers  those that the set lies in, locked
    """
    regime = regime_on(on)
    keys = dict(Regime.objects.values_list("pk", "key"))
    received = {row.pk: keys.get(row.regime_id or 0, "") for row in dossiers if row.received_at}
    today = regime.key if regime else ""
    lying = Nomination.objects.filter(pk__in=[item.nomination_id for item in items])
    told = {
        pk: received.get(dossier, today) for pk, dossier in lying.values_list("pk", "dossier_id")
    }
    return Receipt(
        regime,
        [
            replace(item, data={**item.data, **_said(told.get(item.nomination_id, today), on)})
            for item in items
        ],
    )


def _said(key: str, on: date) -> dict[str, object]:
    return {"regime": key} if key else {"regime": "", "missing": [missing_regime(on)]}


def missing_regime(on: date) -> str:
    """Return how the log asks for the regime of a day that none covers."""
    return f"chế độ khen thưởng có hiệu lực ngày {on:%d/%m/%Y}"


@act
def change_regime(
    *, actor: Actor, dossier_id: UUID, expected_version: int, regime_key: str, reason: str
) -> Dossier:
    """Judge a received dossier by another regime, with the reason; return it.

    Decisions already taken keep the amounts they were taken with. Raises NotFoundError,
    DossierChangedError, AccessDeniedError, DossierNotReceivedError, RegimeUnknownError,
    RegimeUnchangedError, and ValueMissingError without a reason.
    """
    at = timezone.now()
    dossier = lock_dossier(dossier_id)
    mandate = require_desk_role(
        actor=actor,
        campaign_id=dossier.occasion.campaign_id,
        desk=Desk.APPRAISAL,
        roles=MAY_CHANGE,
        act=_("Đổi chế độ khen thưởng của hồ sơ"),
    )
    if dossier.version != expected_version:
        raise DossierChangedError(dossier.code)
    regime = _other_regime(dossier, regime_key)
    if not tidy(reason):
        raise ValueMissingError(_("Lý do"))
    before = dossier.regime.key if dossier.regime else ""
    dossier.regime = regime
    dossier.version += 1
    dossier.save(update_fields=["regime", "version"])
    keys = list(dossier.nominations.order_by("pk").values_list("pk", flat=True))
    lock_nominations(keys)
    reckon_nominations(keys)
    entry = Entry(
        stream=dossier.stream,
        action="dossier.regime_changed",
        subject=dossier.stream,
        before={"regime": before},
        after={"regime": regime.key},
        data={"code": dossier.code, "reason": tidy(reason)},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return dossier


def _other_regime(dossier: Dossier, key: str) -> Regime:
    """Return the regime to change to, or refuse."""
    if dossier.received_at is None:
        raise DossierNotReceivedError(dossier.code)
    regime = Regime.objects.filter(key=key).first()
    if regime is None:
        raise RegimeUnknownError(key, list(Regime.objects.values_list("key", flat=True)))
    if regime.pk == dossier.regime_id:
        raise RegimeUnchangedError(dossier.code, regime.name)
    return regime
