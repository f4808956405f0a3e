"""Size, weight, slant, case and alignment of each component: the table ``looks`` of the pack."""

from collections.abc import Iterator
from typing import Any

from documents.guarded.format30.model import Fault, Line, Mend, Pack, Paper

_LEAST_LETTERS = 4  # “a)”, “TM” and “UBND” are no capitals of a text


def rule_of(component: str) -> str:
    """Return the rule of a component: "C20.item" belongs to C20."""
    return component.partition(".")[0]


def look_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what each named line's letters have wrong."""
    for line in (*paper.lines, *paper.margins):
        look = pack["looks"].get(line.component)
        if look is not None:
            yield from _size(line, look)
            yield from _flag(line, look, "bold")
            yield from _flag(line, look, "italic")
            yield from _case(line, look)
            yield from _align(line, look)


def _size(line: Line, look: dict[str, Any]) -> Iterator[Fault]:
    low, high = look["size"]
    wrong = sorted({s.size for s in line.spans if s.inked and not low <= s.size <= high})
    if wrong:
        near = low if wrong[0] < low else high
        facts = {"sizes": wrong, "low": low, "high": high}
        yield Fault(rule_of(line.component), "size", facts, line, mend=Mend("size", near))


def _flag(line: Line, look: dict[str, Any], name: str) -> Iterator[Fault]:
    wanted = look.get(name)
    inked = [span for span in line.spans if span.inked]
    if wanted is not None and any(getattr(span, name) != wanted for span in inked):
        mend = Mend(name, wanted)
        yield Fault(rule_of(line.component), name, {"wanted": wanted}, line, mend=mend)


def _case(line: Line, look: dict[str, Any]) -> Iterator[Fault]:
    wanted = look.get("case")
    letters = [letter for letter in line.text if letter.isalpha()]
    if wanted == "upper" and any(letter.islower() for letter in letters):
        facts = {"wanted": "upper"}
        yield Fault(rule_of(line.component), "case", facts, line, mend=Mend("caps", value=True))
    if wanted == "lower" and len(letters) > _LEAST_LETTERS and line.text.isupper():
        typed = any(span.inked and not span.caps for span in line.spans)
        mend = None if typed else Mend("caps", value=False)
        yield Fault(rule_of(line.component), "case", {"wanted": "lower"}, line, mend=mend)


def _align(line: Line, look: dict[str, Any]) -> Iterator[Fault]:
    wanted = look.get("align")
    if not wanted or not line.align or line.align == wanted:
        return
    if line.page is not None and wanted == "both":
        return  # a PDF does not show whether short lines would be stretched
    if (wanted, line.align) == ("left", "both"):
        return  # one line of a list: the eye sees no difference
    facts = {"align": line.align, "wanted": wanted}
    yield Fault(rule_of(line.component), "align", facts, line, mend=Mend("align", wanted))
