"""Each placeholder of a paper is told with its source, who entered it, and when."""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import Document, DocumentVersion
from documents.queries import current_version
from tests.cast import Cast
from tests.factories import (
    again,
    appraise,
    collective,
    draft,
    facts,
    find_ineligible,
    give_back,
    nominations_in,
    person,
    prepare,
    propose,
    submit_to_board,
)
from workflow.proof.provenance import Group, Origin, provenance_of
from workflow.services import drafting, returns
from workflow.states import State

pytestmark = pytest.mark.django_db
LAN, HUNG = "Nguyễn Thị Lan", "Lê Quốc Hưng"


def groups(key: str) -> list[Group]:
    document = Document.objects.select_related("register_entry__body").get(template_key=key)
    return provenance_of(document, current_version(document))


def told(key: str, path: str) -> Origin:
    return next(one for group in groups(key) for one in group.origins if one.path == path)


def said(origin: Origin) -> tuple[str, str, str]:
    return origin.value, origin.source, origin.who


def test_each_value_names_its_source_and_who_entered_it(cast: Cast) -> None:
    rows = nominations_in(State.PROPOSED, cast, facts(), facts(collective()))
    key, row = "to_trinh_don_vi", "danh_sach_ca_nhan.0"
    assert said(told(key, f"{row}.ten")) == (
        "Nguyễn Thị Ngọc Ánh", "Đề nghị: đối tượng", LAN,
    )  # fmt: skip
    assert said(told(key, f"{row}.phieu_dong_y")) == ("8", "Biên bản họp: kết quả biểu quyết", LAN)
    assert said(told(key, f"{row}.tom_tat"))[1:] == ("Đề nghị: nội dung", LAN)
    assert said(told(key, f"{row}.dieu_khoan"))[1:] == ("Kế hoạch phong trào: hình thức khen", "")
    assert said(told(key, "so_ky_hieu"))[1:] == ("Sổ đăng ký văn bản đi", HUNG)
    assert said(told(key, "phong_trao"))[1:] == ("Phong trào: tên", "")
    assert said(told(key, "chu_ky.ho_ten")) == (HUNG, "Người dùng: họ và tên", "")
    assert said(told(key, "luu"))[1:] == ("Do phần mềm lập khi tạo văn bản", HUNG)
    assert told(key, "bien_ban.ngay").value.count("/") == 2
    assert [group.title for group in groups(key)] == [
        "", "1. Phòng Văn hóa và Thông tin", "1. Nguyễn Thị Ngọc Ánh",
    ]  # fmt: skip
    assert told(key, f"{row}.ten").at == rows[0].created_at


def test_who_edited_a_field_last_is_told_not_who_edited_another(cast: Cast) -> None:
    rows = draft(cast, facts())
    drafting.edit_nomination(
        actor=cast["hung"], nomination_id=rows[0].pk, expected_version=1,
        facts=facts(summary="Tiêu biểu về dữ liệu số"),
    )  # fmt: skip
    rows = again(*rows)
    prepare(cast, rows)
    propose(cast, again(*rows))
    row = "danh_sach_ca_nhan.0"
    assert told("to_trinh_don_vi", f"{row}.tom_tat").who == HUNG
    assert told("to_trinh_don_vi", f"{row}.ten").who == LAN
    assert told("to_trinh_don_vi", f"{row}.ngay_sinh").who == HUNG  # no edit keeps it: the last one


def test_an_answer_that_rewrote_the_achievement_entered_it(cast: Cast) -> None:
    rows = nominations_in(State.UNDER_APPRAISAL, cast, facts())
    give_back(cast, rows)
    rows = again(*rows)
    returns.resubmit_nomination(
        actor=cast["hung"], nomination_id=rows[0].pk, expected_version=rows[0].version,
        answers={1: "Đã nêu", 2: "Đã gửi"}, changes={"achievement": "Chủ trì 15 dịch vụ công."},
    )  # fmt: skip
    achievement = told("bao_cao_ca_nhan", "ke_khai.thanh_tich")
    assert (achievement.value, achievement.who) == ("Chủ trì 15 dịch vụ công.", HUNG)
    assert told("bao_cao_ca_nhan", "ke_khai.ten").who == LAN
    assert told("bao_cao_ca_nhan", "hinh_thuc").source == "Kế hoạch phong trào: hình thức khen"


def test_findings_and_votes_of_the_council_are_told(cast: Cast) -> None:
    received = nominations_in(State.UNDER_APPRAISAL, cast, facts(), facts(person("Trần Văn Đường")))
    find_ineligible(cast, received[1:])
    appraise(cast, received[:1])
    submit_to_board(cast, again(*received[:1]))
    reason = told("bao_cao_tham_dinh", "khong_du_dieu_kien.0.ly_do")
    assert said(reason) == (
        "Chưa có xác nhận đóng góp", "Kết quả thẩm định", "Đỗ Anh Tuấn",
    )  # fmt: skip
    nominations_in(State.AWARDED, cast, facts(collective()))
    counted = told("to_trinh_hoi_dong", "danh_sach_tap_the.0.ty_le")
    assert said(counted) == ("88,89", "Biên bản họp: kết quả biểu quyết", "Bùi Phương Thảo")


def test_a_paper_without_sources_tells_what_is_known_by_name(cast: Cast) -> None:
    nominations_in(State.PROPOSED, cast, facts())
    DocumentVersion.objects.update(sources=[])
    assert [group.title for group in groups("to_trinh_don_vi")] == [""]
    assert told("to_trinh_don_vi", "ten_co_quan").source.startswith("Danh mục đơn vị")


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_for_one_and_for_three(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    given = [facts(), facts(collective()), facts(person("Trần Văn Đường"))][:count]
    nominations_in(State.PROPOSED, cast, *given)
    document = Document.objects.select_related("register_entry__body").get(
        template_key="to_trinh_don_vi"
    )
    version = current_version(document)
    with django_assert_num_queries(6):
        provenance_of(document, version)
