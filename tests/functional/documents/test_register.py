from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from audit.models import Event
from documents import register
from documents.models import EntryStatus, RegisterEntry
from documents.queries import RegisterLine, register_page
from documents.records_errors import (
    NotationTakenError,
    NumberDateError,
    RecordNotFoundError,
    VoidRefusedError,
)
from organisations.models import Unit
from tests.papers import AT, CLERK, DAY, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Unit:
    return unit()


def take(body: Unit, **changes: Any) -> RegisterEntry:
    facts: dict[str, Any] = {
        "body": body,
        "series": "TTr",
        "issued_on": DAY,
        "symbol": "TTr-STTTT",
        "subject": "Tờ trình về việc khen thưởng",
    }
    return register.take_number(**{"who": CLERK, "at": AT, **facts, **changes})


def test_take_number_begins_at_01_and_counts_on(body: Unit) -> None:
    notations = [take(body).notation for _ in range(11)]
    assert notations[:2] == ["01/TTr-STTTT", "02/TTr-STTTT"]
    assert notations[8:] == ["09/TTr-STTTT", "10/TTr-STTTT", "11/TTr-STTTT"]


def test_take_number_each_body_series_and_year_counts_alone(body: Unit) -> None:
    other = unit("hoi-dong")
    take(body)
    assert take(other, symbol="TTr-HĐTĐKT").number == 1
    assert take(body, series="QĐ", symbol="QĐ-STTTT").number == 1
    assert take(body, issued_on=date(2022, 12, 31)).number == 1
    assert take(body).number == 2


def test_take_number_last_second_of_the_year_in_viet_nam_is_of_the_old_year(body: Unit) -> None:
    # 23:59:59 on 31 December in Việt Nam is still the afternoon in UTC.
    before_midnight = datetime(2023, 12, 31, 16, 59, 59, tzinfo=UTC)
    after_midnight = before_midnight + timedelta(seconds=1)
    old = take(body, at=before_midnight, issued_on=date(2023, 12, 31))
    with pytest.raises(NumberDateError, match="01/01/2024"):
        take(body, at=before_midnight, issued_on=date(2024, 1, 1))
    new = take(body, at=after_midnight, issued_on=date(2024, 1, 1))
    assert [(old.year, old.number), (new.year, new.number)] == [(2023, 1), (2024, 1)]


def test_take_number_for_a_day_before_the_last_is_refused_and_takes_nothing(body: Unit) -> None:
    take(body)
    with pytest.raises(NumberDateError, match="01/TTr-STTTT"):
        take(body, issued_on=DAY - timedelta(days=1))
    assert take(body).number == 2


def test_take_number_after_voiding_a_wrong_date_takes_the_right_one(body: Unit) -> None:
    take(body, issued_on=DAY - timedelta(days=5))
    wrong = take(body)
    register.void_number(who=CLERK, at=AT, entry_id=wrong.pk, reason="Ghi nhầm ngày")
    assert take(body, issued_on=DAY - timedelta(days=1)).number == 3


def test_take_number_same_notation_from_another_series_is_refused(body: Unit) -> None:
    take(body)
    with pytest.raises(NotationTakenError, match="01/TTr-STTTT"):
        take(body, series="khác")


def test_void_number_stays_in_the_book_and_is_never_given_again(body: Unit) -> None:
    entry = take(body)
    voided = register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason=" In hỏng ")
    assert (voided.status, voided.void_reason, voided.voided_at) == (
        EntryStatus.VOIDED,
        "In hỏng",
        AT,
    )
    assert take(body).number == 2


def test_void_number_without_reason_or_twice_is_refused(body: Unit) -> None:
    entry = take(body)
    with pytest.raises(VoidRefusedError, match="lý do"):
        register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason="  ")
    register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason="In hỏng")
    with pytest.raises(VoidRefusedError, match="trước đó"):
        register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason="Lần nữa")


def test_void_number_unknown_is_not_found(body: Unit) -> None:
    with pytest.raises(RecordNotFoundError):
        register.void_number(who=CLERK, at=AT, entry_id=body.pk, reason="In hỏng")


def test_every_act_on_the_book_is_one_event_of_its_stream(body: Unit) -> None:
    entry = take(body)
    facts = register.PaperFacts(recipients="UBND tỉnh")
    register.dispatch_paper(who=CLERK, at=AT, entry_id=entry.pk, sent_on=DAY, facts=facts)
    register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason="In hỏng")
    events = Event.objects.filter(stream="register:so-tttt:TTr:2023").order_by("seq")
    assert [(event.action, event.data["notation"]) for event in events] == [
        ("number.taken", "01/TTr-STTTT"),
        ("number.dispatched", "01/TTr-STTTT"),
        ("number.voided", "01/TTr-STTTT"),
    ]


def test_dispatch_completes_what_was_empty_and_keeps_the_rest(body: Unit) -> None:
    first = register.PaperFacts(signer_name="Võ Minh Trung", archived_by="Lưu: VT", copies=2)
    entry = take(body, facts=first)
    facts = register.PaperFacts(recipients="UBND tỉnh", note="Hỏa tốc", copies=0)
    register.dispatch_paper(who=CLERK, at=AT, entry_id=entry.pk, sent_on=DAY, facts=facts)
    assert register_page(body, "TTr", 2023) == [
        RegisterLine(
            notation="01/TTr-STTTT",
            issued_on=DAY,
            subject="Tờ trình về việc khen thưởng",
            signer_name="Võ Minh Trung",
            recipients="UBND tỉnh",
            archived_by="Lưu: VT",
            copies=0,
            sent_on=DAY,
            received="",
            note="Hỏa tốc",
        )
    ]


def test_dispatch_before_the_paper_was_issued_is_refused(body: Unit) -> None:
    entry = take(body)
    with pytest.raises(NumberDateError, match="Ngày chuyển"):
        register.dispatch_paper(
            who=CLERK,
            at=AT,
            entry_id=entry.pk,
            sent_on=DAY - timedelta(days=1),
            facts=register.PaperFacts(),
        )


def test_register_page_holds_voided_lines_with_their_reason_in_order(body: Unit) -> None:
    entry = take(body, facts=register.PaperFacts(note="Bản giấy"))
    take(body)
    register.void_number(who=CLERK, at=AT, entry_id=entry.pk, reason="In hỏng")
    lines = register_page(body, "TTr", 2023)
    assert [(line.notation, line.note) for line in lines] == [
        ("01/TTr-STTTT", "Đã hủy: In hỏng; Bản giấy"),
        ("02/TTr-STTTT", ""),
    ]


def test_a_notation_is_found_whole() -> None:
    text = "Số 05/TTr-STTTT; 105/TTr-STTTT; 05/TTr-STTTTMT; 05/TTr-STTTT-A; “05/TTr-STTTT”."
    assert register.whole_notation("05/TTr-STTTT").sub("9", text) == (
        "Số 9; 105/TTr-STTTT; 05/TTr-STTTTMT; 05/TTr-STTTT-A; “9”."
    )
