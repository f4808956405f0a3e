"""The inbox: what waits for this person, narrowed down, and what can be done to many at once."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Occasion
from organisations.models import UnitName
from workflow.figure_tables import unit_name_of
from workflow.models import Dossier, Nomination, WorkItem
from workflow.pages.dossiers import DossierFilter
from workflow.pages.due import CHOICES, condition
from workflow.states import State


def in_full(work: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Return work with what a line of the list shows, in one query."""
    return work.select_related(
        "nomination__nominee",
        "nomination__award_item__form",
        "nomination__dossier__unit",
        "nomination__dossier__occasion__campaign",
        "assignee",
    ).annotate(unit_name=unit_name_of("dossier__unit_id"))


ASSIGNED = (("mine", _("Tôi nhận")), ("pool", _("Chưa ai nhận")), ("others", _("Người khác")))


TICKED, ALL = "ticked", "all"
IN_DOSSIERS = "in"
"""What the names of the dossier list's own filter begin with, where it narrows the inbox."""


class InboxFilter(django_filters.FilterSet):
    """What the list can be narrowed by.

    among  work in the dossiers that were ticked on their list (`dossier`), or in all that match
           the filter of that list
    """

    q = django_filters.CharFilter(label=_("Tên hoặc mã hồ sơ"), method="by_text")
    unit = django_filters.CharFilter(label=_("Đơn vị"), method="by_unit")
    occasion = django_filters.ModelChoiceFilter(
        label=_("Đợt xét"),
        queryset=Occasion.objects.select_related("campaign").order_by("campaign", "position"),
        field_name="dossier__occasion",
        empty_label=_("Tất cả"),
    )
    due = django_filters.ChoiceFilter(
        label=_("Hạn xử lý"), choices=CHOICES, method="by_due", empty_label=_("Tất cả")
    )
    assigned = django_filters.ChoiceFilter(
        label=_("Người xử lý"), choices=ASSIGNED, method="by_assignee", empty_label=_("Tất cả")
    )
    dossier = django_filters.ModelMultipleChoiceFilter(
        queryset=Dossier.objects.all(),
        field_name="dossier",
        widget=forms.MultipleHiddenInput,
    )
    among = django_filters.ChoiceFilter(
        choices=[(one, one) for one in (TICKED, ALL)],
        method="by_dossiers",
        widget=forms.HiddenInput,
    )
    state = django_filters.ChoiceFilter(
        choices=State.choices, field_name="state", widget=forms.HiddenInput
    )

    class Meta:
        model = WorkItem
        fields: list[str] = []

    @property
    def narrows(self) -> bool:
        """Return whether anything was asked for that may leave rows out."""
        return any(self.data.get(name) for name in self.filters)

    def by_text(self, rows: QuerySet[WorkItem], _name: str, value: str) -> QuerySet[WorkItem]:
        """Keep rows whose nominee's name or dossier code has the text."""
        text = normalize("NFC", value).strip()
        named = Nomination.objects.filter(nominee__name__icontains=text).order_by()
        coded = Dossier.objects.filter(code__icontains=text)
        return rows.filter(Q(nomination__in=named) | Q(dossier__in=coded))

    def by_unit(self, rows: QuerySet[WorkItem], _name: str, value: str) -> QuerySet[WorkItem]:
        """Keep rows of units that are, or were, called so."""
        names = UnitName.objects.filter(name__icontains=normalize("NFC", value).strip())
        return rows.filter(dossier__unit__in=names.values("unit"))

    def by_assignee(self, rows: QuerySet[WorkItem], _name: str, value: str) -> QuerySet[WorkItem]:
        """Keep work that the person has taken, that nobody has, or that somebody else has."""
        if value == "pool":
            return rows.filter(assignee__isnull=True)
        user_id = self.request.user.pk if self.request else None
        if value == "mine":
            return rows.filter(assignee=user_id)
        return rows.filter(assignee__isnull=False).exclude(assignee=user_id)

    def by_dossiers(self, rows: QuerySet[WorkItem], _name: str, value: str) -> QuerySet[WorkItem]:
        """Keep work in the dossiers chosen on their list; where none was chosen, none."""
        if value == TICKED:
            return rows if self.form.cleaned_data.get("dossier") else rows.none()
        chosen = DossierFilter(self.data, queryset=Dossier.objects.all(), prefix=IN_DOSSIERS)
        if not chosen.form.is_valid():
            return rows.none()
        return rows.filter(dossier__in=chosen.qs.order_by().values("pk"))

    def by_due(self, rows: QuerySet[WorkItem], _name: str, value: str) -> QuerySet[WorkItem]:
        """Keep work whose last day stands so."""
        return rows.filter(condition(value, timezone.localdate()))


@dataclass(frozen=True)
class Pile:
    """How many things of one kind wait."""

    state: State
    count: int
    here: bool
