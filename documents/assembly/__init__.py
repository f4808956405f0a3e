"""The merged dossier: cover, contents, bookmarks, and every page stamped "Trang x/y".

It is a reading copy. Merging breaks signatures, so signed originals travel inside it, unchanged.
Not promised: PDF/A; links inside the parts (their look is kept, their action is not).
"""

import io
from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf

from documents.assembly.contents import lines_of, sheets_of
from documents.assembly.facts import CoverFacts, Part
from documents.assembly.fonts import register_fonts
from documents.assembly.pages import BAND, TOP, Book
from documents.errors import FileEncryptedError, PdfDamagedError
from documents.text import clean_text

__all__ = ["CoverFacts", "Part", "assemble"]

_FOOT = 60.0
_HEADING = 34.0
_QUARTER_TURNS = (90, 270)


def assemble(*, cover: CoverFacts, parts: Sequence[Part]) -> bytes:
    """Return the merged PDF; the same bytes for the same cover and parts.

    Each page of a part is laid, a few hundredths smaller, above a band that only the stamp uses,
    so that no text is ever covered. Every font of ours is embedded.
    Raises FontMissingError, PdfDamagedError, FileEncryptedError, TextControlCharsError.
    """
    register_fonts()
    with ExitStack() as stack:
        sources = [stack.enter_context(_opened(part.content)) for part in parts]
        book = pikepdf.open(io.BytesIO(_drawn(_cleaned(cover), parts, sources)))
        stack.enter_context(book)
        _lay_in(book, sources)
        _attach(book, parts)
        out = io.BytesIO()
        book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _cleaned(cover: CoverFacts) -> CoverFacts:
    def clean(text: str) -> str:
        return clean_text(text, field="bìa")

    facts = [(clean(label), clean(value)) for label, value in cover.facts]
    return CoverFacts(
        clean(cover.title),
        clean(cover.code),
        clean(cover.unit),
        clean(cover.campaign),
        facts,
        clean(cover.mark),
    )


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        pdf.flatten_annotations("all")  # a signature's visible stamp is an annotation
    except pikepdf.PasswordError as error:
        raise FileEncryptedError from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise PdfDamagedError from error
    if not len(pdf.pages):
        raise PdfDamagedError
    return pdf


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Return the width and height in points as a reader sees the page."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    width, height = abs(right - left), abs(top - bottom)
    turned = int(page.obj.get("/Rotate", 0)) % 360 in _QUARTER_TURNS
    return (height, width) if turned else (width, height)


def _drawn(cover: CoverFacts, parts: Sequence[Part], sources: Sequence[pikepdf.Pdf]) -> bytes:
    titles = [clean_text(part.title, field="mục lục") for part in parts]
    notes = [clean_text(part.note, field="mục lục") for part in parts]
    lines = lines_of(list(zip(titles, notes, strict=True)))
    sheets = sheets_of(lines, room=TOP - _FOOT, first_room=TOP - _FOOT - _HEADING)
    first_pages, page = [], 1 + len(sheets) + 1
    for source in sources:
        first_pages.append(page)
        page += len(source.pages)
    book = Book(cover, total=page - 1)
    book.draw_cover(originals=any(part.signed_original for part in parts))
    for index, sheet in enumerate(sheets):
        book.draw_contents(sheet, first_pages, first=index == 0)
    for number, source in enumerate(sources, 1):
        for index, source_page in enumerate(source.pages):
            begins = number if index == 0 else 0
            book.draw_frame(_size(source_page), part=begins, title=titles[number - 1])
    return book.close()


def _lay_in(book: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf]) -> None:
    pages = [page for source in sources for page in source.pages]
    frames = list(book.pages)[len(book.pages) - len(pages) :]
    for frame, page in zip(frames, pages, strict=True):
        width, height = _size(page)
        # Page.add_overlay would do, but it names what it adds at random.
        form = book.copy_foreign(page.as_form_xobject())
        name = frame.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Part"))
        room = pikepdf.Rectangle(0, BAND, width, height)
        placed = frame.calc_form_xobject_placement(
            form, name, room, invert_transformations=True, allow_shrink=True, allow_expand=False
        )
        frame.contents_add(b"q\n" + placed + b"\nQ\n")


def _attach(book: pikepdf.Pdf, parts: Sequence[Part]) -> None:
    for number, part in enumerate(parts, 1):
        if part.signed_original is not None:
            name = f"{number:02d} {clean_text(part.title, field='mục lục')[:100]}.pdf"
            name = name.replace("/", "-").replace("\\", "-")
            book.attachments[name] = pikepdf.AttachedFileSpec(
                book,
                part.signed_original,
                filename=name,
                description=part.title,
                mime_type="application/pdf",
                creation_date="",  # none: the time of merging is no fact of the original
                mod_date="",
            )
