"""The same faults seen in the PDF of a paper: by its letters and where they stand."""

from typing import Any

import pytest

from documents.conversion import convert_to_pdf
from tests.format30 import letter, pdf_looked_at

pytestmark = [pytest.mark.soffice, pytest.mark.long]
CORPUS: dict[str, tuple[dict[str, Any], set[str], str]] = {
    "paper of America": ({"page": {"width": 216, "height": 279}}, {"P01"}, ""),
    "left margin": ({"page": {"left": 20}}, {"P02"}, ""),
    "top margin": ({"page": {"top": 12}}, {"P02"}, ""),
    "another font": ({"DoanMot": {"font": "DejaVu Sans"}}, {"P03"}, "Sở Nội vụ đã"),
    "nation large": ({"QuocHieu": {"size": 14}}, {"C01"}, "CỘNG HÒA"),
    "motto with a short line": ({"KeTieuNgu": {"text": "_" * 12}}, {"C02"}, "____"),
    "owner bold": ({"ChuQuan": {"bold": True}}, {"C03"}, "UBND TỈNH"),
    "issuer not bold": ({"BanHanh": {"bold": False}}, {"C04"}, "SỞ NỘI VỤ"),
    "number without a zero": ({"SoKyHieu": {"text": "Số: 5/TTr-SNV"}}, {"C05"}, "Số: 5"),
    "date upright": ({"DiaDanh": {"italic": False}}, {"C06"}, "Rạch Giá"),
    "type on the left": ({"TenLoai": {"align": "right"}}, {"C07"}, ""),
    "subject not bold": ({"TrichYeu": {"bold": False}}, {"C08"}, "Đề nghị tặng"),
    "basis upright": ({"CanCu1": {"italic": False}}, {"C10"}, "Căn cứ Luật"),
    "text small": ({"DoanMot": {"size": 12}}, {"C11"}, "Sở Nội vụ đã"),
    "text not indented": ({"DoanMot": {"indent": 0}}, {"C11"}, "Sở Nội vụ đã"),
    "text without its end": ({"DoanHai": {"text": "Hết."}}, {"C11"}, "Hết."),
    "name with a title": ({"HoTen": {"text": "TS. Đặng Thị Huỳnh Như"}}, {"C17"}, "TS."),
    "recipients large": ({"Luu": {"size": 12}}, {"C22"}, "- Lưu"),
    "annex small": ({"PhuLuc": {"size": 13}}, {"C23"}, "Phụ lục"),
}


def printed(**change: Any) -> bytes:
    return convert_to_pdf(letter(**change), must_contain=()).content


def test_unbroken_paper_has_no_finding() -> None:
    assert pdf_looked_at(printed()) == []


@pytest.mark.parametrize(("change", "rules", "place"), CORPUS.values(), ids=CORPUS.keys())
def test_broken_paper_is_found_fault_with_in_its_pdf(
    change: dict[str, Any], rules: set[str], place: str
) -> None:
    findings = pdf_looked_at(printed(**change))

    assert {found.rule for found in findings} == rules, findings
    assert any(found.place.text.startswith(place) for found in findings)
    assert not any(found.mendable for found in findings)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ({"place": "nowhere"}, "không đánh số trang ở lề trên"),
        ({"place": "footer"}, "số trang ở lề dưới"),
        ({"first": False, "annex": False}, "trang thứ nhất có số trang"),
        ({"align": "right", "text": "Trang "}, "số trang là “Trang 2”"),
    ],
)
def test_page_numbers_are_read_off_the_pages(number: dict[str, Any], words: str) -> None:
    long = {
        f"Doan{n}": {"text": "Sở Nội vụ đã xét chọn các tập thể, cá nhân. " * 12} for n in range(9)
    }

    findings = pdf_looked_at(printed(number=number, **long))

    assert {found.rule for found in findings} == {"P04"}
    assert words in [found.found for found in findings]
