"""Dossiers: the list that can be searched, and one dossier whole."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize
from uuid import UUID

import django_filters
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Decider, Occasion
from organisations.actors import Actor
from organisations.models import Role, UnitName
from workflow.figure_tables import unit_name_of
from workflow.models import ArchiveTransfer, Dossier, Meeting, Nomination
from workflow.pages.archives import archived_in
from workflow.pages.dossier_law import DossierLaw, dossier_law
from workflow.pages.due import CHOICES, dossiers_due, with_next_due
from workflow.pages.papers import Paper, listed
from workflow.pages.splitting import may_split
from workflow.pages.trail import Told, told
from workflow.pages.trails import may_audit
from workflow.pages.units import Dissolved, dissolved
from workflow.queries import (
    nominations_in_full,
    papers_of,
    trail_of,
)
from workflow.registered import Comparison, comparisons_in
from workflow.retention import Retention, retention_of
from workflow.services.drafting import DRAFTERS
from workflow.states import State

SHOWN_EVENTS = 15


def in_full(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return dossiers with what a line of the list shows, in one query."""
    inside = (
        Nomination.objects.filter(dossier=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(count=Count("pk"))
        .values("count")
    )
    named = rows.select_related("occasion").annotate(
        unit_name=unit_name_of("unit_id"), nomination_count=Coalesce(Subquery(inside), 0)
    )
    return with_next_due(named)


class DossierFilter(django_filters.FilterSet):
    """What the list can be narrowed by."""

    q = django_filters.CharFilter(label=_("Tên đối tượng hoặc mã hồ sơ"), method="by_text")
    unit = django_filters.CharFilter(label=_("Đơn vị"), method="by_unit")
    occasion = django_filters.ModelChoiceFilter(
        label=_("Đợt xét"),
        queryset=Occasion.objects.select_related("campaign").order_by("campaign", "position"),
        empty_label=_("Tất cả"),
    )
    authority = django_filters.ChoiceFilter(
        label=_("Cấp quyết định"), choices=Decider.choices, empty_label=_("Tất cả")
    )
    due = django_filters.ChoiceFilter(
        label=_("Hạn xử lý"), choices=CHOICES, method="by_due", empty_label=_("Tất cả")
    )

    class Meta:
        model = Dossier
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Dossier], _name: str, value: str) -> QuerySet[Dossier]:
        """Keep dossiers whose code, or a nominee in them, has the text."""
        text = normalize("NFC", value).strip()
        inside = Nomination.objects.filter(nominee__name__icontains=text).order_by()
        return rows.filter(Q(code__icontains=text) | Q(pk__in=inside.values("dossier")))

    def by_unit(self, rows: QuerySet[Dossier], _name: str, value: str) -> QuerySet[Dossier]:
        """Keep dossiers of units that are, or were, called so."""
        text = normalize("NFC", value).strip()
        names = UnitName.objects.filter(name__icontains=text)
        return rows.filter(unit__in=names.values("unit"))

    def by_due(self, rows: QuerySet[Dossier], _name: str, value: str) -> QuerySet[Dossier]:
        """Keep dossiers with open work whose last day stands so."""
        return dossiers_due(rows, value)


@dataclass(frozen=True)
class DossierPage:
    """Everything the page shows of a dossier."""

    dossier: Dossier
    unit_name: str
    authority: str
    nominations: QuerySet[Nomination]
    unsent: list[Nomination]
    meetings: list[Meeting]
    papers: list[Paper]
    events: list[Told]
    older_events: int
    is_drafter: bool
    is_head: bool
    may_audit: bool
    law: DossierLaw
    dissolved: Dissolved | None
    registered: dict[UUID, Comparison]
    began_with: str
    retention: Retention | None
    split_from: Dossier | None
    split_off: list[Dossier]
    may_split: bool
    archived: ArchiveTransfer | None

    @property
    def pending(self) -> bool:
        """Return whether papers are under way, so that the page should look again."""
        return any(paper.unfinished for paper in self.papers)

    @property
    def prepared(self) -> list[Nomination]:
        """Return those that wait for the head of the unit."""
        return [row for row in self.unsent if row.state == State.PREPARED]


def dossier_page(actor: Actor, dossier: Dossier) -> DossierPage:
    """Return the page; the number of queries does not depend on what the dossier holds."""
    nominations = nominations_in_full().filter(dossier=dossier).order_by("created_at", "pk")
    unit = dossier.unit
    trail = trail_of(dossier)
    return DossierPage(
        dossier=dossier,
        unit_name=unit_name(dossier),
        authority=str(Decider(dossier.authority).label),
        nominations=nominations,
        unsent=unsent(dossier),
        meetings=list(
            unit.meetings.filter(votes__nomination__dossier=dossier)
            .distinct()
            .prefetch_related("votes")
        ),
        papers=listed(papers_of([dossier])),
        events=told(trail[:SHOWN_EVENTS]),
        older_events=max(0, trail.count() - SHOWN_EVENTS),
        is_drafter=any(held.unit_id == unit.pk for held in actor.mandates_as(*DRAFTERS)),
        is_head=any(held.unit_id == unit.pk for held in actor.mandates_as(Role.UNIT_HEAD)),
        may_audit=may_audit(actor),
        law=dossier_law(actor, dossier),
        dissolved=dissolved(unit, timezone.localdate()),
        registered=comparisons_in(dossier, nominations),
        began_with=first_unit_name(dossier),
        retention=retention_of(dossier.authority),
        split_from=dossier.split_from,
        split_off=list(dossier.split_off.order_by("created_at", "pk")),
        may_split=may_split(actor, dossier),
        archived=archived_in(dossier),
    )


def unsent(dossier: Dossier) -> list[Nomination]:
    """Return what has not left the unit, in the order of the list."""
    rows = nominations_in_full().filter(dossier=dossier)
    return list(rows.filter(state__in=[State.DRAFT, State.PREPARED]).order_by("created_at", "pk"))


def unit_name(dossier: Dossier) -> str:
    """Return what the dossier's unit is called, or was when it ended; its code where it has no name."""
    named = dossier.unit.names.order_by("-valid_from").first()
    return named.name if named else dossier.unit.code


def first_unit_name(dossier: Dossier) -> str:
    """Return the last name of the dissolved body that began the dossier; "" where none did."""
    if dossier.began_with is None:
        return ""
    named = dossier.began_with.names.order_by("-valid_from").first()
    return named.name if named else dossier.began_with.code
