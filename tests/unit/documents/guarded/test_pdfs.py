"""The rules for PDFs in this process, where each branch can be watched."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from documents.guarded import pdfs
from documents.guarded.pdfs import MAX_PAGES, MAX_SIDE_POINTS, check_pdf, check_product, pdf_text
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


def with_letters(*, embedded: bool, composite: bool = False) -> bytes:
    """Return a page that shows “A” in a font of its own, with or without the font's file."""
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    descriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor)
    if embedded:
        descriptor.FontFile2 = pdf.make_stream(b"\x00")
    part = pikepdf.Dictionary(BaseFont=pikepdf.Name("/Liberation"), FontDescriptor=descriptor)
    cmap = pdf.make_stream(b"1 beginbfchar <01> <0041> endbfchar")
    if composite:
        held = pikepdf.Array([pdf.make_indirect(part)])
        font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=held, ToUnicode=cmap)
    else:
        part.Subtype, part.ToUnicode = pikepdf.Name.TrueType, cmap
        font = part
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    code = b"0001" if composite else b"01"
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf <%s> Tj <%s> Tj ET" % (code, code[:-1] + b"9"))
    return written(pdf)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 nothing", "PDF_DAMAGED"),
        (pdf_of(0), "PDF_DAMAGED"),
        (locked("kín"), "FILE_ENCRYPTED"),
        (pdf_of(MAX_PAGES + 1), "PDF_TOO_MANY_PAGES"),
        (pdf_of(1, (MAX_SIDE_POINTS + 1, 100)), "PDF_PAGE_SIZE"),
        (with_root(OpenAction=pikepdf.Dictionary(SCRIPT)), "PDF_ACTIVE_CONTENT"),
        (with_root(Hidden=pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(SCRIPT))])),
         "PDF_ACTIVE_CONTENT"),
        (with_root(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch)), "PDF_ACTIVE_CONTENT"),
    ],
)  # fmt: skip
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


@pytest.mark.parametrize("composite", [False, True])
def test_product_tells_its_text_and_the_fonts_that_are_missing(*, composite: bool) -> None:
    whole: Callable[..., bytes] = with_letters
    told, _ = check_product(whole(embedded=True, composite=composite))
    assert told == {"pages": ["A\ufffd"], "unembedded": []}
    told, _ = check_product(whole(embedded=False, composite=composite))
    assert told["unembedded"] == ["/Liberation"]
