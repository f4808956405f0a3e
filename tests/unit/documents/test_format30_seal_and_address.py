"""C19 and C27: the seal on a signature of a PDF, the address at the foot of a .docx."""

import io
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from documents.format30 import Finding
from documents.guarded.format30.sealing import _marks, seal_faults
from documents.guarded.refusal import RefusedInChildError
from signatures.placement import place_for_person, place_for_seal
from tests import letters
from tests.files import pdf_of, saved, written
from tests.format30 import RULES, letter, looked_at, mended, pdf_looked_at

PERSON = (400, 100, 550, 160)  # 150 points wide: a third is 50
ADDRESS = "Địa chỉ: 29 Bạch Đằng, thành phố Rạch Giá; điện thoại: 0297 3812 345"


def signed(*boxes: tuple[float, ...]) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    fields = [
        pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=str(number), Rect=list(box)))
        for number, box in enumerate(boxes)
    ]
    pdf.pages[0].Annots = pikepdf.Array(fields)
    return written(pdf)


def ratios(content: bytes) -> list[float]:
    return [fault.facts["ratio"] for fault in seal_faults(content, RULES)]


@pytest.mark.parametrize(
    ("seal", "told"),
    [
        ((348, 80, 450, 182), []),
        ((300, 80, 402, 182), [0.01]),
        ((200, 80, 302, 182), [0.0]),
        ((448, 80, 550, 182), [1.0]),
        ((420, 105, 470, 155), [0.47]),
        ((348, 300, 450, 402), [0.0]),
    ],
    ids=["a third", "edge", "beside", "right", "inside", "above"],
)
def test_seal_lies_on_a_third_of_the_signature_from_its_left(
    seal: tuple[float, ...], told: list[float]
) -> None:
    assert ratios(signed(PERSON, seal)) == told
    assert ratios(signed(seal, PERSON)) == told


@pytest.mark.parametrize(
    "boxes",
    [
        [PERSON],
        [PERSON, (100, 100, 260, 160)],
        [PERSON, (0, 0, 0, 0)],
        [(0, 0, 100, 100), (50, 0, 150, 100)],
    ],
    ids=["alone", "two people", "not to be seen", "two seals"],
)
def test_what_cannot_be_told_apart_is_left_alone(boxes: list[tuple[float, ...]]) -> None:
    assert ratios(signed(*boxes)) == []


def test_paper_sealed_by_the_product_is_right() -> None:
    person = place_for_person(letters.letter(), letters.NAME)
    boxes = [(box.left, box.bottom, box.right, box.top) for box in (person, place_for_seal(person))]
    assert ratios(signed(*boxes)) == []
    assert len(_marks(signed(*boxes))) == 2


def test_finding_is_told_in_words_with_its_page() -> None:
    [found] = [
        one for one in pdf_looked_at(signed(PERSON, (448, 80, 550, 182))) if one.rule == "C19"
    ]
    assert (found.place.page, found.found, found.mendable) == (
        1, "dấu trùm 1 bề ngang chữ ký, tính từ bên trái", False,
    )  # fmt: skip
    assert found.expected == "dấu trùm khoảng 1/3 chữ ký, về phía bên trái"


def test_file_whose_fields_are_broken_is_damaged() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(FT=pikepdf.Name.Sig, Rect=[1, 2])])
    with pytest.raises(RefusedInChildError):
        ratios(written(pdf))


def addressed(
    place: str = "first_page_footer",
    *,
    line: str = "border",
    size: float = 11,
    italic: bool = False,
    text: str = ADDRESS,
) -> bytes:
    """The right letter with the body's address in one of its margins."""
    paper: Any = docx.Document(io.BytesIO(letter()))
    box = getattr(paper.sections[0], place)
    box.is_linked_to_previous = False
    paragraph = box.paragraphs[0]
    if line == "letters":
        _write(paragraph, "_" * 84, 11)
        paragraph = box.add_paragraph()
    _write(paragraph, text, size).italic = italic
    if line == "border":
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        top.set(qn("w:val"), "single")
        borders.append(top)
        paragraph._p.get_or_add_pPr().append(borders)
    if line == "short":
        _write(box.paragraphs[0].insert_paragraph_before(), "_" * 20, 11)
    return saved(paper)


def _write(paragraph: Any, text: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    return run


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(one.rule, one.found) for one in findings]


@pytest.mark.parametrize("line", ["border", "letters"])
def test_address_at_the_foot_of_page_1_below_a_long_line_is_right(line: str) -> None:
    assert told(looked_at(addressed(line=line))) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"line": "none"}, "không có đường kẻ hết chiều ngang phía trên"),
        ({"line": "short"}, "không có đường kẻ hết chiều ngang phía trên"),
        ({"place": "footer"}, "địa chỉ cơ quan không ở chân trang thứ nhất"),
        ({"place": "first_page_header"}, "địa chỉ cơ quan không ở chân trang thứ nhất"),
        ({"size": 9}, "cỡ chữ 9"),
        ({"italic": True}, "chữ nghiêng"),
    ],
    ids=str,
)
def test_address_elsewhere_or_otherwise_is_told(change: dict[str, Any], found: str) -> None:
    assert told(looked_at(addressed(**change))) == [("C27", found)]


def test_address_in_small_letters_is_mended() -> None:
    assert told(looked_at(mended(addressed(size=9)))) == []


def test_other_words_at_the_foot_are_no_address() -> None:
    assert told(looked_at(addressed(text="Bản này gửi nội bộ", line="none"))) == []
