"""How long the lines of a paper are."""

from documents.guarded.format30.model import Line, Span
from documents.guarded.widths import width_mm


def span_mm(span: Span, text: str) -> float:
    """Return the length in mm of letters set in a span's look."""
    return width_mm(text, span.size, bold=span.bold, italic=span.italic)


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
