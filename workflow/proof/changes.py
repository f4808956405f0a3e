"""What differs between two values, in words: line by line of lists, and where in a long text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Final

from workflow.proof.wording import SHOWN, Fields, said, said_in_full

_BEFORE: Final = 60
"""How many letters before a difference in a long text are shown."""


def changed(printed: Any, now: Any, fields: Fields = ()) -> Iterator[tuple[str, str]]:
    """Yield what stood there beside what would stand there; lines of lists one by one.

    fields  of the rows, as the template lists them: a database may give them in another order

    A line that was added has "" on its left side, one that is gone has "" on its right.
    """
    if not isinstance(printed, list) or not isinstance(now, list):
        yield _told(said_in_full(printed), said_in_full(now))
        return
    before, after = ([said_in_full(_ordered(row, fields)) for row in one] for one in (printed, now))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            for pair in zip_longest(before[a:b], after[c:d], fillvalue=""):
                yield _told(*pair)


def _ordered(row: Any, fields: Fields) -> Any:
    """Return a row with its values in the order of the template; other values as they are."""
    if not fields or not isinstance(row, Mapping):
        return row
    return {field["name"]: row[field["name"]] for field in fields if field["name"] in row}


def _told(before: str, after: str) -> tuple[str, str]:
    """Return both texts, long ones from a little before the place where they part."""
    if max(len(before), len(after)) <= SHOWN:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    parting = next((at for at, (a, b) in pairs if a != b), min(len(before), len(after)))
    start = max(0, parting - _BEFORE)
    mark = "…" if start else ""
    left, right = (f"{mark}{said(text[start:])}" if text else "" for text in (before, after))
    return left, right
