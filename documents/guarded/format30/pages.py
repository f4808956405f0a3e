"""P01–P04: paper, margins, letters, page numbers."""

from collections.abc import Iterator

from documents.guarded.format30.model import Fault, Line, Mend, Pack, Paper, Section, Span

_TOLERANCE_MM = 0.1  # twips are whole numbers: 15 mm becomes 14.99
_PAPER_TOLERANCE_MM = 1.0
_SIDES = ("top", "bottom", "left", "right")
_LETTERS_OF_SIGNS = ("Symbol", "Wingdings")
_FIRST = ("header.first", "footer.first")


def set_up_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what the sections of a .docx have wrong: paper, margins, page numbers."""
    for number, section in enumerate(paper.sections):
        held = [line for line in paper.lines if line.section == number]
        yield from paper_faults(section, held, pack)
        yield from _margins(section, pack)
        yield from _numbers(section, number, pack)


def letter_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what the letters have wrong: their face, their colour."""
    for line in (*paper.lines, *paper.margins):
        yield from _face(line, pack, exact=paper.kind == "docx")
    for line in paper.lines:  # a mark at the foot of the page may be red
        yield from _color(line)


def paper_faults(section: Section, lines: list[Line], pack: Pack) -> Iterator[Fault]:
    """P01: A4, upright unless there is a table that needs the width."""
    sides = sorted((section.width, section.height))
    wanted = pack["page"]["paper_mm"]
    facts = {"width": round(section.width), "height": round(section.height)}
    if any(abs(a - b) > _PAPER_TOLERANCE_MM for a, b in zip(sides, sorted(wanted), strict=True)):
        yield Fault("P01", "paper", facts, section=section, mend=Mend("paper", wanted))
    elif section.landscape and not any(line.grid for line in lines):
        yield Fault("P01", "landscape", facts, section=section, mend=Mend("paper", wanted))


def _margins(section: Section, pack: Pack) -> Iterator[Fault]:
    for side in _SIDES:
        low, high = pack["page"][f"{side}_mm"]
        held = getattr(section, side)
        if not low - _TOLERANCE_MM <= held <= high + _TOLERANCE_MM:
            facts = {"side": side, "mm": round(held, 1), "low": low, "high": high}
            near = low if held < low else high
            yield Fault("P02", "margin", facts, section=section, mend=Mend("margin", [side, near]))


def _inked(line: Line) -> list[Span]:
    return [span for span in line.spans if any(letter.isalnum() for letter in span.text)]


def _face(line: Line, pack: Pack, *, exact: bool) -> Iterator[Fault]:
    page = pack["page"]
    faces = [page["font"], *([] if exact else page["metric_twins"])]
    fonts = sorted({span.font for span in _inked(line)} - set(faces))
    if [font for font in fonts if not font.startswith(_LETTERS_OF_SIGNS)]:
        facts = {"fonts": ", ".join(fonts), "font": page["font"]}
        yield Fault("P03", "font", facts, line, mend=Mend("font", page["font"]))


def _color(line: Line) -> Iterator[Fault]:
    colors = sorted({span.color for span in _inked(line)} - {"000000"})
    if colors and line.component != "C24":
        yield Fault("P03", "color", {"colors": ", ".join(colors)}, line, mend=Mend("color"))


def _numbers(section: Section, at: int, pack: Pack) -> Iterator[Fault]:
    numbers = dict(section.numbers)
    mend = Mend("number")
    above = numbers.get("header.default")
    if above is None:
        aspect = "below" if "footer.default" in numbers else "missing"
        yield Fault("P04", f"number.{aspect}", {}, section=section, mend=mend)
        return
    if not section.first_differs or any(name in numbers for name in _FIRST):
        yield Fault("P04", "number.first", {}, section=section, mend=mend)
    if at and not section.restarts:
        yield Fault("P04", "number.annex", {}, section=section, mend=Mend("restart"))
    yield from number_look(above, pack)


def number_look(line: Line, pack: Pack) -> Iterator[Fault]:
    """P04: 13–14, upright, centred."""
    low, high = pack["page"]["number_size"]
    sizes = sorted({span.size for span in line.spans if span.inked})
    if any(not low <= size <= high for size in sizes):
        facts = {"sizes": sizes, "low": low, "high": high}
        yield Fault("P04", "size", facts, line, mend=Mend("size", high))
    if any(span.italic for span in line.spans if span.inked):
        yield Fault("P04", "italic", {"wanted": False}, line, mend=Mend("italic", value=False))
    if line.align != "center":
        facts = {"align": line.align, "wanted": "center"}
        yield Fault("P04", "align", facts, line, mend=Mend("align", "center"))
