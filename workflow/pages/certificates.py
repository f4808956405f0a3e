"""The certificates of one decision: golden-book numbers, who took them, and the ceremony's list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.errors import Refusal
from documents.models import Document
from organisations.actors import Actor
from workflow.models import Decision, DecisionItem
from workflow.money import money_lines
from workflow.papers.results import CERTIFICATE
from workflow.queries import visible_dossiers
from workflow.services.revoking import keeper_of
from workflow.states import State


@dataclass(frozen=True)
class CertificatesPage:
    """Everything the page shows.

    made_here  the decision's certificates are made here, so that they are numbered here
    keeps      this person looks after the awards
    """

    decision: Decision
    items: Sequence[DecisionItem]
    made_here: bool
    keeps: bool

    @property
    def unnumbered(self) -> int:
        """Return how many awardees that stand have no number in the golden book."""
        return sum(not item.golden_number for item in self.items if not self.is_revoked(item))

    @staticmethod
    def is_revoked(item: DecisionItem) -> bool:
        """Return whether an award was taken back."""
        return item.nomination.state == State.REVOKED


def certificates_page(actor: Actor, decision: Decision) -> CertificatesPage:
    """Return the page, with the lines this person may see; seven queries at most."""
    items = [line.item for line in money_lines(decision, visible_dossiers(actor))]
    subject = f"decision:{decision.pk}"
    return CertificatesPage(
        decision=decision,
        items=items,
        made_here=Document.objects.filter(subject=subject, template_key=CERTIFICATE).exists(),
        keeps=_keeps(actor, items),
    )


def _keeps(actor: Actor, items: Sequence[DecisionItem]) -> bool:
    try:
        keeper_of(actor, items[0].nomination, "")
    except Refusal:
        return False
    return True
