"""A campaign's route chooses the way: twice appraised, proposed by a group, in a priority field."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Occasion, PriorityField, RouteStep
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
from tests.workbooks import HEADER, line, nominee_list
from workflow import queries
from workflow.errors import AccessDeniedError, MoveNotAllowedError
from workflow.errors_drafting import FieldNotOfMovementError, NotMemberError
from workflow.imports.lines import read_list
from workflow.imports.result import NomineeList
from workflow.models import Nomination
from workflow.papers.lists import in_brief
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
        changes={"achievement": back.achievement},
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


FIELD = "Lĩnh vực ưu tiên"


def listed(cast: Cast, campaign: Campaign, *cells: str) -> NomineeList:
    """Read a list with a column for the priority field, one person for each cell."""
    header = (*HEADER, FIELD)
    kind = "cán bộ, công chức, viên chức"
    rows = [
        line(f"Nguyễn Văn {number}n", subject=kind) | {FIELD: cell}
        for number, cell in enumerate(cells, 1)
    ]
    return read_list(
        nominee_list(rows, header=header),
        occasion=Occasion.objects.select_related("campaign").get(campaign=campaign),
        unit=cast.units["tp-rach-gia"],
        on=date(2025, 11, 3),
    )


def test_list_names_fields_in_any_spelling_or_none(cast: Cast, campaign: Campaign) -> None:
    found = listed(cast, campaign, "Y TẾ", "Giáo dục & đào tạo", "")
    assert [str(problem) for problem in found.problems] == []
    fields = dict(PriorityField.objects.filter(campaign=campaign).values_list("pk", "key"))
    keys = [fields[one.facts.field_id] if one.facts.field_id else "" for one in found.lines]
    assert keys == ["y_te", "giao_duc", ""]


def test_list_with_a_field_of_another_movement_is_told_what_there_is(
    cast: Cast, campaign: Campaign
) -> None:
    [problem] = listed(cast, campaign, "Xây dựng").problems
    assert str(problem) == (
        "Dòng 5, cột “Lĩnh vực ưu tiên”: “Xây dựng” không phải lĩnh vực của phong trào: "
        "nông nghiệp; y tế; giáo dục và đào tạo."
    )


def test_field_is_printed_in_the_list(cast: Cast, campaign: Campaign) -> None:
    field = PriorityField.objects.get(campaign=campaign, key="y_te")
    row = draft(cast, provinces.facts(campaign, ITEM, field_id=field.pk))[0]
    assert in_brief(row) == "Tiêu biểu trong chuyển đổi số. Lĩnh vực: y tế."
    row.summary = ""
    assert in_brief(row) == "Lĩnh vực: y tế."
    row.field = None
    assert in_brief(row) == ""


def test_pages_decide_in_the_unit_and_endorse(cast: Cast, campaign: Campaign) -> None:
    """The two new acts by their pages, with what the forms ask for."""
    row = second(cast, campaign)
    secretary = Client()
    secretary.force_login(cast.users["thao"])
    answer = secretary.post(
        reverse("act", args=["endorse"]),
        {"item": f"{row.pk}:{row.version}", "reason": "Thống nhất", "clause": CLAUSE},
    )
    assert (answer.status_code, again(row)[0].state) == (302, State.UNDER_REVIEW)
    other = provinces.load(cast, "bk-cds-2022-2025")
    own = draft(cast, provinces.facts(other, "giay_khen", person("Lê Thị Riêng")))
    drafting.prepare_nominations(actor=cast["lan"], items=asked(*own))
    proposing.record_unit_meeting(
        actor=cast["lan"], dossier_id=own[0].dossier_id, facts=meeting(), counts=[count(own[0])]
    )
    head = Client()
    head.force_login(cast.users["hung"])
    url = reverse("act", args=["decline_in_unit"])
    item = f"{own[0].pk}:{again(*own)[0].version}"
    assert "Lý do" in head.get(url, {"item": item}).content.decode()
    assert head.post(url, {"item": item, "reason": ""}).status_code == 200, "asks for a reason"
    url = reverse("act", args=["award_in_unit"])
    item = f"{own[0].pk}:{again(*own)[0].version}"
    assert "Nguồn kinh phí" in head.get(url, {"item": item}).content.decode()
    words = {"achievement": "tiêu biểu", "funding": "Quỹ", "carried_out_by": "Văn phòng"}
    assert head.post(url, {"item": item, **words}).status_code == 302
    assert again(*own)[0].state == State.AWARDED
    page = head.get(reverse("nomination", args=[own[0].pk])).content.decode()
    assert "Đang thẩm định" not in page, "the way drawn is the unit's own"


def test_form_offers_the_fields_of_the_movement(cast: Cast, campaign: Campaign) -> None:
    clerk = Client()
    clerk.force_login(cast.users["lan"])
    page = clerk.get(reverse("nomination_draft")).content.decode()
    assert "Lĩnh vực ưu tiên" in page
    assert "giáo dục và đào tạo" in page
    Campaign.objects.filter(pk=campaign.pk).update(status="closed")
    assert "Lĩnh vực ưu tiên" not in clerk.get(reverse("nomination_draft")).content.decode()
