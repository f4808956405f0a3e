"""How long a line of letters is, in the metrics of Times New Roman (Liberation Serif has them)."""

from functools import cache

from PIL import ImageFont

from documents.guarded.format30.model import Line, Span

_FONTS = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"
_UNITS = 1000  # letters are measured large and scaled down, so that hinting does not round
_MM_PER_POINT = 25.4 / 72
_FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic",
          (True, True): "BoldItalic"}  # fmt: skip


@cache
def _face(*, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS.format(_FACES[bold, italic]), _UNITS)


def span_mm(span: Span, text: str) -> float:
    """Return the length in mm of letters set in a span's look."""
    units = _face(bold=span.bold, italic=span.italic).getlength(text)
    return units / _UNITS * span.size * _MM_PER_POINT


def text_mm(line: Line) -> float:
    """Return the length in mm of a paragraph's longest line; it may be longer than its box.

    A forced line break starts a new line; letters of a template's tags count nothing.
    """
    lengths = [0.0]
    for span, text in line.literal():
        first, *rest = text.split("\n")
        lengths[-1] += span_mm(span, first)
        lengths += [span_mm(span, part) for part in rest]
    return max(lengths)
