"""How a last day is shown: how many days are left, or by how many it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from workflow.models import Dossier, DueBy, WorkItem

_OPEN = WorkItem.objects.filter(closed_at__isnull=True)
LATE, TODAY, SOON, LATER, NONE = "late", "today", "soon", "later", "none"
CHOICES: list[tuple[str, str | Promise]] = [
    (LATE, gettext_lazy("Quá hạn")),
    (TODAY, gettext_lazy("Đến hạn hôm nay")),
    (SOON, gettext_lazy("Sắp đến hạn")),
    (NONE, gettext_lazy("Chưa có hạn")),
]


@dataclass(frozen=True, slots=True)
class Due:
    """One last day. `kind` is one of the words above; `words` is "" where nothing presses."""

    on: date
    kind: str
    words: str


def due_of(due_on: date | None, soon_on: date | None, today: date) -> Due | None:
    """Return how a last day stands on a day; None where there is none. Calendar days count."""
    if due_on is None:
        return None
    left = (due_on - today).days
    if left < 0:
        late = ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", -left)
        return Due(due_on, LATE, late % {"days": -left})
    if left == 0:
        return Due(due_on, TODAY, _("đến hạn hôm nay"))
    if soon_on is not None and soon_on <= today:
        near = ngettext("sắp đến hạn, còn %(days)d ngày", "sắp đến hạn, còn %(days)d ngày", left)
        return Due(due_on, SOON, near % {"days": left})
    return Due(due_on, LATER, "")


def due_cell(due_on: date | None, soon_on: date | None, due_by: str) -> SafeString:
    """Return a last day as a cell of a list, with whose it is; a dash where there is none."""
    due = due_of(due_on, soon_on, timezone.localdate())
    if due is None:
        return format_html('<span class="text-quiet">{}</span>', "–")
    pressing = format_html(' <span class="due due-{}">{}</span>', due.kind, due.words)
    return format_html(
        '{}{}<div class="text-quiet">{}</div>',
        f"{due.on:%d/%m/%Y}",
        pressing if due.words else "",
        DueBy(due_by).label if due_by else "",
    )


def condition(kind: str, today: date) -> Q:
    """Return the condition for open work whose last day stands so; nothing for other words."""
    return {
        LATE: Q(due_on__lt=today),
        TODAY: Q(due_on=today),
        SOON: Q(soon_on__lte=today, due_on__gt=today),
        NONE: Q(due_on__isnull=True),
    }.get(kind, Q())


def by_due(rows: QuerySet[Any], name: str, *, descending: bool) -> QuerySet[Any]:
    """Return rows by a last day; those without one always last."""
    day = F(name)
    order = day.desc(nulls_last=True) if descending else day.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def with_next_due(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Annotate dossiers with the nearest last day of their open work, when it is near, and whose it is."""
    work = _OPEN.filter(dossier=OuterRef("pk"), due_on__isnull=False)
    first = work.order_by("due_on", "pk")
    return rows.annotate(
        next_due=Subquery(first.values("due_on")[:1]),
        next_soon=Subquery(first.values("soon_on")[:1]),
        next_by=Subquery(first.values("due_by")[:1]),
    )


def dossiers_due(rows: QuerySet[Dossier], kind: str) -> QuerySet[Dossier]:
    """Keep dossiers with open work whose last day stands so."""
    work = _OPEN.filter(condition(kind, timezone.localdate()))
    return rows.filter(pk__in=work.values("dossier"))
