"""Papers whose data changed after they were made: which, what differs, whose signatures lapse."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from documents.models import DocumentVersion
from workflow.papers.sources import Source, hash_of_value, source_of, value_at
from workflow.proof.changes import changed
from workflow.proof.present import Present, present_of
from workflow.proof.rows import rows_of
from workflow.proof.wording import Fields, field_at, label_of, leaves


@dataclass(frozen=True)
class Difference:
    """One value that is not what it was: whose, which, as printed, and as it is now."""

    about: str
    label: str
    printed: str
    now: str


@dataclass(frozen=True)
class Kept:
    """What a version was made from: its values, its sources, and its template's fields."""

    values: Mapping[str, Any]
    sources: list[dict[str, str]]
    fields: Fields


def stale_among(versions: Iterable[DocumentVersion]) -> dict[UUID, list[Difference]]:
    """Return, by version, what changed since it was made; versions that still hold are left out.

    The same queries whatever the number: the rows that their sources name, and the values of those
    in which a hash differs. A version made before sources were kept is left out: nothing is known
    of it.
    """
    kept = {version.pk: version.sources for version in versions if version.sources}
    sources = {key: [source_of(one) for one in each] for key, each in kept.items()}
    rows = rows_of(sources.values())
    now = {key: present_of(each, rows) for key, each in sources.items()}
    changed_at = {key: list(_changed(each, now[key])) for key, each in kept.items()}
    suspects = [key for key, places in changed_at.items() if places]
    found = {
        key: list(_differences(made, changed_at[key], now[key]))
        for key, made in _kept_by(suspects).items()
    }
    return {key: differences for key, differences in found.items() if differences}


def kept_of(version: DocumentVersion) -> Kept:
    """Return what a version was made from; one query."""
    return _kept_by([version.pk])[version.pk]


def present_values(kept: Kept) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the values of a paper with every sourced place as it is now, and their sources."""
    sources = [source_of(one) for one in kept.sources]
    now = present_of(sources, rows_of([sources]))
    values = copy.deepcopy(dict(kept.values))
    for source in sources:
        _put(values, source.at, now.value(source))
    return values, [source.kept(values) for source in sources]


def _put(values: Any, path: str, value: Any) -> None:
    """Write a value to a place that exists."""
    above, _dot, last = path.rpartition(".")
    holder = value_at(values, above) if above else values
    holder[int(last) if isinstance(holder, list) else last] = value


def _kept_by(keys: list[UUID]) -> dict[UUID, Kept]:
    if not keys:
        return {}
    found = DocumentVersion.objects.filter(pk__in=keys, template_version__isnull=False)
    listed = found.values_list("pk", "values", "sources", "template_version__fields")
    return {key: Kept(values, sources, fields) for key, values, sources, fields in listed}


def _changed(sources: Iterable[Mapping[str, str]], now: Present) -> Iterator[Source]:
    for kept in sources:
        source = source_of(kept)
        if hash_of_value(now.value(source)) != kept["sha256"]:
            yield source


def _differences(kept: Kept, sources: Iterable[Source], now: Present) -> Iterator[Difference]:
    """Yield what differs at these places, as far as the template prints it."""
    for source in sources:
        field = field_at(kept.fields, source.at)
        if field is None:
            continue
        printed, today = value_at(kept.values, source.at), now.value(source)
        if not isinstance(printed, Mapping):
            for before, after in changed(printed, today, field.get("fields", ())):
                yield Difference("", label_of(field), before, after)
            continue
        yield from _inside(field.get("fields", ()), printed, today)


def _inside(
    fields: Fields, printed: Mapping[str, Any], today: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield what differs in the fields of one object; it is told of the nominee it is about."""
    values = {leaf.path: leaf.value for leaf in leaves(fields, today, "")}
    about = str(printed.get("ten", ""))
    for leaf in leaves(fields, printed, ""):
        if leaf.value != values.get(leaf.path):
            rows = (field_at(fields, leaf.path) or {}).get("fields", ())
            for before, after in changed(leaf.value, values.get(leaf.path), rows):
                yield Difference(about, leaf.label, before, after)
