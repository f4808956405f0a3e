"""Each paper, made from its sample, reads word for word like the text kept beside this test.

After a wanted change: read the difference, then put the new text in its place.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from documents.reading import docx_text
from tools.templates.papers import PAPERS

Values = Callable[[str], dict[str, Any]]
Make = Callable[[str, dict[str, Any]], bytes]
KEYS = [paper.key for paper in PAPERS]
KINDS = ("danh_sach_tap_the", "danh_sach_ca_nhan", "danh_sach_ho_gia_dinh")


@pytest.mark.parametrize("key", KEYS)
def test_text_of_the_sample(key: str, values: Values, paper: Make) -> None:
    expected = Path(__file__).with_name(f"{key}.txt").read_text("utf-8")

    assert docx_text(paper(key, values(key))).splitlines() == expected.splitlines()


@pytest.mark.parametrize("key", KEYS)
def test_same_values_give_the_same_bytes(key: str, values: Values, paper: Make) -> None:
    assert paper(key, values(key)) == paper(key, values(key))


@pytest.mark.parametrize("key", KEYS)
def test_no_tag_is_left_on_the_paper(key: str, values: Values, paper: Make) -> None:
    text = docx_text(paper(key, values(key)))

    assert "{" not in text
    assert "%}" not in text


def test_one_nominee_leaves_no_trace_of_other_kinds(values: Values, paper: Make) -> None:
    sample = values("to_trinh_don_vi")
    sample.update(danh_sach_tap_the=[], danh_sach_ho_gia_dinh=[])
    sample["danh_sach_ca_nhan"] = sample["danh_sach_ca_nhan"][:1]

    text = docx_text(paper("to_trinh_don_vi", sample))

    assert "đối với 01 cá nhân có thành tích" in text
    assert "Cá nhân (01 cá nhân)" in text
    assert "tập thể" not in text.split("Căn cứ Luật")[1].lower()
    assert "hộ gia đình" not in text.split("Căn cứ Luật")[1].lower()


def test_sixty_nominees_are_counted_and_all_named(values: Values, paper: Make) -> None:
    sample = values("quyet_dinh")
    person = sample["danh_sach_ca_nhan"][0]
    sample["danh_sach_ca_nhan"] = [{**person, "ten": f"Đặng Thuỳ {n:02d}"} for n in range(60)]

    text = docx_text(paper("quyet_dinh", sample))

    assert "07 tập thể, 60 cá nhân, 02 hộ gia đình" in text
    assert [n for n in range(60) if f"Đặng Thuỳ {n:02d}" not in text] == []


@pytest.mark.parametrize("empty", KINDS)
def test_list_without_anybody_is_not_mentioned(empty: str, values: Values, paper: Make) -> None:
    sample = {**values("quyet_dinh"), empty: []}
    name = {"danh_sach_tap_the": "tập thể (", "danh_sach_ca_nhan": "cá nhân ("}.get(
        empty, "hộ gia đình ("
    )

    assert name not in docx_text(paper("quyet_dinh", sample)).lower()
    assert name in docx_text(paper("quyet_dinh", values("quyet_dinh"))).lower()


def test_unknown_number_and_day_are_dotted(values: Values, paper: Make) -> None:
    sample = {**values("to_trinh_so"), "so_ky_hieu": "", "ngay_ban_hanh": ""}

    text = docx_text(paper("to_trinh_so", sample))

    assert "Số: ………" in text
    assert "Kiên Giang, ngày …… tháng …… năm ………" in text


def test_appraisal_with_nobody_eligible_has_one_annex(values: Values, paper: Make) -> None:
    sample = {**values("bao_cao_tham_dinh"), **{kind: [] for kind in KINDS}}

    made = paper("bao_cao_tham_dinh", sample)
    text = docx_text(made)

    assert "1. Đủ điều kiện, tiêu chuẩn: không có trường hợp nào." in text
    assert "2. Không đủ điều kiện, tiêu chuẩn: 03 trường hợp" in text
    assert "Phụ lục\n" in text
    assert "Phụ lục I" not in text.split("Trên đây")[1]
    assert sections(made) == 2
    assert sections(paper("bao_cao_tham_dinh", values("bao_cao_tham_dinh"))) == 3


def test_form_number_is_printed_only_when_given(values: Values, paper: Make) -> None:
    without = docx_text(paper("bao_cao_ca_nhan", values("bao_cao_ca_nhan")))
    given = docx_text(
        paper("bao_cao_ca_nhan", {**values("bao_cao_ca_nhan"), "mau_so": "Mẫu số 07"})
    )

    assert "Mẫu số" not in without
    assert given.split() == ["Mẫu", "số", "07", *without.split()]


def test_report_without_superior_has_no_box_to_confirm(values: Values, paper: Make) -> None:
    sample = values("bao_cao_tap_the")
    nobody = {"quyen_han": [], "ho_ten": ""}
    sample.update(xac_nhan_cap_tren=nobody, xac_nhan_cap_trinh=nobody)

    assert "Xác nhận của" not in docx_text(paper("bao_cao_tap_the", sample))


def test_headcount_not_declared_is_dotted(values: Values, paper: Make) -> None:
    sample = values("bao_cao_tap_the")
    sample["ke_khai"].update(tong_so=0, so_nu=0)

    text = docx_text(paper("bao_cao_tap_the", sample))

    assert "người lao động: …" in text
    assert "0 người" not in text


def test_four_lines_of_authority_stand_in_order(values: Values, paper: Make) -> None:
    sample = values("to_trinh_hoi_dong")
    lines = sample["chu_ky"]["quyen_han"]

    assert len(lines) == 4
    assert "\n".join(lines) in docx_text(paper("to_trinh_hoi_dong", sample))


def test_name_that_looks_like_markup_is_printed_as_it_is(values: Values, paper: Make) -> None:
    sample = values("quyet_dinh")
    sample["danh_sach_tap_the"][0]["ten"] = "Công ty A & B </w:t> {{ thi_hanh }} <Chi nhánh>"

    assert "Công ty A & B </w:t> {{ thi_hanh }} <Chi nhánh>" in docx_text(
        paper("quyet_dinh", sample)
    )


def sections(made: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return package.read("word/document.xml").count(b"<w:sectPr")


def test_count_without_counters_leaves_room_for_them(values: Values, paper: Make) -> None:
    sample = {**values("bien_ban_kiem_phieu"), "to_kiem_phieu": [], "phieu_thu_vao": ""}

    text = docx_text(paper("bien_ban_kiem_phieu", sample))

    assert "- Tổ trưởng: …" in text
    assert "số phiếu thu vào: ………." in text
    assert "Trịnh Công Lý" not in text


def test_career_is_told_where_it_is_known(values: Values, paper: Make) -> None:
    sample = values("tom_tat_thanh_tich")
    without = docx_text(paper("tom_tat_thanh_tich", sample))
    sample["qua_trinh"] = [{"thoi_gian": "2015 - 2019", "chuc_vu": "Chuyên viên"}]

    told = docx_text(paper("tom_tat_thanh_tich", sample))

    assert "Quá trình" not in without
    assert "1. Thành tích" in without
    assert "1. Quá trình công tác" in told
    assert "2. Thành tích" in told


def test_notice_of_a_refusal_cites_no_decision(values: Values, paper: Make) -> None:
    sample = {**values("thong_bao_ket_qua"), **{kind: [] for kind in KINDS}}
    sample["quyet_dinh"] = {"so_ky_hieu": "", "ngay": ""}

    made = paper("thong_bao_ket_qua", sample)

    assert "Quyết định" not in docx_text(made)
    assert "Không được khen thưởng: 01 trường hợp" in docx_text(made)
    assert sections(made) == 1


def test_notice_to_many_units_does_not_name_them_twice(values: Values, paper: Make) -> None:
    sample = values("thong_bao_ket_qua")
    assert f"Đề nghị {' và '.join(sample['kinh_gui'])} thông báo" in docx_text(
        paper("thong_bao_ket_qua", sample)
    )
    sample["kinh_gui"] = [f"Sở {letter}" for letter in "ABCD"]

    assert "Đề nghị các cơ quan, đơn vị nêu trên thông báo" in docx_text(
        paper("thong_bao_ket_qua", sample)
    )
