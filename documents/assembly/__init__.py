"""The merged dossier: cover, contents, separators, bookmarks, every page stamped "Trang x/y".

It is a reading copy. Merging breaks signatures, so signed originals travel inside it, unchanged.
Where the cover asks for it, it is PDF/A-3b (documents.assembly.archival).
Not promised: links inside the parts (their look is kept, their action is not).
"""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from typing import Any

import pikepdf

from documents.assembly import archival
from documents.assembly.contents import Entry, lines_of, sheets_of
from documents.assembly.facts import CoverFacts, Part
from documents.assembly.fonts import register_fonts
from documents.assembly.pages import TOP, Book, Bound
from documents.assembly.stamps import band_of
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
    Raises FontMissingError, PdfDamagedError, FileEncryptedError, TextControlCharsError, and
    NotArchivableError where PDF/A was asked for.
    """
    register_fonts()
    with ExitStack() as stack:
        sources = [stack.enter_context(_opened(part.content)) for part in parts]
        clean = _cleaned(cover)
        drawn, frames = _drawn(clean, parts, sources)
        book = stack.enter_context(pikepdf.open(io.BytesIO(drawn)))
        _lay_in(book, sources, frames, band_of(clean, [part.check_url for part in parts]))
        _attach(book, parts, source=cover.archival)
        if cover.archival:
            return archival.written(book)
        out = io.BytesIO()
        book.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _cleaned(cover: CoverFacts) -> CoverFacts:
    def clean(text: str) -> str:
        return clean_text(text, field="bìa")

    facts = [(clean(label), clean(value)) for label, value in cover.facts]
    texts: dict[str, Any] = {
        field.name: clean(getattr(cover, field.name))
        for field in fields(cover)
        if field.name not in {"facts", "archival"}
    }
    return replace(cover, facts=facts, **texts)


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


def _drawn(
    cover: CoverFacts, parts: Sequence[Part], sources: Sequence[pikepdf.Pdf]
) -> tuple[bytes, list[int]]:
    """Return the book with empty frames, and the places of the frames among its pages."""
    titles = [clean_text(part.title, field="mục lục") for part in parts]
    headings = _headings(parts)
    entries = [
        Entry(title, clean_text(part.note, field="mục lục"), heading)
        for title, part, heading in zip(titles, parts, headings, strict=True)
    ]
    sheets = sheets_of(lines_of(entries), room=TOP - _FOOT, first_room=TOP - _FOOT - _HEADING)
    first_pages, page = [], 1 + len(sheets) + 1
    for source, heading in zip(sources, headings, strict=True):
        page += bool(heading)
        first_pages.append(page)
        page += len(source.pages)
    band = band_of(cover, [part.check_url for part in parts])
    book = Book(cover, total=page - 1, band=band)
    book.draw_cover(originals=any(part.signed_original for part in parts))
    for index, sheet in enumerate(sheets):
        book.draw_contents(sheet, first_pages, first=index == 0)
    for number, (part, source) in enumerate(zip(parts, sources, strict=True), 1):
        if headings[number - 1]:
            book.draw_separator(headings[number - 1])
        for index, source_page in enumerate(source.pages):
            begins = number if index == 0 else 0
            size = _size(source_page)
            book.draw_frame(
                size, Bound(begins, titles[number - 1], part.check_url, bool(part.section))
            )
    frames = [
        first + index
        for first, source in zip(first_pages, sources, strict=True)
        for index in range(len(source.pages))
    ]
    return book.close(), frames


def _headings(parts: Sequence[Part]) -> list[str]:
    """Return for each part the section that begins with it, "" for none."""
    before, headings = "", []
    for part in parts:
        section = clean_text(part.section, field="mục lục")
        headings.append(section if section != before else "")
        before = section
    return headings


def _lay_in(
    book: pikepdf.Pdf, sources: Sequence[pikepdf.Pdf], frames: Sequence[int], band: float
) -> None:
    pages = [page for source in sources for page in source.pages]
    for number, page in zip(frames, pages, strict=True):
        frame = book.pages.p(number)
        width, height = _size(page)
        # Page.add_overlay would do, but it names what it adds at random.
        form = book.copy_foreign(page.as_form_xobject())
        name = frame.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Part"))
        room = pikepdf.Rectangle(0, band, width, height)
        placed = frame.calc_form_xobject_placement(
            form, name, room, invert_transformations=True, allow_shrink=True, allow_expand=False
        )
        frame.contents_add(b"q\n" + placed + b"\nQ\n")


def _attach(book: pikepdf.Pdf, parts: Sequence[Part], *, source: bool) -> None:
    """Attach the signed originals; source: say that they are what the pages were made from."""
    for number, part in enumerate(parts, 1):
        if part.signed_original is not None:
            name = f"{number:02d} {clean_text(part.title, field='mục lục')[:100]}.pdf"
            name = name.replace("/", "-").replace("\\", "-")
            held = pikepdf.AttachedFileSpec(
                book,
                part.signed_original,
                filename=name,
                description=part.title,
                mime_type="application/pdf",
                creation_date="",  # none: the time of merging is no fact of the original
                mod_date="",
            )
            if source:
                held.relationship = pikepdf.Name.Source
            book.attachments[name] = held
