"""Who may run a campaign, and whether somebody was faster."""

from campaigns.errors import CampaignActNotAllowedError, CampaignChangedError
from campaigns.models import Campaign, Desk, Occasion
from organisations.actors import Actor, Mandate
from organisations.models import Role

MAY_RUN_A_CAMPAIGN = (Role.ADMINISTRATOR, Role.BOARD_SECRETARY)
"""The standing department of the council, and the administrator."""


def authority(actor: Actor) -> Mandate:
    """Return the mandate by which an actor runs campaigns; raise CampaignActNotAllowedError."""
    mandates = actor.mandates_as(*MAY_RUN_A_CAMPAIGN)
    if not mandates:
        raise CampaignActNotAllowedError
    return mandates[0]


def same_version(row: Campaign | Occasion | Desk, expected: int) -> None:
    """Raise CampaignChangedError when the row is not the one that the person saw."""
    if row.version != expected:
        raise CampaignChangedError(str(row))
