"""Drafting: what a unit's clerk writes, what is refused, and that a list twice makes no twins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.errors import Refusal
from audit.models import Event
from campaigns.services import close_campaign, close_occasion
from organisations.errors import UnitNotInForceError
from organisations.models import Unit
from tests.cast import Cast
from tests.factories import (
    PRESIDENT,
    PRIME_MINISTER,
    asked,
    collective,
    draft,
    facts,
    household,
    nomination_in,
    person,
    propose,
)
from tests.rows import fingerprint
from workflow.errors import NotFoundError
from workflow.models import Dossier, Nomination, Nominee, WorkItem
from workflow.services import drafting
from workflow.services.nominees import NominationFacts, identity_of
from workflow.states import State, Way


def refused(cast: Cast, *given: NominationFacts, unit: str = "tp-rach-gia") -> Refusal:
    before = fingerprint()
    with pytest.raises(Refusal) as caught:
        draft(cast, *given, unit=unit)
    assert {**fingerprint(), "django_q_ormq": ""} == {**before, "django_q_ormq": ""}
    return caught.value


def edit(cast: Cast, row: Nomination, given: NominationFacts, login: str = "lan") -> Nomination:
    return drafting.edit_nomination(
        actor=cast[login], nomination_id=row.pk, expected_version=row.version, facts=given
    )


def test_draft_stands_in_the_unit_s_dossier_with_work_for_the_clerk(cast: Cast) -> None:
    row = draft(cast)[0]
    assert row.dossier.code == "KG-CDS-2022-2025/FINAL_2025/TP-RACH-GIA/BKT"
    work = row.work_items.get()
    assert (work.role, work.unit_path) == ("unit_clerk", "ubnd-tinh/tp-rach-gia/")
    events = Event.objects.filter(stream=row.dossier.stream).order_by("seq")
    assert [event.action for event in events] == ["dossier.opened", "nomination.drafted"]
    assert events[1].data == {
        "nominee": "Nguyễn Thị Ngọc Ánh", "form": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    }  # fmt: skip


def test_each_authority_has_its_own_dossier_and_each_only_one(cast: Cast) -> None:
    rows = draft(
        cast, facts(), facts(person("Lê Thị Hồng")), facts(authority=PRIME_MINISTER),
        facts(authority=PRESIDENT),
    )  # fmt: skip
    assert [row.dossier.code.rsplit("/", 1)[1] for row in rows] == ["BKT", "BKT", "TTG", "CTN"]
    assert Dossier.objects.count() == 3
    assert Nominee.objects.count() == 3


def test_text_is_kept_in_one_spelling_and_without_loose_spaces(cast: Cast) -> None:
    loose = normalize("NFD", "  Nguyễn  Thị\tÁnh ")
    written = facts(
        person(loose),
        summary=normalize("NFD", " Tiêu  biểu "),
        achievement=normalize("NFD", "Đã làm.\nĐã xong. "),
        past_awards=({"form": normalize("NFD", "Giấy khen")},),
        report={"nhiem_vu": [normalize("NFD", "Điều hành")]},
    )
    row = draft(cast, written)[0]
    assert row.nominee.name == "Nguyễn Thị Ánh"
    assert (row.summary, row.achievement) == ("Tiêu biểu", "Đã làm.\nĐã xong.")
    assert (row.past_awards, row.report) == (
        [{"form": "Giấy khen"}], {"nhiem_vu": ["Điều hành"]},
    )  # fmt: skip


@pytest.mark.parametrize("nominee", [person(), collective(), household()], ids=lambda n: n.kind)
def test_same_nominee_twice_is_refused_naming_the_dossier(cast: Cast, nominee: object) -> None:
    given = facts(nominee)  # type: ignore[arg-type]  # one of the three above
    row = draft(cast, given)[0]
    refusal = refused(cast, given)
    assert refusal.code == "NOMINEE_TWICE"
    assert row.dossier.code in refusal.why


def test_list_again_makes_no_twins(cast: Cast) -> None:
    given = [facts(), facts(household()), facts(collective())]
    clerk, unit_id = cast["lan"], cast.units["tp-rach-gia"].pk
    first = drafting.draft_nominations(actor=clerk, unit_id=unit_id, facts=given, skip_known=True)
    before = fingerprint()
    again = drafting.draft_nominations(actor=clerk, unit_id=unit_id, facts=given, skip_known=True)
    assert (len(first.made), first.known) == (3, [])
    assert (again.made, [row.pk for row in again.known]) == ([], [row.pk for row in first.made])
    assert fingerprint() == before


def test_withdrawn_nomination_may_be_drafted_again(cast: Cast) -> None:
    withdrawn = nomination_in(State.WITHDRAWN, cast)
    row = draft(cast)[0]
    assert row.pk != withdrawn.pk
    assert row.nominee_id == withdrawn.nominee_id


def test_namesakes_are_told_apart_by_birth_date_or_workplace() -> None:
    unit = Unit(code="a")
    born = [person(birth_date=day) for day in (date(1980, 1, 1), date(1980, 1, 2))]
    unknown = [person(birth_date=None, workplace=place) for place in ("Phòng A", "Phòng B")]
    assert len({identity_of(one, unit) for one in (*born, *unknown)}) == 4
    shouted = person("NGUYỄN THỊ  NGỌC ÁNH", birth_date=date(1980, 1, 1))
    assert identity_of(shouted, unit) == identity_of(born[0], unit)
    assert identity_of(born[0], Unit(code="b")) != identity_of(born[0], unit)
    assert identity_of(collective(), unit) != identity_of(household(collective().name), unit)


def test_list_is_all_or_nothing(cast: Cast) -> None:
    assert refused(cast, facts(), facts(person(" "))).code == "VALUE_MISSING"
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "VALUE_MISSING"),
        ({"name": "A"}, "VALUE_FORMAT"),
        ({"name": "123 4"}, "VALUE_FORMAT"),
        ({"birth_date": date(1899, 12, 31)}, "VALUE_FORMAT"),
        ({"birth_date": timezone.localdate() + timedelta(days=1)}, "VALUE_FORMAT"),
    ],
)
def test_person_that_cannot_be_is_refused(cast: Cast, changes: dict[str, Any], code: str) -> None:
    assert refused(cast, facts(person(**changes))).code == code
    assert draft(cast, facts(person(birth_date=date(1900, 1, 1))))


def test_only_people_are_born(cast: Cast) -> None:
    born = collective().__class__(
        **{f: getattr(collective(), f) for f in ("kind", "name", "address")},
        birth_date=date(1980, 1, 1),
    )
    assert refused(cast, facts(born)).code == "VALUE_FORMAT"


def test_form_that_the_occasion_does_not_give_is_refused(cast: Cast) -> None:
    assert draft(cast, facts(collective(), PRESIDENT))
    refusal = refused(cast, facts(household(), PRESIDENT))
    assert refusal.code == "AWARD_FORM_NOT_IN_OCCASION"
    assert "Huân chương Lao động hạng Ba" in str(refusal)


def test_kind_of_nominee_that_is_not_the_category_s_is_refused(cast: Cast) -> None:
    good = facts(collective())
    wrong = facts(person(), subject_kind_id=good.subject_kind_id)
    assert draft(cast, good)
    assert refused(cast, wrong).code == "AWARD_FORM_NOT_IN_OCCASION"


def test_unknown_form_category_or_unit_is_not_found(cast: Cast) -> None:
    for changes in ({"award_item_id": uuid4()}, {"subject_kind_id": uuid4()}):
        assert refused(cast, facts(**changes)).code == "NOT_FOUND"  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        drafting.draft_nominations(actor=cast["lan"], unit_id=uuid4(), facts=[facts()])


def test_closed_occasion_takes_no_draft(cast: Cast) -> None:
    assert draft(cast)
    occasion = cast.occasion("final_2025")
    close_occasion(actor=cast["dung"], occasion_id=occasion.pk, expected_version=occasion.version)
    assert refused(cast, facts(person("Lê Thị Hồng"))).code == "OCCASION_CLOSED"


def test_closed_campaign_takes_no_draft(cast: Cast) -> None:
    assert draft(cast)
    close_campaign(
        actor=cast["dung"], campaign_id=cast.campaign.pk, expected_version=cast.campaign.version
    )
    assert refused(cast, facts(person("Lê Thị Hồng"))).code == "CAMPAIGN_CLOSED"


def test_nominee_of_another_unit_is_refused_and_of_one_below_is_not(cast: Cast) -> None:
    below = facts(person("Lê Thị Hồng", unit_id=cast.units["p-vinh-thanh"].pk))
    assert draft(cast, below)
    foreign = facts(person("Lê Văn Tám", unit_id=cast.units["so-y-te"].pk))
    refusal = refused(cast, foreign)
    assert refusal.code == "NOMINEE_OF_OTHER_UNIT"
    assert "Sở Y tế tỉnh Kiên Giang" in refusal.why


def test_draft_is_edited_in_place_and_the_event_tells_what_changed(cast: Cast) -> None:
    row = draft(cast)[0]
    edited = edit(cast, row, facts(person("Nguyễn Thị Ngọc Anh"), summary="Mới"))
    assert (edited.version, edited.nominee_id, edited.summary) == (2, row.nominee_id, "Mới")
    assert Nominee.objects.get().name == "Nguyễn Thị Ngọc Anh"
    event = Event.objects.get(action="nomination.edited")
    assert (event.before["nominee"], event.after["nominee"]) == (
        "Nguyễn Thị Ngọc Ánh", "Nguyễn Thị Ngọc Anh",
    )  # fmt: skip
    assert (event.before["version"], event.after["version"]) == (1, 2)


def test_draft_for_another_authority_moves_to_its_dossier(cast: Cast) -> None:
    row = draft(cast)[0]
    edited = edit(cast, row, facts(authority=PRIME_MINISTER))
    assert edited.dossier.code.endswith("/TTG")
    work = WorkItem.objects.get(closed_at=None)
    assert (work.nomination_id, work.dossier_id) == (row.pk, edited.dossier_id)


def test_edit_leaves_the_way_that_somebody_chose(cast: Cast) -> None:
    row = draft(cast)[0]
    Nomination.objects.filter(pk=row.pk).update(flow_version=Way.UNIT)
    same = edit(cast, row, facts(summary="Mới"))
    assert same.flow_version == Way.UNIT
    other = edit(cast, same, facts(authority=PRIME_MINISTER))
    assert other.flow_version == row.flow_version != Way.UNIT


def test_edit_of_an_older_version_is_told_who_was_faster(cast: Cast) -> None:
    row = draft(cast)[0]
    edit(cast, row, facts(summary="Lần một"))
    with pytest.raises(Refusal) as caught:
        edit(cast, row, facts(summary="Lần hai"), login="hung")
    assert caught.value.code == "NOMINATION_CHANGED"
    assert caught.value.why.startswith("Nguyễn Thị Lan đã thay đổi lúc ")


def test_nomination_that_left_its_draft_is_not_edited(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    with pytest.raises(Refusal) as caught:
        edit(cast, row, facts(summary="Muộn"))
    assert caught.value.code == "MOVE_NOT_ALLOWED"


def test_edit_into_a_twin_is_refused(cast: Cast) -> None:
    _first, second = draft(cast, facts(), facts(person("Lê Thị Hồng")))
    with pytest.raises(Refusal) as caught:
        edit(cast, second, facts())
    assert caught.value.code == "NOMINEE_TWICE"


def test_edit_of_nothing_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        drafting.edit_nomination(
            actor=cast["lan"], nomination_id=uuid4(), expected_version=1, facts=facts()
        )


def test_nominee_already_on_paper_keeps_the_facts_printed(cast: Cast) -> None:
    sent = nomination_in(State.PROPOSED, cast)
    same = facts(item="annual_bk_tinh_donor")
    other = facts(person(position="Trưởng phòng"), item="annual_bk_tinh_donor")
    refusal = refused(cast, other)
    assert refusal.code == "NOMINEE_IN_USE"
    assert sent.dossier.code in refusal.why
    assert draft(cast, same)[0].nominee_id == sent.nominee_id


def test_prepared_draft_goes_back_with_the_reason(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    result = drafting.revise_nominations(
        actor=cast["hung"], items=asked(row), reason=" Bổ sung  số liệu "
    )
    assert [moved.state for moved in result.moved] == ["draft"]
    event = Event.objects.get(action="nomination.revised")
    assert event.data == {"nominee": row.nominee.name, "reason": "Bổ sung số liệu"}


def test_unit_without_a_name_today_sends_no_paper(cast: Cast) -> None:
    row = nomination_in(State.PREPARED, cast)
    cast.units["tp-rach-gia"].names.update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(UnitNotInForceError):
        propose(cast, [row])


def test_edit_leaves_a_nominee_tied_to_his_account(cast: Cast) -> None:
    """What is typed or listed tells no accounts: else it would take away what bars a person from his own case."""
    [row] = draft(cast)
    row.nominee.user = cast.users["tuan"]
    row.nominee.save(update_fields=["user"])
    edited = drafting.edit_nomination(
        actor=cast["lan"], nomination_id=row.pk, expected_version=row.version,
        facts=facts(person(position="Trưởng phòng")),
    )  # fmt: skip
    assert (edited.nominee.position, edited.nominee.user) == ("Trưởng phòng", cast.users["tuan"])
