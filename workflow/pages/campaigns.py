"""Campaigns: the list, one of them with all its facts, its versions, its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.text import Truncator

from campaigns.drafts import plain, spec_at, value_at
from campaigns.errors import DraftPlaceGoneError
from campaigns.faults import Fault, faults_of, place_words
from campaigns.models import (
    Campaign,
    CampaignVersion,
    Desk,
    DeskName,
    MissingFact,
    Occasion,
    VersionState,
)
from campaigns.queries import draft_of, published_version, published_versions
from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.differences import differences, title_of
from campaigns.schema.document import Document
from campaigns.schema.spec import Either, Form, ListOf
from campaigns.services.authority import MAY_RUN_A_CAMPAIGN
from campaigns.yamlwriter import Place
from organisations.actors import Actor
from organisations.models import Unit
from organisations.queries import in_force, names_on, unit_facts_of
from workflow.amendments import Touched, touched_nominations
from workflow.errors import NotFoundError
from workflow.pages.campaign_changes import Told, told
from workflow.pages.campaign_facts import ROOT, Section, sections_of


def may_set_up(actor: Actor) -> bool:
    """Return whether an actor may draft and publish campaigns."""
    return bool(actor.mandates_as(*MAY_RUN_A_CAMPAIGN))


@dataclass(frozen=True)
class Listed:
    """A campaign in the list."""

    key: str
    name: str
    province: str
    period: str
    status: str
    is_example: bool
    number: int | None
    has_draft: bool


def listed_campaigns(actor: Actor) -> list[Listed]:
    """Return all campaigns, and for those who set them up the drafts too; two queries."""
    found = Campaign.objects.annotate(
        number=Max("versions__number"),
        drafts=Count("versions", filter=Q(versions__state=VersionState.DRAFT)),
    )
    sets_up = may_set_up(actor)
    listed = [
        Listed(
            key=one.key,
            name=one.name,
            province=one.province,
            period=f"{one.period_from}-{one.period_to}",
            status=one.get_status_display(),
            is_example=one.is_example,
            number=one.number,
            has_draft=sets_up and bool(one.drafts),
        )
        for one in found
    ]
    new = CampaignVersion.objects.filter(state=VersionState.DRAFT, campaign__isnull=True)
    return [*(_new(draft) for draft in (new if sets_up else [])), *listed]


def _new(draft: CampaignVersion) -> Listed:
    head = draft.contents.get("campaign") or {}
    period = head.get("period") or {}
    return Listed(
        key=draft.key,
        name=str(head.get("name") or draft.key),
        province=str(draft.contents.get("province") or ""),
        period=f"{period.get('from', '…')}-{period.get('to', '…')}",
        status="",
        is_example=False,
        number=None,
        has_draft=True,
    )


@dataclass(frozen=True)
class CampaignPage:
    """One campaign as it is now."""

    campaign: Campaign
    version: CampaignVersion | None
    versions: list[CampaignVersion]
    sections: list[Section]
    gaps: list[MissingFact]
    draft: CampaignVersion | None
    may_set_up: bool
    occasions: list[Occasion]
    desks: list[SeatedDesk]


@dataclass(frozen=True)
class SeatedDesk:
    """A desk, the body that the plan names for it, and the unit that does its work today."""

    desk: Desk
    unit: str


def campaign_page(actor: Actor, key: str) -> CampaignPage:
    """Return a campaign's page. Raises NotFoundError where nothing was published under the key."""
    campaign = Campaign.objects.filter(key=key).first()
    if campaign is None:
        raise NotFoundError
    versions = list(published_versions(key))
    ruling = versions[0] if versions else None
    sections = sections_of(ruling.contents) if ruling else []
    return CampaignPage(
        campaign=campaign,
        version=ruling,
        versions=versions,
        sections=[section for section in sections if not section.is_empty],
        gaps=list(MissingFact.objects.filter(campaign=campaign).order_by("position")),
        draft=draft_of(key) if may_set_up(actor) else None,
        may_set_up=may_set_up(actor),
        occasions=list(Occasion.objects.filter(campaign=campaign).order_by("position")),
        desks=_seated(campaign),
    )


def _seated(campaign: Campaign) -> list[SeatedDesk]:
    desks = list(Desk.objects.filter(campaign=campaign).select_related("body", "unit"))
    order = list(DeskName.values)
    desks.sort(key=lambda row: order.index(row.desk))
    units = [row.unit for row in desks if row.unit]
    facts = unit_facts_of(units, timezone.localdate(), ended_too=True)
    return [SeatedDesk(row, facts[row.unit.pk].name if row.unit else "") for row in desks]


def access_desk(actor: Actor, key: str, name: str) -> Desk:
    """Return a desk of a campaign to those who may staff it; NotFoundError otherwise."""
    desks = Desk.objects.select_related("campaign", "body", "unit")
    row = desks.filter(campaign__key=key, desk=name).first() if may_set_up(actor) else None
    if row is None:
        raise NotFoundError
    return row


