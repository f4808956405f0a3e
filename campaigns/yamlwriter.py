"""Writes a campaign's document as the YAML that load_campaign reads, one fact a line.

The same document gives the same bytes. What was written stands at known lines, so that a
problem at a line of the text can be told as a place in the document.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.document import Document, ordered_keys
from campaigns.schema.spec import Either, Form, ListOf, Number, Spec, spec_of
from campaigns.yamlsource import plain

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys, and for rows of a list their number in it (or their "#")."""

_HEADING = "# Phong trào thi đua, viết theo docs/campaign-file.md; nạp bằng load_campaign."
_UNQUOTED = re.compile(r"[^\W_](?:[\w ./()–-]*[\w.)])?")
_WIDE = 90  # a list of short words longer than this is written one word a line


@dataclass
class Written:
    """A text, and the place of what stands on each line of it."""

    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the whole file."""
        return "\n".join(self.lines) + "\n"

    def place_of(self, line: int) -> Place:
        """Return what stands at a line (1-based); the document itself where nothing does."""
        return self.places[line - 1] if 0 < line <= len(self.places) else ()

    def put(self, line: str, place: Place) -> None:
        """Add a line."""
        self.lines.append(line)
        self.places.append(place)


def write_campaign(document: Document) -> Written:
    """Return a document as the text of a file; reading that text gives the document again.

    A draft may be written too: its rows are known by their "#", which is not written.
    """
    written = Written()
    written.put(_HEADING, ())
    _mapping(written, CAMPAIGN, document, (), "", "")
    return written


def write_notes(notes: Document) -> str:
    """Return a transcriber's readings as YAML text, for a person to edit; "" for none."""
    written = Written()
    _mapping(written, None, notes, (), "", "")
    return "\n".join(written.lines)


def _mapping(
    out: Written, spec: Form | None, mapping: Document, at: Place, indent: str, first: str
) -> None:
    """Write a mapping key by key; its first line begins with `first` and not with the indent."""
    start = first or indent
    for name in ordered_keys(spec, mapping):
        shape = spec_of(spec, name) if spec else None
        _entry(out, shape, (name, mapping[name]), (*at, name), indent, start)
        start = indent


def _entry(
    out: Written,
    spec: Spec | None,
    entry: tuple[str, Any],
    at: Place,
    indent: str,
    start: str,
) -> None:
    name, value = entry
    key = f"{start}{_scalar(None, name)}:"
    if isinstance(spec, Either):
        spec = spec.items if isinstance(value, list) else spec.form
    if isinstance(value, dict) and _says_something(value):
        out.put(key, at)
        _mapping(out, spec if isinstance(spec, Form) else None, value, at, indent + "  ", "")
    elif (short := _short(spec, value, lone=name == "ref")) is not None:
        out.put(f"{key} {short}", at)
    else:
        out.put(key, at)
        _rows(out, spec.item if isinstance(spec, ListOf) else None, value, at, indent)


def _rows(out: Written, spec: Spec | None, rows: list[Any], at: Place, indent: str) -> None:
    for number, row in enumerate(rows):
        dash = f"{indent}- "
        if isinstance(row, dict) and _says_something(row):
            here = (*at, row.get("#", number))
            form = spec if isinstance(spec, Form) else None
            _mapping(out, form, row, here, indent + "  ", dash)
        elif (short := _short(spec, row)) is not None:
            out.put(f"{dash}{short}", (*at, _number_of(row, number)))
        else:
            out.put(f"{indent}-", (*at, number))
            inner = spec.item if isinstance(spec, ListOf) else None
            _rows(out, inner, row, (*at, number), indent + "  ")


def _number_of(row: Any, number: int) -> int:
    return int(row.get("#", number)) if isinstance(row, dict) else number


def _says_something(mapping: Document) -> bool:
    return any(name != "#" for name in mapping)


def _short(spec: Spec | None, value: Any, *, lone: bool = False) -> str | None:
    """Return what fits on the line of its key; None for what needs lines of its own."""
    if isinstance(value, dict):
        return None if _says_something(value) else "{}"
    if not isinstance(value, list):
        return _scalar(spec, value)
    if lone and len(value) == 1:
        return _scalar(None, value[0])
    if any(isinstance(item, dict | list) for item in value):
        return None
    inner = spec.item if isinstance(spec, ListOf) else None
    short = f"[{', '.join(_scalar(inner, item) for item in value)}]"
    return short if len(short) <= _WIDE else None


def _scalar(spec: Spec | None, value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int) or (isinstance(spec, Number) and _is_number(text)):
        return text
    if _UNQUOTED.fullmatch(text) and plain(text) == text:
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_number(text: str) -> bool:
    return isinstance(plain(text), int | Decimal) and not isinstance(plain(text), bool)
