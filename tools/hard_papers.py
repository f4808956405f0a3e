"""Renders hard values through every template and looks at what came out.

    python -m tools.hard_papers                        60 sets for each template, as .docx
    python -m tools.hard_papers --sets 7 --pdf 3       every third of them as PDF too
    python -m tools.hard_papers quyet_dinh             that template only

Exit code 1 where a paper is wrong; each line says which template, which set, and what.
"""

import argparse
import io
import os
import re
import sys
import time
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django
import docx
import yaml
from docx.text.paragraph import Paragraph

from audit.errors import Refusal
from documents.format30 import check_docx, pack
from documents.letters import without_spaces
from documents.rendering import render_docx
from tools.hard_values import Path, ValueSet, leaves, value_sets
from tools.templates.build import SHIPPED

SETS = 60
PIECES, LEAST_PIECE = 4, 8
_TAGS = ("{{", "}}", "{%", "%}", "{#", "#}")
_P = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_NOTHING = re.compile(r"\b(None|True|False|Undefined|nan)\b")


@dataclass(frozen=True)
class Template:
    """A shipped template: its key, its .docx, the list of its fields."""

    key: str
    content: bytes
    fields: list[dict[str, Any]]


def templates() -> Iterator[Template]:
    """Yield the shipped templates in the order of their keys."""
    for path in sorted(SHIPPED.glob("*.yaml")):
        fields = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["fields"]
        yield Template(path.stem, path.with_suffix(".docx").read_bytes(), fields)


def faults_of(template: Template, one: ValueSet) -> list[str]:
    """Return what is wrong with the paper that a template makes of hard values; [] is right.

    Wrong is: a text that the paper of plain values of the same shape shows and this one does not
    show whole; a tag that is left; Python's word for a value that is none; a layout that NĐ
    30/2020/NĐ-CP does not allow of those that it sets. Days and numbers are held by the renderer, which reads every
    printed value back. A refusal to render is raised.
    """
    paper = render_docx(template.content, one.values)
    plain = text_of(render_docx(template.content, one.plain))
    text = text_of(paper)
    found = [f"lost {path}: {value[:60]!r}" for path, value in _lost(one, plain, text)]
    found += [f"tag {tag} left" for tag in _TAGS if tag in plain]
    found += [f"{word} printed" for word in _NOTHING.findall(plain)]
    faults = check_docx(paper) if template.key not in pack().not_judged else []
    return [*found, *(f"{fault.rule} {fault.place}: {fault.found}" for fault in faults)]


def text_of(paper: bytes) -> str:
    """Return every paragraph of body, tables, headers and footers as python-docx reads them."""
    opened = docx.Document(io.BytesIO(paper))
    parts: list[Any] = [opened]
    for section in opened.sections:
        parts += [section.header, section.footer]
        parts += [section.first_page_header, section.first_page_footer]
    roots = [part._element for part in parts]  # noqa: SLF001 - python-docx's own way to the XML
    paragraphs = (element for root in roots for element in root.iter(_P))
    return "\n".join(Paragraph(element, opened).text for element in paragraphs)


def _lost(one: ValueSet, plain: str, text: str) -> Iterator[tuple[Path, str]]:
    held, shown = without_spaces(text), without_spaces(plain)
    words = dict(leaves(one.plain))
    for path, value in leaves(one.values):
        asked = isinstance(value, str) and value != words[path] and words[path] in shown
        if asked and without_spaces(value) not in held:
            yield path, value


def printed_faults(template: Template, one: ValueSet) -> list[str]:
    """Return what is wrong with the PDF: a value that the .docx shows and its pages do not.

    Needs LibreOffice. Only for a printable set.
    """
    from documents.conversion import convert_to_pdf  # noqa: PLC0415 - needs settings

    paper = render_docx(template.content, one.values)
    held = _letters(text_of(paper))
    shown = _letters(convert_to_pdf(paper).text)
    values = [value for _path, value in leaves(one.values) if isinstance(value, str)]
    asked = [value for value in map(_letters, values) if value and value in held]
    return [f"not in the PDF: {value[:60]!r}" for value in asked if not _in_pieces(value, shown)]


def _letters(text: str) -> str:
    """Return the letters in one case: styles set names of offices in capitals."""
    return without_spaces(text).casefold()


def _in_pieces(value: str, shown: str) -> bool:
    """Tell whether the pages hold the value: whole, or cut where a page ends."""
    for _ in range(PIECES):
        if value in shown:
            return True
        cut = bisect(range(len(value)), 0, key=lambda size: value[:size] not in shown) - 1
        if cut < LEAST_PIECE:
            return False
        value = value[cut:]
    return False


def main() -> int:
    """Try the templates that are named, or all; return the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("keys", nargs="*")
    asked.add_argument("--sets", type=int, default=SETS)
    asked.add_argument("--pdf", type=int, default=0, metavar="N", help="every N-th set as PDF too")
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    wrong = 0
    for template in templates():
        if not options.keys or template.key in options.keys:
            wrong += _tried(template, options.sets, options.pdf)
    return 1 if wrong else 0


def _tried(template: Template, count: int, every: int) -> int:
    began, found, pages = time.monotonic(), [], 0
    for number, one in enumerate(value_sets(template.key, template.fields, count=count)):
        prints = bool(every) and number % every == 0 and one.printable
        pages += prints
        try:
            faults = faults_of(template, one) + (printed_faults(template, one) if prints else [])
        except Refusal as refusal:
            faults = [f"{refusal.code} {refusal}"]
        found += [f"  {template.key} {number}: {fault}" for fault in faults]
    seconds = time.monotonic() - began
    print(f"{template.key}: {count} sets, {pages} as PDF, {len(found)} faults, {seconds:.0f} s")
    print("\n".join(found), end="\n" if found else "")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
