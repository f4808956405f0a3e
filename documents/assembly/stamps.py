"""The foot of every page: code, page number, and for a copy that goes out its stamp and QR code.

The band below the papers is the stamp's alone, so that nothing is ever covered. It is taller
where there is more to say, and what is to be scanned keeps off the edge that printers cut.
"""

from collections.abc import Iterable
from hashlib import sha256

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import black
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from documents.assembly.facts import CoverFacts
from documents.assembly.fonts import BOLD, ITALIC, REGULAR

PLAIN_BAND = 24.0
TALL_BAND = 62.0
"""Height in points of the band at the foot: with page number alone, and with stamp or code."""
MARGIN = 57.0
RED = (0.61, 0.11, 0.11)
_SIZE, _SMALL = 9, 8
_CODE_SIDE = 44.0
"""15.5 mm: an address of 84 letters is 37 squares, each 0.42 mm, which telephones read."""
_CODE_FOOT = 13.0
_TEXT_AT = MARGIN + _CODE_SIDE + 10
"""Leaves the code the empty margin of four squares that its standard asks for (ISO/IEC 18004)."""


def band_of(cover: CoverFacts, codes: Iterable[str]) -> float:
    """Return the height in points of the band at the foot of every page, the same throughout.

    codes  what the QR codes of the papers say: it is tall also where one paper alone has a code
    """
    code = cover.check_url or any(codes)
    return TALL_BAND if cover.stamp or cover.recipient or code else PLAIN_BAND


def draw_foot(
    canvas: Canvas, cover: CoverFacts, *, page: str, width: float, check_url: str, band: float
) -> None:
    """Draw the foot of a page that is ``width`` points wide; page: “Trang 3/12”.

    band  its height, as band_of gives it
    """
    left = _TEXT_AT if check_url else MARGIN
    canvas.setLineWidth(0.4)
    canvas.line(left, band - 3, width - MARGIN, band - 3)
    canvas.setFont(REGULAR, _SIZE)
    if band == PLAIN_BAND:
        canvas.drawString(MARGIN, 9, cover.code)
        canvas.drawRightString(width - MARGIN, 9, page)
        return
    canvas.drawString(left, 43, cover.code)
    canvas.drawRightString(width - MARGIN, 16, page)
    if cover.recipient:
        canvas.setFont(ITALIC, _SIZE)
        canvas.drawString(left, 30, f"Bản gửi: {cover.recipient}")
    if check_url:
        canvas.setFont(REGULAR, _SMALL)
        canvas.drawString(left, 17, "Quét mã để kiểm tra tình trạng hồ sơ")
        _draw_code(canvas, check_url)
    if cover.stamp:
        _draw_stamp(canvas, cover.stamp, right=width - MARGIN)


def _draw_stamp(canvas: Canvas, text: str, *, right: float) -> None:
    size = 11
    room = stringWidth(text, BOLD, size) + 12
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setLineWidth(1)
    canvas.rect(right - room, 33, room, 17)
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(right - room / 2, 37.5, text)
    canvas.setFillColor(black)
    canvas.setStrokeColor(black)


def _draw_code(canvas: Canvas, address: str) -> None:
    """Draw the code once into the file, and only point at it on every further page."""
    name = f"check-{sha256(address.encode()).hexdigest()[:16]}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, _CODE_SIDE, _CODE_SIDE)
        _draw_squares(canvas, address)
        canvas.endForm()
    canvas.saveState()
    canvas.translate(MARGIN, _CODE_FOOT)
    canvas.doForm(name)
    canvas.restoreState()


def _draw_squares(canvas: Canvas, address: str) -> None:
    rows = squares_of(address)
    side = _CODE_SIDE / len(rows)
    for number, row in enumerate(rows):
        y = _CODE_SIDE - (number + 1) * side
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                x = start * side
                canvas.rect(x, y, (end - start) * side, side, stroke=0, fill=1)
            start = end + 1


def squares_of(address: str) -> list[list[bool]]:
    """Return the QR code of an address row by row, dark squares true; level M (15 % may be lost)."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    return [[bool(square) for square in row] for row in code.modules]
