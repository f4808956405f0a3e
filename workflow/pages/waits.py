"""What waits where: open work by step and by whoever holds it, the longest waiting first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.charts import Shape
from organisations.actors import Actor
from organisations.models import Role, UnitName
from workflow.drawing import waits as drawing
from workflow.drawing.waits import Bar
from workflow.models import Heartbeat, WorkItem
from workflow.queries import visible_dossiers
from workflow.states import State

SHOWN_BARS = 12


@dataclass(frozen=True)
class Waiting:
    """One step at one place: how many wait, how many of them are late, since when the oldest does."""

    state: State
    role: str
    place: str
    count: int
    late: int
    oldest: datetime
    days: int


@dataclass(frozen=True)
class WaitsPage:
    """What waits in all dossiers that a person may read."""

    rows: Sequence[Waiting]
    told_at: datetime | None

    @property
    def bars(self) -> list[Bar]:
        """Return the longest waits, to be drawn."""
        return [Bar(str(row.state.label), row.place, row.days) for row in self.rows[:SHOWN_BARS]]

    @property
    def shapes(self) -> list[Shape]:
        """Return what the picture is drawn of."""
        return drawing.drawn(self.bars)

    @property
    def height(self) -> int:
        """Return how high the picture is."""
        return drawing.height(self.bars)

    @property
    def width(self) -> int:
        """Return how wide the picture is."""
        return drawing.WIDTH

    @property
    def described(self) -> str:
        """Return the picture in a sentence, for those who do not see it."""
        parts = [
            _("%(step)s, %(place)s: %(days)s")
            % {"step": bar.step, "place": bar.place, "days": days_text(bar.days)}
            for bar in self.bars
        ]
        return "; ".join(parts)


def days_text(days: int) -> str:
    """Return “3 ngày”."""
    return ngettext("%(days)d ngày", "%(days)d ngày", days) % {"days": days}


def waits_page(actor: Actor) -> WaitsPage:
    """Return the page; three queries, however much waits."""
    today = timezone.localdate()
    groups = list(
        WorkItem.objects.filter(
            closed_at__isnull=True, dossier__in=visible_dossiers(actor).order_by()
        )
        .values("state", "role", "unit_path")
        .annotate(
            count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)), oldest=Min("opened_at")
        )
        .order_by("oldest", "state", "unit_path")
    )
    names = _names({group["unit_path"] for group in groups}, today)
    beat = Heartbeat.objects.filter(name="tell").first()
    rows = [_waiting(dict(group), names, today) for group in groups]
    return WaitsPage(rows, beat.at if beat else None)


def _waiting(group: dict[str, Any], names: dict[str, str], today: date) -> Waiting:
    return Waiting(
        state=State(group["state"]),
        role=str(Role(group["role"]).label),
        place=names.get(group["unit_path"], group["unit_path"]),
        count=group["count"],
        late=group["late"],
        oldest=group["oldest"],
        days=(today - timezone.localdate(group["oldest"])).days,
    )


def _names(paths: set[str], today: date) -> dict[str, str]:
    """Return the last names, up to a day, of the units at some paths."""
    rows = UnitName.objects.filter(unit__path__in=paths, valid_from__lte=today)
    return dict(rows.order_by("valid_from").values_list("unit__path", "name"))
