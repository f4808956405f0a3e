"""Two texts side by side, paragraph by paragraph, with the words that differ marked."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_CONTEXT = 1
_WORDS = re.compile(r"\s+|\{\{.*?\}\}|\{%.*?%\}|[^\s{]+|\{")


@dataclass(frozen=True)
class Piece:
    """Some words of a paragraph, and whether the other side has others."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Row:
    """Two paragraphs side by side; a side that has none is empty.

    gap  how many equal paragraphs are left out here; the row shows nothing else then
    """

    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    gap: int = 0

    @property
    def differs(self) -> bool:
        """Return whether the sides differ."""
        return any(piece.differs for piece in (*self.before, *self.after))


def text_changes(before: str, after: str) -> list[Row]:
    """Return the paragraphs that differ with one equal one around; [] for equal texts."""
    old, new = _lines(before), _lines(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    rows: list[Row] = []
    at = 0
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        if group[0][1] > at:
            rows.append(Row(gap=group[0][1] - at))
        for kind, start, end, first, last in group:
            rows += _rows(kind, old[start:end], new[first:last])
        at = group[-1][2]
    if rows and len(old) > at:
        rows.append(Row(gap=len(old) - at))
    return rows


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _rows(kind: str, old: list[str], new: list[str]) -> Iterator[Row]:
    if kind == "equal":
        for line in old:
            same = (Piece(line, differs=False),)
            yield Row(same, same)
        return
    for number in range(max(len(old), len(new))):
        left = old[number] if number < len(old) else ""
        right = new[number] if number < len(new) else ""
        yield _pair(left, right)


def _pair(left: str, right: str) -> Row:
    """Return two paragraphs with the words marked that only one of them has."""
    if not left or not right:
        return Row(_whole(left), _whole(right))
    ours, theirs = _WORDS.findall(left), _WORDS.findall(right)
    codes = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    before, after = [], []
    for kind, start, end, first, last in codes:
        if end > start:
            before.append(Piece("".join(ours[start:end]), differs=kind != "equal"))
        if last > first:
            after.append(Piece("".join(theirs[first:last]), differs=kind != "equal"))
    return Row(tuple(before), tuple(after))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, differs=True),) if text else ()
