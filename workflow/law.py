"""What the law that a dossier is pinned to says of its nominations: votes, terms, what is missing.

Only reads. The sayings themselves, with clause and mark, are the campaigns' (docs/regimes.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from campaigns.models import Clock, Council, Regime, Threshold
from campaigns.regimes import form_keys
from campaigns.sayings import RegimeSayings, sayings_of
from workflow.models import Nomination

AWARD_KIND: Final = "chuyên đề"
"""A movement's awards are of this kind (NĐ 152/2025/NĐ-CP, Điều 4.3 sets them apart)."""


@dataclass(frozen=True)
class Law:
    """The law of a set of nominations, loaded once for all of them."""

    sayings: Mapping[int, RegimeSayings]
    keys: Mapping[UUID, str]

    def of(self, nomination: Nomination) -> RegimeSayings | None:
        """Return what the dossier's regime says; None where it is pinned to none."""
        return self.sayings.get(nomination.dossier.regime_id or 0)

    def form_key(self, nomination: Nomination) -> str:
        """Return under which key regimes speak of the form of award; "" where they do not."""
        return self.keys[nomination.award_item.form_id]

    def threshold(self, nomination: Nomination) -> Threshold | None:
        """Return what the regime says of the province's vote on this form of award."""
        said = self.of(nomination)
        return said.threshold(self.form_key(nomination), Council.PROVINCE) if said else None

    def clock(self, nomination: Nomination, key: str) -> Clock | None:
        """Return one of the regime's clocks, where it is for this form of award."""
        said = self.of(nomination)
        clock = said.clock(key) if said else None
        if clock and clock.forms and self.form_key(nomination) not in clock.forms:
            return None
        return clock


def law_of(nominations: Iterable[Nomination]) -> Law:
    """Return the law of nominations; at most six queries whatever their number."""
    rows = list(nominations)
    pinned = {row.dossier.regime_id for row in rows if row.dossier.regime_id}
    found = sayings_of(Regime.objects.filter(pk__in=pinned)) if pinned else []
    forms = {row.award_item.form_id: row.award_item.form for row in rows}
    return Law({each.regime.pk: each for each in found}, form_keys(forms.values()))
