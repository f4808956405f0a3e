"""What one version of a campaign says differently from another, fact by fact.

Rows are known by their key, their number or whatever else names them, not by where they stand;
rows that nothing names are paired in their order. Source lines ("ref") are no facts and are
left out.
"""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from campaigns.schema.award_campaign import CAMPAIGN
from campaigns.schema.document import Document, ordered_keys
from campaigns.schema.spec import Either, Form, ListOf, Spec, spec_of

Step: TypeAlias = "str | list[str]"
"""A key, or for a row of a list its name in the file and its name for people."""

Change: TypeAlias = dict[str, Any]
"""kind ("added", "removed", "changed", "moved"), at (list of Step), old, new, clause."""

NAMING = ("key", "n", "role", "desk", "award", "step")
"""The fields by which rows are known, the first that a shape requires."""

_TITLES = ("title", "name", "text", "what", "heading", "form", "gist", "action", "problem")


def differences(old: Document, new: Document) -> list[Change]:
    """Return what must be told of an amendment, in the order of the document; [] for none."""
    return list(_mappings(CAMPAIGN, old, new, [], ""))


def title_of(row: Any) -> str:
    """Return what people call a row: its title, name or text; "" where it has none."""
    if not isinstance(row, dict):
        return str(row)
    found = (str(row[name]) for name in (*_TITLES, *NAMING) if row.get(name))
    return next(found, "")


def _mappings(
    spec: Form | None, old: Document, new: Document, at: list[Step], clause: str
) -> Iterator[Change]:
    here = str(new.get("clause") or old.get("clause") or clause)
    for name in ordered_keys(spec, old | new):
        if name not in {"ref", "schema"}:
            shape = spec_of(spec, name) if spec else None
            yield from _values(shape, old.get(name), new.get(name), [*at, name], here)


def _values(spec: Spec | None, old: Any, new: Any, at: list[Step], clause: str) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(spec, Either):
        spec = spec.items if isinstance(new or old, list) else spec.form
    if isinstance(spec, Form) and isinstance(old or {}, dict) and isinstance(new or {}, dict):
        yield from _mappings(spec, old or {}, new or {}, at, clause)
    elif _has_rows(spec) and isinstance(old or [], list) and isinstance(new or [], list):
        yield from _rows(spec, old or [], new or [], at, clause)
    else:
        yield {"kind": "changed", "at": at, "old": old, "new": new, "clause": clause}


def _has_rows(spec: Spec | None) -> bool:
    return isinstance(spec, ListOf) and isinstance(spec.item, Form)


def _rows(
    spec: Spec | None, old: list[Any], new: list[Any], at: list[Step], clause: str
) -> Iterator[Change]:
    form = spec.item if isinstance(spec, ListOf) and isinstance(spec.item, Form) else Form({})
    naming = next((name for name in NAMING if name in form.required), "")
    before, after = _named(old, naming), _named(new, naming)
    if before is None or after is None:
        yield from _unnamed(form, old, new, at, clause)
        return
    for name, row in before.items():
        if name not in after:
            yield _row_change("removed", row, None, [*at, [name, title_of(row)]], clause)
    for name, row in after.items():
        step = [name, title_of(row)]
        if name not in before:
            yield _row_change("added", None, row, [*at, step], clause)
        else:
            yield from _mappings(form, before[name], row, [*at, step], clause)
    yield from _order(before, after, at, clause)


def _named(rows: list[Any], naming: str) -> dict[str, Document] | None:
    """Return the rows by name; None where some have none, or two have the same."""
    named = {str(row[naming]): row for row in rows if naming and naming in row}
    return named if len(named) == len(rows) else None


def _order(
    before: dict[str, Document], after: dict[str, Document], at: list[Step], clause: str
) -> Iterator[Change]:
    was = [title_of(row) for name, row in after.items() if name in before]
    kept = [title_of(after[name]) for name in before if name in after]
    if was != kept:
        yield {"kind": "moved", "at": at, "old": kept, "new": was, "clause": clause}


def _unnamed(
    form: Form, old: list[Any], new: list[Any], at: list[Step], clause: str
) -> Iterator[Change]:
    before, after = ([json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = old[first:last], new[start:end]
        pairs = min(len(gone), len(come))
        for place, (was, now) in enumerate(zip(gone, come, strict=False), start + 1):
            step = [str(place), title_of(now)]
            yield from _mappings(form, was, now, [*at, step], clause)
        for place, row in enumerate(gone[pairs:], first + pairs + 1):
            step = [str(place), title_of(row)]
            yield _row_change("removed", row, None, [*at, step], clause)
        for place, row in enumerate(come[pairs:], start + pairs + 1):
            yield _row_change("added", None, row, [*at, [str(place), title_of(row)]], clause)


def _row_change(
    kind: str, old: Document | None, new: Document | None, at: list[Step], clause: str
) -> Change:
    row = new or old or {}
    said = str(row.get("clause") or clause)
    return {"kind": kind, "at": at, "old": old, "new": new, "clause": said}
