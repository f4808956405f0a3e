"""The only writers of the rules."""

from campaigns.services.loading import LoadResult, load_campaign
from campaigns.services.running import (
    assign_desk,
    close_campaign,
    close_occasion,
    open_occasion,
    reopen_campaign,
)

__all__ = [
    "LoadResult",
    "assign_desk",
    "close_campaign",
    "close_occasion",
    "load_campaign",
    "open_occasion",
    "reopen_campaign",
]
