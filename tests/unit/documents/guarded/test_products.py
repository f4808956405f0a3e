"""PDFs of our own making: what is refused, what they show, and whether their fonts lie inside."""

import io

import pikepdf
import pytest

from documents.guarded.products import check_product
from documents.guarded.refusal import RefusedInChildError
from tests.files import pdf_of, written
from tests.unit.documents.guarded.test_pdfs import REFUSED


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


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_product_is_refused_for_what_a_sent_pdf_is(content: bytes, code: str) -> None:
    with pytest.raises(RefusedInChildError) as caught:
        check_product(content)
    assert caught.value.code == code


def test_active_content_in_a_stream_that_no_page_reaches_is_found() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    stream = pdf.make_stream(b"x")
    stream.stream_dict[pikepdf.Name.EF] = 1
    pdf.Root.Unknown = stream
    with pytest.raises(RefusedInChildError) as caught:
        check_product(written(pdf))
    assert caught.value.facts == {"detail": "/EF"}


def test_field_to_fill_in_is_refused() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Tx)])
    with pytest.raises(RefusedInChildError) as caught:
        check_product(written(pdf))
    assert caught.value.facts == {"detail": "/AcroForm"}


def test_words_in_a_text_are_no_active_content() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    pdf.docinfo[pikepdf.Name.Title] = "a (b \\) /JS /Launch"
    pdf.Root.Names = pikepdf.Dictionary(JSX=pikepdf.String("/JavaScript )"))
    assert check_product(written(pdf))[0] == {"pages": [""], "unembedded": []}


@pytest.mark.parametrize("composite", [False, True])
def test_product_tells_its_text_and_the_fonts_that_are_missing(*, composite: bool) -> None:
    told, _ = check_product(with_letters(embedded=True, composite=composite))
    assert told == {"pages": ["A\ufffd"], "unembedded": []}
    told, _ = check_product(with_letters(embedded=False, composite=composite))
    assert told["unembedded"] == ["/Liberation"]
