"""Faults that are not in tags: tracked changes, styles that are used and not there."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document

from documents.guarded.linting.places import Spot, spots_of
from documents.guarded.papers import W

Told = dict[str, Any]
_TRACKED = tuple(
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "sectPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
    )
)  # fmt: skip
_USES = (W + "pStyle", W + "rStyle")


def tracked_changes(spots: list[Spot]) -> Iterator[Told]:
    """Yield a fault for each paragraph in which, or in whose row, a change is not yet decided."""
    for at, spot in enumerate(spots):
        row = next(spot.element.iterancestors(W + "tr"), None)
        marks = [*spot.element.iter(*_TRACKED), *_of_row(row)]
        marks += list(spot.element.iterancestors(*_TRACKED))
        if marks:
            yield _told("TEMPLATE_TRACKED_CHANGES", spot, at, {"text": _words(spot)})


def unknown_styles(paper: Document, spots: list[Spot]) -> Iterator[Told]:
    """Yield a fault for each paragraph whose style the file does not define."""
    defined = {style.style_id for style in paper.styles}
    for at, spot in enumerate(spots):
        for use in spot.element.iter(*_USES):
            name = use.get(W + "val")
            if name not in defined:
                facts = {"style": name, "text": _words(spot)}
                yield _told("TEMPLATE_STYLE_MISSING", spot, at, facts)


def used_styles(paper: Document, spots: list[Spot]) -> list[str]:
    """Return the names of the paragraph styles that a template uses, as a person sees them."""
    names = {style.style_id: style.name for style in paper.styles}
    used = {use.get(W + "val") for spot in spots for use in spot.element.iter(W + "pStyle")}
    return sorted({names[key] for key in used if names.get(key)})


def styles_gone(paper: Document, before: list[str]) -> Iterator[Told]:
    """Yield a warning for each style that the version before used and this file does not define."""
    defined = {style.name for style in paper.styles}
    for name in before:
        if name not in defined:
            facts = {"style": name}
            yield {"code": "TEMPLATE_STYLE_GONE", "facts": facts, "place": {}, "at": -1}


def style_names(paper: Document) -> list[str]:
    """Return the styles that a template's paragraphs use."""
    return used_styles(paper, spots_of(paper))


def _of_row(row: Any) -> list[Any]:
    if row is None:
        return []
    properties = row.find(W + "trPr")
    return list(properties.iter(*_TRACKED)) if properties is not None else []


def _words(spot: Spot) -> str:
    return spot.text.strip()[:60]


def _told(code: str, spot: Spot, at: int, facts: Told) -> Told:
    return {"code": code, "facts": facts, "place": spot.told, "at": at}
