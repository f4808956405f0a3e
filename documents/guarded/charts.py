"""Charts on paper, in the child: shapes drawn as a small grey PNG, put into the text as a picture."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx.parts.story import StoryPart
from docx.shared import Mm
from docxtpl import DocxTemplate
from PIL import Image, ImageDraw, ImageFont

from documents.charts import HEIGHT, LIGHT, WIDTH, Shape, chart_of, described, shapes
from documents.guarded.refusal import RefusedInChildError

WIDTH_MM = 78
_DOTS = 2  # a dot of the picture for each half of a unit: 215 dots to the inch
_FONTS = "/usr/share/fonts/truetype/liberation2/LiberationSans-{}.ttf"
_FONT_SIZE = 12
_WORDS = {"none": "không có số liệu", "unverified": "chưa xác nhận", "goal": "mục tiêu"}


class Drawing:
    """A chart in a paper: not a text, so that nothing escapes it and nothing looks for it."""

    def __init__(self, xml: str) -> None:
        self._xml = xml

    def __html__(self) -> str:
        """Return the runs that hold the picture."""
        return self._xml


def drawing(template: DocxTemplate, value: Any) -> Drawing:
    """Return a chart's plain form (documents.charts) as a picture of the part being rendered.

    Refuses: VALUE_FORMAT for anything that is no chart.
    """
    try:
        chart = chart_of(value)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise RefusedInChildError("VALUE_FORMAT", field=str(value)[:60], detail="chart") from error
    part: StoryPart = template.current_rendering_part
    inline = part.new_pic_inline(io.BytesIO(_png(shapes(chart))), Mm(WIDTH_MM), None)
    for name in inline.xpath(".//wp:docPr"):
        name.set("descr", described(chart, _WORDS))
    return Drawing(
        f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )


def _png(drawn: list[Shape]) -> bytes:
    picture = Image.new("L", (WIDTH * _DOTS, HEIGHT * _DOTS), 255)
    pen = ImageDraw.Draw(picture)
    for shape in drawn:
        _PAINTERS[shape.kind](pen, shape)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _font(*, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS.format("Bold" if bold else "Regular"), _FONT_SIZE * _DOTS)


def _rect(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    corners = [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height]
    box = tuple(edge * _DOTS for edge in corners)
    if not shape.dash:
        pen.rectangle(box, fill=shape.fill, outline=shape.stroke, width=_DOTS)
        return
    pen.rectangle(box, fill=shape.fill)
    left, top, right, bottom = box
    for line in ((left, top, right, top), (left, top, left, bottom), (right, top, right, bottom)):
        _broken(pen, line, shape)


def _broken(
    pen: ImageDraw.ImageDraw, line: tuple[float, float, float, float], shape: Shape
) -> None:
    """Draw a level or upright line in strokes: Pillow knows none but whole ones."""
    stroke, gap = (float(part) * _DOTS for part in shape.dash.split())
    x, y, x2, y2 = line
    length = max(x2 - x, y2 - y)
    step_x, step_y = (1.0, 0.0) if y == y2 else (0.0, 1.0)
    at = 0.0
    while at < length:
        end = min(at + stroke, length)
        ends = (x + step_x * at, y + step_y * at, x + step_x * end, y + step_y * end)
        pen.line(ends, fill=shape.stroke, width=_DOTS)
        at = end + gap


def _line(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    ends = tuple(edge * _DOTS for edge in (shape.x, shape.y, shape.x2, shape.y2))
    pen.line(ends, fill=shape.stroke, width=round(shape.thick * _DOTS))


def _words(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    anchor = {"middle": "ms", "end": "rs", "start": "ls"}[shape.anchor]
    place = (shape.x * _DOTS, shape.y * _DOTS)
    pen.text(
        place, shape.text, fill=shape.fill, font=_font(bold=shape.bold), anchor=anchor,
        stroke_width=2 * _DOTS if shape.halo else 0, stroke_fill=LIGHT,
    )  # fmt: skip


_PAINTERS = {"rect": _rect, "line": _line, "text": _words}
