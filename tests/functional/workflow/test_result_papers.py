"""What receipt, session, decision and refusal put into their papers, value by value."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document
from tests.cast import Cast
from tests.factories import again, collective, decline, facts, nominations_in, person
from workflow.models import Nomination
from workflow.states import State

pytestmark = pytest.mark.django_db
ANH, OFFICE = "Nguyễn Thị Ngọc Ánh", "Phòng Văn hóa và Thông tin"


def paper(key: str) -> Document:
    return Document.objects.select_related("register_entry").get(template_key=key)


def values_of(document: Document) -> dict[str, Any]:
    values: dict[str, Any] = document.versions.get().values
    return values


@pytest.fixture
def decided(cast: Cast) -> list[Nomination]:
    """A person and a collective of one unit, both awarded."""
    return nominations_in(State.AWARDED, cast, facts(), facts(collective()))


def named(rows: list[dict[str, Any]], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[field] for field in fields) for row in rows]


def test_receipt_and_minutes_say_who_came_and_how_many_voted(decided: list[Nomination]) -> None:
    form, code = decided[0].award_item.form.name, decided[0].dossier.code
    today = timezone.localdate().isoformat()

    receipt = values_of(paper("phieu_tiep_nhan"))
    assert (receipt["ma"], receipt["ngay_nhan"]) == (code, today)
    assert receipt["don_vi"] == "Ủy ban nhân dân thành phố Rạch Giá"
    assert receipt["nguoi_nhan"]["ho_ten"] == "Đỗ Anh Tuấn"
    assert named(receipt["danh_sach_ca_nhan"], "ten", "hinh_thuc") == [(ANH, form)]
    assert named(receipt["danh_sach_tap_the"], "ten", "hinh_thuc") == [(OFFICE, form)]
    came = named(receipt["giay_to"], "ten", "so_ky_hieu", "ngay")
    assert came[:2] == [
        ("Tờ trình đề nghị khen thưởng", "01/TTr-UBND", today),
        ("Biên bản họp xét khen thưởng", "01/BB-UBND", today),
    ]
    assert (f"Báo cáo thành tích: {ANH}", "", today) in came

    minutes, counted = paper("bien_ban_hoi_dong"), paper("bien_ban_kiem_phieu")
    said = values_of(minutes)
    assert named(said["danh_sach_ca_nhan"], "phieu_dong_y", "ty_le", "ket_qua") == [
        (8, "88,89", "Đề nghị khen thưởng")
    ]
    assert (said["so_thanh_vien"], len(said["co_mat"])) == (9, 8)
    said = values_of(counted)
    assert (said["so_co_mat"], said["phieu_phat_ra"], said["phieu_thu_vao"]) == (8, "", "8")
    assert named(said["danh_sach_tap_the"], "ten", "phieu_dong_y", "phieu_khong_hop_le") == [
        (OFFICE, 8, 0)
    ]
    letter = values_of(paper("to_trinh_hoi_dong"))
    assert minutes.register_entry is not None
    assert letter["bien_ban"] == {"so_ky_hieu": minutes.register_entry.notation, "ngay": today}


def test_notice_and_certificates_cite_the_decision(decided: list[Nomination]) -> None:
    form = decided[0].award_item.form.name
    decision = paper("quyet_dinh").register_entry
    assert decision is not None
    cited = {"so_ky_hieu": decision.notation, "ngay": decision.issued_on.isoformat()}
    notice = values_of(paper("thong_bao_ket_qua"))
    assert notice["kinh_gui"] == ["Ủy ban nhân dân thành phố Rạch Giá"]
    assert (notice["quyet_dinh"], notice["khong_khen"]) == (cited, [])
    assert named(notice["danh_sach_ca_nhan"], "ten", "hinh_thuc") == [(ANH, form)]
    certificates = values_of(paper("bang_khen"))
    assert (certificates["ten_bang"], certificates["quyet_dinh"]) == ("Bằng khen", cited)
    assert named(certificates["danh_sach"], "ten", "mo_ta", "so_vao_so") == [
        (OFFICE, "Rạch Giá", ""),
        (ANH, "Chuyên viên, Văn phòng UBND thành phố Rạch Giá", ""),
    ]

    for key in ("phieu_tiep_nhan", "bang_khen"):
        by_hand = paper(key)
        assert (by_hand.signer_user_id, by_hand.register_entry) == (None, None)
    assert paper("thong_bao_ket_qua").signer_user_id is not None


def test_each_unit_is_told_why_its_own_were_not_awarded(cast: Cast) -> None:
    mine = nominations_in(State.BEFORE_CHAIRMAN, cast, facts())
    theirs = nominations_in(
        State.BEFORE_CHAIRMAN, cast, facts(person("Lê Thị Hồng")), unit="so-y-te"
    )
    decline(cast, again(*mine, *theirs))

    notices = Document.objects.filter(template_key="thong_bao_ket_qua")
    told = {values["kinh_gui"][0]: values for values in map(values_of, notices)}
    for unit, name in (("Ủy ban nhân dân thành phố Rạch Giá", ANH), ("Sở Y tế", "Lê Thị Hồng")):
        found = next(values for known, values in told.items() if known.startswith(unit))
        assert named(found["khong_khen"], "ten", "ly_do") == [(name, "Chưa tiêu biểu")]
        assert found["danh_sach_ca_nhan"] == []
        assert found["quyet_dinh"] == {"so_ky_hieu": "", "ngay": ""}
    assert not Document.objects.filter(template_key="bang_khen").exists()
