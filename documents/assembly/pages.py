"""Drawing the pages that are ours: cover, contents, and the frame with its stamp for each page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.assembly.contents import (
    HEADING_HEIGHT,
    HEADING_SIZE,
    LEADING,
    NOTE_LEADING,
    NOTE_SIZE,
    SIZE,
    TITLE_WIDTH,
    Line,
    Sheet,
)
from documents.assembly.facts import CoverFacts
from documents.assembly.fonts import BOLD, ITALIC, REGULAR
from documents.assembly.stamps import RED, draw_foot

WIDTH, HEIGHT = A4
MARGIN_LEFT, MARGIN_RIGHT = 85.0, 57.0  # 30 mm and 20 mm, Decree 30/2020, annex I
TOP = HEIGHT - 57.0
RIGHT = WIDTH - MARGIN_RIGHT
MIDDLE = (MARGIN_LEFT + RIGHT) / 2
_MARK_HEIGHT = 8.0
_NOTICE_HEIGHT = 40.0  # both above the band: two lines and the mark below them
_NUMBER_INDENT = 26.0
_LABEL_WIDTH = 130.0
_VALUE_WIDTH = RIGHT - MARGIN_LEFT - _LABEL_WIDTH


@dataclass(frozen=True)
class Bound:
    """A page of a paper in the book.

    begins     the number of the part that begins on it; 0 where none does
    check_url  what its QR code says; "" for the cover's
    inside     the part lies in a section, so its bookmark lies below the section's
    """

    begins: int
    title: str
    check_url: str = ""
    inside: bool = False


class Book:
    """The book being drawn: knows how many pages it will have, stamps each as it ends.

    band  the height in points of what is kept free for the stamp (stamps.band_of)
    """

    def __init__(self, cover: CoverFacts, total: int, band: float) -> None:
        self._buffer = io.BytesIO()
        self._cover = cover
        self._band = band
        self._total = total
        self._number = 1
        self._sections = 0
        # invariant: no time and no random id, so the same dossier gives the same bytes.
        self._canvas = Canvas(
            self._buffer,
            pagesize=A4,
            invariant=1,
            initialFontName=REGULAR,
            lang="vi",
            pageCompression=0,  # what is laid into it is packed once, as the whole is written
        )
        self._canvas.setTitle(f"{cover.title} – {cover.code}")
        self._canvas.setAuthor(cover.unit)
        self._canvas.setSubject(cover.campaign)
        self._canvas.setCreator("VinhDanh")
        self._canvas.showOutline()

    def close(self) -> bytes:
        """Return the PDF."""
        self._canvas.save()
        return self._buffer.getvalue()

    def _end_page(self, width: float = WIDTH, check_url: str = "") -> None:
        draw_foot(
            self._canvas,
            self._cover,
            page=f"Trang {self._number}/{self._total}",
            width=width,
            check_url=check_url or self._cover.check_url,
            band=self._band,
        )
        self._canvas.showPage()
        self._number += 1

    def _mark(self) -> None:
        """Draw the mark on a page of ours; those of the papers bear their own."""
        if self._cover.mark:
            self._canvas.setFillColorRGB(*RED)
            self._centred(self._cover.mark, self._band + _MARK_HEIGHT, BOLD, 10)
            self._canvas.setFillColorRGB(0, 0, 0)

    def _centred(self, text: str, y: float, font: str, size: float) -> float:
        """Draw the text in as many centred lines as it needs; return the y below."""
        self._canvas.setFont(font, size)
        for line in simpleSplit(text, font, size, RIGHT - MARGIN_LEFT):
            self._canvas.drawCentredString(MIDDLE, y, line)
            y -= size * 1.35
        return y

    def draw_cover(self, *, originals: bool) -> None:
        """Draw the cover. originals: whether signed originals are attached."""
        canvas, cover = self._canvas, self._cover
        canvas.bookmarkPage("cover")
        canvas.addOutlineEntry("Bìa hồ sơ", "cover", 0)
        y = self._centred(cover.unit.upper(), TOP, BOLD, 14)
        canvas.setLineWidth(0.8)
        canvas.line(MIDDLE - 60, y + 6, MIDDLE + 60, y + 6)
        y = self._centred(cover.title, TOP - 200, BOLD, 22)
        y = self._centred(cover.campaign, y - 8, ITALIC, 15)
        y = self._facts([("Mã hồ sơ", cover.code), *cover.facts], y - 50)
        notice = ["Bản tổng hợp để đọc. Giá trị pháp lý thuộc các bản gốc."]
        if originals:
            notice.append("Các bản gốc đã ký được đính kèm nguyên vẹn trong tệp này.")
        y = self._band + _NOTICE_HEIGHT
        for line in notice:
            y = self._centred(line, y, ITALIC, 11)
        self._mark()
        self._end_page()

    def _facts(self, facts: Sequence[tuple[str, str]], y: float) -> float:
        canvas = self._canvas
        for label, value in facts:
            canvas.setFont(REGULAR, 13)
            canvas.drawString(MARGIN_LEFT, y, f"{label}:")
            for line in simpleSplit(value, BOLD, 13, _VALUE_WIDTH) or [""]:
                canvas.setFont(BOLD, 13)
                canvas.drawString(MARGIN_LEFT + _LABEL_WIDTH, y, line)
                y -= 18
            y -= 4
        return y

    def draw_contents(self, sheet: Sheet, first_pages: Sequence[int], *, first: bool) -> None:
        """Draw one contents page; ``first_pages`` holds the page of every part."""
        y = TOP
        if first:
            self._canvas.bookmarkPage("contents")
            self._canvas.addOutlineEntry("Mục lục", "contents", 0)
            y = self._centred("MỤC LỤC", y, BOLD, 16) - 12
        for line in sheet.lines:
            self._line(line, first_pages[line.number - 1], y)
            y -= line.height
        self._mark()
        self._end_page()

    def _line(self, line: Line, page: int, y: float) -> None:
        canvas, x = self._canvas, MARGIN_LEFT + _NUMBER_INDENT
        bottom = y - line.height + SIZE
        if line.heading:
            canvas.setFont(BOLD, HEADING_SIZE)
            canvas.drawString(MARGIN_LEFT, y - 4, line.heading)
            y -= HEADING_HEIGHT
        canvas.setFont(REGULAR, SIZE)
        canvas.drawRightString(x - 8, y, f"{line.number}.")
        canvas.drawRightString(RIGHT, y - (len(line.title) - 1) * LEADING, str(page))
        foot = y
        for text in line.title:
            canvas.drawString(x, foot, text)
            foot -= LEADING
        self._dots(x + stringWidth(line.title[-1], REGULAR, SIZE), foot + LEADING)
        canvas.setFont(ITALIC, NOTE_SIZE)
        for text in line.note:
            canvas.drawString(x, foot, text)
            foot -= NOTE_LEADING
        box = (MARGIN_LEFT, bottom, RIGHT, y + SIZE)
        canvas.linkAbsolute("", f"part-{line.number}", box)

    def _dots(self, x: float, y: float) -> None:
        self._canvas.setDash(0.6, 3.2)
        self._canvas.setLineWidth(0.6)
        end = MARGIN_LEFT + _NUMBER_INDENT + TITLE_WIDTH + 18
        if x + 6 < end:
            self._canvas.line(x + 6, y + 1, end, y + 1)
        self._canvas.setDash()

    def draw_separator(self, section: str) -> None:
        """Draw the page that goes before the papers of a section, with its bookmark."""
        self._sections += 1
        key = f"section-{self._sections}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(section, key, 0)
        y = self._centred(self._cover.code, TOP - 240, REGULAR, 13)
        self._centred(section.upper(), y - 16, BOLD, 20)
        self._mark()
        self._end_page()

    def draw_frame(self, size: tuple[float, float], page: Bound) -> None:
        """Draw an empty page of the size in points, stamped; bookmarked where a part begins."""
        self._canvas.setPageSize(size)
        if page.begins:
            key = f"part-{page.begins}"
            self._canvas.bookmarkPage(key)
            self._canvas.addOutlineEntry(f"{page.begins}. {page.title}", key, int(page.inside))
        self._end_page(size[0], page.check_url)
        self._canvas.setPageSize(A4)
