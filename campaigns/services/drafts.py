"""Drafts of campaigns: begun, edited place by place, given up; each an event of the campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.services import Entry, Who, record
from campaigns.cloning import NewCampaign, blank, cloned
from campaigns.drafts import Edit, RemoveRow, SetFields, numbered, plain, value_at
from campaigns.errors import CampaignKeyTakenError, DraftChangedError, DraftExistsError
from campaigns.models import Campaign, CampaignVersion, Origin, VersionState
from campaigns.schema.document import Document
from campaigns.services.authority import authority
from campaigns.yamlwriter import Place
from organisations.actors import Actor


@transaction.atomic
def begin_campaign(*, actor: Actor, about: NewCampaign) -> CampaignVersion:
    """Begin a campaign of which nothing but its name and period is known.

    Raises CampaignActNotAllowedError, CampaignKeyTakenError.
    """
    now = timezone.now()
    who = actor.who(authority(actor))
    _free(about.key)
    return _begin(who, now, about.key, blank(about), {})


@transaction.atomic
def clone_campaign(*, actor: Actor, version_id: UUID, about: NewCampaign) -> CampaignVersion:
    """Begin a campaign from a published version of another (`campaigns.cloning`).

    Raises CampaignActNotAllowedError, CampaignKeyTakenError, CampaignVersion.DoesNotExist.
    """
    now = timezone.now()
    who = actor.who(authority(actor))
    source = CampaignVersion.objects.get(pk=version_id, state=VersionState.PUBLISHED)
    _free(about.key)
    document = cloned(source.contents, about)
    return _begin(who, now, about.key, document, {"cloned_from": str(source)})


@transaction.atomic
def begin_amendment(*, actor: Actor, version_id: UUID) -> CampaignVersion:
    """Begin a draft of the next version of a campaign, from any published one.

    Raises CampaignActNotAllowedError, DraftExistsError, CampaignVersion.DoesNotExist.
    """
    now = timezone.now()
    who = actor.who(authority(actor))
    source = CampaignVersion.objects.select_related("campaign").get(
        pk=version_id, state=VersionState.PUBLISHED
    )
    return _begin(who, now, source.key, source.contents, {"from": source.number}, source)


def _free(key: str) -> None:
    taken = Campaign.objects.filter(key=key).exists()
    if taken or CampaignVersion.objects.filter(key=key).exists():
        raise CampaignKeyTakenError(key)


def _begin(
    who: Who,
    now: datetime,
    key: str,
    document: Document,
    about: dict[str, object],
    source: CampaignVersion | None = None,
) -> CampaignVersion:
    draft = CampaignVersion(
        campaign=source.campaign if source else None,
        key=key,
        state=VersionState.DRAFT,
        origin=Origin.BROWSER,
        contents=numbered(document),
        based_on=source.number if source else None,
        created_at=now,
        created_by=who.name,
        updated_at=now,
        updated_by=who.name,
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        other = CampaignVersion.objects.filter(key=key, state=VersionState.DRAFT).first()
        raise DraftExistsError(key, other.created_by if other else "—") from error
    _record(who, now, draft, "campaign.drafted", data=about)
    return draft


@transaction.atomic
def edit_draft(
    *, actor: Actor, draft_id: UUID, expected_version: int, edit: Edit
) -> CampaignVersion:
    """Make one edit to a draft; what it says need not be right yet.

    Two people may edit different places at the same time. Raises CampaignActNotAllowedError,
    DraftChangedError when somebody changed this very place after `expected_version`,
    DraftPlaceGoneError when the row is no more, CampaignVersion.DoesNotExist.
    """
    now = timezone.now()
    draft = _locked(draft_id)
    who = actor.who(authority(actor))
    _nobody_faster(draft, expected_version, edit)
    before = plain(_looked_at(draft.contents, edit))
    place = edit.apply(draft.contents)
    draft.version += 1
    draft.edits[_way(place)] = [draft.version, who.name]
    draft.updated_at, draft.updated_by = now, who.name
    draft.save(update_fields=["contents", "version", "edits", "updated_at", "updated_by"])
    after = None if isinstance(edit, RemoveRow) else plain(value_at(draft.contents, place))
    said = _told(before, after)
    _record(who, now, draft, "campaign.draft_edited", place=place, before=said[0], after=said[1])
    return draft


def _looked_at(contents: Document, edit: Edit) -> Any:
    """Return what stands where the edit goes, before it; a row that is added was nothing."""
    return value_at(contents, edit.place) if isinstance(edit, SetFields | RemoveRow) else None


def _told(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return only what differs of two mappings; lists, which were only put in order, as names."""
    old = before if isinstance(before, dict) else {}
    new = after if isinstance(after, dict) else {}
    names = [name for name in old | new if old.get(name) != new.get(name)]
    return ({n: old[n] for n in names if n in old}, {n: new[n] for n in names if n in new})


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: UUID, expected_version: int) -> None:
    """Give a draft up; what it said stays in the log's events and nowhere else.

    Raises CampaignActNotAllowedError, DraftChangedError, CampaignVersion.DoesNotExist.
    """
    now = timezone.now()
    draft = _locked(draft_id)
    who = actor.who(authority(actor))
    if draft.version != expected_version:
        raise DraftChangedError(draft.updated_by)
    _record(who, now, draft, "campaign.draft_discarded")
    draft.delete()


def _locked(draft_id: UUID) -> CampaignVersion:
    return CampaignVersion.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=draft_id, state=VersionState.DRAFT
    )


def _nobody_faster(draft: CampaignVersion, expected: int, edit: Edit) -> None:
    """Raise DraftChangedError when the place, or a row that is to go with it, was edited since."""
    if not isinstance(edit, SetFields | RemoveRow):
        return
    way = _way(edit.place)
    for other, (version, name) in draft.edits.items():
        inside = isinstance(edit, RemoveRow) and other.startswith(f"{way}/")
        if version > expected and (other == way or inside):
            raise DraftChangedError(name)


def _way(place: Place) -> str:
    return "/".join(str(step) for step in place)


def _record(
    who: Who,
    now: datetime,
    draft: CampaignVersion,
    action: str,
    *,
    place: Place = (),
    **said: dict[str, Any],
) -> None:
    entry = Entry(
        stream=f"campaign:{draft.key}",
        action=action,
        subject=f"campaign_version:{draft.pk}",
        before=said.get("before", {}),
        after=said.get("after", {}),
        data=said.get("data", {}) | ({"place": _way(place)} if place else {}),
    )
    record(who=who, entry=entry, at=now)
