"""A converter that hangs, dies, says it is done and made nothing, or makes a blank page.

The job says so, it is tried once again, no other paper is harmed, the old version stays. A
stand-in takes LibreOffice's place at the product's edge (tests.stand_in_office); real ones are
killed and stopped in tests/faults/documents.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from documents import conversion, making, store
from documents.conversion import close_converter, convert_to_pdf, converter
from documents.errors import ConversionError, ConvertFailedError
from documents.models import DocumentVersion
from documents.sandbox import Limits, Sandbox
from documents.services import produce, remake_document
from tests import stand_in_office
from tests.files import docx_of, pdf_of
from tests.papers import AT, CLERK, VALUES, ask, publish

STAND_IN = Path(stand_in_office.__file__)
BLANK = base64.b64encode(pdf_of()).decode()
CODES = {
    "nothing": "CONVERT_FAILED",
    "blank": "CONVERT_FAILED",
    "broken": "CONVERT_FAILED",
    "hangs": "CONVERT_TIMEOUT",
    "dies": "CONVERTER_DIED",
}
Offices = Callable[..., list[str]]


@pytest.fixture
def offices(monkeypatch: pytest.MonkeyPatch) -> Iterator[Offices]:
    """Say which office starts next, one word for each start: how a stand-in fails, or "real"."""
    turns: list[str] = []

    class Office(Sandbox):
        def __init__(self, limits: Limits, readable: Sequence[Path] = ()) -> None:
            self.failing = turns.pop(0)
            super().__init__(limits, readable if self.failing == "real" else [STAND_IN])

        def start(self, program: Sequence[str]) -> "Popen[bytes]":
            stand_in = ["/usr/bin/python3", "-I", str(STAND_IN), self.failing, BLANK]
            return super().start(program if self.failing == "real" else stand_in)

    def start_next(*failing: str) -> list[str]:
        turns[:] = failing
        if "real" not in failing:  # nothing of LibreOffice need be there
            for place in ("PYTHON", "OFFICE", "UNO"):
                monkeypatch.setattr(converter, place, STAND_IN)
            monkeypatch.setattr(conversion, "MAX_SECONDS", 1.0)
        return turns

    close_converter()
    monkeypatch.setattr(converter, "Sandbox", Office)
    monkeypatch.setattr(making, "_try_walls", lambda: None)  # no paper is made of a self-test
    yield start_next
    close_converter()


@pytest.mark.parametrize("failing", CODES)
def test_converter_that_fails_twice_is_told_and_both_are_put_away(
    failing: str, offices: Offices
) -> None:
    left = offices(failing, failing)

    with pytest.raises(ConversionError) as refused:
        convert_to_pdf(docx_of("Đặng Thị Thuý Phượng"))

    assert (refused.value.code, left) == (CODES[failing], [])
    assert refused.value.status == 503
    assert refused.value.what
    assert refused.value.next_step


def test_blank_page_is_right_for_a_document_without_text(offices: Offices) -> None:
    left = offices("blank", "blank")

    assert convert_to_pdf(docx_of("")).pages == 1
    assert left == ["blank"]


def test_blank_page_instead_of_text_is_told_as_such(offices: Offices) -> None:
    offices("blank", "blank")

    with pytest.raises(ConvertFailedError) as refused:
        convert_to_pdf(docx_of("chữ"))

    assert refused.value.why == "trang trắng"


@pytest.mark.django_db
@pytest.mark.soffice
def test_job_says_what_failed_keeps_the_old_version_and_harms_no_other(offices: Offices) -> None:
    publish()
    left = offices("nothing", "real")
    document, first = ask()
    produce(first.pk)  # tried again, and made

    def made(version: DocumentVersion) -> tuple[str, str, str]:
        version.refresh_from_db()
        return version.status, version.error_code, version.error_text

    assert (made(first)[0], left) == ("done", [])
    assert first.pdf is not None
    close_converter()
    left = offices("blank", "blank", "real")
    changed: dict[str, Any] = {**VALUES, "so": "06/TTr"}
    second = remake_document(who=CLERK, at=AT, document_id=document.pk, values=changed)
    _other, third = ask(values={**VALUES, "so": "07/TTr"})
    produce(second.pk)
    produce(third.pk)

    status, code, text = made(second)
    assert (status, code, second.pdf) == ("failed", "CONVERT_FAILED", None)
    assert "trang trắng" in text
    assert second.docx is not None  # of use without a PDF
    assert (made(first)[0], made(third)[0], left) == ("done", "done", [])
    assert store.read(first.pdf).startswith(b"%PDF-")
