"""Giấy khen: decided by the unit's own head, on the unit's paper, and nowhere else."""

from __future__ import annotations

import pytest
from django.utils import timezone

from audit.models import Event
from campaigns.models import Campaign
from documents.models import Document
from organisations.actors import Actor
from tests import provinces
from tests.cast import Cast
from tests.factories import DECISION, again, asked, collective, count, draft, meeting, person
from workflow import queries
from workflow.errors import (
    AccessDeniedError,
    MeetingMissingError,
    MoveNotAllowedError,
    NothingChosenError,
)
from workflow.errors_drafting import ValueMissingError
from workflow.models import Decision, Nomination, WorkItem
from workflow.papers.province import DecisionFacts
from workflow.services import closing, drafting, proposing, unit_deciding
from workflow.states import State, Way

GK, BK = "giay_khen", "bk_tinh"


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return provinces.load(cast, "bk-cds-2022-2025")


def prepared(cast: Cast, campaign: Campaign, *names: str, item: str = GK) -> list[Nomination]:
    given = [provinces.facts(campaign, item, person(name)) for name in names]
    rows = draft(cast, *given)
    drafting.prepare_nominations(actor=cast["lan"], items=asked(*rows))
    return again(*rows)


def met(cast: Cast, rows: list[Nomination], **changes: object) -> None:
    proposing.record_unit_meeting(
        actor=cast["lan"],
        dossier_id=rows[0].dossier_id,
        facts=meeting(**changes),
        counts=[count(row) for row in rows],
    )


def award(actor: Actor, rows: list[Nomination], facts: DecisionFacts = DECISION) -> Decision:
    return unit_deciding.award_in_unit(
        actor=actor,
        dossier_id=rows[0].dossier_id,
        versions={row.pk: row.version for row in rows},
        facts=facts,
    )


def test_head_decides_and_the_nomination_never_leaves_the_unit(
    cast: Cast, campaign: Campaign
) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An", "Lê Thị Bình")
    assert {row.flow_version for row in rows} == {Way.UNIT}
    met(cast, rows)
    decision = award(cast["hung"], rows)
    rows = again(*rows)
    assert {row.state for row in rows} == {State.AWARDED}
    assert (decision.authority, decision.issuer) == (
        "unit_head", "Ủy ban nhân dân thành phố Rạch Giá",
    )  # fmt: skip
    assert decision.notation == "01/QĐ-UBND"
    assert set(decision.items.values_list("nomination", flat=True)) == {row.pk for row in rows}
    waiting = WorkItem.objects.filter(nomination__in=rows, closed_at__isnull=True)
    assert {(item.role, item.unit_path) for item in waiting} == {
        ("unit_clerk", cast.units["tp-rach-gia"].path),
    }
    done = closing.close_nominations(actor=cast["lan"], items=asked(*rows))
    assert not done.refused
    assert [step.state for step in queries.way_of(again(rows[0])[0])] == [
        State.DRAFT, State.PREPARED, State.AWARDED, State.CLOSED,
    ]  # fmt: skip


def test_papers_are_minutes_reports_and_the_units_own_decision(
    cast: Cast, campaign: Campaign
) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An")
    met(cast, rows)
    award(cast["hung"], rows)
    papers = Document.objects.filter(links__dossier=rows[0].dossier).order_by("created_at", "pk")
    assert sorted(papers.values_list("template_key", flat=True)) == [
        "bang_khen", "bao_cao_ca_nhan", "bien_ban_don_vi", "quyet_dinh",
    ]  # fmt: skip
    values = papers.get(template_key="quyet_dinh").versions.get().values
    office = "Chủ tịch Ủy ban nhân dân thành phố Rạch Giá"
    assert values["tham_quyen"] == office
    assert values["hinh_thuc"] == f"Giấy khen của {office}"
    assert values["theo_de_nghi"].startswith(
        "Hội đồng Thi đua - Khen thưởng Ủy ban nhân dân thành phố Rạch Giá tại Biên bản số 01/BB"
    )
    assert values["chu_ky"] == {"quyen_han": ["CHỦ TỊCH"], "ho_ten": "Lê Quốc Hưng"}
    assert values["dot_xet"] == "xét theo phong trào"


def test_unit_without_a_council_cites_its_meeting(cast: Cast, campaign: Campaign) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An")
    met(cast, rows, is_council=False)
    values = award(cast["hung"], rows).document.versions.get().values  # type: ignore[union-attr]
    assert values["theo_de_nghi"].startswith("cuộc họp xét khen thưởng Ủy ban nhân dân")


