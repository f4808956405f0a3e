"""How long steps take, when a nomination may arrive, and what waits where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaigns.models import Campaign, Status
from tests import rounds
from tests.rows import counted
from workflow.forecasts import FEWEST, forecast_of
from workflow.models import Nomination, StepMedian, WorkItem
from workflow.pages.waits import waits_page
from workflow.services.medians import measure_steps
from workflow.states import State

Office = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock(province: None, db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-23T08:00:00+07:00", tick=False) as traveller:
        yield traveller


def took(days: dict[State, float]) -> None:
    """Let the closed stretches of some steps have taken so many days."""
    for state, some in days.items():
        for item in WorkItem.objects.filter(state=state, closed_at__isnull=False):
            opened = (item.closed_at or timezone.now()) - timedelta(days=some)
            WorkItem.objects.filter(pk=item.pk).update(opened_at=opened)


def test_steps_are_measured_once_a_day_over_whole_stays(clock: time_machine.Traveller) -> None:
    [key, _other] = rounds.nominations_in("under_appraisal", rounds.NAMES[:2])
    took({State.PROPOSED: 2})
    again = WorkItem.objects.get(nomination=key, state=State.PROPOSED)
    again.pk = None
    again.save(force_insert=True)  # came twice: 4 days in all
    measured = measure_steps(timezone.now())
    row = StepMedian.objects.get(state=State.PROPOSED)
    assert (row.cases, row.seconds) == (2, 3 * 86_400)
    assert measured == StepMedian.objects.count() == 3
    assert measure_steps(timezone.now()) == 0
    clock.shift(86_400)
    took({State.PROPOSED: 5})
    assert measure_steps(timezone.now()) == 3
    assert StepMedian.objects.get(state=State.PROPOSED).seconds == round(7.5 * 86_400)
    clock.shift(86_400)
    Campaign.objects.update(status=Status.CLOSED)
    assert measure_steps(timezone.now()) == 0


def test_a_nomination_says_when_it_may_be_decided_or_that_too_little_is_known(
    office: Office, clock: time_machine.Traveller
) -> None:
    [key] = rounds.nominations_in("proposed", rounds.NAMES[:1])
    row = Nomination.objects.select_related("dossier__occasion").get(pk=key)
    address, clerk = f"/nominations/{key}/", office("cv.rachgia")
    page = unescape(clerk.get(address).content.decode())
    assert "Chưa đủ số liệu để dự kiến" in page
    assert "mới có 0 đề nghị" in page
    before = forecast_of(row, row.work_items.all(), timezone.now())
    assert before is not None
    assert before.on is None
    StepMedian.objects.bulk_create(
        StepMedian(
            campaign=row.dossier.occasion.campaign, state=step.state, cases=FEWEST,
            seconds=86_400, reckoned_at=timezone.now(),
        )
        for step in before.steps
    )  # fmt: skip
    items = list(row.work_items.all())
    with counted() as cost:
        found = forecast_of(row, items, timezone.now())
    assert found is not None
    assert (found.on, len(cost)) == (date(2026, 11, 29), 1)
    page = unescape(clerk.get(address).content.decode())
    assert "<strong>29/11/2026</strong>" in page
    clock.shift(3 * 86_400)
    found = forecast_of(row, row.work_items.all(), timezone.now())
    assert found is not None
    assert found.on == date(2026, 12, 1)
    row.state = State.CLOSED
    assert forecast_of(row, row.work_items.all(), timezone.now()) is None


def test_what_waits_is_counted_by_step_and_place_for_those_who_may_read_it(
    office: Office, clock: time_machine.Traveller
) -> None:
    assert "Không có việc nào đang chờ" in office("thamdinh1").get("/waits/").content.decode()
    [key] = rounds.nominations_in("proposed", rounds.NAMES[:1])
    WorkItem.objects.filter(nomination=key, closed_at=None).update(
        due_on=date(2026, 11, 24), soon_on=date(2026, 11, 24)
    )
    clock.shift(3 * 86_400)
    with counted() as one:
        waits_page(rounds.actor("thamdinh1"))
    rounds.nominations_in("proposed", rounds.NAMES[1:3])
    with counted() as three:
        found = waits_page(rounds.actor("thamdinh1"))
    assert len(one) == len(three)
    [row] = found.rows
    assert (row.state, row.count, row.late, row.days) == (State.PROPOSED, 3, 1, 3)
    page = unescape(office("thamdinh1").get("/waits/").content.decode())
    assert f"Đã đề nghị, {row.place}: 3 ngày" in page
    assert '<span class="overdue">1</span>' in page
    assert "<rect" in page
    assert not waits_page(rounds.actor("cv.hatien")).rows
