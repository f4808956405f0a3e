"""The table of moves as pictures, drawn from the table itself."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.drawing.diagram import diagram_of
from workflow.states import Way

TITLES: Final[dict[Way, Promise]] = {
    Way.PROVINCE: _("Cách 1: đơn vị trình, cấp tỉnh xét; cấp trên quyết định nếu thuộc cấp trên"),
    Way.UNIT: _("Cách 2: thủ trưởng đơn vị tự quyết định"),
    Way.TWICE: _("Cách 3: như cách 1, có thẩm định lần hai"),
}


def process_svg(way: Way) -> str:
    """Return a way as an SVG, in the reader's language."""
    context = {"diagram": diagram_of(way), "title": TITLES[way]}
    return render_to_string("workflow/diagram.svg", context)


def process_pages() -> list[tuple[str, object]]:
    """Return every way with its title and its diagram, in the order of their numbers."""
    return [(str(TITLES[way]), diagram_of(way)) for way in Way]
