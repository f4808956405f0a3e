"""Keeps what a campaign says as published versions: one history, from files and the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaigns.models import Campaign, CampaignVersion, Origin, VersionState
from campaigns.queries import published_version
from campaigns.schema.differences import differences
from campaigns.schema.document import Document


@dataclass(frozen=True)
class Publication:
    """How a version comes out.

    note     why, in words, with the paper that amends where there is one
    touched  nominations under way that the amendment concerns, as plain data to be kept
    """

    origin: str = Origin.FILE
    note: str = ""
    touched: Sequence[dict[str, Any]] = ()


def keep_version(
    *, campaign: Campaign, document: Document, by: str, at: datetime, publication: Publication
) -> CampaignVersion:
    """Write the next published version of a campaign, with what it changes.

    The document that rules already stays the version it is: only what is laid over it, or how it
    is turned into rows, has changed. Must run in the transaction that loads the document, with the campaign locked.
    """
    before = published_version(campaign.key)
    if before and before.contents == document:
        return before
    return CampaignVersion.objects.create(
        campaign=campaign,
        key=campaign.key,
        number=(before.number or 0) + 1 if before else 1,
        state=VersionState.PUBLISHED,
        origin=publication.origin,
        contents=document,
        based_on=before.number if before else None,
        changes=differences(before.contents, document) if before else [],
        touched=list(publication.touched),
        note=publication.note,
        created_at=at,
        created_by=by,
        updated_at=at,
        updated_by=by,
        published_at=at,
        published_by=by,
    )
