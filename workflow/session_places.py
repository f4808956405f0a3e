"""The quotas that a session's agenda falls under: how many places there are, and how many are left.

Only reads. A quota is the campaign's (docs/figures.md): a share of those considered. How many the
council itself considers is counted here and proposed; whether these are whom the plan means in its
own words, the session's secretary says, by writing that number down or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from campaigns.models import Decider, Quota, Rounding
from campaigns.scoring.quotas import Limit, Share, limit
from workflow.models import AgendaItem, CouncilSession, Nomination, Vote
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
    counted     how many the council considers: on this agenda, and on this occasion before
    before      how many of these it considered before
    taken       how many got there on this occasion before
    items       the keys of the items on the agenda that it is for
    """

    quota: Quota
    considered: int | None
    counted: int
    before: int
    limit: Limit | None
    taken: int
    items: frozenset[int]

    @property
    def free(self) -> int | None:
        """Return how many places this session has; None where it is not known."""
        return None if self.limit is None else max(self.limit.most - self.taken, 0)

    @property
    def counted_words(self) -> str:
        """Return how the number counted came about."""
        here = self.counted - self.before
        if not self.before:
            return _("%(here)d trong chương trình") % {"here": here}
        return _("%(here)d trong chương trình, %(before)d đã xét trước") % {
            "here": here,
            "before": self.before,
        }

    @property
    def words(self) -> str:
        """Return how many places there are and how that came about, as minutes print it."""
        if self.limit is None:
            return ""
        taken = f", đã dùng {self.taken}" if self.taken else ""
        return f"{self.limit.most} ({self.limit.arithmetic}{taken})"


def places_of(session: CouncilSession, items: Iterable[AgendaItem]) -> list[Places]:
    """Return the quotas that items of the agenda fall under; two queries and two for each quota.

    In a unit's council those of awards that its head gives, of which each unit has the places of
    its own; the places of the province's awards are the province's council's to share out.
    """
    agenda = list(items)
    if not agenda:
        return []
    of_head = Q(form__decider=Decider.UNIT_HEAD)
    rows = Quota.objects.filter(
        Q(occasion=session.occasion_id) | Q(occasion__isnull=True),
        of_head if session.dossier_id is not None else ~of_head,
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
    others = Nomination.objects.filter(
        dossier__occasion=session.occasion_id,
        award_item__form=quota.form_id,
        nominee__kind=quota.kind,
    )
    if session.dossier_id is not None:
        others = others.filter(dossier__unit=session.unit_id)
    here = [item.nomination_id for item in items]
    voted = Vote.objects.filter(nomination=OuterRef("pk"), meeting__unit=session.unit_id)
    looked_at = others.filter(Exists(voted)).exclude(pk__in=here).count()
    last = voted.order_by("-meeting__started_at").values("passed")[:1]
    before = others.annotate(voted_for=Subquery(last)).filter(_got_there(session))
    return Places(
        quota=quota,
        considered=considered,
        counted=looked_at + len(here),
        before=looked_at,
        limit=None if considered is None else limit(share, considered),
        taken=before.exclude(pk__in=here).count(),
        items=frozenset(item.pk for item in items),
    )


def _got_there(session: CouncilSession) -> Q:
    """Return the condition for those who have a place already.

    In a unit nobody moves by the vote: there the council's last word (`voted_for`) counts until the
    head decides.
    """
    filed = Q(state=State.CLOSED, decision_item__awarded=True)
    if session.dossier_id is None:
        return Q(state__in=PASSED_STATES) | Q(resume_to__in=PASSED_STATES) | filed
    waits = Q(state__in=(State.DRAFT, State.PREPARED), voted_for=True)
    return waits | Q(state=State.AWARDED) | filed
