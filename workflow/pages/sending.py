"""The page on which a dossier is sent: every recipient's copy, red or green."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from organisations.actors import Actor
from workflow.models import Dossier
from workflow.sending import Copy, copies_of
from workflow.services.closing import certifying


@dataclass(frozen=True)
class SendPage:
    """Everything the page shows; certifies: this person may stamp true copies."""

    dossier: Dossier
    copies: Sequence[Copy]
    certifies: bool


def send_page(actor: Actor, dossier: Dossier) -> SendPage:
    """Return the page; the number of queries does not depend on what the dossier holds."""
    return SendPage(dossier, copies_of(dossier), certifying(actor, dossier) is not None)
