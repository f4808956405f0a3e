"""Papers of one way say the same of the same people; what differs is listed side by side."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from audit.services import SYSTEM
from documents.models import Document, DocumentVersion, EntryStatus
from documents.queries import current_version
from documents.register import void_number
from documents.services.requests import remake_document
from signatures.errors import DocumentNotReadyError
from signatures.models import Signature
from tests.cast import Cast
from tests.factories import collective, facts, household, nominations_in
from workflow.errors import NotFoundError
from workflow.errors_papers import PapersDisagreeError
from workflow.models import Nomination
from workflow.papers.sources import source_of
from workflow.proof.agreement import CENTRAL, PRESIDENTS, REPORTS, SETS, Mismatch, agreement_of
from workflow.services.signing import seal_paper, sign_paper
from workflow.states import State

pytestmark = pytest.mark.django_db
WAY = tuple(key for key in SETS if key not in {CENTRAL, PRESIDENTS})
ANH = "Nguyễn Thị Ngọc Ánh"


@pytest.fixture
def decided(cast: Cast) -> list[Nomination]:
    """Awarded nominations of all three kinds, with every paper of their way."""
    return nominations_in(State.AWARDED, cast, facts(), facts(collective()), facts(household()))


def paper(key: str) -> Document:
    return Document.objects.select_related("register_entry").get(template_key=key)


def found(key: str) -> list[Mismatch]:
    return list(agreement_of(paper(key)).mismatches)


def rewrite(key: str, change: Callable[[dict[str, Any]], object], *, drop: str = "") -> None:
    """Make a new version of a paper that says something else; `drop` leaves places out."""
    document = paper(key)
    version = current_version(document)
    values = copy.deepcopy(version.values)
    change(values)
    kept = [source_of(one) for one in version.sources]
    remake_document(
        who=SYSTEM,
        at=timezone.now(),
        document_id=document.pk,
        values=values,
        sources=[one.kept(values) for one in kept if one.at != drop],
    )


def set_in(place: str, field: str, value: str) -> Callable[[dict[str, Any]], object]:
    def change(values: dict[str, Any]) -> None:
        values[place][0][field] = value

    return change


def test_papers_made_of_the_same_rows_agree(decided: list[Nomination]) -> None:
    for document in Document.objects.filter(template_key__in=(*WAY, *REPORTS)):
        agreement = agreement_of(document)
        assert agreement.mine is not None
        assert agreement.mismatches == []
        named = 1 if document.template_key in REPORTS else 3
        assert len(agreement.mine.all) == named
        assert len(agreement.others) == (10 if named == 1 else 12)


def test_a_name_written_otherwise_is_told_beside_the_other(decided: list[Nomination]) -> None:
    rewrite("quyet_dinh", set_in("danh_sach_ca_nhan", "ten", "Nguyễn Thị Ngọc Anh"))
    others = [key for key in WAY if key != "quyet_dinh"]
    assert found("quyet_dinh") == [
        Mismatch("Nguyễn Thị Ngọc Anh", "Tên", "Nguyễn Thị Ngọc Anh", ANH, title)
        for title in [
            *(paper(key).title for key in _in_order(others)),
            f"Báo cáo thành tích: {ANH}",
        ]
    ]
    assert found("to_trinh_don_vi") == [
        Mismatch(ANH, "Tên", ANH, "Nguyễn Thị Ngọc Anh", paper("quyet_dinh").title)
    ]
    assert found("bao_cao_tap_the") == []


def _in_order(keys: list[str]) -> list[str]:
    rows = DocumentVersion.objects.filter(document__template_key__in=keys, number=1)
    return list(
        rows.order_by("requested_at", "pk").values_list("document__template_key", flat=True)
    )


def test_forms_and_days_of_birth_are_compared(decided: list[Nomination]) -> None:
    rewrite("to_trinh_so", set_in("danh_sach_ca_nhan", "ngay_sinh", "1985-04-21"))
    rewrite("to_trinh_so", set_in("danh_sach_tap_the", "hinh_thuc", "Giấy khen"))
    told = {(one.label, one.here, one.there) for one in found("to_trinh_so")}
    assert told == {
        ("Ngày sinh", "21/04/1985", "12/04/1985"),
        ("Hình thức", "Giấy khen", decided[0].award_item.form.name),
    }


def test_votes_are_compared_with_the_minutes_that_are_cited(decided: list[Nomination]) -> None:
    rewrite("bien_ban_don_vi", set_in("danh_sach_ca_nhan", "phieu_dong_y", "7"))
    assert found("to_trinh_don_vi") == [
        Mismatch(ANH, "Số phiếu đồng ý", "8", "7", paper("bien_ban_don_vi").title)
    ]
    assert found("quyet_dinh") == []


def test_a_name_left_out_is_told_from_both_sides(decided: list[Nomination]) -> None:
    def drop(values: dict[str, Any]) -> None:
        values["danh_sach_ca_nhan"] = []

    rewrite("bien_ban_don_vi", drop, drop="danh_sach_ca_nhan.0")
    assert found("to_trinh_don_vi") == [
        Mismatch(ANH, "Danh sách", "có tên", "không có tên", paper("bien_ban_don_vi").title)
    ]
    assert found("bien_ban_don_vi") == [
        Mismatch(ANH, "Danh sách", "không có tên", "có tên", paper("to_trinh_don_vi").title)
    ]


def test_a_decision_names_nobody_whom_the_letter_does_not(decided: list[Nomination]) -> None:
    def drop(values: dict[str, Any]) -> None:
        values["danh_sach_ho_gia_dinh"] = []

    rewrite("to_trinh_hoi_dong", drop, drop="danh_sach_ho_gia_dinh.0")
    assert found("quyet_dinh") == [
        Mismatch(
            "Hộ ông Trần Văn Bé",
            "Danh sách",
            "có tên",
            "không có tên",
            paper("to_trinh_hoi_dong").title,
        )
    ]
    assert found("to_trinh_hoi_dong") == []


def test_a_letter_needs_a_report_for_each_name(decided: list[Nomination]) -> None:
    DocumentVersion.objects.filter(document__template_key="bao_cao_tap_the").update(sources=[])
    assert found("to_trinh_don_vi") == [
        Mismatch(
            "Phòng Văn hóa và Thông tin",
            "Danh sách",
            "có tên",
            "không có tên",
            "Các báo cáo thành tích",
        )
    ]


def test_a_paper_whose_number_was_voided_does_not_count(decided: list[Nomination]) -> None:
    rewrite("to_trinh_so", set_in("danh_sach_ca_nhan", "ten", "Khác"))
    assert found("quyet_dinh")
    entry = paper("to_trinh_so").register_entry
    assert entry is not None
    void_number(who=SYSTEM, at=timezone.now(), entry_id=entry.pk, reason="Ghi sai tên")
    entry.refresh_from_db()
    assert entry.status == EntryStatus.VOIDED
    assert found("quyet_dinh") == []
    assert agreement_of(paper("to_trinh_so")).mine is None


def test_other_papers_are_not_compared(decided: list[Nomination]) -> None:
    Document.objects.filter(template_key="quyet_dinh").update(template_key="phieu_tra")
    assert agreement_of(paper("phieu_tra")).mine is None


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_one_and_for_three(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    given = [facts(), facts(collective()), facts(household())][:count]
    nominations_in(State.AWARDED, cast, *given)
    letter, report = paper("to_trinh_don_vi"), paper("bao_cao_ca_nhan")
    with django_assert_num_queries(3):
        agreement_of(letter)
    with django_assert_num_queries(2):
        agreement_of(report)


def _ask(cast: Cast, key: str, who: str) -> dict[str, Any]:
    document = paper(key)
    version = current_version(document)
    return {"actor": cast[who], "document_id": document.pk, "expected_version_id": version.pk}


def test_signing_is_refused_while_papers_disagree(cast: Cast, decided: list[Nomination]) -> None:
    with pytest.raises(DocumentNotReadyError):  # they agree: only the PDF is not made yet
        sign_paper(**_ask(cast, "quyet_dinh", "duc"))
    rewrite("to_trinh_so", set_in("danh_sach_ca_nhan", "ten", "Nguyễn Thị Ngọc Anh"))
    for service in (sign_paper, seal_paper):
        with pytest.raises(PapersDisagreeError) as refused:
            service(**_ask(cast, "quyet_dinh", "duc"))
        assert refused.value.code == "PAPERS_DISAGREE"
        assert f"“{ANH}”, {paper('to_trinh_so').title} “Nguyễn Thị Ngọc Anh”" in refused.value.why
    assert not Signature.objects.exists()
    assert not Event.objects.filter(action="document.signed").exists()


def test_a_refusal_tells_ten_of_many() -> None:
    refusal = PapersDisagreeError([Mismatch("A", "Tên", "B", "C", "D")] * 12)
    assert refusal.why.count("“B”") == 10
    assert refusal.why.endswith("Và 2 chỗ khác.")
    assert "12 chỗ" in refusal.what


def test_signing_is_for_those_who_may_read(cast: Cast, decided: list[Nomination]) -> None:
    with pytest.raises(NotFoundError):
        sign_paper(**_ask(cast, "quyet_dinh", "mai"))
