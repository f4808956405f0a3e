"""A print run: numbered sets in one file."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from documents.assembly import CoverFacts, Part, assemble
from documents.assembly.print_runs import print_run
from documents.reading import pdf_pages_text
from tests.files import pdf_of

COVER = CoverFacts(
    title="Hồ sơ đề nghị khen thưởng",
    code="HS-2023-0007",
    unit="Sở Thông tin và Truyền thông",
    campaign="Kiên Giang thực hiện chương trình Chuyển đổi số",
    stamp="SAO Y",
    recipient="Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang",
    check_url="https://example.vn/check/0123456789abcdef",
)
PARTS = (Part("Tờ trình", pdf_of(3), signed_original=pdf_of()),)


@pytest.fixture(scope="module")
def book() -> bytes:
    return assemble(cover=COVER, parts=PARTS)  # cover, contents, three pages


def test_every_page_bears_the_number_of_its_set(book: bytes) -> None:
    run = print_run(book, sets=3, tall=True, double_sided=False)
    pages = pdf_pages_text(run)
    assert ["".join(n for n in "123" if f"Bộ {n}/3" in page) for page in pages] == [
        *(["1"] * 5), *(["2"] * 5), *(["3"] * 5)
    ]  # fmt: skip
    assert [page.count("Trang 5/5") for page in pages] == [0, 0, 0, 0, 1] * 3
    assert "Bộ 1/3" not in "".join(pdf_pages_text(book))


def test_printed_on_both_sides_a_set_begins_on_its_own_sheet(book: bytes) -> None:
    run = print_run(book, sets=2, tall=True, double_sided=True)
    pages = [page.strip() for page in pdf_pages_text(run)]
    assert len(pages) == 12
    assert [place for place, page in enumerate(pages) if not page] == [5, 11]
    even = assemble(cover=COVER, parts=[Part("Tờ trình", pdf_of(2))])
    assert len(pdf_pages_text(print_run(even, sets=2, tall=True, double_sided=True))) == 8


def test_sets_share_their_content_and_hold_no_files(book: bytes) -> None:
    one, ten = (print_run(book, sets=sets, tall=True, double_sided=False) for sets in (1, 10))
    assert len(ten) < 2 * len(one)
    assert print_run(book, sets=1, tall=True, double_sided=False) == one
    with pikepdf.open(io.BytesIO(ten)) as run:
        assert len(run.pages) == 50
        assert not len(run.attachments)


def test_in_a_low_foot_the_number_stands_in_the_middle() -> None:
    plain = replace(COVER, stamp="", recipient="", check_url="")
    run = print_run(assemble(cover=plain, parts=PARTS), sets=1, tall=False, double_sided=False)
    with pikepdf.open(io.BytesIO(run)) as pdf:
        placed = [
            one.operands
            for one in pikepdf.parse_content_stream(pdf.pages[0])
            if str(one.operator) == "cm"
        ]
    assert 250 < float(placed[-1][4]) < 300
    assert float(placed[-1][5]) == 5
