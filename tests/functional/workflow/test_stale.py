"""A paper whose data changed after it was made is told apart, with the difference in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.models import LegalGround
from documents.models import Document, DocumentVersion
from tests.cast import Cast
from tests.councils import convened, seat, voters
from tests.factories import (
    again,
    appraise,
    collective,
    facts,
    find_ineligible,
    give_back,
    household,
    nomination_in,
    nominations_in,
    revoke,
    submit_to_board,
)
from workflow.models import CouncilSession, Gap, Meeting, Nomination, Nominee, Overrule
from workflow.proof.stale import Difference, kept_of, present_values, stale_among
from workflow.states import State

pytestmark = pytest.mark.django_db


def papers(*keys: str) -> list[DocumentVersion]:
    """Return the newest versions of the papers of these templates; of all without any."""
    rows = DocumentVersion.objects.select_related("document").order_by("requested_at")
    return list(rows.filter(document__template_key__in=keys) if keys else rows)


def stale(*keys: str) -> dict[str, list[Difference]]:
    """Return what changed, by template."""
    versions = {version.pk: version for version in papers(*keys)}
    found = stale_among(versions.values())
    return {versions[key].document.template_key: said for key, said in found.items()}


@pytest.fixture
def decided(cast: Cast) -> list[Nomination]:
    """Awarded nominations of all three kinds, with every paper of their way."""
    return nominations_in(
        State.AWARDED, cast, facts(), facts(collective()), facts(household())
    )  # fmt: skip


def test_no_paper_is_stale_when_nothing_changed(decided: list[Nomination]) -> None:
    assert len(papers()) == 17
    assert all(version.sources for version in papers())
    assert stale() == {}


def test_what_a_paper_would_say_now_is_what_it_says(decided: list[Nomination]) -> None:
    for version in papers():
        values, sources = present_values(kept_of(version))
        assert (values, sources) == (version.values, version.sources)


def test_a_form_renamed_makes_every_paper_that_prints_it_stale(decided: list[Nomination]) -> None:
    form = decided[0].award_item.form
    before = form.name
    form.name = "Bằng khen của UBND tỉnh"
    form.save()
    found = stale()
    assert set(found) == {
        "to_trinh_don_vi", "bien_ban_don_vi", "bao_cao_ca_nhan", "bao_cao_tap_the",
        "bao_cao_ho_gia_dinh", "bao_cao_tham_dinh", "to_trinh_so", "to_trinh_hoi_dong",
        "tom_tat_thanh_tich", "bien_ban_hoi_dong", "bien_ban_kiem_phieu",
        "thong_bao_ket_qua",
    }  # fmt: skip
    assert found["bien_ban_don_vi"] == [
        Difference(name, "Hình thức", before, "Bằng khen của UBND tỉnh")
        for name in ("Phòng Văn hóa và Thông tin", "Nguyễn Thị Ngọc Ánh", "Hộ ông Trần Văn Bé")
    ]
    assert found["bao_cao_ca_nhan"] == [
        Difference("", "Hình thức", before, "Bằng khen của UBND tỉnh")
    ]


def test_a_name_mended_is_told_as_printed_and_as_it_is(decided: list[Nomination]) -> None:
    nominee = decided[0].nominee
    nominee.name, nominee.birth_date = "Nguyễn Thị Ngọc Anh", date(1985, 4, 21)
    nominee.save()
    found = stale("quyet_dinh", "bao_cao_ca_nhan", "bao_cao_tap_the")
    assert found["quyet_dinh"] == [
        Difference("Nguyễn Thị Ngọc Ánh", "Tên", "Nguyễn Thị Ngọc Ánh", "Nguyễn Thị Ngọc Anh")
    ]
    assert {said.label for said in found["bao_cao_ca_nhan"]} == {"Tên", "Ngày sinh"}
    assert "12/04/1985" in {said.printed for said in found["bao_cao_ca_nhan"]}
    assert "bao_cao_tap_the" not in found


def test_movement_occasion_and_signer_are_looked_at(cast: Cast, decided: list[Nomination]) -> None:
    occasion = decided[0].dossier.occasion
    occasion.title = "Khen thưởng Tổng kết phong trào"
    occasion.save()
    occasion.campaign.name = "Kiên Giang chuyển đổi số"
    occasion.campaign.save()
    user = cast.users["duc"]
    name, user.full_name = user.full_name, "Trần Minh Đức (Tư)"
    user.save()
    try:
        told = {said.label: (said.printed, said.now) for said in stale("quyet_dinh")["quyet_dinh"]}
    finally:
        user.full_name = name
    assert told["Người ký"] == ("Trần Minh Đức", "Trần Minh Đức (Tư)")
    assert told["Phong trào"][1] == "Kiên Giang chuyển đổi số"
    assert told["Đợt xét"][1] == "tổng kết phong trào"


def test_a_units_name_is_that_of_the_papers_day(cast: Cast, decided: list[Nomination]) -> None:
    name = cast.units["so-tttt"].names.get()
    today, old = timezone.localdate(), name.name
    name.valid_to = today
    name.save()
    later = {"name": "Sở Khoa học và Công nghệ tỉnh Kiên Giang", "parent": name.parent}
    name.unit.names.create(valid_from=today + timedelta(days=1), **later)
    assert stale() == {}
    name.name = "Sở Thông tin và Truyền thông Kiên Giang"
    name.save()
    found = stale()
    assert set(found) == {
        "to_trinh_don_vi", "phieu_tiep_nhan", "bao_cao_tham_dinh", "to_trinh_so",
    }  # fmt: skip
    assert Difference("", "Tên cơ quan", old, name.name) in found["to_trinh_so"]
    assert found["to_trinh_don_vi"] == [Difference("", "Kính gửi", old, name.name)]


def test_the_law_is_told_line_by_line(cast: Cast, decided: list[Nomination]) -> None:
    text = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    LegalGround.objects.create(
        key="luat-06-2022", text=text, valid_from=date(2024, 1, 1), position=1, applies_to=[]
    )
    found = stale("to_trinh_don_vi", "quyet_dinh", "bien_ban_don_vi")
    assert found == {
        "to_trinh_don_vi": [Difference("", "Căn cứ", "", text)],
        "quyet_dinh": [Difference("", "Căn cứ", "", text)],
    }


def test_what_was_typed_of_the_session_is_looked_at(decided: list[Nomination]) -> None:
    minutes = papers("bien_ban_don_vi")[0]
    place = next(one for one in minutes.sources if one["at"] == "dia_diem")
    meeting = Meeting.objects.get(pk=place["meeting"])
    before, meeting.place = meeting.place, "Phòng họp số 2"
    gone, *meeting.present = meeting.present
    meeting.save()
    said = stale()["bien_ban_don_vi"]
    assert Difference("", "Địa điểm họp", before, "Phòng họp số 2") in said
    assert Difference("", "Thành viên có mặt", ", ".join(gone.values()), "") in said


def test_what_a_slip_asks_for_is_looked_at(cast: Cast) -> None:
    give_back(cast, nominations_in(State.UNDER_APPRAISAL, cast, facts()))
    assert stale() == {}
    gap = Gap.objects.order_by("position").first()
    assert gap is not None
    before, gap.what = gap.what, "Gửi bản gốc"
    gap.save()
    [said] = stale()["phieu_tra"]
    assert said.label == "Nội dung cần bổ sung"
    assert (before in said.printed, "Gửi bản gốc" in said.now) == (True, True)


def test_an_overruling_lifted_since_is_looked_at(cast: Cast) -> None:
    [row] = nominations_in(State.APPRAISED, cast, facts())
    given = Overrule.objects.create(
        nomination=row, rule="r1", words="Có sáng kiến", clause="Điều 5", outcome="not_met",
        rule_digest="x", stands=True, reason="Đã xác minh", by="Lê Phương", position="Giám đốc",
        at=timezone.now(),
    )  # fmt: skip
    submit_to_board(cast, [row])
    assert stale() == {}
    Overrule.objects.filter(pk=given.pk).update(stands=False)
    [said] = stale()["bao_cao_tham_dinh"]
    assert (said.label, said.now) == ("Chấp thuận khác kết quả", "")
    assert "Có sáng kiến" in said.printed


def test_a_value_that_the_paper_does_not_print_changes_nothing(decided: list[Nomination]) -> None:
    nominee = decided[1].nominee  # a collective: its place is in no template of a decision
    printed = {field["name"] for field in _fields("quyet_dinh")}
    assert "dia_chi" in printed
    nominee.position = "chưa từng in"
    nominee.save()
    assert "bao_cao_tap_the" not in stale("bao_cao_tap_the")


def _fields(key: str) -> list[dict[str, Any]]:
    version = papers(key)[0].template_version
    assert version is not None
    lists = {field["name"]: field for field in version.fields}
    fields: list[dict[str, Any]] = lists["danh_sach_tap_the"]["fields"]
    return fields


def test_a_finding_of_ineligibility_is_looked_at(cast: Cast) -> None:
    received = nominations_in(State.UNDER_APPRAISAL, cast, facts(), facts(collective()))
    find_ineligible(cast, received[1:])
    appraise(cast, received[:1])
    submit_to_board(cast, again(*received[:1]))
    assert {one["part"] for one in papers("bao_cao_tham_dinh")[0].sources} >= {"ineligible"}
    nominee = received[1].nominee
    nominee.name = "Phòng Văn hóa"
    nominee.save()
    assert stale("bao_cao_tham_dinh", "to_trinh_so") == {
        "bao_cao_tham_dinh": [
            Difference(
                "Phòng Văn hóa và Thông tin", "Tên", "Phòng Văn hóa và Thông tin", "Phòng Văn hóa"
            )
        ]
    }


def test_contents_of_a_file_are_out_of_date_when_a_paper_comes_later(cast: Cast) -> None:
    row = nomination_in(State.CLOSED, cast)
    assert stale("muc_luc_ho_so") == {}
    paper = revoke(cast, [row])
    [said] = stale("muc_luc_ho_so")["muc_luc_ho_so"]
    assert (said.printed, "Quyết định hủy bỏ khen thưởng" in said.now) == ("", True)
    assert paper.register_entry
    assert paper.register_entry.notation in said.now


def test_decision_that_revokes_is_out_of_date_when_the_name_is_mended(cast: Cast) -> None:
    row = nomination_in(State.AWARDED, cast)
    revoke(cast, [row])
    assert stale("quyet_dinh_huy_bo") == {}
    Nominee.objects.filter(pk=row.nominee_id).update(name="Nguyễn Thị Ngọc Anh")
    [said] = stale("quyet_dinh_huy_bo")["quyet_dinh_huy_bo"]
    assert (said.label, said.now) == ("Tên", "Nguyễn Thị Ngọc Anh")


def test_invitation_is_out_of_date_when_the_session_is_elsewhere(cast: Cast) -> None:
    seat(cast, voters(5))
    session = convened(cast, [nomination_in(State.UNDER_REVIEW, cast)])
    assert stale("giay_moi_hop") == {}
    before = session.place
    CouncilSession.objects.update(place="Hội trường tầng 3")
    assert stale("giay_moi_hop")["giay_moi_hop"] == [
        Difference("", "Địa điểm họp", before, "Hội trường tầng 3")
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_costs_the_same_for_one_paper_and_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    given = [facts(), facts(collective()), facts(household())][:count]
    rows = nominations_in(State.AWARDED, cast, *given)
    versions = papers()
    with django_assert_num_queries(10):
        assert stale_among(versions) == {}
    form = rows[0].award_item.form
    form.name = "Khác"
    form.save()
    with django_assert_num_queries(11):
        assert stale_among(versions)


def test_a_version_without_sources_is_not_judged(decided: list[Nomination]) -> None:
    DocumentVersion.objects.update(sources=[])
    decided[0].nominee.name = "Khác"
    decided[0].nominee.save()
    assert stale() == {}
    assert Document.objects.exists()
