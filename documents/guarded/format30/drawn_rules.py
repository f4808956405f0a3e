"""Horizontal lines that are no letters: a paragraph's border, a shape of Word, old or new."""

import re
from typing import Any

from documents.guarded.format30.docx_styles import Props

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
EMU_PER_MM = 36000
MM_PER_POINT = 25.4 / 72
_STROKES = ("line", "straightConnector1")
_LINE_TYPE = "#_x0000_t32"
_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)pt")
_NUMBER = re.compile(r"-?[\d.]+")


def drawn_rule(element: Any, props: Props, box_mm: float) -> float | None:
    """Return the length in mm of the line drawn with a paragraph; None where there is none.

    box_mm  the width between the paragraph's indents: a bottom border is as long as that
    """
    for found in (*map(_shape, element.iter(WP + "extent")), *map(_old_line, element.iter())):
        if found is not None:
            return found
    return box_mm if props.get("bottom", "none") not in ("none", "nil") else None


def _shape(extent: Any) -> float | None:
    kinds = [shape.get("prst") for shape in extent.getparent().iter(A + "prstGeom")]
    if any(kind in _STROKES for kind in kinds):
        return float(extent.get("cx", 0)) / EMU_PER_MM
    return None


def _old_line(found: Any) -> float | None:
    """Return the length of a line of VML: v:line has two ends, a connector a width."""
    if found.tag == V + "line":
        ends = [_NUMBER.search(found.get(end, "0")) for end in ("from", "to")]
        start, stop = (float(end.group()) if end else 0.0 for end in ends)
        return abs(stop - start) * MM_PER_POINT
    if found.tag == V + "shape" and found.get("type") == _LINE_TYPE:
        width = _WIDTH.search(found.get("style", ""))
        return float(width.group(1)) * MM_PER_POINT if width else None
    return None
