"""A draft becomes the version that rules, by the way that a file takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaigns.drafts import plain
from campaigns.errors import (
    CampaignKeyTakenError,
    DraftChangedError,
    DraftFaultyError,
    DraftOutdatedError,
    DraftUnchangedError,
)
from campaigns.faults import faults_of, place_words
from campaigns.models import CampaignVersion, Origin, VersionState
from campaigns.queries import published_version
from campaigns.schema.reading import read_contents
from campaigns.services.authority import authority
from campaigns.services.loading import load_facts
from campaigns.services.versions import Publication
from campaigns.yamlwriter import write_campaign
from organisations.actors import Actor


@transaction.atomic
def publish_draft(
    *,
    actor: Actor,
    draft_id: UUID,
    expected_version: int,
    expected_number: int,
    note: str,
    touched: Sequence[dict[str, Any]] = (),
) -> CampaignVersion:
    """Publish a draft as the campaign's next version, and end the draft.

    expected_version  of the draft as it was shown
    expected_number   of the version against which its changes were shown; 0 for none
    note              why it is amended, and by which paper
    touched           nominations under way that it concerns, kept with the version

    Raises CampaignActNotAllowedError, DraftChangedError, DraftOutdatedError, DraftFaultyError,
    DraftUnchangedError, and whatever loading a file raises.
    """
    now = timezone.now()
    draft = CampaignVersion.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=draft_id, state=VersionState.DRAFT
    )
    who = actor.who(authority(actor))
    if draft.version != expected_version:
        raise DraftChangedError(draft.updated_by)
    before = published_version(draft.key)
    number = (before.number or 0) if before else 0
    if number != expected_number:
        raise DraftOutdatedError(number)
    faults = faults_of(draft.contents)
    if faults:
        words = [f"{place_words(one.place, draft.contents)}: {one.text}" for one in faults]
        raise DraftFaultyError(words)
    if before and before.contents == plain(draft.contents):
        raise DraftUnchangedError
    draft.delete()
    [facts] = read_contents(write_campaign(draft.contents).text).campaigns
    if facts["campaign"]["key"] != draft.key:
        raise CampaignKeyTakenError(facts["campaign"]["key"])
    publication = Publication(Origin.BROWSER, note, touched)
    load_facts(who=who, at=now, facts=facts, publication=publication)
    published = published_version(draft.key)
    assert published is not None  # noqa: S101 - just written
    return published
