"""Counting days: weekends, an office's holidays and make-up days, and clocks that are stopped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import (
    RESTARTS,
    STOPS,
    WORKING,
    Pause,
    WorkCalendar,
    due_on,
    is_working,
    working_days_after,
    working_days_between,
)

PLAIN = WorkCalendar()
# As an office might enter them: two days off in a row, and a Saturday worked for one of them.
FILLED = WorkCalendar(
    off=frozenset({date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}),
    worked=frozenset({date(2026, 4, 25)}),
)
FRIDAY = date(2026, 4, 24)
CALENDAR_DAYS = "calendar_days"

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
counts = st.integers(0, 60)
calendars = st.builds(
    WorkCalendar,
    off=st.frozensets(days, max_size=40),
    worked=st.frozensets(days, max_size=40),
)


@pytest.mark.parametrize(
    ("count", "calendar", "expected"),
    [
        (0, PLAIN, FRIDAY),
        (1, PLAIN, date(2026, 4, 27)),
        (5, PLAIN, date(2026, 5, 1)),
        (6, PLAIN, date(2026, 5, 4)),
        (1, FILLED, date(2026, 4, 25)),
        (2, FILLED, date(2026, 4, 28)),
        (3, FILLED, date(2026, 4, 29)),
        (4, FILLED, date(2026, 5, 4)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays_and_count_make_up_days(
    count: int, calendar: WorkCalendar, expected: date
) -> None:
    assert working_days_after(FRIDAY, count, calendar) == expected


def test_a_day_both_off_and_worked_is_worked() -> None:
    saturday = date(2026, 4, 25)
    both = WorkCalendar(frozenset({saturday}), frozenset({saturday}))
    assert is_working(saturday, both)
    assert not is_working(saturday, PLAIN)
    assert both.years == {2026}


def test_days_are_not_counted_backwards_by_a_negative_number() -> None:
    with pytest.raises(ValueError, match="forwards"):
        working_days_after(FRIDAY, -1, PLAIN)


@given(days, counts, calendars)
def test_between_counts_what_after_went(day: date, count: int, calendar: WorkCalendar) -> None:
    last = working_days_after(day, count, calendar)
    assert working_days_between(day, last, calendar) == count
    if count:
        assert is_working(last, calendar)


@given(days, counts, counts, calendars)
def test_two_terms_are_as_long_as_one(
    day: date, one: int, other: int, calendar: WorkCalendar
) -> None:
    half = working_days_after(day, one, calendar)
    assert working_days_after(half, other, calendar) == working_days_after(
        day, one + other, calendar
    )


@given(days, st.integers(1, 60), days)
def test_a_further_holiday_never_makes_a_term_end_sooner(day: date, count: int, off: date) -> None:
    with_holiday = working_days_after(day, count, WorkCalendar(frozenset({off})))
    assert with_holiday >= working_days_after(day, count, PLAIN)


def due(*pauses: Pause, rule: str, unit: str = WORKING, count: int = 10) -> date | None:
    return due_on(FRIDAY, count, unit, rule, pauses, PLAIN)


ASKED, ANSWERED = date(2026, 4, 29), date(2026, 5, 8)
"""Three working days after the start; seven working days later."""


@pytest.mark.parametrize(
    ("rule", "unit", "expected"),
    [
        (STOPS, WORKING, date(2026, 5, 19)),  # 7 working days are left
        (RESTARTS, WORKING, date(2026, 5, 22)),
        (STOPS, CALENDAR_DAYS, date(2026, 5, 13)),  # 5 days are left
        (RESTARTS, CALENDAR_DAYS, date(2026, 5, 18)),
        ("", WORKING, None),
    ],
)
def test_a_supplement_stops_or_restarts_the_clock_as_the_text_says(
    rule: str, unit: str, expected: date | None
) -> None:
    assert due(Pause(ASKED, ANSWERED), rule=rule, unit=unit) == expected


def test_without_supplement_the_rule_does_not_matter() -> None:
    assert {due(rule=rule) for rule in (STOPS, RESTARTS, "")} == {date(2026, 5, 8)}
    assert due(rule="", unit=CALENDAR_DAYS) == date(2026, 5, 4)


def test_while_a_supplement_is_awaited_no_day_is_known() -> None:
    assert due(Pause(ASKED, None), rule=STOPS) is None
    assert due(Pause(ASKED, None), rule=RESTARTS) is None


def test_two_stops_are_taken_off_one_after_the_other() -> None:
    second = Pause(date(2026, 5, 12), date(2026, 5, 20))  # two more working days spent
    assert due(Pause(ASKED, ANSWERED), second, rule=STOPS) == date(2026, 5, 27)


def test_a_term_that_had_run_out_is_not_lengthened_by_a_later_request() -> None:
    late = Pause(date(2026, 5, 29), date(2026, 6, 12))
    assert due(late, rule=STOPS) == date(2026, 5, 8)


@given(days, st.integers(1, 40), st.integers(0, 30), st.integers(0, 30), calendars)
def test_a_stop_never_makes_a_term_end_sooner(
    start: date, count: int, until: int, away: int, calendar: WorkCalendar
) -> None:
    asked = start + timedelta(days=until)
    pause = Pause(asked, asked + timedelta(days=away))
    stopped = due_on(start, count, WORKING, STOPS, [pause], calendar)
    plain = due_on(start, count, WORKING, STOPS, [], calendar)
    assert stopped is not None
    assert plain is not None
    assert stopped >= plain
