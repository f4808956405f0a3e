"""Where components stand to each other: what must be there, lines below, gaps, one row."""

from collections.abc import Iterator

from documents.guarded.format30.measure import text_mm
from documents.guarded.format30.model import Fault, Line, Mend, Pack, Paper
from documents.guarded.format30.recognise import RULE, folded

_BODY = ("C11", "C14", "C15")
_SPACED = (*_BODY, "C10")
_MM_TOLERANCE = 0.3
_POINT_TOLERANCE = 0.3
_LINE_TOLERANCE = 0.02
_WHOLE = 0.95  # of the text's width: as good as all of it
_END = "./."


def layout_faults(paper: Paper, pack: Pack) -> Iterator[Fault]:
    """Yield what is missing or stands where it should not."""
    yield from _presence(paper, pack)
    for component in pack["rules_below"]:
        yield from _rule_below(paper, component, pack)
    yield from _head_rows(paper, pack)
    yield from _text(paper, pack)
    yield from _signature(paper, pack)
    yield from _frames(paper)
    yield from _address(paper)


def kind_of(paper: Paper) -> str:
    """Return the type as printed, in capitals; "" for a công văn or where it is missing."""
    return " ".join(" ".join(line.text.upper() for line in paper.of("C07")).split())


def _presence(paper: Paper, pack: Pack) -> Iterator[Fault]:
    words, kind = pack["words"], kind_of(paper)
    letter = not kind and bool(paper.of("C09"))
    wanted = ["C01", "C02", "C04"]
    if not kind and not letter:
        wanted.append("C07")
    if letter or kind.startswith(tuple(words["complete"])):
        wanted += ["C05", "C06", "C16", "C17", "C21", "C22"]
        wanted += [] if letter else ["C08"]
    if letter or kind.startswith(tuple(words["addressed"])):
        wanted.append("C20")
    missing = [name for name in wanted if not paper.of(name)]
    if paper.kind == "docx" and any("{" in line.raw for line in paper.lines):
        missing = [name for name in missing if name not in ("C16", "C17")]
    yield from (Fault(name, "missing", {}) for name in missing)
    if paper.of("C23") and not paper.of("C23.with"):
        yield Fault("C23", "with", {}, paper.of("C23")[0])


# --- horizontal lines -----------------------------------------------------------------------------
def _rule_below(paper: Paper, component: str, pack: Pack) -> Iterator[Fault]:
    lines = [line for line in paper.of(component) if not _in_annex(paper, line)]
    if not lines:
        return
    last = lines[-1]
    below = _drawn_below(paper, last)
    low, high = pack["rules_below"][component]
    longest = max(min(text_mm(line), line.width or text_mm(line)) for line in lines)
    wanted = longest * (low + high) / 2
    facts = {"low": low, "high": high}
    if below is None:
        yield Fault(component, "rule.missing", facts, last, mend=Mend("rule", wanted))
    elif below.is_dashed:
        yield Fault(component, "rule.dashed", facts, below, mend=Mend("rule.again", wanted))
    elif not (below.tagged or any(line.tagged for line in lines)):
        length = below.rule if below.rule is not None else text_mm(below)
        tolerance = pack["rule_tolerance"]
        if not low - tolerance <= length / longest <= high + tolerance:
            facts["ratio"] = round(length / longest, 2)
            mend = Mend("rule.again", wanted) if below.rule is None else None
            yield Fault(component, "rule.length", facts, below, mend=mend)


def _in_annex(paper: Paper, line: Line) -> bool:
    """Whether the line stands below “Phụ lục”: its heading needs no line."""
    annex = next(iter(paper.of("C23")), None)
    return annex is not None and line.at > annex.at


def _drawn_below(paper: Paper, line: Line) -> Line | None:
    """Return the line of the paper that holds the rule: this one, or one before the next words."""
    if line.rule is not None:
        return line
    at = line.at + 1
    for after in paper.lines[at:]:
        if _column(after) != _column(line):
            return None
        if after.rule is not None or after.component == RULE:
            return after
        if not after.empty:
            return None
    return None


def _column(line: Line) -> tuple[int, int] | None:
    return (line.cell[0], line.cell[2]) if line.cell else None


# --- the head -------------------------------------------------------------------------------------
def _head_rows(paper: Paper, pack: Pack) -> Iterator[Fault]:
    number, date = (next(iter(paper.of(name)), None) for name in ("C05", "C06"))
    if number and date and number.cell and date.cell and number.cell[:2] != date.cell[:2]:
        yield Fault("C06", "row", {}, date)
    for line in (*paper.of("C01"), *paper.of("C02")):
        if line.line is not None and abs(line.line - 1) > _LINE_TOLERANCE:
            facts = {"line": round(line.line, 2)}
            yield Fault(line.component, "single", facts, line, mend=Mend("line", 1.0))
    wanted = pack["body"]["subject_gap_pt"]
    for line in paper.of("C09")[:1]:
        gap = _gap(paper, line)
        if gap is not None and abs(gap - wanted) > _POINT_TOLERANCE:
            facts = {"gap": round(gap, 1), "wanted": wanted}
            yield Fault("C09", "gap", facts, line, mend=Mend("before", wanted))


