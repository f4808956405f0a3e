"""A merged dossier as PDF/A-3b: declared, checked, the same bytes, the originals inside."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import pdfa
from reportlab.pdfgen.canvas import Canvas

from documents.assembly import CoverFacts, Part, assemble
from documents.errors import NotArchivableError
from tests.files import pdf_of

COVER = CoverFacts(
    title="Hồ sơ đề nghị khen thưởng",
    code="HS-2023-0007",
    unit="Sở Thông tin và Truyền thông",
    campaign="Kiên Giang thực hiện chương trình Chuyển đổi số",
    stamp="SAO Y",
    recipient="Thủ tướng Chính phủ",
    check_url="https://example.vn/check/0123456789abcdef",
    archival=True,
)
ORIGINAL = pdf_of() + b"\n% as signed: not PDF/A\n"
PARTS = (Part("Tờ trình", pdf_of(2), signed_original=ORIGINAL, section="Hồ sơ của đơn vị"),)


@pytest.fixture(scope="module")
def book() -> bytes:
    return assemble(cover=COVER, parts=PARTS)


def test_it_passes_the_check_of_part_3_and_not_of_part_2(book: bytes) -> None:
    assert pdfa.validate_written(io.BytesIO(book), "3b").passed
    assert not pdfa.validate_written(io.BytesIO(book), "2b").passed


def test_what_can_be_seen_without_a_validator_is_there(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
            assert meta["dc:title"] == f"{COVER.title} – {COVER.code}"
        [intent] = pdf.Root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert not pdf.is_encrypted
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/OpenAction" not in pdf.Root
        fonts = [one for one in pdf.objects if _is_font(one)]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def _is_font(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"


def test_signed_original_lies_in_it_byte_for_byte_as_the_source(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        [(name, spec)] = pdf.attachments.items()
        assert (name, spec.get_file().read_bytes()) == ("01 Tờ trình.pdf", ORIGINAL)
        assert spec.relationship == pikepdf.Name.Source
        assert [one.AFRelationship for one in pdf.Root.AF] == ["/Source"]


def test_the_same_dossier_gives_the_same_bytes(book: bytes) -> None:
    assert assemble(cover=COVER, parts=PARTS) == book


def test_a_part_that_pdf_a_does_not_allow_is_refused_by_what_is_wrong() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(50, 50, "Helvetica is not embedded")
    canvas.save()
    with pytest.raises(NotArchivableError) as refused:
        assemble(cover=COVER, parts=[Part("Bản chụp", out.getvalue())])
    assert "not embedded" in refused.value.why
