"""What became of an award: what was mended, what was taken back and what has yet to come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from audit.errors import Refusal
from organisations.actors import Actor, Mandate
from workflow.models import Correction, DecisionItem, Nomination, Reissue, Revocation
from workflow.papers.results import CERTIFICATES
from workflow.services.correcting import GIVEN, given_item, giver_of
from workflow.services.revoking import keeper_of


@dataclass(frozen=True)
class Afterwards:
    """The card of an award on its page; acts  names of the acts open to this person."""

    item: DecisionItem
    reissues: list[Reissue] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    revocation: Revocation | None = None
    acts: tuple[str, ...] = ()

    @property
    def overdue(self) -> bool:
        """Return whether something should have come back by now."""
        one = self.revocation
        if one is None or one.settled or one.due_on is None:
            return False
        return one.due_on < timezone.localdate()


def afterwards(actor: Actor, nomination: Nomination) -> Afterwards | None:
    """Return the card; None of what was never awarded. Four queries at most."""
    item = getattr(nomination, "decision_item", None)
    if item is None or not item.awarded:
        return None
    revocation = Revocation.objects.filter(nomination=nomination).select_related("document").first()
    acts = []
    if revocation is None and _may(giver_of, actor, nomination) and _is_ours(nomination):
        acts += ["correct", "reissue"] if _has_certificate(item) else ["correct"]
    if revocation is None and nomination.state in GIVEN and _may(keeper_of, actor, nomination):
        acts.append("hand_over")
    if revocation is not None and not revocation.settled and _may(keeper_of, actor, nomination):
        acts.append("note_return")
    return Afterwards(
        item=item,
        reissues=list(Reissue.objects.filter(nomination=nomination).select_related("document")),
        corrections=list(
            Correction.objects.filter(nomination=nomination).select_related("document")
        ),
        revocation=revocation,
        acts=tuple(acts),
    )


def _has_certificate(item: DecisionItem) -> bool:
    """Return whether the award is of a kind whose certificate is made here."""
    return item.nomination.award_item.form.name.startswith(CERTIFICATES)


def days_back(nomination: Nomination) -> dict[str, date | None]:
    """Return the days on which money and items of a revoked award came back, as noted so far."""
    one = Revocation.objects.filter(nomination=nomination).first()
    return {"money_on": one.money_back_on, "items_on": one.items_back_on} if one else {}


def _may(
    mandate_of: Callable[[Actor, Nomination, str], Mandate], actor: Actor, nomination: Nomination
) -> bool:
    try:
        mandate_of(actor, nomination, "")
    except Refusal:
        return False
    return True


def _is_ours(nomination: Nomination) -> bool:
    """Return whether the decision was made here, so that it is mended here."""
    try:
        given_item(nomination)
    except Refusal:
        return False
    return True
