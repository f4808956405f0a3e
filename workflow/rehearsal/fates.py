"""What happens to whom: so that each way through the offices is walked at least once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from campaigns.models import Decider
from workflow.models import Nomination


class Fate(Enum):
    """A way through the round; its value is what people read in the report."""

    WITHDRAWN = "rút trước khi tiếp nhận"
    RETURNED = "trả lại, bổ sung, nộp lại"
    INELIGIBLE = "không đủ điều kiện"
    HELD = "tạm dừng rồi tiếp tục"
    NOT_PASSED = "Hội đồng không thông qua"
    CHAIRMAN = "Chủ tịch UBND tỉnh quyết định"
    PRIME_MINISTER = "trình Thủ tướng Chính phủ"
    PRESIDENT = "trình Chủ tịch nước"
    UNIT_HEAD = "thủ trưởng đơn vị quyết định"


DETOURS = (Fate.WITHDRAWN, Fate.RETURNED, Fate.INELIGIBLE, Fate.HELD, Fate.NOT_PASSED)
STRAIGHT = {
    Decider.PROVINCIAL_CHAIRMAN: Fate.CHAIRMAN,
    Decider.PRIME_MINISTER: Fate.PRIME_MINISTER,
    Decider.PRESIDENT: Fate.PRESIDENT,
    Decider.UNIT_HEAD: Fate.UNIT_HEAD,
}


def fates_of(deciders: Iterable[str]) -> set[Fate]:
    """Return the ways that an occasion has, whose awards these authorities decide."""
    return {*DETOURS, *(STRAIGHT[Decider(decider)] for decider in deciders)}


@dataclass(slots=True)
class Fates:
    """The fate of each nomination, by its key."""

    by_id: dict[UUID, Fate] = field(default_factory=dict)

    def of(self, nomination: Nomination) -> Fate:
        """Return a nomination's fate."""
        return self.by_id[nomination.pk]

    def unplayed(self, among: Iterable[Fate] = Fate) -> list[Fate]:
        """Return the ways that nobody walks, because the list is too short."""
        wanted = set(among)
        return [fate for fate in Fate if fate in wanted and fate not in self.by_id.values()]


def assign(nominations: Sequence[Nomination]) -> Fates:
    """Return who walks which way: detours among the provincial ones, the rest straight on.

    A dossier keeps at least one nomination on the straight way, so that no letter goes out
    empty; the choice depends only on the order of the list.
    """
    fates = Fates()
    for nomination in nominations:
        fates.by_id[nomination.pk] = STRAIGHT[Decider(nomination.dossier.authority)]
    spare = _spare(nominations)
    for fate, nomination in zip(DETOURS, spare, strict=False):
        fates.by_id[nomination.pk] = fate
    return fates


def _spare(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Return the provincial nominations that are not the first of their dossier."""
    seen: set[UUID] = set()
    spare = []
    for nomination in nominations:
        first = nomination.dossier_id not in seen
        seen.add(nomination.dossier_id)
        if not first and nomination.dossier.authority == Decider.PROVINCIAL_CHAIRMAN:
            spare.append(nomination)
    return spare
