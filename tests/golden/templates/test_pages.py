"""The pages that LibreOffice makes of each sample: none empty, numbered as the decree says."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from documents.conversion import convert_to_pdf
from tools.templates.papers import PAPERS

Values = Callable[[str], dict[str, Any]]
Make = Callable[[str, dict[str, Any]], bytes]
SECTIONS = {
    "to_trinh_don_vi": 2,
    "to_trinh_so": 2,
    "to_trinh_hoi_dong": 2,
    "to_trinh_trung_uong": 2,
    "to_trinh_chu_tich_nuoc": 2,
    "bao_cao_nam": 2,
    "bao_cao_so_ket": 2,
    "bao_cao_tong_ket": 2,
    "bao_cao_tham_dinh": 3,
    "quyet_dinh": 2,
    "quyet_dinh_huy_bo": 2,
    "tong_hop_dang_ky": 2,
    "thong_bao_ket_qua": 2,
    "cong_van_hiep_y": 2,
    "giay_moi_hop": 2,
    "thong_bao_cong_khai": 2,
    "bao_cao_cong_khai": 2,
    "muc_luc_ho_so": 2,
    "bang_khen": 3,
}
"""Pages without a number: the first of a paper, of each annex, and every certificate."""


pytestmark = pytest.mark.soffice


def page_numbers(text: str) -> list[str]:
    """Return the first line of each page where it is a number, else nothing."""
    firsts = [page.strip().split("\n", 1)[0].strip() for page in text.split("\f")]
    return [first if first.isdigit() else "" for first in firsts]


def counted(numbers: list[str]) -> list[list[str]]:
    """Return the numbers, cut before each page that shows none."""
    runs: list[list[str]] = []
    for number in numbers:
        if number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


@pytest.mark.parametrize("key", [paper.key for paper in PAPERS])
def test_pages_of_the_sample(key: str, values: Values, paper: Make) -> None:
    sample = values(key)
    said = sample["phong_trao"] if "phong_trao" in sample else sample["thanh_tich"]

    made = convert_to_pdf(paper(key, sample), must_contain=[said])

    assert all(len(page.split()) > 10 for page in made.text.split("\f"))
    runs = counted(page_numbers(made.text))
    assert len(runs) == SECTIONS.get(key, 1)
    for run in runs:
        assert run == ["", *(str(number) for number in range(2, len(run) + 1))]


@pytest.mark.parametrize("recipients", range(5, 17, 3))
def test_signature_never_stands_alone_on_a_page(
    recipients: int, values: Values, paper: Make
) -> None:
    sample = values("quyet_dinh")
    sample["noi_nhan"] = [f"Nơi nhận thứ {number}" for number in range(recipients)]

    pages = convert_to_pdf(paper("quyet_dinh", sample)).text.split("\f")

    signed = next(page for page in pages if sample["chu_ky"]["ho_ten"] in page)
    assert "chịu trách nhiệm thi hành" in signed
    assert min(len(page.split()) for page in pages) > 10


@pytest.mark.parametrize("people", [1, 3])
def test_each_certificate_is_one_page_across(people: int, values: Values, paper: Make) -> None:
    sample = values("bang_khen")
    sample["danh_sach"] = sample["danh_sach"][:people]

    made = convert_to_pdf(paper("bang_khen", sample))

    pages = made.text.split("\f")
    assert [
        row["ten"].split()[0] in page for row, page in zip(sample["danh_sach"], pages, strict=True)
    ] == [True] * people
    with pikepdf.open(io.BytesIO(made.content)) as book:
        sides = [tuple(round(float(side)) for side in page.mediabox) for page in book.pages]
    assert sides == [(0, 0, 842, 595)] * people


def test_summary_fits_on_one_page(values: Values, paper: Make) -> None:
    assert convert_to_pdf(paper("tom_tat_thanh_tich", values("tom_tat_thanh_tich"))).pages == 1
