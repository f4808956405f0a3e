"""Shared reads of the rules: what is open, what can be won, who sits where, what is cited."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.errors import (
    AwardFormAmbiguousError,
    AwardFormNotInOccasionError,
    CampaignClosedError,
    OccasionClosedError,
    SubjectKindAmbiguousError,
    SubjectKindUnknownError,
)
from campaigns.models import (
    AwardItem,
    Campaign,
    CampaignVersion,
    CriteriaGroup,
    Desk,
    IndicatorTarget,
    Kind,
    LegalGround,
    Occasion,
    PlanDocument,
    Status,
    SubjectKind,
    VersionState,
)
from campaigns.spelling import words
from organisations.models import Unit

_Row = TypeVar("_Row", AwardItem, SubjectKind)
_WORDS_OF_AN_AWARD = 2  # "tỉnh" alone is a place and not an award
# What clerks type is Vietnamese in whatever language they read the screens.
_IN_VIETNAMESE = {
    Kind.INDIVIDUAL: "cá nhân",
    Kind.COLLECTIVE: "tập thể",
    Kind.HOUSEHOLD: "hộ gia đình",
}


def open_occasions(campaign: Campaign) -> QuerySet[Occasion]:
    """Return the occasions that take nominations now; none when the campaign is closed."""
    occasions = Occasion.objects.filter(
        campaign=campaign, status=Status.OPEN, campaign__status=Status.OPEN
    )
    return occasions.select_related("campaign").order_by("position")


def require_open(occasion: Occasion) -> None:
    """Raise CampaignClosedError or OccasionClosedError unless nominations are taken.

    Reads the rows as given: lock them first where the answer must hold until commit.
    """
    if occasion.campaign.status != Status.OPEN:
        raise CampaignClosedError(occasion.campaign.name)
    if occasion.status != Status.OPEN:
        raise OccasionClosedError(occasion.title)


def award_items_for(
    occasion: Occasion, subject_kind: SubjectKind | None = None
) -> QuerySet[AwardItem]:
    """Return what the occasion gives, or what it gives to one kind of nominee, in plan order."""
    items = AwardItem.objects.filter(occasion=occasion)
    if subject_kind is not None:
        items = items.filter(subjects=subject_kind)
    return items.select_related("form", "occasion__campaign").order_by("position")


def find_award_item(
    occasion: Occasion, text: str, subject_kind: SubjectKind | None = None
) -> AwardItem:
    """Return the item that people mean by the text, such as "BK tỉnh" or "HCLĐ hạng Ba".

    Keys, full names, other names and any two words of a name are understood, in any case, with
    or without marks. Raises AwardFormNotInOccasionError when nothing fits (the form is not given
    then, or not to this kind of nominee), AwardFormAmbiguousError when several items do.
    """
    items = list(award_items_for(occasion, subject_kind))
    found = _meant(text, items, _spellings_of_item, fewest=_WORDS_OF_AN_AWARD)
    if not found:
        raise AwardFormNotInOccasionError(text, occasion.title, _named(items))
    if len(found) > 1:
        raise AwardFormAmbiguousError(text, _named(found))
    return found[0]


def find_subject_kind(campaign: Campaign, text: str) -> SubjectKind:
    """Return the category of nominee that people mean by the text.

    "Cá nhân" and "tập thể" mean every category of that kind, so they are ambiguous wherever
    there are several. Raises SubjectKindUnknownError or SubjectKindAmbiguousError.
    """
    kinds = list(SubjectKind.objects.filter(campaign=campaign).order_by("position"))
    whole = [kind for kind in kinds if words(text) == words(_IN_VIETNAMESE[Kind(kind.kind)])]
    found = whole or _meant(text, kinds, _spellings_of_kind)
    if not found:
        raise SubjectKindUnknownError(text, _named(kinds))
    if len(found) > 1:
        raise SubjectKindAmbiguousError(text, _named(found))
    return found[0]


def indicators_for(group: CriteriaGroup) -> list[IndicatorTarget]:
    """Return the targets that a group's criteria ask for, by year and plan order, each once.

    A criterion asks for whole pillars in the years it names, or, where a transcriber read
    single indicators into looser words, for those in every year of the plan.
    """
    asked = Q(pk__in=[])
    for criterion in group.criteria.all():
        if criterion.pillars:
            asked |= Q(indicator__pillar__in=criterion.pillars, year__in=criterion.years)
        asked |= Q(indicator__key__in=criterion.derived.get("indicators", []))
    targets = IndicatorTarget.objects.filter(asked, campaign=group.campaign_id)
    return list(targets.select_related("indicator").order_by("year", "indicator__position"))


def desk_unit(campaign: Campaign, desk: str) -> Unit | None:
    """Return the unit that does a desk's work in the campaign; None when nobody was named."""
    row = Desk.objects.select_related("unit").filter(campaign=campaign, desk=desk).first()
    return row.unit if row else None


