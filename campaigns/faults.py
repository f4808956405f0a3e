"""What keeps a draft from being published, told by place and not by line.

A draft is written as a file and read as one, so there is one judge of both. What the reading says
of a line is said here of the section and row that stand on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.drafts import plain, value_at
from campaigns.errors import CampaignFileInvalidError, DraftPlaceGoneError, Problem
from campaigns.schema.differences import title_of
from campaigns.schema.document import Document
from campaigns.schema.reading import read_contents
from campaigns.schema.wording import SECTIONS, label_of
from campaigns.services.loading import rows_of
from campaigns.yamlwriter import Place, Written, write_campaign


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where, in which words, and the code of docs/campaign-file.md."""

    place: Place
    code: str
    text: str


def faults_of(contents: Document) -> list[Fault]:
    """Return everything that a file of these contents would be refused for, in its order.

    What is wrong with single values comes first; whether the parts agree with each other is
    looked at once every value can be read.
    """
    written = write_campaign(contents)
    try:
        for facts in read_contents(written.text).campaigns:
            rows_of(facts)
    except CampaignFileInvalidError as error:
        return [_fault(problem, written, contents) for problem in error.problems]
    return []


def place_words(place: Place, contents: Document) -> str:
    """Return a place as people find it: section, row (with its number in the list), field."""
    names = [str(step) for step in place if isinstance(step, str)]
    parts: list[str] = [label_of(names[:1])] if names else [label_of([])]
    said = 1
    for at, step in enumerate(place):
        if isinstance(step, int):
            parts.append(_row_words(place[: at + 1], contents))
        elif at:
            said += 1
            parts.append(label_of(names[:said]))
    return " › ".join(parts)


def _row_words(place: Place, contents: Document) -> str:
    try:
        rows, row = value_at(contents, place[:-1]), value_at(contents, place)
    except DraftPlaceGoneError:
        return _("dòng đã bỏ")
    said = {"n": rows.index(row) + 1, "title": Truncator(title_of(plain(row))).chars(60)}
    return (_("dòng %(n)d (%(title)s)") if said["title"] else _("dòng %(n)d")) % said


def _fault(problem: Problem, written: Written, contents: Document) -> Fault:
    place = _place(problem.line, written)
    text = problem.text
    if problem.key:
        names = [*(str(step) for step in place if isinstance(step, str)), problem.key]
        text = _("chưa điền “%(name)s”") % {"name": label_of(names)}
    return Fault(place, problem.code, _in_words(text, written, contents))


def _place(line: int, written: Written) -> Place:
    """Return the place of a line; a row or section for the line that its first field stands on.

    A mapping has no line of its own: what is said of it is said at its first field.
    """
    place, before = written.place_of(line), written.place_of(line - 1)
    above = place[:-1]
    is_first = len(before) < len(place) or before[: len(above)] != above
    return above if is_first and place and isinstance(place[-1], str) else place


def _in_words(text: str, written: Written, contents: Document) -> str:
    """Return a sentence with places where it names lines, and sections by their titles."""
    line = re.escape(_("dòng %(line)d") % {"line": 0}).replace("0", r"(\d+)")

    def there(found: re.Match[str]) -> str:
        return f"“{place_words(_place(int(found[1]), written), contents)}”"

    text = re.sub(line, there, text)
    for name in SECTIONS:
        if "_" in name:
            text = text.replace(name, f"“{label_of([name])}”")
    return text
