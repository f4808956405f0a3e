import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.assembly import CoverFacts, Part, assemble
from documents.assembly.fonts import register_fonts
from documents.assembly.stamps import PLAIN_BAND as BAND
from documents.assembly.stamps import TALL_BAND, squares_of
from documents.errors import FileEncryptedError, FontMissingError, PdfDamagedError
from documents.reading import pdf_pages_text
from tests.files import pdf_of, written

COVER = CoverFacts(
    title="Hồ sơ đề nghị tặng Bằng khen",
    code="HS-2023-0007",
    unit="Sở Thông tin và Truyền thông",
    campaign="Kiên Giang thực hiện chương trình Chuyển đổi số",
    facts=[("Số đối tượng", "12 tập thể, 25 cá nhân")],
)


def page_of(text: str, *, y: float = 5, size: tuple[float, float] = (595, 842)) -> bytes:
    """A page with text at its very foot, where a careless stamp would cover it."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, initialFontName="VD-Regular")
    canvas.drawString(5, y, text)
    canvas.save()
    return out.getvalue()


def test_book_has_cover_contents_and_every_page_numbered() -> None:
    parts = [Part("Tờ trình", pdf_of(2), note="Số 05/TTr"), Part("Biên bản", page_of("Chân trang"))]
    pages = pdf_pages_text(assemble(cover=COVER, parts=parts))
    assert [page.splitlines()[-1] for page in pages[:2]] == ["Trang 1/5", "Trang 2/5"]
    assert all(f"Trang {number}/5" in page for number, page in enumerate(pages, 1))
    for words in ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", COVER.title, "12 tập thể, 25 cá nhân"):
        assert words in pages[0]
    assert "Tờ trình" in pages[1]
    assert "Số 05/TTr" in pages[1]
    assert "Chân trang" in pages[4]


def test_mark_stands_on_the_pages_of_ours_and_on_no_other_book() -> None:
    parts = [Part("Tờ trình", pdf_of(1))]
    marked = assemble(cover=replace(COVER, mark="VĂN BẢN MẪU"), parts=parts)
    assert ["VĂN BẢN MẪU" in page for page in pdf_pages_text(marked)] == [True, True, False]
    assert not any(
        "VĂN BẢN MẪU" in page for page in pdf_pages_text(assemble(cover=COVER, parts=parts))
    )


def test_contents_lead_to_the_pages_and_bookmarks_name_them() -> None:
    parts = [Part(f"Báo cáo {n}", pdf_of(2)) for n in range(60)]
    content, contents = assemble(cover=COVER, parts=parts), 3
    with pikepdf.open(io.BytesIO(content)) as book:
        links = [link for page in book.pages[1 : 1 + contents] for link in page.obj.Annots]
        targets = [link.Dest[0] for link in links]
        pages = [book.pages.index(pikepdf.Page(target)) for target in targets]
        with book.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert pages == [1 + contents + 2 * n for n in range(60)]
    assert titles == ["Bìa hồ sơ", "Mục lục", *(f"{n + 1}. Báo cáo {n}" for n in range(60))]
    printed = [line for text in pdf_pages_text(content)[1:4] for line in text.splitlines()]
    numbers = [int(line) for line in printed if line.isdigit()]
    assert numbers == [page + 1 for page in pages]


def test_no_text_of_a_part_lies_in_the_band_of_the_stamp() -> None:
    book = assemble(cover=COVER, parts=[Part("a", page_of("thấp nhất", y=1))])
    with pikepdf.open(io.BytesIO(book)) as pdf:
        pdf.pages[-1].contents_coalesce()
        drawn = pdf.pages[-1].Contents.read_bytes()
    place = [float(n) for n in drawn.rpartition(b" cm")[0].split(b"\n")[-1].split()[-6:]]
    assert place[0] == place[3] == pytest.approx((842 - BAND) / 842, abs=1e-3)
    assert place[5] == pytest.approx(BAND, abs=0.01)


@pytest.mark.parametrize(("turn", "size"), [(0, (420, 595)), (90, (595, 420)), (180, (420, 595))])
def test_page_keeps_the_size_and_side_that_a_reader_sees(turn: int, size: tuple[int, int]) -> None:
    source = pikepdf.open(io.BytesIO(pdf_of(1, (420, 595))))
    source.pages[0].obj.Rotate = turn
    with pikepdf.open(
        io.BytesIO(assemble(cover=COVER, parts=[Part("a", written(source))]))
    ) as book:
        assert [float(side) for side in book.pages[-1].mediabox[2:]] == list(size)


def test_every_font_is_embedded_and_no_other_is_named() -> None:
    fonts = set()
    with pikepdf.open(io.BytesIO(assemble(cover=COVER, parts=[Part("a", pdf_of())]))) as book:
        for entry in book.objects:
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/Font":
                fonts.add(str(entry.BaseFont).partition("+")[2])
                assert "/FontFile2" in entry.FontDescriptor
    assert fonts == {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"}


@pytest.mark.parametrize("archival", [False, True])
def test_every_stream_is_packed_once_and_fonts_hold_only_letters_that_are_drawn(
    archival: bool,  # noqa: FBT001 - pytest's
) -> None:
    book = assemble(cover=replace(COVER, archival=archival), parts=[Part("Tờ trình", pdf_of())])
    with pikepdf.open(io.BytesIO(book)) as pdf:
        streams = [held for held in pdf.objects if isinstance(held, pikepdf.Stream)]
        filters = {str(held.get("/Filter", "none")) for held in streams if len(held.read_bytes())}
        readable = (
            "/Metadata"  # XMP is left bare, so that any program finds it (ISO 19005-3, 6.6.2)
        )
        bare = [held.get("/Type") for held in streams if "/Filter" not in held]
        widths = [len(held.Widths) for held in pdf.objects if "/Widths" in _keys(held)]
    assert filters <= {"/FlateDecode", "none"}
    assert set(bare) <= {readable}
    assert widths
    assert max(widths) < 60, "a face carries letters that stand nowhere"


def _keys(held: pikepdf.Object) -> set[str]:
    return set(held.keys()) if isinstance(held, pikepdf.Dictionary) else set()


def test_same_parts_give_the_same_bytes() -> None:
    parts = [Part("a", pdf_of(2), signed_original=b"%PDF-1.7 signed")]
    assert assemble(cover=COVER, parts=parts) == assemble(cover=COVER, parts=parts)


def test_signed_original_travels_byte_for_byte_and_the_cover_says_so() -> None:
    original = page_of("gốc") + b"\n% as signed\n"
    parts = [Part("Tờ trình số 05/TTr", page_of("gốc"), signed_original=original)]
    content = assemble(cover=COVER, parts=parts)
    with pikepdf.open(io.BytesIO(content)) as book:
        held = {name: spec.get_file().read_bytes() for name, spec in book.attachments.items()}
    assert held == {"01 Tờ trình số 05-TTr.pdf": original}
    assert "đính kèm nguyên vẹn" in pdf_pages_text_of_cover(content)


def pdf_pages_text_of_cover(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as book:
        del book.pages[1:]
        for name in list(book.attachments):
            del book.attachments[name]
        return pdf_pages_text(written(book))[0]


def test_stamp_drawn_as_an_annotation_stays_visible() -> None:
    source = pikepdf.open(io.BytesIO(pdf_of()))
    look = source.make_stream(b"0 0 50 50 re f", Type=pikepdf.Name.XObject)
    look.Subtype, look.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 50, 50])
    stamp = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        F=4,
        Rect=[100, 100, 150, 150],
        AP=pikepdf.Dictionary(N=look),
    )
    field = source.make_indirect(stamp)
    source.pages[0].obj.Annots = pikepdf.Array([field])
    source.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    with pikepdf.open(
        io.BytesIO(assemble(cover=COVER, parts=[Part("a", written(source))]))
    ) as book:
        part = book.pages[-1].resources.XObject.Part
        assert len(part.Resources.XObject.keys()) == 1
        assert b"Do" in part.read_bytes()


def test_long_title_is_broken_and_pushes_lines_to_the_next_page() -> None:
    parts = [Part("Báo cáo thành tích " * 25, pdf_of(), note="ghi chú " * 30) for _ in range(12)]
    pages = pdf_pages_text(assemble(cover=COVER, parts=parts))
    assert sum("MỤC LỤC" in page or "Báo cáo thành tích" in page for page in pages) == 4


def test_dossier_without_parts_is_cover_and_contents() -> None:
    assert len(pdf_pages_text(assemble(cover=COVER, parts=[]))) == 2


def test_part_that_cannot_be_opened_is_refused() -> None:
    locked = pikepdf.open(io.BytesIO(pdf_of()))
    encrypted = written(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    for content, error in [
        (b"no", PdfDamagedError),
        (pdf_of(0), PdfDamagedError),
        (encrypted, FileEncryptedError),
    ]:
        with pytest.raises(error):
            assemble(cover=COVER, parts=[Part("a", content)])


def test_missing_font_is_told_with_the_line_to_type(tmp_path: Path) -> None:
    with pytest.raises(FontMissingError) as caught:
        register_fonts(tmp_path)
    assert "fonts-liberation2" in caught.value.next_step
    assert str(tmp_path) in caught.value.what


SITE = "https://thiduakhenthuong.example/check/"
SENT = replace(COVER, stamp="DỰ THẢO", recipient="Hội đồng", check_url=f"{SITE}{'A' * 22}/")
BOUND = [
    Part("Tờ trình", page_of("một"), section="Văn bản trình"),
    Part("Biên bản", page_of("hai"), section="Văn bản trình"),
    Part("Báo cáo", page_of("ba"), section="Báo cáo", check_url=f"{SITE}{'b' * 22}/"),
]


def test_sections_have_a_page_before_their_papers_and_a_bookmark_above_them() -> None:
    content = assemble(cover=COVER, parts=BOUND)
    pages = pdf_pages_text(content)
    assert ["VĂN BẢN TRÌNH" in page for page in pages].index(True) == 2
    assert "BÁO CÁO" in pages[5]
    assert "ba" in pages[6]
    with pikepdf.open(io.BytesIO(content)) as book:
        links = [book.pages.index(pikepdf.Page(one.Dest[0])) for one in book.pages[1].obj.Annots]
        with book.open_outline() as outline:
            tree = {one.title: [part.title for part in one.children] for one in outline.root}
    assert links == [3, 4, 6]
    assert tree["Văn bản trình"] == ["1. Tờ trình", "2. Biên bản"]
    assert tree["Báo cáo"] == ["3. Báo cáo"]


def test_copy_that_is_sent_says_on_every_page_for_whom_and_what_it_is() -> None:
    pages = pdf_pages_text(assemble(cover=SENT, parts=BOUND))
    assert len(pages) == 7
    for page in pages:
        for words in ("DỰ THẢO", "Bản gửi: Hội đồng", COVER.code, "Quét mã"):
            assert words in page, words
    plain = pdf_pages_text(assemble(cover=replace(COVER, stamp="SAO Y"), parts=BOUND[:2]))
    assert not any("Quét mã" in page or "Bản gửi" in page for page in plain)


def test_code_is_in_the_file_once_for_each_address_and_on_the_right_pages() -> None:
    with pikepdf.open(io.BytesIO(assemble(cover=SENT, parts=BOUND))) as book:
        held = [
            {str(one.objgen) for name, one in page.resources.XObject.items() if "check" in name}
            for page in book.pages
        ]
        drawn = [
            [name for name in page.resources.XObject if f"{name} Do".encode() in stream_of(page)]
            for page in book.pages
        ]
    assert len(set().union(*held)) == 2
    codes = [[name for name in names if "check" in name] for names in drawn]
    assert all(len(names) == 1 for names in codes)
    assert codes[6] != codes[5] == codes[0]


def test_code_of_a_paper_is_drawn_though_the_cover_has_none() -> None:
    """Without room for it, it was left out: the band was as tall as the cover alone asked for."""
    codes = [Part("a", pdf_of(1), check_url="https://a.vn/1"), Part("b", pdf_of(1))]
    book = assemble(cover=COVER, parts=codes)
    assert ["Quét mã" in page for page in pdf_pages_text(book)] == [False, False, True, False]
    with pikepdf.open(io.BytesIO(book)) as pdf:
        place = stream_of(pdf.pages[-1]).rpartition(b" cm")[0].split(b"\n")[-1].split()[-6:]
    assert float(place[5]) == pytest.approx(TALL_BAND, abs=0.01)


def stream_of(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return bytes(page.obj.Contents.read_bytes())


def test_paper_keeps_out_of_the_taller_foot() -> None:
    with pikepdf.open(io.BytesIO(assemble(cover=SENT, parts=BOUND))) as pdf:
        drawn = stream_of(pdf.pages[-1])
    place = [float(n) for n in drawn.rpartition(b" cm")[0].split(b"\n")[-1].split()[-6:]]
    assert place[5] == pytest.approx(TALL_BAND, abs=0.01)


def test_code_is_a_square_with_its_three_corners_and_grows_with_the_address() -> None:
    short, long = squares_of("https://a.vn/"), squares_of(SENT.check_url * 2)
    corner = [[True] * 7, [True] + [False] * 5 + [True]]
    for rows in (short, long):
        assert all(len(row) == len(rows) for row in rows)
        assert [row[:7] for row in rows[:2]] == corner
        assert [row[-7:] for row in rows[:2]] == corner
        assert [row[:7] for row in rows[-7:-5]] == corner
    assert len(short) < len(long)
    assert squares_of("https://a.vn/") != squares_of("https://b.vn/")
