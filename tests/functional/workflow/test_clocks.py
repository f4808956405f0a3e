"""Last days on work: set when it opens, paused by returns and holds, reckoned anew on a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django_q.models import OrmQ

from audit.errors import Refusal
from audit.models import Event
from campaigns.calendar_lines import DayLine
from tests.cast import CAMPAIGN, Cast
from tests.factories import (
    again,
    appraise,
    asked,
    draft,
    facts,
    give_back,
    nomination_in,
    nominations_in,
    person,
    prepare,
)
from tests.rows import counted, fingerprint
from workflow.models import Nomination, StepLimit, WorkItem
from workflow.services import drafting, returns
from workflow.services.clocks import (
    LimitFacts,
    drop_calendar_day,
    enter_calendar_days,
    reckon_anew,
    remove_step_limit,
    set_step_limit,
)
from workflow.states import State

WORKING = "working_days"
NAMES = ("Trần Văn Đường", "Lê Hoàng Phương Uyên", "Phạm Quốc Khánh")


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """A Monday morning."""
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as traveller:
        yield traveller


def limit(cast: Cast, state: State, length: int | None = 5, **changes: Any) -> StepLimit:
    given: dict[str, Any] = {
        "length": length, "unit": WORKING, "soon": 2, "escalate": 3,
        "source": "Quy chế 12/QC-STTTT", **changes,
    }  # fmt: skip
    return set_step_limit(
        actor=cast["dung"], campaign_key=CAMPAIGN, state=state, expected_version=0,
        facts=LimitFacts(**given),
    )  # fmt: skip


def work(row: Nomination) -> WorkItem:
    return WorkItem.objects.get(nomination=row, closed_at=None)


def days(row: Nomination) -> tuple[date | None, date | None, date | None]:
    item = work(row)
    return item.due_on, item.soon_on, item.escalate_on


def test_a_limit_dates_the_work_that_opens_after_it(cast: Cast) -> None:
    without = nomination_in(State.PREPARED, cast)
    assert days(without) == (None, None, None)
    limit(cast, State.DRAFT)
    [row] = draft(cast, facts(person(NAMES[0])))
    assert days(row) == (date(2026, 11, 30), date(2026, 11, 26), date(2026, 12, 3))
    prepare(cast, again(row))
    assert days(row) == (None, None, None)


def test_a_return_names_the_day_and_pauses_the_step(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    limit(cast, State.RETURNED, None)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert days(row)[0] == date(2026, 11, 30)
    clock.move_to("2026-11-25T09:00:00+07:00")
    give_back(cast, again(row))
    assert days(row) == (date(2026, 12, 5), date(2026, 12, 3), date(2026, 12, 9))
    clock.move_to("2026-12-03T09:00:00+07:00")
    [now] = again(row)
    returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=now.version,
        answers={1: "Đã nêu", 2: "Đã gửi"},
    )  # fmt: skip
    assert days(row) == (date(2026, 12, 8), date(2026, 12, 4), date(2026, 12, 11))


def test_a_hold_is_due_when_it_is_to_be_looked_at_again(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    row = nomination_in(State.HELD, cast)
    assert days(row) == (date(2026, 12, 8), date(2026, 12, 8), None)
    clock.move_to("2026-12-08T09:00:00+07:00")
    [now] = again(row)
    returns.resume_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=now.version, reason="Đã rõ"
    )
    assert days(row)[0] == date(2026, 12, 15)


def test_dating_a_set_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    def cost(names: tuple[str, ...], *, dated: bool) -> int:
        rows = draft(cast, *(facts(person(name)) for name in names))
        if dated:
            StepLimit.objects.get_or_create(
                campaign=cast.campaign, state=State.PREPARED, length=5, unit=WORKING,
                defaults={"source": "a", "set_at": rows[0].created_at},
            )  # fmt: skip
        with counted() as cost:
            drafting.prepare_nominations(actor=cast["lan"], items=asked(*rows))
        return len(cost)

    plain = cost(("Một Người",), dated=False)
    assert cost(("Hai Người",), dated=True) == plain + 2  # the limits, the calendar
    assert cost(NAMES, dated=True) == plain + 2


def test_a_changed_limit_or_calendar_dates_open_work_anew_and_only_once(cast: Cast) -> None:
    rows = nominations_in(State.UNDER_APPRAISAL, cast, facts(), facts(person(NAMES[0])))
    given_back = again(rows[0])
    give_back(cast, given_back)
    before = days(rows[0])
    limit(cast, State.UNDER_APPRAISAL)
    assert list(OrmQ.objects.all())[-1].func() == "workflow.tasks_clocks.reckon_anew"
    assert reckon_anew(CAMPAIGN) == 1
    assert days(rows[1])[0] == date(2026, 11, 30)
    assert days(rows[0]) == before
    assert reckon_anew(CAMPAIGN) == reckon_anew("kg-khac") == 0
    holiday = DayLine(date(2026, 11, 24), is_off=True, name="Nghỉ")
    assert enter_calendar_days(actor=cast["dung"], days=[holiday], source="Thông báo") == 1
    assert reckon_anew() == 1
    assert days(rows[1])[0] == date(2026, 12, 1)
    limit(cast, State.RETURNED, None)
    assert reckon_anew() == 1  # its last day was named, its reminder was not
    assert days(rows[0])[0] == before[0]
    assert days(rows[0])[1] == date(2026, 12, 1)
    drop_calendar_day(actor=cast["dung"], day=holiday.day)
    reckon_anew()
    assert days(rows[1])[0] == date(2026, 11, 30)
    remove_step_limit(
        actor=cast["thao"], campaign_key=CAMPAIGN, state=State.UNDER_APPRAISAL, expected_version=1
    )
    assert reckon_anew() == 1
    assert days(rows[1]) == (None, None, None)
    actions = Event.objects.filter(action__startswith="step_limit").order_by("seq")
    told = [(one.action, one.subject) for one in actions]
    assert told[-1] == ("step_limit.removed", "step_limit:under_appraisal")


def test_closed_work_keeps_the_day_it_had(cast: Cast) -> None:
    limit(cast, State.UNDER_APPRAISAL)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    item = work(row)
    appraise(cast, again(row))
    remove_step_limit(
        actor=cast["dung"], campaign_key=CAMPAIGN, state=State.UNDER_APPRAISAL, expected_version=1
    )
    assert reckon_anew() == 0
    item.refresh_from_db()
    assert item.due_on == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("state", "changes", "code"),
    [
        (State.CLOSED, {}, "STEP_LIMIT_INVALID"),
        (State.HELD, {}, "STEP_LIMIT_INVALID"),
        (State.DRAFT, {"length": None}, "STEP_LIMIT_INVALID"),
        (State.DRAFT, {"unit": "weeks"}, "STEP_LIMIT_INVALID"),
        (State.DRAFT, {"soon": 5}, "STEP_LIMIT_INVALID"),
        (State.DRAFT, {"source": " "}, "STEP_LIMIT_INVALID"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_and_nothing_changes(
    cast: Cast, state: State, changes: dict[str, Any], code: str
) -> None:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        limit(cast, state, **changes)
    assert (caught.value.code, fingerprint()) == (code, before)


def test_only_those_who_run_the_campaign_set_limits_and_not_over_each_other(cast: Cast) -> None:
    given = LimitFacts(3, WORKING, 0, None, "Quy chế")
    act: dict[str, Any] = {"campaign_key": CAMPAIGN, "state": State.DRAFT, "facts": given}
    with pytest.raises(Refusal) as caught:
        set_step_limit(actor=cast["tuan"], expected_version=0, **act)
    assert caught.value.code == "ACCESS_DENIED"
    assert Event.objects.filter(action="access.denied").count() == 1
    assert set_step_limit(actor=cast["thao"], expected_version=0, **act).version == 1
    with pytest.raises(Refusal) as caught:
        set_step_limit(actor=cast["dung"], expected_version=0, **act)
    assert caught.value.code == "STEP_LIMIT_CHANGED"
    assert set_step_limit(actor=cast["dung"], expected_version=1, **act).version == 2
    for key, state, version in (("kg", State.DRAFT, 2), (CAMPAIGN, State.PREPARED, 0)):
        with pytest.raises(Refusal) as caught:
            remove_step_limit(
                actor=cast["dung"], campaign_key=key, state=state, expected_version=version
            )
        assert caught.value.code == "NOT_FOUND"


@pytest.mark.parametrize(
    "values",
    [
        {"due_on": None, "soon_on": date(2026, 11, 23)},
        {"due_on": date(2026, 11, 23), "soon_on": date(2026, 11, 24)},
        {
            "due_on": date(2026, 11, 23), "soon_on": date(2026, 11, 23),
            "escalate_on": date(2026, 11, 22),
        },
    ],
)  # fmt: skip
def test_the_database_keeps_the_days_in_order(cast: Cast, values: dict[str, date | None]) -> None:
    row = nomination_in(State.DRAFT, cast)
    found = WorkItem.objects.filter(nomination=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(**values)
    assert found.update(due_on=date(2026, 11, 24), soon_on=date(2026, 11, 24)) == 1
