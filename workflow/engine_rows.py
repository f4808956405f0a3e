"""How the engine reads a set: what belongs to each, and what they share, which is read once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import (
    Exists,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Value,
    prefetch_related_objects,
)

from campaigns.models import AwardItem, PriorityField, SubjectKind
from workflow.models import Dossier, Nomination, StepLimit

FEW: Final = 20
"""Up to how many are read with all that belongs to them in one statement."""
_OWN: Final = ("nominee__unit", "decision_item")
_SHARED: Final[dict[str, tuple[type[Model], tuple[str, ...]]]] = {
    "dossier": (Dossier, ("unit", "regime", "occasion__campaign")),
    "award_item": (AwardItem, ("form",)),
    "subject_kind": (SubjectKind, ()),
    "field": (PriorityField, ()),
}
"""What nominations share, with what belongs to that."""
_JOINED: Final = [
    *_SHARED,
    *(f"{name}__{one}" for name, (_m, own) in _SHARED.items() for one in own),
]
_LIMITS: Final = StepLimit.objects.filter(campaign=OuterRef("dossier__occasion__campaign"))


def in_full(many: int) -> QuerySet[Any]:
    """Return the query for so many nominations: of few with all that belongs to them.

    `has_limits` says whether the campaign limits any step; of more than FEW that is not asked of
    each, and what they share is yet to be read (read_shared).
    """
    if many > FEW:
        return Nomination.objects.select_related(*_OWN).annotate(has_limits=Value(value=True))
    found = Nomination.objects.select_related(*_OWN, *_JOINED)
    return found.annotate(has_limits=Exists(_LIMITS))


def read_shared(rows: Iterable[Nomination]) -> None:
    """Read what nominations share, each thing once; no statement where it was read with them."""
    several = list(rows)
    for name, (model, own) in _SHARED.items():
        found: QuerySet[Any] = QuerySet(model).select_related(*own)
        prefetch_related_objects(several, Prefetch(name, found))
