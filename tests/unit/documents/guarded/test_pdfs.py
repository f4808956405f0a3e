"""The rules for PDFs in this process, where each branch can be watched."""

import io

import pikepdf
import pytest

from documents.guarded import pdfs
from documents.guarded.pdfs import MAX_PAGES, MAX_SIDE_POINTS, check_pdf, pdf_text
from documents.guarded.refusal import RefusedInChildError
from tests.files import pdf_of, written

SCRIPT = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"}


def with_root(**entries: object) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    for name, value in entries.items():
        pdf.Root[f"/{name}"] = value
    return written(pdf)


def locked(password: str) -> bytes:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    return written(pdf, encryption=pikepdf.Encryption(owner="chu", user=password))


REFUSED = [
    (b"%PDF-1.7 nothing", "PDF_DAMAGED"),
    (pdf_of(0), "PDF_DAMAGED"),
    (locked("kín"), "FILE_ENCRYPTED"),
    (pdf_of(MAX_PAGES + 1), "PDF_TOO_MANY_PAGES"),
    (pdf_of(1, (MAX_SIDE_POINTS + 1, 100)), "PDF_PAGE_SIZE"),
    (with_root(OpenAction=pikepdf.Dictionary(SCRIPT)), "PDF_ACTIVE_CONTENT"),
    (with_root(Hidden=pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(SCRIPT))])),
     "PDF_ACTIVE_CONTENT"),
    (with_root(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch)), "PDF_ACTIVE_CONTENT"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_pdf_that_may_not_be_sent_is_named(content: bytes, code: str) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        check_pdf(content)
    assert caught.value.code == code


@pytest.mark.parametrize("content", [pdf_of(3), locked("")])
def test_pdf_that_opens_without_a_password_passes(content: bytes) -> None:
    told, nothing = check_pdf(content)
    assert told["pages"] in {1, 3}
    assert nothing == b""


def test_pdf_that_breaks_while_it_is_searched_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_reader: object) -> str:
        raise RecursionError

    assert check_pdf(pdf_of())[0] == {"pages": 1}
    monkeypatch.setattr(pdfs, "_active", breaks)
    with pytest.raises(RefusedInChildError, match="PDF_DAMAGED"):
        check_pdf(pdf_of())


def test_text_of_a_page_without_any_is_empty() -> None:
    assert pdf_text(pdf_of(2)) == (["", ""], b"")
