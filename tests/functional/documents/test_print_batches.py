"""A print batch: control sheet, separators, numbered sets of several dossiers in one file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from documents.assembly import CoverFacts, Part, assemble
from documents.assembly.control_sheets import Line, Plan
from documents.assembly.print_batches import Batch, Control, Pile, print_batch
from documents.assembly.print_runs import copies
from documents.reading import pdf_pages_text
from tests.files import pdf_of

CONTROL = Control(
    facts=[("Nơi nhận", "Hội đồng Thi đua - Khen thưởng"), ("Người yêu cầu", "Lê Thị Mỹ Lệ")],
    left_out=[("HS-2023-0009", "Còn thiếu: Tờ trình của đơn vị; Biên bản họp của đơn vị.")],
    mark="VĂN BẢN MẪU",
)


def book_of(code: str, pages: int) -> Callable[[], bytes]:
    cover = CoverFacts(title="Hồ sơ", code=code, unit="Sở", campaign="Chuyển đổi số", stamp="SAO Y")
    return lambda: assemble(cover=cover, parts=[Part("Tờ trình", pdf_of(pages))])


def pile(number: int, *, pages: int, sets: int) -> Pile:
    code = f"HS-2023-000{number}"
    return Pile(
        code=code,
        unit="Ủy ban nhân dân huyện đảo Phú Quốc nay là thành phố Phú Quốc",
        facts=[("Đợt xét", "Sơ kết năm 2023")],
        book=book_of(code, pages),
        sets=sets,
        tall=True,
    )


PILES = (pile(1, pages=3, sets=2), pile(2, pages=2, sets=3))
"""Merged copies of five and of four pages: cover and contents come first."""


@pytest.fixture(scope="module")
def plain() -> Batch:
    return print_batch(CONTROL, PILES, double_sided=False)


@pytest.fixture(scope="module")
def on_both_sides() -> Batch:
    return print_batch(CONTROL, PILES, double_sided=True)


def test_each_dossier_lies_behind_its_separator_in_numbered_sets(plain: Batch) -> None:
    pages = pdf_pages_text(plain.content)
    assert len(pages) == plain.pages == 1 + (1 + 2 * 5) + (1 + 3 * 4)
    assert plain.begins == (2, 13)
    assert "PHIẾU KIỂM SOÁT BẢN IN" in pages[0]
    for place, number in ((1, 1), (12, 2)):
        assert f"Hồ sơ {number}/2" in pages[place]
        assert f"HS-2023-000{number}" in pages[place]
    assert [one for page in pages for one in ("Bộ 1/2", "Bộ 2/2") if one in page] == [
        *["Bộ 1/2"] * 5, *["Bộ 2/2"] * 5
    ]  # fmt: skip
    assert all("Bộ 3/3" in page for page in pages[-4:])


def test_control_sheet_says_what_is_in_the_file_and_what_is_not(plain: Batch) -> None:
    sheet = " ".join(pdf_pages_text(plain.content)[0].split())
    assert "2 hồ sơ, 5 bộ, 25 trang" in sheet
    assert "25 tờ A4" in sheet
    assert "2 – 12" in sheet
    assert "13 – 25" in sheet
    assert "Để lại, không in: 1 hồ sơ" in sheet
    assert "HS-2023-0009 Còn thiếu: Tờ trình của đơn vị" in sheet
    assert "VĂN BẢN MẪU" in sheet
    assert "một mặt" in sheet


def test_on_both_sides_everything_begins_on_its_own_sheet(on_both_sides: Batch) -> None:
    pages = [" ".join(page.split()) for page in pdf_pages_text(on_both_sides.content)]
    assert len(pages) == on_both_sides.pages == 2 + (2 + 2 * 6) + (2 + 3 * 4)
    fronts = [place for place, page in enumerate(pages) if "Hồ sơ " in page and "/2" in page]
    assert [place for place in fronts if "Tờ phân cách" in pages[place]] == [2, 16]
    begins = [place for place, page in enumerate(pages) if "Trang 1/" in page]
    assert begins == [4, 10, 18, 22, 26]
    assert not [place for place in begins if place % 2]
    assert "hai mặt" in pages[0]
    assert "15 tờ A4" in pages[0]
    assert on_both_sides.begins == (3, 17)


def test_same_input_same_bytes_and_sets_share_their_content(plain: Batch) -> None:
    assert print_batch(CONTROL, PILES, double_sided=False) == plain
    one, many = (
        print_batch(CONTROL, [pile(1, pages=3, sets=sets)], double_sided=False).content
        for sets in (1, 12)
    )
    assert len(many) < 2 * len(one)
    with pikepdf.open(io.BytesIO(many)) as run:
        assert not len(run.attachments)


def test_long_list_takes_several_control_sheets_and_still_counts_right() -> None:
    piles = [pile(number % 10, pages=1, sets=1) for number in range(25)]
    control = Control(facts=[], left_out=[(f"HS-{n}", "Chưa rõ số bộ. " * 12) for n in range(20)])
    batch = print_batch(control, piles, double_sided=False)
    pages = pdf_pages_text(batch.content)
    sheets = [page for page in pages if "Phiếu kiểm soát bản in, trang" in page]
    assert len(sheets) == batch.begins[0] - 1 > 2
    assert f"trang 1/{len(sheets)}" in sheets[0]
    assert all("Tờ phân cách" in pages[begin - 1] for begin in batch.begins)
    assert f"{batch.begins[-1]} – {batch.pages}" in " ".join(" ".join(sheets).split())


def test_long_codes_stay_within_their_column_and_sheet() -> None:
    code = "KG-CDS-2022-2025/ANNUAL/VAN-PHONG-UBND-TP-PHU-QUOC/BKT"
    long = replace(PILES[0], code=code)
    batch = print_batch(CONTROL, [long], double_sided=False)
    with pikepdf.open(io.BytesIO(batch.content)) as pdf:
        starts = [float(x) for page in pdf.pages[:2] for x in _columns(page)]
    assert min(starts) >= 57
    assert code in pdf_pages_text(batch.content)[1]


def _columns(page: pikepdf.Page) -> list[float]:
    """Return where on the page its texts begin, in points from the left."""
    return [
        float(one.operands[4])
        for one in pikepdf.parse_content_stream(page)
        if str(one.operator) == "Tm"
    ]


def test_work_ends_with_what_the_listener_raises() -> None:
    laid: list[int] = []

    def told(done: int) -> None:
        laid.append(done)
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_batch(CONTROL, PILES, double_sided=False, told=told)
    assert laid == [1]


def test_plan_counts_paper_by_sides() -> None:
    lines = [Line("a", "b", sets=2, pages=6)]
    assert Plan(lines, 2, double_sided=True).paper(12) == 6
    assert Plan(lines, 1, double_sided=False).paper(12) == 12
    assert Plan(lines, 2, double_sided=True).begins == (3,)


def test_copies_are_whole_with_nothing_laid_on_them() -> None:
    papers = [book_of("HS-2023-0001", 1)(), book_of("HS-2023-0002", 2)()]
    read = [page for paper in papers for page in pdf_pages_text(paper)]
    assert len(read) == 7
    assert pdf_pages_text(copies(papers, times=2, double_sided=False)) == read * 2
    both = copies(papers, times=2, double_sided=True)
    pages = [page.strip() for page in pdf_pages_text(both)]
    assert [place for place, page in enumerate(pages) if not page] == [3, 11]
    assert len(pages) == 16
    assert copies(papers, times=2, double_sided=True) == both
