"""The quotas that a session's agenda falls under: how many places there are, and how many are left.

Only reads. A quota is the campaign's (docs/figures.md): a share of those considered. How many
those are, the session's secretary enters, in the plan's own words; nothing is counted in its stead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from campaigns.models import Quota, Rounding
from campaigns.scoring.quotas import Limit, Share, limit
from workflow.models import AgendaItem, CouncilSession, Nomination
from workflow.states import State

PASSED_STATES: Final = (
    State.REVIEWED,
    State.BEFORE_CHAIRMAN,
    State.AT_CENTRAL,
    State.AWARDED,
)
"""Where a nomination stands that a council has passed, until it is filed."""


@dataclass(frozen=True, slots=True)
class Places:
    """One quota at a session.

    considered  of how many the share is taken; None until it is entered, and so is limit
    taken       how many got there on this occasion before
    items       the keys of the items on the agenda that it is for
    """

    quota: Quota
    considered: int | None
    limit: Limit | None
    taken: int
    items: frozenset[int]

    @property
    def free(self) -> int | None:
        """Return how many places this session has; None where it is not known."""
        return None if self.limit is None else max(self.limit.most - self.taken, 0)

    @property
    def words(self) -> str:
        """Return how many places there are and how that came about, as minutes print it."""
        if self.limit is None:
            return ""
        taken = f", đã dùng {self.taken}" if self.taken else ""
        return f"{self.limit.most} ({self.limit.arithmetic}{taken})"


def places_of(session: CouncilSession, items: Iterable[AgendaItem]) -> list[Places]:
    """Return the quotas that items of the agenda fall under; two queries and one for each quota.

    A unit's council is under none: quotas are of the province's awards.
    """
    agenda = list(items)
    if session.dossier_id is not None or not agenda:
        return []
    rows = Quota.objects.filter(
        Q(occasion=session.occasion_id) | Q(occasion__isnull=True),
        campaign=session.occasion.campaign_id,
    )
    entered = dict(session.quotas.values_list("quota", "considered"))
    return [
        _places(session, quota, entered.get(quota.key), mine)
        for quota in rows.select_related("form").order_by("position")
        if (mine := [item for item in agenda if _is_for(quota, item.nomination)])
    ]


def _is_for(quota: Quota, row: Nomination) -> bool:
    return row.award_item.form_id == quota.form_id and row.nominee.kind == quota.kind


def _places(
    session: CouncilSession, quota: Quota, considered: int | None, items: Sequence[AgendaItem]
) -> Places:
    share = Share(quota.percent, Rounding(quota.rounding))
    before = Nomination.objects.filter(
        Q(state__in=PASSED_STATES)
        | Q(resume_to__in=PASSED_STATES)
        | Q(state=State.CLOSED, decision_item__awarded=True),
        dossier__occasion=session.occasion_id,
        award_item__form=quota.form_id,
        nominee__kind=quota.kind,
    )
    return Places(
        quota=quota,
        considered=considered,
        limit=None if considered is None else limit(share, considered),
        taken=before.count(),
        items=frozenset(item.pk for item in items),
    )
