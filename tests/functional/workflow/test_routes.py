"""A campaign's route chooses the way: twice appraised, proposed by a group, in a priority field."""

from __future__ import annotations

import pytest

from campaigns.models import Campaign, PriorityField, RouteStep
from tests import provinces
from tests.cast import Cast
from tests.factories import (
    CLAUSE,
    again,
    appraise,
    asked,
    collective,
    count,
    draft,
    household,
    meeting,
    person,
    prepare,
    receive,
    submit_to_board,
    vote,
)
from tests.factories import facts as kien_giang_facts
from workflow import queries
from workflow.errors import (
    AccessDeniedError,
    FieldNotOfMovementError,
    MoveNotAllowedError,
    NotMemberError,
)
from workflow.models import Nomination
from workflow.services import appraisal, board, drafting, proposing, returns
from workflow.states import State, Way
from workflow.ways import way_for

ITEM = "tong_ket_bk_tinh"
CITY = "Ủy ban nhân dân thành phố Rạch Giá"


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return provinces.load(cast, "dt-cds-2021-2025")


def of_group(cast: Cast, campaign: Campaign, *names: str) -> list[Nomination]:
    group = provinces.make_group(cast)
    given = [
        provinces.facts(campaign, ITEM, person(name, workplace=f"Phòng Nội vụ, {CITY}"))
        for name in names
    ]
    drafted = drafting.draft_nominations(actor=cast["lan"], unit_id=group.pk, facts=given)
    return drafted.made


def second(cast: Cast, campaign: Campaign) -> Nomination:
    """Return a nomination of a group that lies at the second appraisal."""
    rows = of_group(cast, campaign, "Nguyễn Văn An")
    drafting.prepare_nominations(actor=cast["lan"], items=asked(*rows))
    rows = again(*rows)
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=rows[0].dossier_id, facts=meeting(), counts=[count(rows[0])]
    )
    proposing.propose_dossier(
        actor=cast["hung"], dossier_id=rows[0].dossier_id, versions={rows[0].pk: rows[0].version}
    )
    receive(cast, again(*rows))
    appraise(cast, again(*rows))
    submit_to_board(cast, again(*rows))
    return again(*rows)[0]


def endorse(cast: Cast, row: Nomination, login: str = "thao") -> Nomination:
    return appraisal.endorse_nomination(
        actor=cast[login],
        nomination_id=row.pk,
        expected_version=row.version,
        reason="Thống nhất",
        clause=CLAUSE,
    )


def test_route_with_a_second_appraisal_stops_there_before_the_vote(
    cast: Cast, campaign: Campaign
) -> None:
    row = second(cast, campaign)
    assert (row.state, row.flow_version) == (State.SECOND_APPRAISAL, Way.TWICE)
    with pytest.raises(MoveNotAllowedError):
        vote(cast, [row])
    assert endorse(cast, row).state == State.UNDER_REVIEW
    assert row.appraisals.filter(eligible=True).count() == 2
    vote(cast, again(row))
    board.submit_to_chairman(actor=cast["binh"], items=asked(*again(row)))
    steps = queries.way_of(again(row)[0])
    assert State.SECOND_APPRAISAL in [step.state for step in steps if step.passed]


def test_second_appraisal_may_refuse_or_send_back(cast: Cast, campaign: Campaign) -> None:
    row = second(cast, campaign)
    for login in ("tuan", "phuong", "binh"):
        with pytest.raises(AccessDeniedError):
            endorse(cast, row, login)
    returns.return_nomination(
        actor=cast["thao"],
        nomination_id=row.pk,
        expected_version=row.version,
        gaps=[returns.GapFacts("Báo cáo", "Bổ sung")],
        due_on=meeting().ended_at.date().replace(year=2099),
    )
    back = again(row)[0]
    assert (back.state, back.resume_to) == (State.RETURNED, State.SECOND_APPRAISAL)
    returns.resubmit_nomination(
        actor=cast["lan"],
        nomination_id=row.pk,
        expected_version=back.version,
        answers={1: "Đã bổ sung"},
        achievement=back.achievement,
    )
    refused = appraisal.find_ineligible(
        actor=cast["thao"],
        nomination_id=row.pk,
        expected_version=again(row)[0].version,
        reason="Chưa đủ",
        clause=CLAUSE,
    )
    assert refused.state == State.INELIGIBLE


