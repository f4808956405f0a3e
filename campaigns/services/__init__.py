"""The only writers of the rules."""

from campaigns.services.drafts import (
    begin_amendment,
    begin_campaign,
    clone_campaign,
    discard_draft,
    edit_draft,
)
from campaigns.services.loading import LoadResult, load_campaign
from campaigns.services.publishing import publish_draft
from campaigns.services.running import (
    assign_desk,
    close_campaign,
    close_occasion,
    open_occasion,
    reopen_campaign,
    set_own_unit,
    set_taken,
)

__all__ = [
    "LoadResult",
    "assign_desk",
    "begin_amendment",
    "begin_campaign",
    "clone_campaign",
    "close_campaign",
    "close_occasion",
    "discard_draft",
    "edit_draft",
    "load_campaign",
    "open_occasion",
    "publish_draft",
    "reopen_campaign",
    "set_own_unit",
    "set_taken",
]
