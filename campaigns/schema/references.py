"""Which field names something of another part of the campaign, and what there is to name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from campaigns.schema.agreement import ALL_OF
from campaigns.schema.differences import title_of
from campaigns.schema.document import Document
from campaigns.schema.wording import label_of

Named = tuple[str, str]
"""A key, and what people call what it names."""


def named_by(names: Sequence[str]) -> Callable[[Document], Iterator[Named]] | None:
    """Return what lists the things that a field can name; None for a field that names nothing."""
    for start in range(len(names)):
        found = _REFERENCES.get(".".join(names[start:]))
        if found is not None:
            return found
    return None


def _rows(rows: object, name: str = "key") -> Iterator[Named]:
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get(name):
            yield str(row[name]), title_of(row)


def _bodies(document: Document) -> Iterator[Named]:
    yield from _rows(document.get("bodies"))


def _subjects(document: Document) -> Iterator[Named]:
    lists = document.get("subjects") or {}
    for part in ALL_OF:
        yield from _rows(lists.get(part))


def _whole_lists_too(document: Document) -> Iterator[Named]:
    for part in ALL_OF:
        if (document.get("subjects") or {}).get(part):
            yield part, label_of(["subjects", part])
    yield from _subjects(document)


def _pillars(document: Document) -> Iterator[Named]:
    pillars = (document.get("indicators") or {}).get("pillars") or {}
    about = {"clause", "ref"}
    yield from ((key, str(name)) for key, name in pillars.items() if key not in about)


def _forms(document: Document) -> Iterator[Named]:
    yield from _rows(document.get("award_forms"))


def _occasions(document: Document) -> Iterator[Named]:
    yield from _rows(document.get("awards"))


def _items(document: Document) -> Iterator[Named]:
    for occasion in document.get("awards") or []:
        for key, title in _rows(occasion.get("items")):
            yield key, f"{title_of(occasion)}: {title}"


def _indicators(document: Document) -> Iterator[Named]:
    yield from _rows((document.get("indicators") or {}).get("items"))


def _groups(document: Document) -> Iterator[Named]:
    yield from _rows((document.get("criteria") or {}).get("provincial_level"))


_REFERENCES: Final[dict[str, Callable[[Document], Iterator[Named]]]] = {
    "desks.body": _bodies,
    "awards.items.for": _whole_lists_too,
    "criteria.general.for": _subjects,
    "criteria.provincial_level.for": _subjects,
    "criteria.provincial_level.items.for": _subjects,
    "criteria.general.pillars": _pillars,
    "criteria.provincial_level.items.pillars": _pillars,
    "indicators.items.pillar": _pillars,
    "subjects.collective.criteria": _groups,
    "subjects.individual.criteria": _groups,
    "rules.items": _items,
    "rules.forms": _forms,
    "rules.subjects": _subjects,
    "score_tables.for": _subjects,
    "score_tables.parts.lines.indicator": _indicators,
    "quotas.form": _forms,
    "quotas.occasion": _occasions,
}
