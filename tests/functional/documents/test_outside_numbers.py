"""Numbers kept for a paper to come, and numbers that another system gave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import Event
from documents import register
from documents.models import EntryStatus, RegisterEntry
from documents.outside_numbers import adopt_number, use_reserved
from documents.queries import register_page
from documents.records_errors import (
    NotationTakenError,
    NotReservedError,
    NumberDateError,
    NumberTakenError,
)
from documents.register import PaperFacts
from organisations.models import Unit
from tests.papers import AT, CLERK, DAY, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Unit:
    return unit()


def take(body: Unit, **changes: Any) -> RegisterEntry:
    facts: dict[str, Any] = {
        "body": body, "series": "TTr", "issued_on": DAY, "symbol": "TTr-STTTT", "subject": "Tờ trình",
    }  # fmt: skip
    return register.take_number(**{"who": CLERK, "at": AT, **facts, **changes})


def adopt(body: Unit, number: int, **changes: Any) -> RegisterEntry:
    facts: dict[str, Any] = {
        "body": body, "series": "TTr", "number": number, "issued_on": DAY,
        "symbol": "TTr-STTTT", "subject": "Tờ trình", "source": "Hệ thống quản lý văn bản",
    }  # fmt: skip
    return adopt_number(**{"who": CLERK, "at": AT, **facts, **changes})


def test_reserved_number_is_in_order_and_gets_its_paper_later(body: Unit) -> None:
    kept = take(body, reserved=True, subject="Giữ cho tờ trình gấp")
    assert take(body).number == 2
    assert register_page(body, "TTr", DAY.year)[0].note == "Giữ số"
    facts = PaperFacts(signer_name="Võ Minh Trung", copies=3)
    used = use_reserved(who=CLERK, at=AT, entry_id=kept.pk, subject="Tờ trình gấp", facts=facts)
    assert (used.notation, used.status, used.copies) == ("01/TTr-STTTT", EntryStatus.TAKEN, 3)
    line = register_page(body, "TTr", DAY.year)[0]
    assert (line.subject, line.signer_name, line.note) == ("Tờ trình gấp", "Võ Minh Trung", "")
    actions = Event.objects.filter(subject=f"number:{kept.pk}").order_by("seq")
    assert [event.action for event in actions] == ["number.reserved", "number.used"]


def test_number_in_use_or_voided_is_given_no_second_paper(body: Unit) -> None:
    taken, kept = take(body), take(body, reserved=True)
    register.void_number(who=CLERK, at=AT, entry_id=kept.pk, reason="Không dùng")
    for entry in (taken, kept):
        with pytest.raises(NotReservedError, match=entry.notation):
            use_reserved(who=CLERK, at=AT, entry_id=entry.pk, subject="x", facts=PaperFacts())


def test_reserved_number_bars_an_earlier_date(body: Unit) -> None:
    take(body, reserved=True)
    with pytest.raises(NumberDateError):
        take(body, issued_on=DAY - timedelta(days=1))


def test_given_number_is_entered_as_given_and_ours_go_on_above(body: Unit) -> None:
    facts = PaperFacts(recipients="UBND tỉnh")
    assert adopt(body, 41, facts=facts).notation == "41/TTr-STTTT"
    assert take(body).number == 42
    assert adopt(body, 7).number == 7
    assert take(body).number == 43
    lines = register_page(body, "TTr", DAY.year)
    assert [line.notation[:2] for line in lines] == ["07", "41", "42", "43"]
    assert lines[1].recipients == "UBND tỉnh"
    assert lines[1].note == "số do Hệ thống quản lý văn bản cấp"
    event = Event.objects.get(action="number.adopted", data__notation="41/TTr-STTTT")
    assert event.data["source"] == "Hệ thống quản lý văn bản"


def test_number_and_notation_are_entered_once(body: Unit) -> None:
    take(body)
    with pytest.raises(NumberTakenError, match="01/TTr-khác"):
        adopt(body, 1, symbol="TTr-khác")
    with pytest.raises(NotationTakenError):
        adopt(body, 1, series="khác")


def test_given_date_lies_between_those_of_its_neighbours(body: Unit) -> None:
    adopt(body, 10, issued_on=DAY - timedelta(days=10))
    adopt(body, 20, issued_on=DAY - timedelta(days=5))
    for number, day in ((15, -4), (15, -11), (21, -6), (21, 400)):
        with pytest.raises(NumberDateError, match="thứ tự số"):
            adopt(body, number, issued_on=DAY + timedelta(days=day))
    assert adopt(body, 15, issued_on=DAY - timedelta(days=7)).number == 15
    assert adopt(body, 5, issued_on=DAY - timedelta(days=30)).number == 5
    with pytest.raises(NumberDateError, match="…"):
        adopt(body, 1, issued_on=DAY)


def test_voided_neighbour_bars_nothing(body: Unit) -> None:
    wrong = adopt(body, 10, issued_on=DAY)
    register.void_number(who=CLERK, at=AT, entry_id=wrong.pk, reason="Ghi nhầm ngày")
    assert adopt(body, 11, issued_on=DAY - timedelta(days=3)).number == 11
