"""The line that papers of an example bear at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from campaigns.models import Campaign
from workflow.models import Dossier

EXAMPLE: Final = "VĂN BẢN MẪU – lập theo quy định ví dụ"


def mark_for(campaign: Campaign) -> str:
    """Return the mark of a paper of a movement; "" unless it stands on an example regulation."""
    return EXAMPLE if campaign.is_example else ""


def mark_of(dossiers: Iterable[Dossier]) -> str:
    """Return the mark of a paper in these dossiers; "" unless a movement of theirs is an example."""
    examples = any(dossier.occasion.campaign.is_example for dossier in dossiers)
    return EXAMPLE if examples else ""
