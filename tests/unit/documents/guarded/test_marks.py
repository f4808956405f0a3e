"""A mark stands at the foot of every section's pages, and leaves what stood there."""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_SECTION

from documents.guarded.marks import marked

MARK = "VĂN BẢN MẪU"


def paper(*, own_foot: str = "", sections: int = 1) -> bytes:
    document = docx.Document()
    document.add_paragraph("Nội dung")
    if own_foot:
        document.sections[0].footer.paragraphs[0].text = own_foot
    for _more in range(sections - 1):
        document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("Phụ lục")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def feet(content: bytes) -> list[list[str]]:
    document = docx.Document(io.BytesIO(content))
    return [
        [
            line.text
            for foot in (section.footer, section.first_page_footer)
            for line in foot.paragraphs
        ]
        for section in document.sections
    ]


def test_every_section_shows_the_mark_on_first_and_other_pages() -> None:
    assert feet(marked(paper(sections=3), MARK)) == [[MARK, MARK]] * 3


def test_what_stood_at_the_foot_stays() -> None:
    assert feet(marked(paper(own_foot="Trang 1"), MARK)) == [["Trang 1", MARK, MARK]]


def test_section_with_a_foot_of_its_own_is_marked_too() -> None:
    document = docx.Document(io.BytesIO(paper(sections=2)))
    document.sections[1].footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "Phụ lục, trang 1"
    out = io.BytesIO()
    document.save(out)
    assert feet(marked(out.getvalue(), MARK)) == [[MARK, MARK], ["Phụ lục, trang 1", MARK, MARK]]


def test_mark_is_written_in_the_papers_own_letter() -> None:
    document = docx.Document(io.BytesIO(marked(paper(), MARK)))
    [run] = document.sections[0].footer.paragraphs[0].runs
    assert (run.font.name, run.bold) == ("Times New Roman", True)
