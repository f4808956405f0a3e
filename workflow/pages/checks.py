"""The public page behind the QR code: how far a dossier has come, and a name half covered.

Nothing else is told: who holds the paper compares, who does not learns nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.queries import names_on
from workflow.errors import NotFoundError
from workflow.models import PublicCheck
from workflow.states import State

COVER: Final = "•"
WITH_UNIT: Final = _("Đơn vị đang lập hồ sơ")
IN_HAND: Final = _("Đang được xem xét")
AWARDED: Final = _("Đã có quyết định khen thưởng")
ENDED: Final = _("Đã kết thúc, không có quyết định khen thưởng")
REVOKED: Final = _("Quyết định khen thưởng đã bị hủy bỏ")
WORDS: Final[dict[State, Promise]] = {
    **dict.fromkeys(State, IN_HAND),
    State.DRAFT: WITH_UNIT,
    State.PREPARED: WITH_UNIT,
    State.AWARDED: AWARDED,
    State.NOT_AWARDED: ENDED,
    State.INELIGIBLE: ENDED,
    State.NOT_PASSED: ENDED,
    State.WITHDRAWN: ENDED,
    State.REVOKED: REVOKED,
}
"""Five words for all states: at whose desk a case lies, and why it was refused, is nobody's
business but the parties'. CLOSED is told apart below, for an award is filed as a refusal is."""


@dataclass(frozen=True)
class Checked:
    """What the page shows: of one nomination, or of a whole dossier; name: half covered."""

    status: str
    name: str
    whole: bool


def checked(token: str) -> Checked:
    """Return what the address leads to. Raises NotFoundError for an unknown one."""
    found = (
        PublicCheck.objects.filter(token=token)
        .select_related("dossier__unit", "nomination__nominee")
        .first()
    )
    if found is None:
        raise NotFoundError
    rows = found.dossier.nominations.all()
    if found.nomination is not None:
        rows = rows.filter(pk=found.nomination.pk)
        name = found.nomination.nominee.name
    else:
        [name] = names_on([found.dossier.unit], timezone.localdate())
    awarded = rows.filter(decision_item__awarded=True).exists()
    states = {State(state) for state in rows.values_list("state", flat=True)}
    return Checked(status_of(states, awarded=awarded), masked(name), found.nomination is None)


def status_of(states: Collection[State], *, awarded: bool) -> str:
    """Return the one word for nominations in these states; awarded: a decision awards one."""
    closed = AWARDED if awarded else ENDED
    words = {closed if state is State.CLOSED else WORDS[state] for state in states}
    for word in (IN_HAND, WITH_UNIT, AWARDED, REVOKED):
        if word in words:
            return str(word)
    return str(ENDED)


def masked(name: str) -> str:
    """Return “N••••• T•• Á••” of “Nguyễn Thị Ánh”: the first letter of each word."""
    return " ".join(word[0] + COVER * (len(word) - 1) for word in name.split())