def _gap(paper: Paper, line: Line) -> float | None:
    """Return the points between a paragraph and the one above: the larger of the two, as Word."""
    if line.index is None:
        return None
    above = paper.lines[line.at - 1]
    return max(above.after, line.before) if above.cell == line.cell else line.before


# --- the text -------------------------------------------------------------------------------------
def _text(paper: Paper, pack: Pack) -> Iterator[Fault]:
    above: Line | None = None
    for line in paper.lines:
        if line.component in _SPACED and line.cell is None:
            yield from _indent(line, pack)
            yield from _pitch(line, pack)
            if above is not None and above.component in _SPACED:
                yield from _close(paper, line, pack)
        above = line
    yield from _end_of_text(paper)


def _indent(line: Line, pack: Pack) -> Iterator[Fault]:
    allowed = pack["body"]["indent_mm"]
    if line.indent is None or line.align == "center":
        return
    if all(abs(line.left + line.indent - wanted) > _MM_TOLERANCE for wanted in allowed):
        facts = {"mm": round(line.left + line.indent, 1)}
        yield Fault(line.component, "indent", facts, line, mend=Mend("indent", allowed[-1]))


def _pitch(line: Line, pack: Pack) -> Iterator[Fault]:
    low, high = pack["body"]["line"]
    if line.line is None or low - _LINE_TOLERANCE <= line.line <= high + _LINE_TOLERANCE:
        return
    facts = {"line": round(line.line, 2), "low": low, "high": high}
    near = low if line.line < low else high
    yield Fault(line.component, "pitch", facts, line, mend=Mend("line", near))


def _close(paper: Paper, line: Line, pack: Pack) -> Iterator[Fault]:
    gap, wanted = _gap(paper, line), pack["body"]["gap_pt"]
    if gap is not None and gap < wanted - _POINT_TOLERANCE:
        facts = {"gap": round(gap, 1), "wanted": wanted}
        yield Fault(line.component, "close", facts, line, mend=Mend("before", wanted))


def _end_of_text(paper: Paper) -> Iterator[Fault]:
    """Look for “./.” after the last words before the signatures; a table there has no such mark."""
    last: Line | None = None
    for line in paper.lines:
        if line.component in ("C16", "C21", "C23"):
            break
        if not line.empty and line.component != RULE:
            last = line
    else:
        return
    if last is None or last.cell is not None or last.component not in _BODY:
        return
    if not last.text.endswith(_END):
        mend = Mend("ending", _END)
        yield Fault("C11", "end", {"found": last.text[-20:], "wanted": _END}, last, mend=mend)


# --- the signature --------------------------------------------------------------------------------
def _signature(paper: Paper, pack: Pack) -> Iterator[Fault]:
    for name in paper.of("C17"):
        above = _signed_above(paper, name)
        if above is not None:
            yield from _room(paper, above, name, pack)
    for line in paper.of("C21"):
        table = line.cell[0] if line.cell else None
        beside = [held.cell for held in paper.of("C16") if held.cell and held.cell[0] == table]
        if beside and line.cell and line.cell[1] not in [cell[1] for cell in beside]:
            yield Fault("C21", "row", {}, line)


def _signed_above(paper: Paper, name: Line) -> Line | None:
    for line in reversed(paper.lines[: name.at]):
        if _column(line) == _column(name) and line.component == "C16":
            return line
    return None


def _room(paper: Paper, title: Line, name: Line, pack: Pack) -> Iterator[Fault]:
    """Measure what is left for a signature: gaps, and empty lines of the same column."""
    if name.index is None:
        return
    column = name.cell[2] if name.cell else 0
    held = paper.lines[title.at + 1 : name.at]
    empty = [line for line in held if line.empty and (line.cell or (0, 0, 0))[2] == column]
    room = title.after + name.before
    room += sum(line.before + line.after + (line.size or name.size) for line in empty)
    wanted = pack["signing_space_pt"]
    if room < wanted:
        facts = {"gap": round(room), "wanted": wanted}
        yield Fault("C18", "room", facts, name, mend=Mend("before", wanted * 2))


def _frames(paper: Paper) -> Iterator[Fault]:
    for line in paper.of("C25"):
        if not (line.framed or line.grid):
            yield Fault("C25", "frame", {"found": folded(line.text)}, line, mend=Mend("frame"))


# --- the address at the foot of page 1 ------------------------------------------------------------
def _address(paper: Paper) -> Iterator[Fault]:
    """Look at the body's address in the margins of a .docx: page 1's foot, below a long line."""
    lines = paper.margins
    at = next((n for n, line in enumerate(lines) if line.component == "C27"), None)
    if at is None:
        return
    first = lines[at]
    later = first.margin != "footer.first" and paper.sections[0].first_differs
    if later or not first.margin.startswith("footer"):
        yield Fault("C27", "address", {}, first)
        return
    above = lines[at - 1] if at and lines[at - 1].part == first.part else None
    drawn = first.topped or (above is not None and _spans(above))
    if not drawn:
        yield Fault("C27", "rule.above", {}, first)


def _spans(line: Line) -> bool:
    """Whether a line is, or ends in, a stroke from one edge of the text to the other."""
    length = line.rule if line.rule is not None else text_mm(line) if line.is_rule else 0
    return length >= line.width * _WHOLE
