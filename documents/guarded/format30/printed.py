"""P01, P02, P04 of a PDF: what its pages show, where its letters stand."""

from collections.abc import Iterator

from documents.guarded.format30.model import Fault, Line, Pack, Paper, Section
from documents.guarded.format30.pages import number_look, paper_faults

_TOLERANCE_MM = 0.7  # letters are narrower than their boxes, and a descender may be missing


def printed_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what the pages of a PDF have wrong, one line of the page as the place."""
    lines = {number: _on(paper, number) for number in range(1, len(paper.sections) + 1)}
    if not any(lines.values()):
        yield Fault("P03", "scan", {})
        return
    inset = min(section.left for section in paper.sections)
    for number, section in enumerate(paper.sections, 1):
        place = next(iter(lines[number]), Line([], page=number))
        held = [*paper_faults(section, lines[number], pack), *_margins(section, inset, pack)]
        yield from (Fault(f.rule, f.aspect, f.facts, Line([], page=number)) for f in held)
        yield from _number(number, section, place, pack)


def _on(paper: Paper, number: int) -> list[Line]:
    return [line for line in paper.lines if line.page == number]


def _margins(section: Section, inset: float, pack: Pack) -> Iterator[Fault]:
    for side in ("top", "bottom", "left", "right"):
        low, high = pack["page"][f"{side}_mm"]
        held = getattr(section, side)
        far = side == "left" and inset > high + _TOLERANCE_MM  # on every page, not on a short one
        if held < low - _TOLERANCE_MM or far:
            facts = {"side": side, "mm": round(held, 1), "low": low, "high": high}
            yield Fault("P02", "margin", facts)


def _number(number: int, section: Section, first: Line, pack: Pack) -> Iterator[Fault]:
    """Judge the page's number; the first page of the paper and of each annex shows none."""
    shown = dict(section.numbers)
    place = Line([], page=number)
    starts = number == 1 or first.component == "C23"
    if "header" in shown and starts:
        yield Fault("P04", "number.first", {}, shown["header"])
    elif "header" in shown:
        line = shown["header"]
        if not line.text.isdigit():
            yield Fault("P04", "number.text", {"found": line.text}, line)
        yield from number_look(line, pack)
    elif "footer" in shown:
        yield Fault("P04", "number.below", {}, shown["footer"])
    elif not starts:
        yield Fault("P04", "number.missing", {}, place)
