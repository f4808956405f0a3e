"""Publishing a campaign's draft, with the nominations under way that it concerns."""

from __future__ import annotations

from uuid import UUID

from campaigns.drafts import plain
from campaigns.models import CampaignVersion
from campaigns.queries import published_version
from campaigns.schema.differences import differences
from campaigns.services import publish_draft
from organisations.actors import Actor
from workflow.amendments import touched_nominations
from workflow.services.acting import act


@act
def publish_amendment(
    *, actor: Actor, draft_id: UUID, expected_version: int, expected_number: int, note: str
) -> CampaignVersion:
    """Publish a draft (`campaigns.services.publish_draft`) and keep what it touches with it.

    Raises what `publish_draft` raises.
    """
    draft = CampaignVersion.objects.select_related("campaign").get(pk=draft_id)
    before = published_version(draft.key)
    changes = differences(before.contents, plain(draft.contents)) if before else []
    touched = touched_nominations(draft.campaign, changes)
    return publish_draft(
        actor=actor,
        draft_id=draft_id,
        expected_version=expected_version,
        expected_number=expected_number,
        note=note,
        touched=[one.as_kept() for one in touched],
    )
