"""A line at the foot of every page that says what kind of paper this is, e.g. an example."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

SIZE = Pt(10)
COLOUR = RGBColor(0x9C, 0x1C, 0x1C)
FONT = "Times New Roman"


def marked(paper: bytes, mark: str) -> bytes:
    """Return a .docx with the mark at the foot of every page, the first ones too.

    A section without a foot of its own shows that of the section before it, so the first section
    gets one of each kind, and later ones only where they have their own.
    """
    document = docx.Document(io.BytesIO(paper))
    for number, section in enumerate(document.sections):
        for foot in (section.footer, section.first_page_footer, section.even_page_footer):
            if number == 0 or not foot.is_linked_to_previous:
                _write(foot, mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(foot: Any, mark: str) -> None:
    foot.is_linked_to_previous = False
    line = foot.paragraphs[0] if foot.paragraphs else foot.add_paragraph()
    if line.text.strip():
        line = foot.add_paragraph()
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - the blank foot names a style no paper has
    for style in properties.findall(qn("w:pStyle")):
        properties.remove(style)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(mark)
    run.bold = True
    run.font.size, run.font.name, run.font.color.rgb = SIZE, FONT, COLOUR
