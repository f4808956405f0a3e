import pytest

from documents.errors import FileRefusedError, PdfDamagedError
from documents.reading import docx_text, pdf_pages_text, pdf_text
from tests.files import docx_of, pdf_of


def test_docx_text_has_a_line_for_each_paragraph() -> None:
    assert docx_text(docx_of("một", "hai\tba")) == "một\nhai\tba"


def test_pdf_text_has_a_form_feed_between_pages() -> None:
    assert pdf_pages_text(pdf_of(3)) == ["", "", ""]
    assert pdf_text(pdf_of(3)) == "\f\f"


def test_pdf_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(PdfDamagedError):
        pdf_text(b"%PDF-1.4 no")
    with pytest.raises(FileRefusedError):
        pdf_text(b"")
