"""The auditor's reads: events, verdicts on chains, exports. Only for who holds that office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.exports import StreamExport, export_stream
from audit.models import Event
from audit.verdicts import Verdict
from audit.verification import verify_stream
from organisations.actors import Actor
from organisations.models import Role
from workflow.errors import NotFoundError
from workflow.forms.base import DATE_FORMATS
from workflow.models import Dossier
from workflow.pages.wording import ACTS
from workflow.queries import streams_of, trail_of, visible_dossiers

_DAY: dict[str, Any] = {
    "widget": forms.DateInput(attrs={"placeholder": _("ngày/tháng/năm")}),
    "input_formats": DATE_FORMATS,
}
READERS = frozenset({Role.AUDITOR.value})


def may_audit(actor: Actor) -> bool:
    """Return whether the person holds the auditor's office anywhere."""
    return bool(actor.mandates_as(*READERS))


def auditing(actor: Actor) -> Actor:
    """Return the actor with the auditor's mandates alone. Raises NotFoundError without any."""
    mandates = actor.mandates_as(*READERS)
    if not mandates:
        raise NotFoundError
    return Actor(actor.user_id, actor.name, actor.position, mandates)


def trails(actor: Actor) -> QuerySet[Event]:
    """Return the events of every dossier that the auditor may read, newest first.

    Raises NotFoundError for somebody who is no auditor. The streams are named, not joined: the
    log knows no dossier.
    """
    dossiers = visible_dossiers(auditing(actor)).order_by()
    names = [f"dossier:{key}" for key in dossiers.values_list("pk", flat=True)]
    return Event.objects.filter(stream__in=names).order_by("-at", "-seq")


class TrailFilter(django_filters.FilterSet):
    """What the events can be narrowed by."""

    q = django_filters.CharFilter(label=_("Người làm, đơn vị, đối tượng"), method="by_text")
    action = django_filters.ChoiceFilter(
        label=_("Việc"), choices=list(ACTS.items()), empty_label=_("Tất cả")
    )
    since = django_filters.DateFilter(
        label=_("Từ ngày"), field_name="at", lookup_expr="date__gte", **_DAY
    )
    until = django_filters.DateFilter(
        label=_("Đến ngày"), field_name="at", lookup_expr="date__lte", **_DAY
    )

    class Meta:
        model = Event
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        """Keep events by somebody, at a unit, or about a nominee called so."""
        text = normalize("NFC", value).strip()
        return rows.filter(
            Q(name__icontains=text) | Q(unit__icontains=text) | Q(data__nominee__icontains=text)
        )


@dataclass(frozen=True)
class TrailPage:
    """One dossier's trail."""

    dossier: Dossier
    events: QuerySet[Event]


def trail_page(actor: Actor, dossier: Dossier) -> TrailPage:
    """Return the trail. Raises NotFoundError for somebody who is no auditor of this dossier."""
    if not visible_dossiers(auditing(actor)).filter(pk=dossier.pk).exists():
        raise NotFoundError
    return TrailPage(dossier, trail_of(dossier))


def verdicts_of(dossier: Dossier) -> Sequence[Verdict]:
    """Return the verdict on each chain that tells the dossier's history."""
    return [verify_stream(stream) for stream in streams_of(dossier)]


def exports_of(dossier: Dossier) -> list[StreamExport]:
    """Return each chain that tells the dossier's history, whole."""
    return [export_stream(stream) for stream in streams_of(dossier)]
