"""Where a nomination is: the steps behind it with their days, who holds it, what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import UnitName
from organisations.queries import people_with_role, people_with_role_below
from workflow.drawing.track import Station, Track, track_of
from workflow.models import Nomination, WorkItem
from workflow.pages.due import Due, due_of
from workflow.permissions import acting_roles
from workflow.queries import UNIT_ROLES, Step, way_of
from workflow.states import Move, State, holder_of, moves_from

_ENDED_BADLY = frozenset(
    {State.INELIGIBLE, State.NOT_PASSED, State.NOT_AWARDED, State.WITHDRAWN, State.REVOKED}
)
_ASIDE = frozenset({State.RETURNED, State.HELD})
"""States beside the line that lead back to it."""


@dataclass(frozen=True)
class Holder:
    """Who has it now, since when, and until when it is to be done."""

    office: str
    names: str
    since: datetime
    due: Due | None
    due_by: str


@dataclass(frozen=True)
class Whereabouts:
    """The way of a nomination with the nomination on it.

    ahead   the move by which it goes on from here, and whose it is; "" at the end
    aside   the moves by which it may leave the line from here
    items   its work, open and closed, in the order it came
    """

    way: list[Station]
    holder: Holder | None
    ahead: str
    ahead_by: str
    aside: list[str]
    items: Sequence[WorkItem]

    @property
    def track(self) -> Track:
        """Return the way as a picture."""
        return track_of(self.way)


def whereabouts(nomination: Nomination) -> Whereabouts:
    """Return where a nomination is; the number of queries does not depend on its history."""
    steps = way_of(nomination)
    items = list(nomination.work_items.order_by("opened_at", "pk"))
    ahead, aside = _moves(nomination, steps)
    return Whereabouts(
        way=stations(nomination, steps, items),
        holder=holder(next((item for item in items if item.closed_at is None), None)),
        ahead=str(ahead.label) if ahead else "",
        ahead_by=_whose(ahead, nomination) if ahead else "",
        aside=[str(move.label) for move in aside],
        items=items,
    )


def stations(
    nomination: Nomination, steps: Sequence[Step], items: Sequence[WorkItem]
) -> list[Station]:
    """Return the way as it is drawn, the nomination's own state at the place where it stands."""
    passed = {item.state: item for item in items if item.closed_at is not None}
    return [
        _here(nomination, step.state, items) if step.here else _other(nomination, step, passed)
        for step in steps
    ]


def _here(nomination: Nomination, station: State, items: Sequence[WorkItem]) -> Station:
    state = State(nomination.state)
    since = items[-1].opened_at if items else nomination.created_at
    if items and items[-1].closed_at is not None:
        since = items[-1].closed_at
    day = _day(since)
    if state in _ASIDE:
        return Station(str(station.label), "left", aside=f"{state.label} {day}")
    if state == State.CLOSED:
        return Station(str(state.label), "done", day)
    holder = holder_of(state, None, nomination.flow_version)
    by = str(holder.role.label) if holder else ""
    return Station(str(state.label), "stopped" if state in _ENDED_BADLY else "now", day, by)


def _other(nomination: Nomination, step: Step, passed: dict[str, WorkItem]) -> Station:
    if step.passed:
        item = passed.get(step.state)
        day = _day(item.closed_at) if item else ""
        return Station(str(step.state.label), "done", day, item.closed_by if item else "")
    holder = holder_of(step.state, None, nomination.flow_version)
    return Station(str(step.state.label), "", by=str(holder.role.label) if holder else "")


def _day(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "d/m/Y") if at else ""


def _moves(nomination: Nomination, steps: Sequence[Step]) -> tuple[Move | None, list[Move]]:
    """Return the move that goes on along the line, or back to it, and those that leave it."""
    state = State(nomination.state)
    coming = [step.state for step in steps if not step.passed and not step.here]
    moves = moves_from(state, nomination.flow_version)
    lasting = [move for move in moves if isinstance(move.target, State)]
    onwards = [move for move in moves if move not in lasting]
    onwards += [move for target in coming for move in lasting if move.target is target]
    ahead = onwards[0] if onwards else None
    behind = {step.state for step in steps if step.passed}
    aside = [m for m in lasting if m.target not in coming and m.target not in behind]
    return ahead, aside


def _whose(move: Move, nomination: Nomination) -> str:
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    state, way = State(nomination.state), nomination.flow_version
    _desk, roles = acting_roles(move, state, resume_to, way)
    return ", ".join(sorted(str(role.label) for role in roles))


def holder(item: WorkItem | None) -> Holder | None:
    """Return who has the open work item; None where nobody has anything to do."""
    if item is None:
        return None
    today = timezone.localdate()
    names = UnitName.objects.filter(unit__path=item.unit_path, valid_from__lte=today)
    named = names.select_related("unit").order_by("-valid_from").first()
    if named is None:
        return None
    if item.role in UNIT_ROLES:
        people = people_with_role(item.role, named.unit, today)
    else:
        people = people_with_role_below(item.role, item.unit_path, today)
    office = _("%(role)s, %(unit)s") % {"role": item.get_role_display(), "unit": named.name}
    held_by = ", ".join(person.full_name for person in people)
    due = due_of(item.due_on, item.soon_on, today)
    return Holder(office, held_by, item.opened_at, due, item.get_due_by_display())
