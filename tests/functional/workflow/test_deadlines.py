"""Terms by the regime's clocks: a day where a checked text gives one, otherwise what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from campaigns.models import CalendarDay, Clock, Mark, Regime
from tests.cast import Cast
from tests.factories import PRESIDENT, PRIME_MINISTER, again, facts, nomination_in
from tests.judging import load_regimes
from workflow.deadlines import Term, supplement_term, terms_of
from workflow.law import law_of
from workflow.models import Dossier, Nomination, SupplementRequest
from workflow.states import State
from workflow.views.act_notes import receive_notes, return_day, return_notes

WEDNESDAY = date(2025, 8, 20)
VN = ZoneInfo("Asia/Ho_Chi_Minh")
CLAUSE = "Quyết định của tỉnh, Điều 5"
NAME = "Nghị định số 152/2025/NĐ-CP"


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    load_regimes()
    with time_machine.travel("2025-08-20T08:00:00+07:00") as traveller:
        yield traveller


def entered(key: str, length: int, unit: str = "working_days", **values: Any) -> Clock:
    """A clock as an office that has its province's rule has entered it."""
    given = {"name": key, "clause": CLAUSE, **values}
    return Clock.objects.create(
        regime=Regime.objects.get(key="nd-152-2025"), key=key, length=length, unit=unit,
        mark=Mark.OFFICE, entered_by="Quách Tiến Dũng", entered_at=timezone.now(), **given,
    )  # fmt: skip


def terms(row: Nomination, today: date = WEDNESDAY) -> list[Term]:
    return terms_of(law_of([row]), row, today)


def supplement(row: Nomination, asked: date, answered: date | None) -> None:
    SupplementRequest.objects.create(
        nomination=row, from_state="under_appraisal", requested_by="A", due_on=asked,
        requested_at=datetime(asked.year, asked.month, asked.day, 9, tzinfo=VN),
        answered_at=answered
        and datetime(answered.year, answered.month, answered.day, 9, tzinfo=VN),
    )  # fmt: skip