def access_occasion(actor: Actor, key: str, pk: UUID) -> Occasion:
    """Return an occasion of a campaign to those who may open it; NotFoundError otherwise."""
    found = Occasion.objects.filter(campaign__key=key, pk=pk)
    row = found.first() if may_set_up(actor) else None
    if row is None:
        raise NotFoundError
    return row


def units_today() -> list[tuple[UUID, str]]:
    """Return the units that exist today, by name, to choose one from."""
    today = timezone.localdate()
    units = list(Unit.objects.filter(in_force(today)))
    return sorted(
        ((row.pk, name) for row, name in zip(units, names_on(units, today), strict=True)),
        key=lambda pair: pair[1],
    )


@dataclass(frozen=True)
class VersionPage:
    """One published version: what it changed, whom it touched, all it says."""

    version: CampaignVersion
    changes: list[Told]
    sections: list[Section]


def access_version(key: str, number: int | None = None) -> CampaignVersion:
    """Return a published version, the ruling one without a number, or raise NotFoundError."""
    version = published_version(key, number)
    if version is None:
        raise NotFoundError
    return version


def version_page(key: str, number: int) -> VersionPage:
    """Return one version of a campaign, or raise NotFoundError."""
    version = access_version(key, number)
    before = published_version(key, version.based_on) if version.based_on else None
    old = before.contents if before else {}
    sections = sections_of(version.contents)
    return VersionPage(
        version=version,
        changes=told(version.changes, old, version.contents),
        sections=[section for section in sections if not section.is_empty],
    )


def access_draft(actor: Actor, key: str) -> CampaignVersion:
    """Return the draft of a campaign to those who set campaigns up; NotFoundError otherwise."""
    draft = draft_of(key) if may_set_up(actor) else None
    if draft is None:
        raise NotFoundError
    return draft


@dataclass(frozen=True)
class FaultTold:
    """A fault as a person finds it, with the address of the place to mend it."""

    where: str
    text: str
    code: str
    url: str


@dataclass(frozen=True)
class DraftPage:
    """A draft: its sections with what is wrong in each."""

    draft: CampaignVersion
    sections: list[tuple[Section, int]]
    faults: list[FaultTold]


def draft_page(draft: CampaignVersion) -> DraftPage:
    """Return a draft's sections, each with the number of its faults, and all faults."""
    faults = faults_of(draft.contents)
    counts: dict[str, int] = {}
    for fault in faults:
        section = section_key(fault.place)
        counts[section] = counts.get(section, 0) + 1
    sections = [(one, counts.get(one.key, 0)) for one in sections_of(draft.contents)]
    return DraftPage(draft, sections, [fault_told(one, draft.contents) for one in faults])


def section_key(place: Place) -> str:
    """Return the key of the section that a place lies in; what is in none lies at the root."""
    spec = spec_at(CAMPAIGN, place[:1])
    return str(place[0]) if isinstance(spec, Form | ListOf | Either) else ROOT


def fault_told(fault: Fault, contents: Document) -> FaultTold:
    """Return a fault with the address of the form that holds the field."""
    place = fault.place
    while place and not has_form(place):
        place = place[:-1]
    url = "/".join(str(step) for step in place) or ROOT
    return FaultTold(place_words(fault.place, contents), fault.text, fault.code, url)


def has_form(place: Place) -> bool:
    """Return whether a place has a page of its own: a section, or a row."""
    return isinstance(place[-1], int) or (len(place) == 1 and section_key(place) != ROOT)


def label_at(place: Place, contents: Document) -> str:
    """Return what a place is called: a row by its title, where it has one."""
    if place and isinstance(place[-1], int):
        try:
            title = title_of(plain(value_at(contents, place)))
        except DraftPlaceGoneError:
            title = ""
        if title:
            return Truncator(title).chars(90)
    return place_words(place, contents).rsplit(" › ", maxsplit=1)[-1]


@dataclass(frozen=True)
class AmendmentPage:
    """What publishing a draft would do."""

    draft: CampaignVersion
    number: int
    changes: list[Told]
    touched: Sequence[Touched]
    faults: list[FaultTold]

    @property
    def is_outdated(self) -> bool:
        """Return whether another version came out since the draft was begun."""
        return (self.draft.based_on or 0) != self.number


def amendment_page(draft: CampaignVersion) -> AmendmentPage:
    """Return the changes of a draft against the ruling version, and whom they touch."""
    before = published_version(draft.key)
    document = plain(draft.contents)
    old = before.contents if before else {}
    changes = differences(old, document) if before else []
    return AmendmentPage(
        draft=draft,
        number=(before.number or 0) if before else 0,
        changes=told(changes, old, document),
        touched=touched_nominations(draft.campaign, changes),
        faults=[fault_told(one, draft.contents) for one in faults_of(draft.contents)],
    )