def test_campaign_without_a_route_goes_the_plain_way(cast: Cast) -> None:
    RouteStep.objects.filter(campaign=cast.campaign).delete()
    assert way_for(cast.campaign.pk, "provincial_chairman") == Way.PROVINCE
    assert way_for(cast.campaign.pk, "unit_head") == Way.UNIT


def test_kien_giang_goes_as_before(cast: Cast) -> None:
    for authority in ("provincial_chairman", "prime_minister", "president"):
        assert way_for(cast.campaign.pk, authority) == Way.PROVINCE
    row = draft(cast)[0]
    assert row.flow_version == Way.PROVINCE


def test_what_has_begun_by_one_table_ends_by_it(cast: Cast, campaign: Campaign) -> None:
    """A route that changes later binds new nominations only."""
    old = draft(cast, kien_giang_facts(person("Lê Thị Cũ")))[0]
    steps = RouteStep.objects.filter(campaign=campaign, authority="provincial_chairman")
    RouteStep.objects.filter(campaign=cast.campaign, authority="provincial_chairman").delete()
    for step in steps:
        step.pk, step.campaign = None, cast.campaign
        step._state.adding = True
        step.save()
    new = draft(cast, kien_giang_facts(person("Lê Thị Mới")))[0]
    assert (old.flow_version, new.flow_version) == (Way.PROVINCE, Way.TWICE)
    prepare(cast, [old])
    assert Nomination.objects.get(pk=old.pk).flow_version == Way.PROVINCE


def test_group_proposes_for_its_members_alone(cast: Cast, campaign: Campaign) -> None:
    rows = of_group(cast, campaign, "Nguyễn Văn An")
    assert rows[0].dossier.unit.code == "khoi-1"
    group = cast.units["khoi-1"]
    member = collective(CITY)
    made = drafting.draft_nominations(
        actor=cast["lan"],
        unit_id=group.pk,
        facts=[provinces.facts(campaign, ITEM, member, subject="khoi_cum")],
    ).made
    assert made[0].nominee.name == CITY
    strangers = (
        (person("Người Lạ", workplace="Sở Nội vụ tỉnh Kiên Giang"), "cbccvc_nld"),
        (person("Không Nơi", workplace=""), "cbccvc_nld"),
        (collective("Sở Nội vụ tỉnh Kiên Giang"), "khoi_cum"),
        (household(), "ho_gia_dinh"),
    )
    for stranger, subject in strangers:
        given = provinces.facts(campaign, ITEM, stranger, subject=subject)
        with pytest.raises(NotMemberError) as refused:
            drafting.draft_nominations(actor=cast["lan"], unit_id=group.pk, facts=[given])
        assert CITY in refused.value.why


def test_priority_field_is_kept_and_must_be_the_movements(cast: Cast, campaign: Campaign) -> None:
    field = PriorityField.objects.get(campaign=campaign, key="y_te")
    row = draft(cast, provinces.facts(campaign, ITEM, field_id=field.pk))[0]
    assert row.field == field
    other = provinces.load(cast, "bk-cds-2022-2025")
    foreign = PriorityField.objects.get(campaign=other, key="y_te")
    with pytest.raises(FieldNotOfMovementError, match="Lĩnh vực") as refused:
        draft(cast, provinces.facts(campaign, ITEM, person("Lê Khác"), field_id=foreign.pk))
    assert "nông nghiệp; y tế; giáo dục và đào tạo" in refused.value.why
    edited = drafting.edit_nomination(
        actor=cast["lan"],
        nomination_id=row.pk,
        expected_version=row.version,
        facts=provinces.facts(campaign, ITEM),
    )
    assert edited.field is None
