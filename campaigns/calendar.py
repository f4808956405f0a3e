"""Counting days: working days with the holidays and make-up days that an office has entered.

Pure. Saturdays and Sundays are days off; a holiday is a weekday off, a make-up day a weekend day
worked. The day of the event itself is not counted: the first day is the one after it. No text
in the product's sources says so; it is this product's convention, named in docs/regimes.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

WORKING: Final = "working_days"
STOPS: Final = "stops"
RESTARTS: Final = "restarts"
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days that are not what their weekday says; `years`: those that an office has filled in."""

    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    @property
    def years(self) -> frozenset[int]:
        """Return the years of which something was entered."""
        return frozenset(day.year for day in self.off | self.worked)


@dataclass(frozen=True, slots=True)
class Pause:
    """A supplement asked for on `asked_on` and handed in on `answered_on`; None: still awaited."""

    asked_on: date
    answered_on: date | None


def is_working(day: date, calendar: WorkCalendar) -> bool:
    """Return whether offices work on a day."""
    if day in calendar.worked:
        return True
    return day.weekday() < _SATURDAY and day not in calendar.off


def working_days_after(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day after a day; for 0 the day itself.

    Raises ValueError for a negative count.
    """
    if count < 0:
        message = "days are counted forwards"
        raise ValueError(message)
    while count:
        day += _DAY
        count -= is_working(day, calendar)
    return day


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """Return how many working days come after `first`, up to and with `last`; 0 where none do."""
    return sum(is_working(day, calendar) for day in _days(first, last))


def _days(first: date, last: date) -> Iterator[date]:
    while first < last:
        first += _DAY
        yield first


def days_after(day: date, count: int, unit: str, calendar: WorkCalendar) -> date:
    """Return the day on which a term of working or calendar days ends."""
    if unit == WORKING:
        return working_days_after(day, count, calendar)
    return day + timedelta(days=count)


def days_before(day: date, count: int, unit: str, calendar: WorkCalendar) -> date:
    """Return the day that lies a number of working or calendar days before a day."""
    if unit != WORKING:
        return day - timedelta(days=count)
    while count:
        day -= _DAY
        count -= is_working(day, calendar)
    return day


def due_on(
    start: date,
    count: int,
    unit: str,
    on_supplement: str,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
) -> date | None:
    """Return the day a term ends that begins after `start`, or None where that is not known.

    pauses  the supplements asked for since, in the order of time, none within another

    A supplement stops the clock while it is awaited, or restarts it on the day it is handed in.
    Not known: while a supplement is awaited, and after one where no text says what it does.
    """
    if not pauses:
        return days_after(start, count, unit, calendar)
    answered = pauses[-1].answered_on
    if answered is None or on_supplement not in {STOPS, RESTARTS}:
        return None
    if on_supplement == RESTARTS:
        return days_after(answered, count, unit, calendar)
    for pause in pauses:
        spent = _spent(start, pause.asked_on, unit, calendar)
        if spent >= count:  # it had run out before more was asked for
            return days_after(start, count, unit, calendar)
        count -= spent
        start = pause.answered_on or pause.asked_on
    return days_after(start, count, unit, calendar)


def _spent(start: date, until: date, unit: str, calendar: WorkCalendar) -> int:
    if unit == WORKING:
        return working_days_between(start, until, calendar)
    return max(0, (until - start).days)
