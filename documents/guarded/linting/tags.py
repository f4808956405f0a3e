"""The tags of one paragraph: read from its shown text, however Word has split it into runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.guarded.linting.places import Spot

_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_PREFIX = re.compile(r"^(tr|tc|p|r)\s")
_QUOTES = str.maketrans("“”‘’\xa0", "\"\"'' ")
_KEYWORD = re.compile(r"^-?\s*([a-z]+)")


@dataclass(frozen=True)
class Tag:
    """A tag as it stands: where, from which letter to which, and what it says.

    kind    "{{", "{%" or "{#"
    prefix  what docxtpl takes away with it: p the paragraph, tr the row; "" nothing
    inside  what stands between the marks without prefix, straight quotes for curly ones
    """

    spot: Spot
    start: int
    end: int
    kind: str
    prefix: str
    inside: str

    @property
    def source(self) -> str:
        """Return the tag as Jinja reads it."""
        return f"{self.kind} {self.inside} {_ENDS[self.kind]}"

    @property
    def shown(self) -> str:
        """Return the tag as it stands on the paper."""
        prefix = f"{self.prefix} " if self.prefix else " "
        return f"{self.kind}{prefix}{self.inside} {_ENDS[self.kind]}"

    @property
    def keyword(self) -> str:
        """Return for, endfor, if, elif, else, endif, set…; "" for a printed field."""
        match = _KEYWORD.match(self.inside) if self.kind == "{%" else None
        return match.group(1) if match else ""


@dataclass(frozen=True)
class Stray:
    """Half a tag: a mark without the other. ``missing`` is the mark that is not there."""

    spot: Spot
    missing: str
    around: str


def tags_of(spot: Spot) -> Iterator[Tag | Stray]:
    """Yield the tags of a paragraph in order, and the marks that have no partner."""
    text = spot.text
    opening: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if mark.group() in _ENDS:
            if opening is not None:
                yield _stray(spot, _ENDS[opening.group()], text, opening.start())
            opening = mark
        elif opening is None or mark.group() != _ENDS[opening.group()]:
            starts = next(start for start, end in _ENDS.items() if end == mark.group())
            missing = starts if opening is None else _ENDS[opening.group()]
            yield _stray(spot, missing, text, mark.start())
            opening = None
        else:
            yield _tag(spot, text, opening, mark)
            opening = None
    if opening is not None:
        yield _stray(spot, _ENDS[opening.group()], text, opening.start())


def _tag(spot: Spot, text: str, opening: re.Match[str], closing: re.Match[str]) -> Tag:
    said = text[opening.end() : closing.start()].translate(_QUOTES)
    prefix = _PREFIX.match(said)
    inside = said[prefix.end() :] if prefix else said
    kind, end = opening.group(), closing.end()
    return Tag(spot, opening.start(), end, kind, prefix.group(1) if prefix else "", inside.strip())


def _stray(spot: Spot, missing: str, text: str, at: int) -> Stray:
    return Stray(spot, missing, text[max(at - 20, 0) : at + 40].strip())
