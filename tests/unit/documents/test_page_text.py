from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from documents.page_text import pages_with_text
from tests.letters import NAME, Page


def test_text_is_found_where_it_was_written() -> None:
    (page,) = pages_with_text(Page().write(NAME, 100, 200, bold=True).write("abc", 50, 60).pdf())
    first, second = page.lines
    assert (first.text, first.bold) == (NAME, True)
    assert [first.left, first.baseline, first.size] == pytest.approx([100, 200, 14])
    assert (second.text, second.bold) == ("abc", False)
    assert (page.number, page.left, page.bottom, page.right, page.top) == (0, 0, 0, 595, 842)


def test_moved_and_enlarged_text_is_measured_as_shown() -> None:
    page = Page()
    page.canvas.translate(10, 20)
    page.canvas.scale(2, 2)
    ((line,),) = [shown.lines for shown in pages_with_text(page.write("abc", 50, 60).pdf())]
    assert [line.left, line.baseline, line.size] == pytest.approx([110, 140, 28])


def test_turned_page_is_left_out_and_numbers_stay() -> None:
    content = Page().write("một", 50, 60).turn().write("hai", 50, 60).pdf()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    assert [(page.number, page.lines[0].text) for page in pages_with_text(out.getvalue())] == [
        (1, "hai")
    ]
