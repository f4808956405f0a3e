"""The law's last day beside the office's: one day a row, whichever is sooner, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from audit.models import Event
from campaigns.calendar_lines import DayLine
from campaigns.models import CalendarDay, Clock, Mark, Regime
from campaigns.services.office import OfficeFact
from tests import rounds
from tests.cast import CAMPAIGN, Cast
from tests.factories import (
    again,
    appraise,
    asked,
    facts,
    give_back,
    in_days,
    nomination_in,
    nominations_in,
    person,
    prepare,
    receive,
)
from tests.judging import load_regimes
from tests.rows import counted
from workflow.deadlines import terms_of
from workflow.errors_drafting import ValueFormatError
from workflow.law import law_of
from workflow.models import Dossier, DueBy, Nomination, StepLimit, WorkItem
from workflow.services import returns
from workflow.services.clocks import (
    LimitFacts,
    enter_calendar_days,
    enter_law_fact,
    reckon_anew,
    set_step_limit,
)
from workflow.services.reckoning import reckon_nominations
from workflow.services.regimes import change_regime
from workflow.states import State

Office = Callable[[str], Client]
ANSWERS = {1: "Đã nêu số liệu", 2: "Đã gửi xác nhận"}
NAMES = ("Trần Văn Đường", "Lê Hoàng Phương Uyên", "Phạm Quốc Khánh")
AWARD = "provincial_award"


def clock_of_law(length: int = 10, **values: Any) -> None:
    """A term from the receipt, as an office that has read its province's rule entered it."""
    given = {"clause": "Quyết định của tỉnh, Điều 5", "on_supplement": "stops", **values}
    Clock.objects.create(
        regime=Regime.objects.get(key="nd-152-2025"), key=AWARD, name="thời hạn xét khen thưởng",
        length=length, unit="working_days", mark=Mark.OFFICE, entered_by="Dũng",
        entered_at=timezone.now(), **given,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def now(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    """A Wednesday morning under NĐ 152/2025, with the regimes loaded."""
    request.getfixturevalue("cast" if "cast" in request.fixturenames else "office")
    load_regimes()
    with time_machine.travel("2025-08-20T08:00:00+07:00", tick=False) as traveller:
        yield traveller


def limit(cast: Cast, length: int, state: State = State.UNDER_APPRAISAL) -> StepLimit:
    given = LimitFacts(length, "working_days", 1, 2, "Quy chế 12/QC-STTTT")
    return set_step_limit(
        actor=cast["dung"], campaign_key=CAMPAIGN, state=state, expected_version=0, facts=given
    )


def due(row: Nomination) -> tuple[date | None, str]:
    work = WorkItem.objects.get(nomination=row, closed_at=None)
    return work.due_on, work.due_by


def received(cast: Cast) -> Nomination:
    row = nomination_in(State.PROPOSED, cast)
    receive(cast, [row])
    return again(row)[0]


def test_received_it_is_due_by_the_law_where_the_office_set_nothing(cast: Cast) -> None:
    clock_of_law()
    row = received(cast)
    assert due(row) == (date(2025, 9, 3), DueBy.LAW)
    assert terms_of(law_of([row]), row, timezone.localdate())[0].on == row.law_due_on
    appraise(cast, [row])
    assert due(row) == (date(2025, 9, 3), DueBy.LAW)


@pytest.mark.parametrize(
    ("length", "shown"),
    [(5, (date(2025, 8, 27), "office")), (15, (date(2025, 9, 3), "law"))],
)
def test_the_sooner_of_office_and_law_counts(
    cast: Cast, length: int, shown: tuple[date, str]
) -> None:
    clock_of_law()
    limit(cast, length)
    assert due(received(cast)) == shown


def test_without_a_checked_text_the_law_gives_no_day(cast: Cast) -> None:
    row = received(cast)
    assert (row.law_due_on, due(row)) == (None, (None, ""))


def test_a_return_stops_the_law_s_term_and_it_goes_on_with_what_was_left(
    cast: Cast, now: time_machine.Traveller
) -> None:
    clock_of_law()
    row = received(cast)
    now.move_to("2025-08-22T08:00:00+07:00")
    give_back(cast, [row])
    [row] = again(row)
    assert (row.law_due_on, due(row)) == (None, (in_days(10), DueBy.ACT))
    now.move_to("2025-08-29T08:00:00+07:00")
    returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=row.version, answers=ANSWERS
    )
    assert due(row) == (date(2025, 9, 10), DueBy.LAW)


def test_a_hold_pauses_the_office_s_day_and_not_the_law_s_and_says_so(
    cast: Cast, now: time_machine.Traveller
) -> None:
    clock_of_law()
    limit(cast, 5)
    row = received(cast)
    given: dict[str, Any] = {"reason": "Có đơn", "review_on": date(2025, 9, 30)}
    now.move_to("2025-08-21T08:00:00+07:00")
    held = returns.hold_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=row.version, **given
    )
    assert due(row) == (date(2025, 9, 3), DueBy.LAW)
    [term] = terms_of(law_of([held]), held, timezone.localdate())
    assert (term.on, "Tạm dừng không làm dừng" in term.note) == (date(2025, 9, 3), True)
    now.move_to("2025-08-25T08:00:00+07:00")
    returns.resume_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=held.version, reason="Xong"
    )
    assert due(row) == (date(2025, 8, 29), DueBy.OFFICE)


