"""Putting faults right in the .docx: each Mend names a verb of VERBS, which edits the XML.

Only looks, measures and signs are touched; the words that a person wrote are not.
"""

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import Any

from lxml import etree

from documents.guarded.format30.docx_reader import TWIPS_PER_MM, Package
from documents.guarded.format30.docx_styles import W
from documents.guarded.format30.measure import text_mm
from documents.guarded.format30.model import TAG, Fault, Line, Section, Span
from documents.guarded.format30.page_numbers import number_pages

Verb = Callable[[Line, Any], None]
_PPR_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
    "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange",
)  # fmt: skip
_RPR_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color",
    "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd",
    "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_TWIPS_PER_POINT = 20


def mend(package: Package, faults: Sequence[Fault]) -> int:
    """Carry out the mends of faults found in this package; return how many.

    Of several that rewrite one paragraph's words only the first is done: the others were worded
    for the text before, and the next round will word them again.
    """
    done, rewritten = 0, set[int]()
    for fault in faults:
        wanted = fault.mend
        if wanted is None:
            continue
        if wanted.verb in _WORDS and fault.line is not None:
            if fault.line.at in rewritten:
                continue
            rewritten.add(fault.line.at)
        if fault.section is not None:
            _SECTION_VERBS[wanted.verb](package, fault.section, wanted.value)
        elif fault.line is not None:
            VERBS[wanted.verb](fault.line, wanted.value)
        done += 1
    return done


# --- elements in the order that Word insists on ---------------------------------------------------
def child(parent: Any, name: str, order: Sequence[str]) -> Any:
    """Return the child of that name, put in at its place if it is not there."""
    found = parent.find(W + name)
    if found is not None:
        return found
    made = etree.Element(W + name)
    rank = order.index(name)
    for at, held in enumerate(parent):
        tag = etree.QName(held).localname
        if tag in order and order.index(tag) > rank:
            parent.insert(at, made)
            return made
    parent.append(made)
    return made


def _layout(line: Line, name: str) -> Any:
    props = line.xml.find(W + "pPr")
    if props is None:
        props = etree.Element(W + "pPr")
        line.xml.insert(0, props)
    return child(props, name, _PPR_ORDER)


def _look(span: Span, name: str) -> Any:
    props = span.xml.find(W + "rPr")
    if props is None:
        props = etree.Element(W + "rPr")
        span.xml.insert(0, props)
    return child(props, name, _RPR_ORDER)


def _set(element: Any, **values: object) -> None:
    for name, value in values.items():
        element.set(W + name, str(value))


# --- looks ----------------------------------------------------------------------------------------
def _size(line: Line, points: float) -> None:
    for span in line.spans:
        for name in ("sz", "szCs"):
            _set(_look(span, name), val=round(points * 2))


def _switch(name: str) -> Verb:
    def turn(line: Line, wanted: bool) -> None:  # noqa: FBT001 - a verb takes its value
        for span in line.spans:
            _set(_look(span, name), val=int(wanted))

    return turn


def _font(line: Line, face: str) -> None:
    for span in line.spans:
        fonts = _look(span, "rFonts")
        fonts.attrib.clear()
        _set(fonts, ascii=face, hAnsi=face, eastAsia=face, cs=face)


def _color(line: Line, _value: object) -> None:
    for span in line.spans:
        color = _look(span, "color")
        color.attrib.clear()
        _set(color, val="000000")


def _align(line: Line, wanted: str) -> None:
    _set(_layout(line, "jc"), val=wanted)


def _indent(line: Line, millimetres: float) -> None:
    ind = _layout(line, "ind")
    ind.attrib.pop(W + "hanging", None)
    ind.attrib.pop(W + "start", None)
    _set(ind, left=0, firstLine=round(millimetres * TWIPS_PER_MM))


def _before(line: Line, points: float) -> None:
    spacing = _layout(line, "spacing")
    spacing.attrib.pop(W + "beforeAutospacing", None)
    _set(spacing, before=round(points * _TWIPS_PER_POINT))


def _line(line: Line, times: float) -> None:
    _set(_layout(line, "spacing"), line=round(times * 240), lineRule="auto")


