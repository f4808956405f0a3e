"""What an office enters of the law: who may, what is refused, what the log keeps, what it changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audit.errors import Refusal
from audit.models import Event
from audit.services import SYSTEM
from campaigns.management.commands.load_campaign import SHIPPED
from campaigns.models import BasePay, CalendarDay, Clock, Provision, Regime, Threshold
from campaigns.money import Bonus, Form, bonus_for
from campaigns.regimes import base_pay_on, regime_facts, work_calendar
from campaigns.sayings import Address, sayings_of
from campaigns.services import load_campaign
from campaigns.services.office import (
    OfficeFact,
    enter_base_pay,
    enter_regime_fact,
    remove_calendar_day,
    set_calendar_day,
)
from tests.cast import Cast
from tests.rows import fingerprint

CLAUSE, SOURCE = "Điều 8.2", "Quyết định 86/2025/QĐ-UBND"
OLD, NOW, AMENDED = "nd-98-2023", "nd-152-2025", "luat-06-2026"
FIVE_DAYS = {"length": 5, "unit": "working_days", "on_supplement": "stops"}


@pytest.fixture(autouse=True)
def _law(cast: Cast) -> None:
    load_campaign(who=SYSTEM, source=(SHIPPED / "regimes.yaml").read_bytes())


def enter(cast: Cast, address: str, regime: str = NOW, by: str = "dung", **changes: Any) -> Any:
    values = changes.pop("values", FIVE_DAYS)
    given = {"clause": CLAUSE, "source": SOURCE, **changes}
    return enter_regime_fact(
        actor=cast[by], regime_key=regime, address=address, fact=OfficeFact(values, **given)
    )


def refused(cast: Cast, *args: Any, **kwargs: Any) -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        enter(cast, *args, **kwargs)
    assert fingerprint() == before
    return caught.value


def test_a_fact_stands_beside_the_loaded_one_and_in_place_of_it(cast: Cast) -> None:
    row = enter(cast, "clock:supplement")
    assert (row.mark, row.entered_by, row.clause) == ("office", "Quách Tiến Dũng", CLAUSE)
    regime = Regime.objects.get(key=NOW)
    assert Clock.objects.filter(regime=regime, key="supplement").count() == 2
    [said] = sayings_of([regime])
    clock = said.clock("supplement")
    assert clock is not None
    assert (clock.pk, clock.length, clock.relied_upon) == (row.pk, 5, True)
    event = Event.objects.get(action="regime_fact.entered")
    assert (event.stream, event.name) == ("regimes", "Quách Tiến Dũng")
    assert (event.before, event.after["length"]) == ({}, 5)
    assert event.data == {"clause": CLAUSE, "source": SOURCE}
    load_campaign(who=SYSTEM, source=(SHIPPED / "regimes.yaml").read_bytes())
    assert Clock.objects.get(pk=row.pk).length == 5


def test_entering_again_changes_it_and_the_loser_of_a_race_is_told(cast: Cast) -> None:
    first = enter(cast, "clock:supplement")
    assert refused(cast, "clock:supplement").code == "CAMPAIGN_CHANGED"
    seen = first.entered_at.isoformat()
    again = enter(cast, "clock:supplement", seen=seen, values={**FIVE_DAYS, "length": 7})
    assert (again.pk, again.length) == (first.pk, 7)
    event = Event.objects.filter(action="regime_fact.entered").latest("seq")
    assert (event.before["length"], event.after["length"]) == (5, 7)


@pytest.mark.parametrize("login", ["lan", "tuan", "phuong", "thao", "duc", "son", "van"])
def test_only_an_administrator_enters_the_law(cast: Cast, login: str) -> None:
    assert refused(cast, "clock:supplement", by=login).code == "REGIME_ACT_NOT_ALLOWED"
    day = date(2026, 4, 30)
    before = fingerprint()
    for service, given in (
        (enter_base_pay, {"valid_from": day, "amount": 1, "clause": "1", "source": "a"}),
        (set_calendar_day, {"day": day, "is_off": True, "name": "a", "source": "a"}),
        (remove_calendar_day, {"day": day}),
    ):
        with pytest.raises(Refusal) as caught:
            service(actor=cast[login], **given)
        assert caught.value.code == "REGIME_ACT_NOT_ALLOWED"
    assert fingerprint() == before
    enter(cast, "clock:supplement")


@pytest.mark.parametrize(
    ("address", "changes", "code"),
    [
        ("clock:supplement", {"clause": "  "}, "REGIME_FACT_INVALID"),
        ("clock:supplement", {"source": ""}, "REGIME_FACT_INVALID"),
        ("clock:supplement", {"values": {"length": 5, "unit": ""}}, "REGIME_FACT_INVALID"),
        ("clock:supplement", {"values": {"length": 5, "unit": "weeks"}}, "REGIME_FACT_INVALID"),
        ("clock:other", {}, "REGIME_FACT_UNKNOWN"),
        ("nothing:at_all", {}, "REGIME_FACT_UNKNOWN"),
        ("clock:supplement", {"regime": "nd-1-1999"}, "REGIME_FACT_UNKNOWN"),
        ("clock:central_return", {}, "REGIME_FACT_KNOWN"),
        ("multiple:bk_tinh:individual", {"values": {"multiple": 2}}, "REGIME_FACT_KNOWN"),
        ("rounding", {"values": {"number": 1, "text": "x"}}, "REGIME_FACT_KNOWN"),
        ("full_text", {"values": {}}, "REGIME_FACT_KNOWN"),
        (
            "rounding", {"regime": OLD, "values": {"number": 10000, "text": "later"}},
            "REGIME_FACT_INVALID",
        ),
        (
            "rounding", {"regime": OLD, "values": {"text": "multiply_then_round"}},
            "REGIME_FACT_INVALID",
        ),
        (
            "threshold:bk_ttg:province", {"values": {"pass_ratio": Decimal(80)}},
            "REGIME_FACT_INVALID",
        ),
        (
            "multiple:bk_tinh:collective", {"regime": OLD, "values": {"multiple": Decimal(0)}},
            "REGIME_FACT_INVALID",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    cast: Cast, address: str, changes: dict[str, Any], code: str
) -> None:
    assert refused(cast, address, **changes).code == code


def test_what_the_law_leaves_to_the_province_may_be_entered_though_it_was_read(cast: Cast) -> None:
    row = enter(cast, "sets:bk_tinh", values={"number": 1, "text": "bản chính"})
    assert isinstance(row, Provision)
    assert (row.number, row.left_to) == (1, "")
    vote = enter(
        cast,
        "threshold:bk_tinh:province",
        values={"pass_ratio": Decimal(80), "denominator": "all_members"},
    )
    assert isinstance(vote, Threshold)
    assert (vote.pass_ratio, vote.text, vote.left_to) == (80, "", "")


def test_an_office_that_has_read_everything_gets_amounts_under_the_amended_law(cast: Cast) -> None:
    day = date(2026, 11, 22)
    form = Form("bk_tinh", "Bằng khen")

    def bonus() -> Bonus:
        regime = Regime.objects.get(key=AMENDED)
        found = bonus_for(regime_facts([regime.pk])[regime.pk], base_pay_on(day), form, "household")
        assert isinstance(found, Bonus)
        return found

    assert len(bonus().unverified) == 4
    enter(cast, "full_text", AMENDED, values={})
    enter(cast, "rounding", AMENDED, values={"number": 10000, "text": "multiply_then_round"})
    enter(cast, "multiple:bk_tinh:household", AMENDED, values={"multiple": Decimal("2.25")})
    assert [name.split(" (")[0] for name in bonus().unverified] == [
        "mức lương cơ sở ngày 22/11/2026"
    ]
    enter_base_pay(
        actor=cast["dung"], valid_from=date(2026, 7, 1), amount=2_530_000, clause="Điều 3",
        source="NĐ 161/2026/NĐ-CP",
    )  # fmt: skip
    assert (bonus().amount, bonus().unverified) == (5_700_000, ())
    assert bonus().clause == f"{CLAUSE} (cơ quan nhập)"


def test_base_pay_of_a_day_is_entered_once_and_then_changed(cast: Cast) -> None:
    given = {"clause": "Điều 3", "source": "NĐ"}
    for amount in (2_600_000, 2_700_000):
        enter_base_pay(actor=cast["dung"], valid_from=date(2027, 1, 1), amount=amount, **given)
    assert base_pay_on(date(2027, 6, 1)).amount == 2_700_000
    event = Event.objects.filter(subject="basepay:office-2027-01-01").latest("seq")
    assert (event.before["amount"], event.after["amount"]) == (2_600_000, 2_700_000)
    for day, amount, code in (
        (date(2024, 7, 1), 1, "REGIME_FACT_KNOWN"),
        (date(2027, 7, 1), 0, "REGIME_FACT_INVALID"),
    ):
        with pytest.raises(Refusal) as caught:
            enter_base_pay(actor=cast["dung"], valid_from=day, amount=amount, **given)
        assert caught.value.code == code
    assert BasePay.objects.filter(key__startswith="office-").count() == 1


THURSDAY, SATURDAY = date(2026, 4, 30), date(2026, 5, 2)


def calendar_day(cast: Cast, day: date, **changes: Any) -> CalendarDay:
    given = {"is_off": True, "name": "Nghỉ lễ", "source": "Thông báo 1/TB", **changes}
    return set_calendar_day(actor=cast["dung"], day=day, **given)


def test_holidays_and_make_up_days_are_entered_changed_and_removed(cast: Cast) -> None:
    calendar_day(cast, THURSDAY)
    calendar_day(cast, SATURDAY, is_off=False, name="Làm bù")
    assert work_calendar().off == {THURSDAY}
    assert work_calendar().worked == {SATURDAY}
    calendar_day(cast, THURSDAY, name="Ngày Chiến thắng")
    assert CalendarDay.objects.count() == 2
    event = Event.objects.filter(action="calendar.day_set").latest("seq")
    assert (event.before["name"], event.after["name"]) == ("Nghỉ lễ", "Ngày Chiến thắng")
    remove_calendar_day(actor=cast["dung"], day=THURSDAY)
    assert work_calendar().off == frozenset()
    assert Event.objects.get(action="calendar.day_removed").before["name"] == "Ngày Chiến thắng"
    with pytest.raises(Refusal) as caught:
        remove_calendar_day(actor=cast["dung"], day=THURSDAY)
    assert caught.value.code == "REGIME_FACT_UNKNOWN"


@pytest.mark.parametrize(
    ("day", "changes", "words"),
    [
        (SATURDAY, {}, "vốn đã nghỉ"),
        (THURSDAY, {"is_off": False}, "vốn là ngày làm việc"),
        (THURSDAY, {"name": " "}, "Tên, văn bản"),
        (THURSDAY, {"source": ""}, "Tên, văn bản"),
    ],
)
def test_a_day_that_is_so_anyway_or_has_no_source_is_refused(
    cast: Cast, day: date, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        calendar_day(cast, day, **changes)
    assert not CalendarDay.objects.exists()


def test_an_address_that_means_nothing_has_no_rows() -> None:
    assert Address.parse("nonsense").model is None
    assert Address.parse("sets:bk_ttg").names == (("topic", "sets"), ("key", "bk_ttg"))
    assert Address.parse("full_text").names == (("topic", "full_text"), ("key", "full_text"))
