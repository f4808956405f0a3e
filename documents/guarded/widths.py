"""How long letters are on paper, in the metrics of Times New Roman (Liberation Serif has them)."""

from functools import cache

from PIL import ImageFont

_FONTS = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"
_UNITS = 1000  # letters are measured large and scaled down, so that hinting does not round
_MM_PER_POINT = 25.4 / 72
_FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic",
          (True, True): "BoldItalic"}  # fmt: skip


@cache
def _face(*, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS.format(_FACES[bold, italic]), _UNITS)


def width_mm(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the length in mm of a text on one line. size: in points."""
    units = _face(bold=bold, italic=italic).getlength(text)
    return units / _UNITS * size * _MM_PER_POINT