def test_dossier_is_received_and_pinned_on_the_day_of_its_first_decision(
    cast: Cast, campaign: Campaign
) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An", "Lê Thị Bình")
    met(cast, rows)
    award(cast["hung"], rows[:1])
    dossier = again(rows[0])[0].dossier
    assert timezone.localdate(dossier.received_at) == timezone.localdate()
    first = dossier.received_at
    award(cast["hung"], rows[1:])
    assert again(rows[1])[0].dossier.received_at == first


def test_it_cannot_be_sent_up_nor_the_provinces_be_decided_in_the_unit(
    cast: Cast, campaign: Campaign
) -> None:
    own = prepared(cast, campaign, "Nguyễn Văn An")
    met(cast, own)
    with pytest.raises(MoveNotAllowedError):
        proposing.propose_dossier(
            actor=cast["hung"], dossier_id=own[0].dossier_id, versions={own[0].pk: own[0].version}
        )
    provincial = prepared(cast, campaign, "Lê Thị Bình", item=BK)
    assert provincial[0].dossier_id != own[0].dossier_id
    met(cast, provincial)
    with pytest.raises(MoveNotAllowedError):
        award(cast["hung"], provincial)
    assert {row.state for row in again(*own, *provincial)} == {State.PREPARED}
    assert award(cast["hung"], own).notation


def test_only_the_head_of_that_very_unit_decides(cast: Cast, campaign: Campaign) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An")
    met(cast, rows)
    for login in ("lan", "bao", "duc", "binh", "phuong", "dung"):
        with pytest.raises(AccessDeniedError):
            award(cast[login], rows)
    assert award(cast["hung"], rows).notation


def test_nothing_is_decided_without_vote_choice_or_words(cast: Cast, campaign: Campaign) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An")
    with pytest.raises(MeetingMissingError):
        award(cast["hung"], rows)
    met(cast, rows)
    with pytest.raises(ValueMissingError):
        award(cast["hung"], rows, DecisionFacts("", "Quỹ", "Văn phòng"))
    with pytest.raises(NothingChosenError):
        unit_deciding.award_in_unit(
            actor=cast["hung"], dossier_id=rows[0].dossier_id, versions={}, facts=DECISION
        )
    assert not Decision.objects.exists()


def test_head_declines_with_a_reason_and_the_clerk_files_it(cast: Cast, campaign: Campaign) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An", "Lê Thị Bình")
    with pytest.raises(ValueMissingError):
        unit_deciding.decline_in_unit(actor=cast["hung"], items=asked(*rows), reason=" ")
    with pytest.raises(AccessDeniedError):
        unit_deciding.decline_in_unit(actor=cast["bao"], items=asked(*rows), reason="Chưa đạt.")
    unit_deciding.decline_in_unit(actor=cast["hung"], items=asked(*rows), reason="Chưa đạt.")
    rows = again(*rows)
    assert {row.state for row in rows} == {State.NOT_AWARDED}
    told = Event.objects.filter(action="nomination.declined_in_unit")
    assert [event.data["reason"] for event in told] == ["Chưa đạt.", "Chưa đạt."]
    assert not Document.objects.filter(links__dossier=rows[0].dossier).exists()
    assert not closing.close_nominations(actor=cast["lan"], items=asked(*rows)).refused


def test_nomination_to_the_chairman_is_not_the_heads_to_decline(
    cast: Cast, campaign: Campaign
) -> None:
    rows = prepared(cast, campaign, "Nguyễn Văn An", item=BK)
    with pytest.raises(MoveNotAllowedError):
        unit_deciding.decline_in_unit(actor=cast["hung"], items=asked(*rows), reason="Chưa đạt.")


def test_edited_to_another_award_goes_the_other_way(cast: Cast, campaign: Campaign) -> None:
    row = draft(cast, provinces.facts(campaign, GK))[0]
    edited = drafting.edit_nomination(
        actor=cast["lan"],
        nomination_id=row.pk,
        expected_version=row.version,
        facts=provinces.facts(campaign, BK),
    )
    assert (edited.flow_version, edited.dossier.authority) == (
        Way.PROVINCE, "provincial_chairman",
    )  # fmt: skip


def test_collective_is_awarded_by_name(cast: Cast, campaign: Campaign) -> None:
    rows = draft(cast, provinces.facts(campaign, GK, collective("Phòng Chuyển đổi số")))
    drafting.prepare_nominations(actor=cast["lan"], items=asked(*rows))
    met(cast, rows)
    values = award(cast["hung"], again(*rows)).document.versions.get().values  # type: ignore[union-attr]
    assert [row["ten"] for row in values["danh_sach_tap_the"]] == ["Phòng Chuyển đổi số"]
