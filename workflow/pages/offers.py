"""What a unit may choose from when it drafts: its own offices, open occasions, their awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import AwardItem, Campaign, Occasion, PriorityField, Status, SubjectKind
from organisations.actors import Actor
from organisations.models import Role

Choices = Sequence[tuple[Any, Any]]
DRAFTING_ROLES = (Role.UNIT_CLERK, Role.UNIT_HEAD)


@dataclass(frozen=True)
class Offers:
    """The choices of the drafting form; `kinds` tells the kind of nominee by subject kind."""

    units: Choices
    items: Choices
    subjects: Choices
    kinds: dict[UUID, str]
    fields: Choices = ()


def drafting_units(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the units in whose name the person may draft, by name, each once."""
    found = {held.unit_id: held.unit_name for held in actor.mandates_as(*DRAFTING_ROLES)}
    return sorted(found.items(), key=lambda pair: pair[1])


@dataclass(frozen=True)
class Movement:
    """A movement under way, and whether it stands on a regulation that was made up."""

    name: str
    is_example: bool


def open_movements() -> list[Movement]:
    """Return the movements under way: those that judge on some occasion now."""
    open_now = Campaign.objects.filter(status=Status.OPEN, occasion__status=Status.OPEN)
    rows = open_now.order_by("name").values_list("name", "is_example").distinct()
    return [Movement(name, is_example) for name, is_example in rows]


def open_occasions() -> list[tuple[UUID, str]]:
    """Return the occasions that take nominations, with their movement."""
    rows = Occasion.objects.filter(status=Status.OPEN, campaign__status=Status.OPEN)
    ordered = rows.select_related("campaign").order_by("campaign__name", "position")
    return [(row.pk, f"{row.title} ({row.campaign.name})") for row in ordered]


def offers_for(actor: Actor) -> Offers:
    """Return what the drafting form offers, in the order of the plan; two queries."""
    items = (
        AwardItem.objects.filter(
            occasion__status=Status.OPEN, occasion__campaign__status=Status.OPEN
        )
        .select_related("form", "occasion__campaign")
        .order_by("occasion__campaign__name", "occasion__position", "position")
    )
    by_occasion: dict[Occasion, list[tuple[Any, Any]]] = {}
    for item in items:
        by_occasion.setdefault(item.occasion, []).append((item.pk, _item_label(item)))
    subjects = list(
        SubjectKind.objects.filter(campaign__in={i.occasion.campaign_id for i in items}).order_by(
            "campaign__name", "position"
        )
    )
    return Offers(
        units=drafting_units(actor),
        items=[(occasion.title, choices) for occasion, choices in by_occasion.items()],
        subjects=[(kind.pk, _subject_label(kind)) for kind in subjects],
        kinds={kind.pk: kind.kind for kind in subjects},
        fields=[
            (field.pk, field.name)
            for field in PriorityField.objects.filter(
                campaign__in={item.occasion.campaign_id for item in items}
            ).order_by("campaign__name", "position")
        ],
    )


def _item_label(item: AwardItem) -> str:
    return _("%(form)s, %(decider)s quyết định") % {
        "form": str(item),
        "decider": item.form.get_decider_display(),
    }


def _subject_label(kind: SubjectKind) -> str:
    return f"{kind.shown_name} ({kind.get_kind_display()})"


def list_words() -> tuple[list[str], list[str]]:
    """Return the awards and the kinds of nominee that an imported list may name, each once."""
    open_items = AwardItem.objects.filter(
        occasion__status=Status.OPEN, occasion__campaign__status=Status.OPEN
    ).select_related("form")
    forms = dict.fromkeys(str(item) for item in open_items.order_by("form__position", "position"))
    kinds = SubjectKind.objects.filter(award_items__in=open_items.values("pk"))
    names = dict.fromkeys(kinds.order_by("position").values_list("name", flat=True))
    return list(forms), list(names)
