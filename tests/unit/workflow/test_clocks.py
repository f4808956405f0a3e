"""When a step is due: the office's limit on its calendar, with returns and holds taken out."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import Pause, WorkCalendar, days_before, is_working, working_days_after
from workflow.clocks import Days, Limits, Spell, stay
from workflow.models import StepLimit
from workflow.pages.due import Due, due_of

CAMPAIGN: UUID = uuid4()
MONDAY = date(2026, 11, 23)
STEP = "under_appraisal"


def limits(state: str = STEP, *, off: tuple[date, ...] = (), **facts: object) -> Limits:
    values = {"length": 5, "unit": "working_days", "soon": 2, "escalate": 3, **facts}
    return Limits({(CAMPAIGN, state): StepLimit(**values)}, WorkCalendar(off=frozenset(off)))


def on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


def test_working_days_pass_over_weekends_and_what_the_office_entered() -> None:
    assert limits().days(CAMPAIGN, STEP, MONDAY) == Days(on(30), on(26), on(3, 12), "office")
    moved = limits(off=(on(25), on(2, 12))).days(CAMPAIGN, STEP, MONDAY)
    assert moved == Days(on(1, 12), on(27), on(7, 12), "office")


def test_calendar_days_are_plain_days_and_nobody_tells_a_head_unasked() -> None:
    found = limits(unit="calendar_days", escalate=None).days(CAMPAIGN, STEP, MONDAY)
    assert found == Days(on(28), on(26), None, "office")


def test_without_a_limit_there_is_no_last_day_but_one_that_was_named_stands() -> None:
    assert Limits().days(CAMPAIGN, STEP, MONDAY) == Days()
    assert limits().days(uuid4(), STEP, MONDAY) == Days()
    found = Limits().days(CAMPAIGN, "returned", MONDAY, named=on(30))
    assert found == Days(on(30), on(30), None, "act")
    known = limits("returned", length=None)
    assert known.days(CAMPAIGN, "returned", MONDAY, named=on(30)) == Days(
        on(30), on(26), on(3, 12), "act"
    )
    assert known.days(CAMPAIGN, "returned", MONDAY) == Days()


@pytest.mark.parametrize(
    ("law", "shown"),
    [
        (on(27), Days(on(27), on(25), on(2, 12), "law")),
        (on(30), Days(on(30), on(26), on(3, 12), "office")),
        (on(1, 12), Days(on(30), on(26), on(3, 12), "office")),
        (None, Days(on(30), on(26), on(3, 12), "office")),
    ],
)
def test_of_the_office_s_day_and_the_law_s_the_sooner_counts(law: date | None, shown: Days) -> None:
    assert limits().days(CAMPAIGN, STEP, MONDAY, law=law) == shown


def test_the_law_s_day_alone_is_a_last_day_and_is_sooner_than_a_review_that_is_later() -> None:
    assert Limits().days(CAMPAIGN, STEP, MONDAY, law=on(27)) == Days(on(27), on(27), None, "law")
    held = Limits().days(CAMPAIGN, "held", MONDAY, named=on(30), law=on(27))
    assert (held.due, held.by) == (on(27), "law")


def test_a_clock_that_was_set_back_pauses_nothing_and_takes_no_day_away() -> None:
    past = [Spell(STEP, on(2), on(6)), Spell("returned", on(6), on(4))]
    assert stay(past, STEP, on(4)) == (on(2), [Pause(on(6), on(6))])
    assert limits().days(CAMPAIGN, STEP, on(4), history=past).due == on(9)


def test_days_at_the_unit_do_not_count() -> None:
    past = [
        Spell("proposed", on(2), on(4)),
        Spell(STEP, on(4), on(6)),  # two working days gone
        Spell("returned", on(6), on(16)),
        Spell(STEP, on(16), on(17)),  # one more
        Spell("held", on(17), MONDAY),
    ]
    start, pauses = stay(past, STEP, MONDAY)
    assert (start, pauses) == (on(4), [Pause(on(6), on(16)), Pause(on(17), MONDAY)])
    assert limits().days(CAMPAIGN, STEP, MONDAY, history=past).due == on(25)


def test_a_step_that_was_left_for_another_begins_anew() -> None:
    past = [
        Spell(STEP, on(2), on(4)),
        Spell("appraised", on(4), on(6)),
        Spell("held", on(6), MONDAY),
    ]
    assert stay(past, STEP, MONDAY) == (MONDAY, [])
    assert stay([], STEP, MONDAY) == (MONDAY, [])


def test_a_step_that_was_late_before_it_was_returned_stays_so() -> None:
    past = [Spell(STEP, on(2), on(16)), Spell("returned", on(16), MONDAY)]
    assert limits().days(CAMPAIGN, STEP, MONDAY, history=past).due == on(9)


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    WorkCalendar,
    off=st.frozensets(days, max_size=30),
    worked=st.frozensets(days, max_size=30),
)


@given(day=days, count=st.integers(1, 40), calendar=calendars)
def test_counting_back_undoes_counting_forward(
    day: date, count: int, calendar: WorkCalendar
) -> None:
    forward = working_days_after(day, count, calendar)
    back = days_before(forward, count, "working_days", calendar)
    assert back <= forward
    assert working_days_after(back, count, calendar) <= forward
    assert back == day or is_working(back, calendar)
    assert days_before(day, count, "calendar_days", calendar) == day - timedelta(days=count)


@pytest.mark.parametrize(
    ("due", "soon", "shown"),
    [
        (None, None, None),
        (on(20), on(18), Due(on(20), "late", "quá hạn 3 ngày")),
        (MONDAY, on(20), Due(MONDAY, "today", "đến hạn hôm nay")),
        (on(25), MONDAY, Due(on(25), "soon", "sắp đến hạn, còn 2 ngày")),
        (on(25), on(24), Due(on(25), "later", "")),
        (on(25), None, Due(on(25), "later", "")),
    ],
)
def test_a_last_day_says_how_it_stands(
    due: date | None, soon: date | None, shown: Due | None
) -> None:
    assert due_of(due, soon, MONDAY) == shown
