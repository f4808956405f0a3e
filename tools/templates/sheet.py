"""A page to lay a paper out on: paper and margins, page numbers, annexes in sections of their own.

Measures: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục I.1, I.3 and I.7.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, Final

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from tools.templates.flow import Flow, set_style
from tools.templates.package import blank_document
from tools.templates.tables import Rows, bordered, borderless

PAPER_MM: Final = (210, 297)
TOP_MM: Final = 20
BOTTOM_MM: Final = 20
LEFT_MM: Final = 30
RIGHT_MM: Final = 15.02
"""15 mm would be cut to 850 twips, which is just less than 15 mm."""
PAGE_NUMBER_MM: Final = 10
TEXT_WIDTH_MM: Final = 164.9


CERTIFICATE_MARGIN_MM: Final = 22
CERTIFICATE_WIDTH_MM: Final = PAPER_MM[1] - 2 * CERTIFICATE_MARGIN_MM


class Sheet(Flow):
    """The whole paper."""

    def __init__(self, title: str) -> None:
        """Start an empty paper; `title` goes to the file's properties."""
        self.document = blank_document(title)
        super().__init__(self.document)
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in PAPER_MM)
        section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
        section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
        section.header_distance = section.footer_distance = Mm(PAGE_NUMBER_MM)
        _number_pages(section)

    def turn(self) -> None:
        """Lay a certificate out: A4 across, even margins, no page numbers (no paper of NĐ 30)."""
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_height, section.page_width = (Mm(side) for side in PAPER_MM)
        section.left_margin = section.right_margin = Mm(CERTIFICATE_MARGIN_MM)
        properties: Any = section._sectPr  # noqa: SLF001 - python-docx only links headers
        for tag in ("w:headerReference", "w:titlePg"):
            for element in properties.findall(qn(tag)):
                properties.remove(element)

    def columns(self, *widths_mm: float, rows: int = 1) -> list[list[Flow]]:
        """Add rows of cells without borders, which no page break splits; return them by row."""
        table = borderless(self.document, widths_mm, rows)
        return [[Flow(cell) for cell in row] for row in table]

    def table(self, *groups: Rows) -> None:
        """Add a table with borders; see tables.bordered."""
        bordered(self.document, groups)

    @contextmanager
    def annex(self, condition: str) -> Iterator[None]:
        """Write an annex with page numbers of its own, only where the condition holds.

        The section break lies inside the condition: an annex that is not there leaves no page.
        """
        with self.when(condition):
            before = self.document.sections[-1]
            header = deepcopy(before._sectPr.findall(qn("w:headerReference")))  # noqa: SLF001
            after = self.document.add_section(WD_SECTION.NEW_PAGE)
            set_style(self.document.paragraphs[-1], "NgatPhan")
            _start_at_one(after, header)
            yield


def _number_pages(section: Section) -> None:
    """Put the page number into the top margin of every page but the first."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    set_style(paragraph, "SoTrang")
    _field_mark(paragraph.add_run(), "begin")
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    paragraph.add_run()._r.append(code)  # noqa: SLF001 - python-docx has no fields
    _field_mark(paragraph.add_run(), "separate")
    paragraph.add_run("2")
    _field_mark(paragraph.add_run(), "end")


def _field_mark(run: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)  # noqa: SLF001


def _start_at_one(section: Section, header: Sequence[Any]) -> None:
    """Count the pages from 1, under the same header even if the section comes to be first."""
    properties: Any = section._sectPr  # noqa: SLF001
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    properties.find(qn("w:pgMar")).addnext(start)
    for reference in reversed(header):
        properties.insert(0, reference)
