"""Whether a council may vote: the public notice that the law asks for, held against what was put up.

Asked for only where the dossier's regime says so in a checked text that fits the award; where its
place is empty, nothing is barred, and pages say what is missing (deadlines.terms_of).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from audit.errors import Refusal
from campaigns.calendar import WorkCalendar, days_after
from campaigns.models import Clock
from campaigns.regimes import work_calendar
from workflow.consulting_states import NoticeState
from workflow.deadlines import PUBLIC_NOTICE, words_of
from workflow.errors_consulting import NoticeMissingError, NoticeNotOverError, ObjectionOpenError
from workflow.law import AWARD_KIND, Law, law_of
from workflow.models import Nomination, NoticeItem, Objection
from workflow.states import MOVES, Move

NOTICED_MOVES: Final = frozenset(
    move.name for move in MOVES.values() if "notice_over" in move.guards
)
"""Moves that say what a council voted."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was put up: by nomination, first and last days of notices, and open objections."""

    notices: Mapping[UUID, Sequence[tuple[date, date]]]
    objections: Mapping[UUID, int]


def notice_clock(law: Law, nomination: Nomination) -> Clock | None:
    """Return how long the law wants a nomination put up; None where no checked text says."""
    clock = law.clock(nomination, PUBLIC_NOTICE)
    if clock is None or clock.length is None or not clock.relied_upon:
        return None
    return clock if clock.award_kind in {"", AWARD_KIND} else None


def soonest_session(clock: Clock, started: date, calendar: WorkCalendar) -> date:
    """Return the first day on which a council may meet on what was put up on a day."""
    return days_after(started, clock.length or 0, clock.unit, calendar)


def notice_bars(nominations: Sequence[Nomination], on: date) -> dict[UUID, Refusal]:
    """Return why a council may not meet on a day on some of these; at most nine queries.

    on  the day of the session
    """
    law = law_of(nominations)
    clocks = {row.pk: clock for row in nominations if (clock := notice_clock(law, row))}
    if not clocks:
        return {}
    calendar, posted = work_calendar(), _posted(clocks)
    found = {}
    for row in nominations:
        if row.pk in clocks:
            bar = _bar(row, clocks[row.pk], posted, calendar, on)
            if bar is not None:
                found[row.pk] = bar
    return found


def load_notice_bars(nominations: Sequence[Nomination], moves: Iterable[Move], on: date) -> None:
    """Put on each nomination what bars a vote on it; free where none of the moves is a vote."""
    if not any(move.name in NOTICED_MOVES for move in moves):
        return
    bars = notice_bars(nominations, on)
    for row in nominations:
        row.notice_bars = {"vote": bars.get(row.pk)}


def require_notice_over(nominations: Sequence[Nomination], on: date) -> None:
    """Raise the first refusal where a council met too soon: its session's day counts, not today."""
    bars = notice_bars(nominations, on)
    for row in nominations:
        if row.pk in bars:
            raise bars[row.pk]


def _posted(wanted: Iterable[UUID]) -> Posted:
    """Return what stands of notices that were not taken down; two queries."""
    items = NoticeItem.objects.filter(nomination__in=list(wanted)).exclude(
        notice__state=NoticeState.CANCELLED
    )
    notices: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    by_notice: dict[UUID, list[UUID]] = defaultdict(list)
    for nomination, notice, first, last in items.values_list(
        "nomination_id", "notice_id", "notice__starts_on", "notice__ends_on"
    ):
        notices[nomination].append((first, last))
        by_notice[notice].append(nomination)
    objections: dict[UUID, int] = defaultdict(int)
    for open_one in Objection.objects.filter(notice__in=list(by_notice), outcome=""):
        about = open_one.nomination_id
        for nomination in by_notice[open_one.notice_id] if about is None else [about]:
            objections[nomination] += 1
    return Posted(notices, objections)


def _bar(
    row: Nomination, clock: Clock, posted: Posted, calendar: WorkCalendar, on: date
) -> Refusal | None:
    name, rule = row.nominee.name, words_of(clock)
    notices = posted.notices.get(row.pk, ())
    if not notices:
        return NoticeMissingError(name=name, form=row.award_item.form.name, rule=rule)
    # Nor before the last day that the notice itself named: people were told they had until then.
    soonest = min(
        max(soonest_session(clock, first, calendar), last + timedelta(days=1))
        for first, last in notices
    )
    if on < soonest:
        return NoticeNotOverError(name=name, soonest=soonest, day=on, rule=rule)
    count = posted.objections.get(row.pk, 0)
    return ObjectionOpenError(name=name, count=count) if count else None
