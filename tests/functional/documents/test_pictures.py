"""The pages of a PDF as pictures: drawn in the sandbox, or refused in words."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from documents import comparison, pictures
from documents.comparison import compare_versions
from documents.errors import ConverterMissingError, ConvertFailedError, ConvertTimeoutError
from documents.guard import GuardedWorkError
from documents.pictures import page_pictures
from documents.previews import Preview


def pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(144, 72))
    for number in range(pages):
        canvas.drawString(20, 30, str(number))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_each_page_is_a_grey_picture_at_its_size() -> None:
    assert page_pictures(pdf(2)).count(b"P5\n160 80\n255\n") == 2


def test_what_is_no_pdf_gives_no_picture() -> None:
    with pytest.raises(ConvertFailedError):
        page_pictures(b"hello")


def test_without_poppler_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PROGRAM", Path("/usr/bin/khong-co"))
    with pytest.raises(ConverterMissingError, match="poppler-utils"):
        page_pictures(pdf(1))


def test_a_program_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0)
    with pytest.raises(ConvertTimeoutError):
        page_pictures(pdf(1))


@pytest.mark.parametrize(
    "broken", [GuardedWorkError("hỏng", limit=True), ConverterMissingError(command="apt-get")]
)
def test_what_keeps_two_versions_from_being_compared_is_told(
    broken: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(*_given: object, **_more: object) -> None:
        raise broken

    template: Any = SimpleNamespace(number=1)
    monkeypatch.setattr(comparison, "made_preview", lambda *_given: Preview(pdf=pdf(1)))
    monkeypatch.setattr(comparison, "run_guarded", raising)
    told = compare_versions(template, template, {})
    assert told.pages == ()
    assert told.failure
