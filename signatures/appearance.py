"""Pictures of signatures: the person's in blue, the body's seal in red, as one-page PDFs.

NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7.d and II.8.a: the person's picture is blue and stands
centred between title and name; the body's is red, in the seal's real size, over about a third
of the person's on its left; both without background. What is drawn here is a demonstration:
no handwriting and no state emblem, and the seal says in words that it is a trial.

Drawn with reportlab, not with pyHanko's text stamp: that one spaces letters by 1000 units to
the em, and Liberation has 2048, so its letters come out far apart.
"""

import datetime as dt
import io
import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from signatures.errors import StampFontMissingError

REGULAR = "LiberationSerif"
BOLD = "LiberationSerif-Bold"
FONT_FOLDERS = (  # Debian 12, then Debian 13 and Ubuntu
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
)
FONT_PACKAGE = "fonts-liberation2"
BLUE = Color(0.05, 0.16, 0.62)
RED = Color(0.85, 0.05, 0.08, alpha=0.85)
LARGEST_LETTER = 10.0
SMALLEST_LETTER = 4.5
LINE_HEIGHT = 1.25
TEXT_INDENT = 22.0  # the seal covers the left third: only its thin rings may cross the words
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
POINTS_PER_MM = 72 / 25.4
SEAL_DIAMETER = 36 * POINTS_PER_MM  # until a body's own seal picture, with its size, is supplied


@dataclass(frozen=True)
class PersonStamp:
    """What the person's picture says; `acting_as` is empty when they sign in their own right."""

    name: str
    organisation: str
    signed_at: dt.datetime
    acting_as: str = ""

    def lines(self) -> list[str]:
        """Return the lines from top to bottom, time in the form of Phụ lục I (zone shown)."""
        lines = [_("Ký bởi: %(name)s") % {"name": self.name}]
        if self.acting_as:
            lines.append(self.acting_as)
        if self.organisation:
            lines.append(_("Cơ quan: %(unit)s") % {"unit": self.organisation})
        lines.append(_("Thời gian ký: %(time)s") % {"time": time_text(self.signed_at)})
        return [unicodedata.normalize("NFC", line) for line in lines]


def time_text(moment: dt.datetime) -> str:
    """Return an aware time as 05/11/2023 09:07:00 +07:00, in Vietnam's zone."""
    local = moment.astimezone(LOCAL_TIME)
    return local.strftime("%d/%m/%Y %H:%M:%S ") + local.isoformat()[-6:]


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of `text` in points. Raises StampFontMissingError."""
    _register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def draw_person(stamp: PersonStamp, *, width: float, height: float) -> bytes:
    """Return a one-page PDF of `width` × `height` points with the text in blue."""
    _register_fonts()
    buffer, canvas = _canvas(width, height)
    canvas.setFillColor(BLUE)
    canvas.setStrokeColor(BLUE)
    canvas.setLineWidth(0.8)
    inner = width - TEXT_INDENT - 8
    lines = stamp.lines()
    size = min(LARGEST_LETTER, height / (LINE_HEIGHT * len(lines) + 0.2))
    wrapped = _wrapped(lines, inner, size)
    while len(wrapped) * size * LINE_HEIGHT > height - 2 and size > SMALLEST_LETTER:
        size -= 0.25
        wrapped = _wrapped(lines, inner, size)
    block = len(wrapped) * size * LINE_HEIGHT
    baseline = (height + block) / 2 - size
    canvas.line(TEXT_INDENT, (height - block) / 2, TEXT_INDENT, (height + block) / 2)
    for number, line in enumerate(wrapped):
        canvas.setFont(BOLD if number == 0 else REGULAR, size)
        canvas.drawString(TEXT_INDENT + 4, baseline, line)
        baseline -= size * LINE_HEIGHT
    return _finished(buffer, canvas)


def draw_seal(name: str) -> bytes:
    """Return a one-page PDF with a round red seal that bears the body's name and “thử nghiệm”."""
    _register_fonts()
    side = SEAL_DIAMETER
    buffer, canvas = _canvas(side, side)
    canvas.translate(side / 2, side / 2)
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    radius = side / 2 - 1.5
    canvas.setLineWidth(2)
    canvas.circle(0, 0, radius)
    canvas.setLineWidth(0.7)
    canvas.circle(0, 0, radius - 3)
    canvas.circle(0, 0, radius * 0.62)
    _star(canvas, radius * 0.27)
    rim = radius * 0.81
    text = unicodedata.normalize("NFC", name).upper()
    _arc(canvas, text, rim, middle=90, span=225)
    _arc(canvas, _("DẤU THỬ NGHIỆM"), rim, middle=270, span=95)
    return _finished(buffer, canvas)


def _wrapped(lines: list[str], width: float, size: float) -> list[str]:
    """Return `lines` broken at words so that each fits `width` points at `size`."""
    wrapped: list[str] = []
    for line in lines:
        current = ""
        for word in line.split():
            longer = f"{current} {word}".strip()
            if current and text_width(longer, BOLD, size) > width:
                wrapped.append(current)
                longer = word
            current = longer
        wrapped.append(current)
    return wrapped


def _arc(canvas: Canvas, text: str, radius: float, *, middle: float, span: float) -> None:
    """Write `text` along a circle, centred on the angle `middle`, within `span` degrees.

    Above the centre letters stand outwards, below it inwards, so that both can be read.
    """
    outwards = middle < 180  # noqa: PLR2004 - half a circle
    full = math.radians(span) * radius
    size = min(9.0, 9.0 * full / text_width(text, BOLD, 9.0))
    canvas.setFont(BOLD, size)
    turn = -1 if outwards else 1
    line = radius - size * 0.33 if outwards else radius + size * 0.33
    angle = math.radians(middle) - turn * text_width(text, BOLD, size) / radius / 2
    for letter in text:
        step = turn * text_width(letter, BOLD, size) / radius
        angle += step / 2
        canvas.saveState()
        canvas.translate(line * math.cos(angle), line * math.sin(angle))
        canvas.rotate(math.degrees(angle) + (-90 if outwards else 90))
        canvas.drawCentredString(0, 0, letter)
        canvas.restoreState()
        angle += step / 2


def _star(canvas: Canvas, radius: float) -> None:
    path = canvas.beginPath()
    for point in range(10):
        distance = radius if point % 2 == 0 else radius * 0.382
        angle = math.radians(90 + 36 * point)
        move = path.moveTo if point == 0 else path.lineTo
        move(distance * math.cos(angle), distance * math.sin(angle))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _canvas(width: float, height: float) -> tuple[io.BytesIO, Canvas]:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1, initialFontName=REGULAR)
    return buffer, canvas


def _finished(buffer: io.BytesIO, canvas: Canvas) -> bytes:
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _register_fonts() -> None:
    """Make the two faces known to reportlab, once a process. Raises StampFontMissingError."""
    if BOLD in pdfmetrics.getRegisteredFontNames():
        return
    for folder in FONT_FOLDERS:
        try:
            pdfmetrics.registerFont(TTFont(REGULAR, folder / "LiberationSerif-Regular.ttf"))
            pdfmetrics.registerFont(TTFont(BOLD, folder / "LiberationSerif-Bold.ttf"))
        except TTFError:
            continue
        return
    raise StampFontMissingError(FONT_PACKAGE)
