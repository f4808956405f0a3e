"""The two jobs of the template studio: judge and heal a template, write comments into one."""

import io
from typing import Any

from docx.document import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from documents.guarded.linting.healing import drop_comments, heal_tags
from documents.guarded.linting.judge import Judge
from documents.guarded.linting.places import Spot, opened, spots_of
from documents.guarded.linting.structure import (
    style_names,
    styles_gone,
    tracked_changes,
    unknown_styles,
)
from documents.guarded.papers import check_template, same_bytes

Told = dict[str, Any]
MAX_FOUND = 200


def lint_template(body: bytes, *, fields: list[str], styles: list[str]) -> tuple[Told, bytes]:
    """Return what is wrong with a template and what was healed, and the healed .docx.

    fields  the dotted paths that the data has
    styles  names of styles that the version before used
    {"found": faults and warnings, "healed": tags, "comments": how many were taken out, "places":
    of the body's paragraphs}; the bytes are the given ones where nothing was healed.
    """
    paper = opened(body)
    comments = drop_comments(paper)
    spots = spots_of(paper)
    found = [
        *tracked_changes(spots),
        *unknown_styles(paper, spots),
        *Judge(set(fields)).judge(spots),
    ]
    healed = heal_tags(spots)
    made = _saved(paper) if healed or comments else body
    if not found:
        found = [_without_place(one) for one in check_template(made, fields=fields)[0]]
    found += styles_gone(paper, styles)
    places = [spot.told for spot in spots if spot.part == "document"]
    told = {"found": found[:MAX_FOUND], "healed": healed, "comments": comments, "places": places}
    return told, made


def template_styles(body: bytes) -> tuple[list[str], bytes]:
    """Return the names of the paragraph styles that a template uses."""
    return style_names(opened(body)), b""


def _without_place(fault: dict[str, str]) -> Told:
    """Return a fault that only docxtpl's own reading of the whole saw."""
    facts = {name: value for name, value in fault.items() if name != "code"}
    return {"code": fault["code"], "facts": facts, "place": {}, "at": -1}


def comment_template(
    body: bytes, *, notes: list[Told], author: str, initials: str
) -> tuple[int, bytes]:
    """Return how many comments were written, and the .docx with them.

    notes  {"at": number of the paragraph among all, -1 for the whole; "text": what it says}

    Word has comments in the body only: one for a header or footer stands at the first paragraph.
    """
    paper = opened(body)
    drop_comments(paper)
    spots = spots_of(paper)
    for note in notes:
        run = _run_at(paper, spots, int(note["at"]))
        paper.add_comment(run, text=note["text"], author=author, initials=initials)
    return len(notes), _saved(paper)


def _run_at(paper: Document, spots: list[Spot], at: int) -> list[Run]:
    inside = 0 <= at < len(spots) and spots[at].part == "document"
    spot = spots[at] if inside else spots[0]
    paragraph = Paragraph(spot.element, paper._body)  # noqa: SLF001 - python-docx has no other way
    runs = [run for run in paragraph.runs if run._element.getparent() is spot.element]  # noqa: SLF001
    return runs or [paragraph.add_run()]


def _saved(paper: Document) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return same_bytes(out.getvalue())
