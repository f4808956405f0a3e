"""Running a campaign: opening and closing it and its occasions, staffing its desks."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.services import Entry, record
from campaigns.errors import CampaignClosedError, CampaignStateUnchangedError
from campaigns.models import Campaign, Desk, Occasion, OwnUnit, Status, Taken
from campaigns.services.authority import authority, same_version
from organisations.actors import Actor
from organisations.models import Unit


@transaction.atomic
def open_occasion(*, actor: Actor, occasion_id: UUID, expected_version: int) -> Occasion:
    """Let an occasion take nominations. See `_set_occasion` for what is refused."""
    return _set_occasion(actor, occasion_id, expected_version, Status.OPEN)


@transaction.atomic
def close_occasion(*, actor: Actor, occasion_id: UUID, expected_version: int) -> Occasion:
    """Stop an occasion from taking new nominations; those it has go on their way."""
    return _set_occasion(actor, occasion_id, expected_version, Status.CLOSED)


def _set_occasion(
    actor: Actor, occasion_id: UUID, expected_version: int, status: Status
) -> Occasion:
    """Change an occasion's state and record it.

    Raises CampaignActNotAllowedError, CampaignChangedError (somebody was faster),
    CampaignClosedError, CampaignStateUnchangedError, and Occasion.DoesNotExist.
    """
    now = timezone.now()
    occasion = (
        Occasion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign")
        .get(pk=occasion_id)
    )
    mandate = authority(actor)
    same_version(occasion, expected_version)
    if occasion.campaign.status == Status.CLOSED:
        raise CampaignClosedError(occasion.campaign.name)
    if occasion.status == status:
        raise CampaignStateUnchangedError(occasion.title, str(status.label))
    before = occasion.status
    occasion.status = status
    occasion.version += 1
    occasion.save(update_fields=["status", "version"])
    entry = Entry(
        stream=f"campaign:{occasion.campaign.key}",
        action="occasion.opened" if status == Status.OPEN else "occasion.closed",
        subject=f"occasion:{occasion.pk}",
        before={"status": before},
        after={"status": occasion.status},
        data={"key": occasion.key},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return occasion


@transaction.atomic
def close_campaign(*, actor: Actor, campaign_id: UUID, expected_version: int) -> Campaign:
    """Close a campaign: its rules stand still and no occasion of it takes nominations."""
    return _set_campaign(actor, campaign_id, expected_version, Status.CLOSED)


@transaction.atomic
def reopen_campaign(*, actor: Actor, campaign_id: UUID, expected_version: int) -> Campaign:
    """Take up a closed campaign again; its occasions are as they were left."""
    return _set_campaign(actor, campaign_id, expected_version, Status.OPEN)


def _set_campaign(
    actor: Actor, campaign_id: UUID, expected_version: int, status: Status
) -> Campaign:
    now = timezone.now()
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    mandate = authority(actor)
    same_version(campaign, expected_version)
    if campaign.status == status:
        raise CampaignStateUnchangedError(campaign.name, str(status.label))
    before = campaign.status
    campaign.status = status
    campaign.version += 1
    campaign.save(update_fields=["status", "version"])
    entry = Entry(
        stream=f"campaign:{campaign.key}",
        action="campaign.reopened" if status == Status.OPEN else "campaign.closed",
        subject=f"campaign:{campaign.key}",
        before={"status": before},
        after={"status": campaign.status},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return campaign


@transaction.atomic
def set_own_unit(
    *, actor: Actor, campaign_id: UUID, expected_version: int, own_unit: OwnUnit
) -> Campaign:
    """Say what becomes of a judgement by somebody whose own unit is the nominee.

    Raises CampaignActNotAllowedError, CampaignChangedError, CampaignStateUnchangedError.
    """
    return _set(actor, campaign_id, expected_version, "own_unit", own_unit)


@transaction.atomic
def set_taken(*, actor: Actor, campaign_id: UUID, expected_version: int, taken: Taken) -> Campaign:
    """Say whether work that somebody has taken upon himself is his alone; raises as set_own_unit."""
    return _set(actor, campaign_id, expected_version, "taken", taken)


def _set(
    actor: Actor, campaign_id: UUID, expected_version: int, name: str, value: OwnUnit | Taken
) -> Campaign:
    """Write one of the office's own settings; the event is named after it."""
    now = timezone.now()
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    mandate = authority(actor)
    same_version(campaign, expected_version)
    before = getattr(campaign, name)
    if before == value:
        raise CampaignStateUnchangedError(campaign.name, str(value.label))
    setattr(campaign, name, value)
    campaign.version += 1
    campaign.save(update_fields=[name, "version"])
    entry = Entry(
        stream=f"campaign:{campaign.key}",
        action=f"campaign.{name}_set",
        subject=f"campaign:{campaign.key}",
        before={name: before},
        after={name: value.value},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return campaign


@transaction.atomic
def assign_desk(*, actor: Actor, desk_id: int, expected_version: int, unit_id: UUID | None) -> Desk:
    """Say which unit does a desk's work, or, with None, that nobody does yet.

    Raises CampaignActNotAllowedError, CampaignChangedError, CampaignClosedError, and
    Desk.DoesNotExist or Unit.DoesNotExist. Naming the unit that sits there already is no act.
    """
    now = timezone.now()
    desk = (
        Desk.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign")
        .get(pk=desk_id)
    )
    mandate = authority(actor)
    same_version(desk, expected_version)
    if desk.campaign.status == Status.CLOSED:
        raise CampaignClosedError(desk.campaign.name)
    unit = None if unit_id is None else Unit.objects.get(pk=unit_id)
    if desk.unit_id == unit_id:
        return desk
    before = desk.unit
    desk.unit = unit
    desk.version += 1
    desk.save(update_fields=["unit", "version"])
    entry = Entry(
        stream=f"campaign:{desk.campaign.key}",
        action="desk.assigned",
        subject=f"desk:{desk.desk}",
        before={"unit": before.code if before else ""},
        after={"unit": unit.code if unit else ""},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return desk
