"""What the product knows of a nomination by itself, and from where it says it knows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.judging.facts import Fact
from campaigns.judging.wording import day_words
from organisations.models import Unit
from tests.cast import Cast
from tests.factories import (
    PRIME_MINISTER,
    collective,
    draft,
    facts,
    hold,
    nomination_in,
    person,
)
from tests.figures import sheet_in
from tests.judging import SOURCE, enter, load_law
from tests.registering import NAME, round_of, submitted
from workflow.evidence import facts_of, gathered
from workflow.figure_states import SheetState
from workflow.models import Nomination, Nominee
from workflow.queries import nominations_in_full
from workflow.states import State


def known(row: Nomination) -> dict[str, Fact]:
    return gathered(nominations_in_full().get(pk=row.pk), timezone.now())


def unit_named(cast: Cast) -> Nomination:
    """Return a nomination of the district itself, by its own name."""
    name = cast.units["tp-rach-gia"].names.get().name
    return draft(cast, facts(collective(name), PRIME_MINISTER))[0]


def test_unit_at_work_is_known_not_to_be_dissolved(cast: Cast) -> None:
    fact = known(unit_named(cast))["unit.dissolved_on"]
    assert (fact.value, fact.source) == (None, "Danh mục đơn vị: đang hoạt động")


def test_unit_that_ended_is_dissolved_from_the_next_day(cast: Cast) -> None:
    row = unit_named(cast)
    Unit.objects.filter(code="tp-rach-gia").update(valid_to=date(2025, 6, 30))
    assert known(row)["unit.dissolved_on"].value == date(2025, 7, 1)


def test_linked_unit_counts_whatever_the_nominee_is_called(cast: Cast) -> None:
    row = draft(cast, facts(collective("Phòng Y tế"), PRIME_MINISTER))[0]
    assert "unit.dissolved_on" not in known(row)
    Nominee.objects.filter(pk=row.nominee_id).update(unit=cast.units["p-vinh-thanh"])
    assert known(row)["unit.dissolved_on"].value is None


def test_verified_figures_come_with_who_entered_and_who_verified(cast: Cast) -> None:
    sheet = sheet_in(SheetState.VERIFIED, cast)
    row = unit_named(cast)
    Nominee.objects.filter(pk=row.nominee_id).update(unit=sheet.unit)
    figures = {key: fact for key, fact in known(row).items() if key.startswith("target.")}
    assert figures
    fact = next(iter(figures.values()))
    assert isinstance(fact.value, Decimal)
    assert "xác minh" in fact.source
    assert fact.entered_by
    assert fact.key.endswith(f".{sheet.year}")


def test_figures_still_being_checked_are_not_known(cast: Cast) -> None:
    sheet = sheet_in(SheetState.SENT, cast)
    row = unit_named(cast)
    Nominee.objects.filter(pk=row.nominee_id).update(unit=sheet.unit)
    assert not [key for key in known(row) if key.startswith("target.")]


def test_open_hold_is_an_open_case_until_it_is_resumed(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    assert "case.open" not in known(row)
    hold(cast, [row])
    fact = known(row)["case.open"]
    assert (fact.value, fact.entered_by) == (True, "Đỗ Anh Tuấn")
    assert "Chờ kết luận xác minh" in fact.source


def test_award_decided_here_is_the_last_of_its_form(cast: Cast) -> None:
    first = nomination_in(State.AWARDED, cast, facts(person(), item="annual_bk_tinh_donor"))
    second = draft(cast, facts(person()))[0]
    assert second.nominee_id == first.nominee_id
    fact = known(second)["last_award.bk_tinh.on"]
    assert fact.value == timezone.localdate()
    assert fact.source.startswith("Quyết định số ")


def test_period_of_another_nomination_is_that_of_a_prior_award(cast: Cast) -> None:
    load_law()
    first = draft(cast, facts(person(), PRIME_MINISTER))[0]
    enter(cast, "lan", first, "period.to", date(2025, 9, 30))
    second = draft(cast, facts(person(), achievement="Thành tích khác hẳn"))[0]
    found = known(second)
    assert found["prior_award.to"].value == date(2025, 9, 30)
    assert found["prior_award.to"].source.endswith(SOURCE)
    assert "prior_award.same" not in found


def test_same_words_in_two_nominations_are_one_achievement(cast: Cast) -> None:
    draft(cast, facts(person(), PRIME_MINISTER, achievement="Chủ trì 12  dịch vụ."))
    second = draft(cast, facts(person(), achievement="chủ trì 12 dịch vụ."))[0]
    fact = known(second)["prior_award.same"]
    assert fact.value is True
    assert "trùng nhau" in fact.source


def test_withdrawn_nomination_is_no_prior_award(cast: Cast) -> None:
    load_law()
    first = nomination_in(State.WITHDRAWN, cast, facts(person(), PRIME_MINISTER))
    second = draft(cast, facts(person()))[0]
    assert first.nominee_id == second.nominee_id
    assert "prior_award.same" not in known(second)


def test_what_the_product_knows_goes_before_what_people_say(cast: Cast) -> None:
    load_law()
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    row = enter(cast, "tuan", row, "case.open", "no")
    Nomination.objects.filter(pk=row.pk).update(version=row.version)
    hold(cast, [row])
    loaded = nominations_in_full().get(pk=row.pk)
    assert facts_of([loaded], timezone.now())[row.pk]["case.open"].value is True


@pytest.mark.parametrize("days", [0, 40])
def test_day_of_judging_is_the_day_it_is_asked(cast: Cast, days: int) -> None:
    row = nominations_in_full().get(pk=nomination_in(State.DRAFT, cast).pk)
    at = timezone.now() + timedelta(days=days)
    assert gathered(row, at)["judged.on"].value == timezone.localdate(at)


def test_standing_nominations_of_a_unit_are_counted_for_its_quota(cast: Cast) -> None:
    names = ("Nguyễn Văn Lâm", "Nguyễn Văn Mỹ")
    first, second = draft(cast, *(facts(person(name)) for name in names))
    other_form = draft(cast, facts(person("Nguyễn Văn Ninh"), PRIME_MINISTER))[0]
    assert known(first)["quota.proposed"].value == Decimal(2)
    assert known(other_form)["quota.proposed"].value == Decimal(1)
    Nomination.objects.filter(pk=second.pk).update(state=State.WITHDRAWN)
    assert known(first)["quota.proposed"].value == Decimal(1)
    assert known(second)["quota.proposed"].value == Decimal(1)
    assert "Đếm trong phần mềm" in known(first)["quota.proposed"].source


def test_registration_is_known_where_the_movement_has_a_round(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast, facts(person(NAME)))
    assert "registration.exists" not in known(row)
    held = round_of(cast)
    none = known(row)["registration.exists"]
    assert (none.value, none.source) == (False, "Đơn vị chưa gửi bản đăng ký thi đua")
    submitted(cast, held)
    sent = known(row)["registration.exists"]
    day = day_words(timezone.localdate())
    assert (sent.value, sent.entered_by) == (True, "Lê Quốc Hưng")
    assert sent.source == f"Bản đăng ký thi đua gửi ngày {day}"
