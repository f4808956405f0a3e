import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.conversion.product import check_product, same_for_same
from documents.errors import ConvertFailedError
from tests.files import pdf_of, written

HEAD = b"%PDF-1.6\n"
INFO = b"/CreationDate(D:20261122135514Z')>>\n/ID [ <CE9B6505F2BE35DD9A337D58CA3F028A>\n<%s> ]\n"
SUM = b"/DocChecksum /D6CD90C4990480C7A1FDE35A0E81DE43\n"


def test_same_for_same_hides_the_time_and_keeps_every_length() -> None:
    one = HEAD + b"text" + INFO % (b"CE9B6505F2BE35DD9A337D58CA3F028A") + SUM
    two = one.replace(b"20261122135514", b"20311231235959").replace(b"CE9B", b"AAAA")
    assert same_for_same(one) == same_for_same(two)
    assert len(same_for_same(one)) == len(one)
    assert b"D:20000101000000Z" in same_for_same(one)
    assert same_for_same(one) != same_for_same(one.replace(b"text", b"test"))


def test_product_with_a_font_that_is_not_embedded_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(9, 9, "x")
    canvas.save()
    with pytest.raises(ConvertFailedError) as caught:
        check_product(out.getvalue(), [])
    assert caught.value.why == "/Helvetica"


def test_product_that_is_no_pdf_is_refused() -> None:
    for content in (b"", b"<html>", b"%PDF-1.6 no", pdf_of(0), b"%PDF-" + b"0" * 21_000_000):
        with pytest.raises(ConvertFailedError):
            check_product(content, [])


def test_product_that_does_something_is_refused() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of()))
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")
    with pytest.raises(ConvertFailedError) as caught:
        check_product(written(pdf), [])
    assert "/JS" in caught.value.why


def test_blank_page_has_no_text() -> None:
    assert check_product(pdf_of(2), []) == ["", ""]
