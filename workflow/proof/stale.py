"""Papers whose data changed after they were made: which, what differs, whose signatures lapse."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from documents.models import DocumentVersion
from workflow.papers.sources import Source, hash_of_value, source_of, value_at
from workflow.proof.present import Rows, present_value, rows_of
from workflow.proof.wording import Fields, field_at, label_of, leaves, said


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

    Seven queries at most, whatever the number: the sources of all, the rows that they name, and
    the values of those in which a hash differs. A version made before sources were kept is left
    out: nothing is known of it.
    """
    keys = [version.pk for version in versions]
    kept = dict(
        DocumentVersion.objects.filter(pk__in=keys).exclude(sources=[]).values_list("pk", "sources")
    )
    rows = rows_of(source_of(one) for sources in kept.values() for one in sources)
    changed = {key: list(_changed(sources, rows)) for key, sources in kept.items()}
    suspects = [key for key, sources in changed.items() if sources]
    found = {
        key: list(_differences(made, changed[key], rows))
        for key, made in _kept_by(suspects).items()
    }
    return {key: differences for key, differences in found.items() if differences}


def kept_of(version: DocumentVersion) -> Kept:
    """Return what a version was made from; one query."""
    return _kept_by([version.pk])[version.pk]


def present_values(kept: Kept) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the values of a paper with every sourced place as it is now, and their sources."""
    sources = [source_of(one) for one in kept.sources]
    rows = rows_of(sources)
    values = copy.deepcopy(dict(kept.values))
    for source in sources:
        _put(values, source.at, present_value(source, rows))
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


def _changed(sources: Iterable[Mapping[str, str]], rows: Rows) -> Iterator[Source]:
    for kept in sources:
        source = source_of(kept)
        if hash_of_value(present_value(source, rows)) != kept["sha256"]:
            yield source


def _differences(kept: Kept, sources: Iterable[Source], rows: Rows) -> Iterator[Difference]:
    """Yield what differs at these places, as far as the template prints it."""
    for source in sources:
        field = field_at(kept.fields, source.at)
        if field is None:
            continue
        printed, now = value_at(kept.values, source.at), present_value(source, rows)
        if not isinstance(printed, Mapping):
            yield Difference("", label_of(field), said(printed), said(now))
            continue
        inner = field.get("fields", ())
        today = {leaf.path: leaf.value for leaf in leaves(inner, now, "")}
        for leaf in leaves(inner, printed, ""):
            if leaf.value != today.get(leaf.path):
                about = str(printed.get("ten", ""))
                yield Difference(about, leaf.label, said(leaf.value), said(today.get(leaf.path)))