def test_the_day_that_a_hold_named_stands_where_it_is_sooner(cast: Cast) -> None:
    clock_of_law()
    row = received(cast)
    returns.hold_nomination(
        actor=cast["tuan"], nomination_id=row.pk, expected_version=row.version, reason="Có đơn",
        review_on=date(2025, 8, 26),
    )  # fmt: skip
    assert due(row) == (date(2025, 8, 26), DueBy.ACT)
    assert reckon_anew() == 0
    assert due(row) == (date(2025, 8, 26), DueBy.ACT)


def test_what_the_office_enters_of_law_or_calendar_dates_open_work_anew(cast: Cast) -> None:
    row = received(cast)
    clock_of_law()
    assert reckon_anew() == 1
    assert due(row) == (date(2025, 9, 3), DueBy.LAW)
    enter_calendar_days(
        actor=cast["dung"],
        days=[DayLine(day=date(2025, 9, 2), is_off=True, name="Quốc khánh")],
        source="TB",
    )
    assert reckon_anew() == 1
    assert due(row) == (date(2025, 9, 4), DueBy.LAW)
    assert CalendarDay.objects.count() == 1
    Clock.objects.filter(key=AWARD, mark=Mark.OFFICE).delete()
    assert reckon_anew() == 1
    assert due(row) == (None, "")


def test_entering_a_fact_of_law_asks_for_that_job(cast: Cast) -> None:
    before = OrmQ.objects.count()
    values = {"length": 7, "unit": "working_days", "on_supplement": "stops"}
    fact = OfficeFact(values, "Điều 5", "Quyết định 1/QĐ", "")
    enter_law_fact(
        actor=cast["dung"], regime_key="nd-152-2025", address=f"clock:{AWARD}", fact=fact
    )
    assert OrmQ.objects.count() == before + 1


def test_another_regime_dates_its_nominations_anew(cast: Cast) -> None:
    clock_of_law()
    row = received(cast)
    dossier = Dossier.objects.get(pk=row.dossier_id)
    change_regime(
        actor=cast["phuong"], dossier_id=dossier.pk, expected_version=dossier.version,
        regime_key="nd-98-2023", reason="Nhận trước ngày 01/7/2025",
    )  # fmt: skip
    assert due(row) == (None, "")


def test_reckoning_a_set_costs_the_same_for_one_and_for_two(cast: Cast) -> None:
    rows = nominations_in(State.UNDER_APPRAISAL, cast, *(facts(person(name)) for name in NAMES))
    clock_of_law()
    costs = []
    for some in (rows[:1], rows[1:]):
        with transaction.atomic(), counted() as cost:
            assert reckon_nominations(row.pk for row in some) == len(some)
        costs.append(len(cost))
    assert costs[0] == costs[1]
    with counted() as nothing:
        assert reckon_nominations(row.pk for row in rows) == 0
    assert len(nothing) < costs[0]


@pytest.mark.parametrize(("day", "late"), [("2025-08-30", None), ("2025-09-02", 3)])
def test_a_deadline_that_passes_while_the_form_is_open_loses_nothing(
    cast: Cast, now: time_machine.Traveller, day: str, late: int | None
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    give_back(cast, [row])
    [shown] = again(row)
    assert shown.supplements.get().due_on == date(2025, 8, 30)
    now.move_to(f"{day}T23:59:00+07:00")
    returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=shown.version, answers=ANSWERS
    )
    told = Event.objects.get(action="nomination.resubmitted").data
    assert told.get("days_late") == late


def test_a_return_whose_day_has_come_while_it_was_typed_is_refused_with_the_reason(
    cast: Cast, now: time_machine.Traveller
) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    given: dict[str, Any] = {
        "actor": cast["tuan"], "nomination_id": row.pk, "expected_version": row.version,
        "gaps": [returns.GapFacts("Báo cáo", "Bổ sung")], "due_on": date(2025, 8, 21),
    }  # fmt: skip
    now.move_to("2025-08-21T00:00:01+07:00")
    with pytest.raises(ValueFormatError) as caught:
        returns.return_nomination(**given)
    assert "sau ngày hôm nay" in str(caught.value)
    now.move_to("2025-08-20T23:59:59+07:00")
    returns.return_nomination(**given)


def test_a_clock_that_was_set_back_or_forth_refuses_nobody(
    cast: Cast, now: time_machine.Traveller
) -> None:
    clock_of_law()
    row = nomination_in(State.DRAFT, cast)
    now.move_to("2025-08-20T07:00:00+07:00")
    prepare(cast, [row])
    now.move_to("2035-08-20T07:00:00+07:00")
    returns_to_now = again(row)[0]
    assert returns_to_now.state == State.PREPARED
    now.move_to("2025-08-20T06:00:00+07:00")
    [other] = nominations_in(State.PROPOSED, cast, facts(person(NAMES[0])))
    receive(cast, [other])
    [taken] = again(other)
    give_back(cast, [taken])
    now.move_to("2025-08-18T06:00:00+07:00")
    [shown] = again(taken)
    returns.resubmit_nomination(
        actor=cast["lan"], nomination_id=shown.pk, expected_version=shown.version, answers=ANSWERS
    )
    assert due(taken) == (date(2025, 9, 3), DueBy.LAW)
    assert asked(taken)


def test_lists_say_whose_day_it_is(office: Office) -> None:
    clock_of_law()
    [key] = rounds.nominations_in("under_appraisal")
    client = office("thamdinh1")
    for address in ("/", "/dossiers/", f"/nominations/{key}/"):
        page = client.get(address).content.decode()
        assert "03/09/2025" in page, address
        assert "hạn theo luật" in page, address