def _frame(line: Line, _value: object) -> None:
    borders = _layout(line, "pBdr")
    for name in ("top", "left", "bottom", "right"):
        _border(child(borders, name, ("top", "left", "bottom", "right", "between", "bar")))


def _border(side: Any) -> None:
    _set(side, val="single", sz=6, space=1, color="000000")


# --- words ----------------------------------------------------------------------------------------
def _texts(line: Line) -> list[Any]:
    return [text for span in line.spans for text in span.xml.findall(W + "t")]


def _say(node: Any, text: str) -> None:
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _text(line: Line, wanted: str) -> None:
    """Say the wanted words in the look of the first letters; capitals by style stay so."""
    texts = _texts(line)
    for node in texts[1:]:
        _say(node, "")
    _say(texts[0], wanted)


def _replace(line: Line, pair: Sequence[str]) -> None:
    """Replace the first words of a paragraph, wherever the runs divide them."""
    old, new = pair
    left = len(old)
    for number, node in enumerate(_texts(line)):
        held = node.text or ""
        taken = min(left, len(held))
        _say(node, (new if number == 0 else "") + held[taken:])
        left -= taken


def _ending(line: Line, end: str) -> None:
    """End a paragraph as wanted: what signs it ended with go; a template's tags stay."""
    node = _texts(line)[-1]
    held = (node.text or "").rstrip()
    _say(node, (held if TAG.search(held[-4:]) else held.rstrip(" .;,:/")) + end)


# --- horizontal lines -----------------------------------------------------------------------------
def _rule(line: Line, millimetres: float) -> None:
    """Draw a line below: an empty paragraph with a bottom border between two indents."""
    made = etree.Element(W + "p")
    props = etree.SubElement(made, W + "pPr")
    bottom = etree.SubElement(etree.SubElement(props, W + "pBdr"), W + "bottom")
    _border(bottom)
    _set(etree.SubElement(props, W + "spacing"), before=0, after=0, line=40, lineRule="exact")
    side = round(max(line.width - millimetres, 0) / 2 * TWIPS_PER_MM)
    _set(etree.SubElement(props, W + "ind"), left=side, right=side, firstLine=0)
    _set(etree.SubElement(props, W + "jc"), val="center")
    line.xml.addnext(made)


def _rule_again(line: Line, millimetres: float) -> None:
    """Write the stroke again, as long as it should be."""
    _text(line, "_")
    span = next(span for span in line.spans if span.inked)
    one = text_mm(Line([Span("_", span.size, span.bold, span.italic, span.font)]))
    _text(line, "_" * max(round(millimetres / one), 1))


VERBS: dict[str, Verb] = {
    "size": _size, "bold": _switch("b"), "italic": _switch("i"), "caps": _switch("caps"),
    "font": _font, "color": _color, "align": _align, "indent": _indent, "before": _before,
    "line": _line, "frame": _frame, "text": _text, "replace": _replace, "ending": _ending,
    "rule": _rule, "rule.again": _rule_again,
}  # fmt: skip
_WORDS = frozenset({"text", "replace", "ending", "rule.again"})


# --- the page -------------------------------------------------------------------------------------
def _paper(_package: Package, section: Section, sides: Sequence[float]) -> None:
    size = child(section.xml, "pgSz", ("pgSz", "pgMar"))
    width, height = (round(side * TWIPS_PER_MM) for side in sides)
    size.attrib.pop(W + "orient", None)
    _set(size, w=width, h=height)


def _margin(_package: Package, section: Section, wanted: Sequence[Any]) -> None:
    side, millimetres = wanted
    margins = child(section.xml, "pgMar", ("pgMar", "pgNumType", "cols", "titlePg", "docGrid"))
    inwards = ceil if getattr(section, side) < millimetres else floor
    _set(margins, **{side: inwards(millimetres * TWIPS_PER_MM)})


def _restart(_package: Package, section: Section, _value: object) -> None:
    numbers = child(section.xml, "pgNumType", ("pgNumType", "cols", "vAlign", "titlePg", "docGrid"))
    _set(numbers, start=1)


def _number(package: Package, section: Section, _value: object) -> None:
    number_pages(package, section)


_SECTION_VERBS: dict[str, Callable[[Package, Section, Any], None]] = {
    "paper": _paper, "margin": _margin, "restart": _restart, "number": _number,
}  # fmt: skip