def test_without_a_rule_nothing_is_suggested_and_it_is_asked_for_by_name(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert supplement_term(law_of([row]), row, WEDNESDAY) == Term(
        "",
        missing="hạn để đơn vị bổ sung hồ sơ (Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh) "
        f"theo {NAME}",
    )
    assert return_day([row]) == {"due_on": None}
    [note] = return_notes([row])
    assert note.startswith("Không gợi ý hạn bổ sung, vì chưa có: hạn để đơn vị bổ sung")
    [term] = terms(row)
    assert (term.on, term.missing) == (
        None,
        (
            "thời hạn xét khen thưởng cấp tỉnh (Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh) "
            f"theo {NAME}"
        ),
    )


def test_a_rule_that_the_office_entered_gives_the_day_with_its_clause(cast: Cast) -> None:
    entered("supplement", 5)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert return_day([row]) == {"due_on": date(2025, 8, 27)}
    [note] = return_notes([row])
    assert note == (
        f"Hạn gợi ý 27/08/2025: 5 ngày làm việc ({CLAUSE} (cơ quan nhập)). "
        "Chưa nhập ngày nghỉ lễ năm 2025; ngày này mới trừ thứ Bảy, Chủ nhật."
    )
    CalendarDay.objects.create(
        day=date(2025, 8, 25), is_off=True, name="Nghỉ", source="Thông báo",
        entered_by="Dũng", entered_at=timezone.now(),
    )  # fmt: skip
    assert return_day([row]) == {"due_on": date(2025, 8, 28)}
    assert "Chưa nhập ngày nghỉ" not in return_notes([row])[0]


def test_calendar_days_need_no_calendar(cast: Cast) -> None:
    entered("supplement", 10, "calendar_days")
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert return_day([row]) == {"due_on": date(2025, 8, 30)}
    assert "Chưa nhập" not in return_notes([row])[0]


@pytest.mark.parametrize(
    ("rule", "answered", "on", "note"),
    [
        ("stops", date(2025, 9, 3), date(2025, 9, 11), ""),
        ("restarts", date(2025, 9, 3), date(2025, 9, 17), ""),
        ("", date(2025, 9, 3), None, "Chưa có quy định thời gian chờ bổ sung"),
        ("stops", None, None, "Đang chờ đơn vị bổ sung"),
    ],
)
def test_a_supplement_moves_the_last_day_as_the_rule_says(
    cast: Cast, rule: str, answered: date | None, on: date | None, note: str
) -> None:
    entered("provincial_award", 10, on_supplement=rule)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert terms(row)[0].on == date(2025, 9, 3)
    supplement(row, date(2025, 8, 26), answered)
    [term] = terms(row, date(2025, 9, 5))
    assert (term.on, term.is_over) == (on, False)
    assert note in term.note
    assert terms(row, date(2025, 9, 30))[0].is_over is (on is not None)


def test_terms_for_merit_say_nothing_of_a_movements_award(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(authority=PRIME_MINISTER))
    [term] = terms(row)
    assert term.on is None
    assert term.words.startswith("30 ngày làm việc; chỉ đối với khen thưởng công trạng")
    assert term.missing.endswith(f"theo {NAME}, khen thưởng chuyên đề")
    entered("provincial_appraisal", 15, award_kind="chuyên đề")
    assert terms(row)[0].on == date(2025, 9, 10)


def test_the_notice_before_the_council_says_when_it_may_meet(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast, facts(authority=PRESIDENT))
    notice = terms(row)[1]
    assert notice.name == "Công khai trước khi họp Hội đồng"
    assert "Hội đồng họp sớm nhất ngày 03/09/2025" in notice.note
    assert notice.words.endswith("(NĐ 152/2025/NĐ-CP, Điều 44.2)")


def test_at_the_centre_the_day_is_not_known_but_the_term_is(cast: Cast) -> None:
    [term] = terms(nomination_in(State.AT_CENTRAL, cast))
    assert (term.on, term.missing) == (None, "")
    assert term.words.startswith("20 ngày làm việc kể từ ngày Bộ Nội vụ nhận đủ hồ sơ")
    assert term.note.startswith("Chưa ghi nhận ngày cấp trên nhận đủ hồ sơ")


def test_what_nobody_has_read_gives_no_day(cast: Cast) -> None:
    Clock.objects.filter(key="supplement").update(length=5, unit="working_days", mark="S2")
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert return_day([row]) == {"due_on": None}
    assert "đã nạp 5 ngày làm việc, chưa đối chiếu văn bản gốc" in return_notes([row])[0]


def test_a_dossier_without_regime_or_receipt_has_no_terms(cast: Cast) -> None:
    entered("provincial_award", 10)
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    Dossier.objects.filter(pk=row.dossier_id).update(received_at=None)
    [row] = again(row)
    assert terms(row)[0].note == "Chưa ghi nhận ngày tiếp nhận hồ sơ."
    Dossier.objects.filter(pk=row.dossier_id).update(regime=None)
    [row] = again(row)
    assert terms(row) == []
    assert return_day([row]) == {"due_on": None}
    assert "chế độ khen thưởng của hồ sơ" in return_notes([row])[0]


def test_a_term_for_other_forms_of_award_says_nothing_of_this_one(cast: Cast) -> None:
    entered("provincial_award", 10, forms=["co_tinh"])
    [term] = terms(nomination_in(State.UNDER_APPRAISAL, cast))
    assert (term.on, term.words) == (None, "")
    assert term.missing.startswith("thời hạn xét khen thưởng cấp tỉnh")


def test_nothing_runs_for_a_draft_or_an_award(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    assert terms(row) == []


def test_the_receipt_says_under_which_regime_or_that_there_is_none(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    assert receive_notes([]) == [f"Hồ sơ tiếp nhận lần đầu hôm nay theo chế độ: {NAME}."]
    clock.move_to("2027-03-01T08:00:00+07:00")
    [note] = receive_notes([])
    assert note.startswith("Không tìm thấy chế độ khen thưởng có hiệu lực ngày 01/03/2027")