def legal_grounds_on(day: date, paper: str = "") -> list[str]:
    """Return the law that a paper of the day cites, in the order in which it is printed.

    Each is the citation without "Căn cứ" and without the sign that ends the line. `paper` is a
    paper's key; a ground that names no papers is for all. Empty on days before the law known.
    """
    return grounds_among(legal_grounds(), day, paper)


def legal_grounds() -> QuerySet[LegalGround]:
    """Return the law of all days in the order in which papers cite it."""
    return LegalGround.objects.order_by("position")


def grounds_among(grounds: Iterable[LegalGround], day: date, paper: str = "") -> list[str]:
    """Return which of these are cited on a day, as legal_grounds_on does."""
    return [
        ground.text
        for ground in grounds
        if ground.valid_from <= day
        and (ground.valid_to is None or ground.valid_to >= day)
        and not (paper and ground.applies_to and paper not in ground.applies_to)
    ]


def numbered_plans(campaigns: Iterable[UUID]) -> dict[UUID, PlanDocument]:
    """Return the newest plan text with number and day of each campaign; one query."""
    rows = PlanDocument.objects.filter(campaign__in=list(campaigns), date__isnull=False)
    return {row.campaign_id: row for row in rows.exclude(number="").order_by("date", "pk")}


def published_version(key: str, number: int | None = None) -> CampaignVersion | None:
    """Return a published version of a campaign, or, without a number, the one that rules."""
    found = CampaignVersion.objects.filter(key=key, state=VersionState.PUBLISHED)
    if number is not None:
        found = found.filter(number=number)
    return found.order_by("-number").first()


def published_versions(key: str) -> QuerySet[CampaignVersion]:
    """Return all published versions of a campaign, the newest first."""
    found = CampaignVersion.objects.filter(key=key, state=VersionState.PUBLISHED)
    return found.order_by("-number")


def draft_of(key: str) -> CampaignVersion | None:
    """Return the draft of a campaign, where there is one."""
    drafts = CampaignVersion.objects.filter(key=key, state=VersionState.DRAFT)
    return drafts.select_related("campaign").first()


def _named(rows: Iterable[AwardItem | SubjectKind]) -> list[str]:
    return [str(row) for row in rows]


def _spellings_of_item(item: AwardItem) -> list[str]:
    form = item.form
    return [str(item), form.name, form.short_name, *form.names, *item.names]


def _spellings_of_kind(kind: SubjectKind) -> list[str]:
    return [kind.name, *kind.names]


def _meant(
    text: str, rows: list[_Row], spellings_of: Callable[[_Row], list[str]], fewest: int = 1
) -> list[_Row]:
    """Return the rows that the text can mean: by key, else by exact words, else by some words.

    Fewer words than `fewest` are no description and count only when exact.
    """
    by_key = [row for row in rows if row.key == text.strip()]
    said = words(text)
    if by_key or not said:
        return by_key
    spelled = {row.pk: [words(spelling) for spelling in spellings_of(row)] for row in rows}
    exact = [row for row in rows if said in spelled[row.pk]]
    if exact or len(said) < fewest:
        return exact
    return [row for row in rows if any(said <= known for known in spelled[row.pk])]
