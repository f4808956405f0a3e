"""Makes what regimes say equal to a file: multiples, provisions, clocks, thresholds.

Rows that an office entered are neither read nor touched here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from campaigns.loading.law import update
from campaigns.loading.rows import texts
from campaigns.loading.sync import Changes
from campaigns.models import (
    FROM_FILE,
    BonusForm,
    BonusMultiple,
    Clock,
    Provision,
    Regime,
    Threshold,
    Topic,
)
from campaigns.models.stated import Stated
from campaigns.schema.spec import Record

_SAID = ("clause", "mark", "source")
_COLUMNS: dict[type[Any], tuple[str, ...]] = {
    BonusMultiple: ("kind", "multiple"),
    Provision: ("topic", "key", "name", "number", "text", "left_to"),
    Clock: (
        "key", "name", "length", "unit", "at_least", "starts", "on_supplement", "forms",
        "award_kind", "text", "left_to",
    ),
    Threshold: (
        "council", "quorum", "presence", "secret", "pass_ratio", "denominator",
        "absent_by_writing", "tie_rule", "text", "left_to",
    ),
}  # fmt: skip
_PARTS: dict[type[Any], str] = {
    BonusMultiple: "multiples",
    Provision: "provisions",
    Clock: "clocks",
    Threshold: "thresholds",
}


def sync_sayings(
    regimes: list[Record],
    rows: dict[str, Regime],
    forms: dict[str, BonusForm],
    changes: Changes,
) -> None:
    """Add, change and remove what the regimes say, until it is what the file says.

    rows, forms  the regimes and forms themselves, written before, by key
    """
    by_key = {regime["key"]: regime for regime in regimes}
    for model in _PARTS:
        wanted = {}
        for regime in regimes:
            for position, given in enumerate(_given(model, regime, by_key), 1):
                columns = _columns(model, given) | {"position": position}
                columns |= {"regime": rows[regime["key"]]}
                if "form" in given:
                    columns |= {"form": forms[given["form"]]}
                wanted[str(model(**columns))] = columns
        _sync(model, wanted, changes)


def _given(model: type[Any], regime: Record, by_key: dict[str, Record]) -> list[Record]:
    """Return what a regime says, its own first; what it says like another, less well known.

    Transition rules belong to the regime that brings them, and are not taken over.
    """
    own = list(_expanded(regime.get(_PARTS[model]) or []))
    like = regime.get("like")
    if like is None:
        return own
    said = {_name(row) for row in own}
    other = _given(model, by_key[like["regime"]], by_key)
    taken = [
        row | {"mark": _less(row["mark"], like["mark"]), "source": like.get("source") or ""}
        for row in other
        if _name(row) not in said and row.get("topic") != Topic.TRANSITION
    ]
    return [*own, *taken]


def _expanded(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield a row for each key or form that a row of the file lists; a clock lists both its own."""
    for row in rows:
        if "keys" in row:
            yield from (row | {"key": key} for key in row["keys"])
        elif "council" in row:
            yield from (row | {"form": key} for key in row["forms"])
        else:
            yield row


def _name(row: Record) -> tuple[object, ...]:
    return tuple(row.get(part) for part in ("topic", "key", "form", "kind", "council"))


def _less(mark: str, at_most: str) -> str:
    """Return how well a thing taken over is known: no better than `at_most`, nor than it was."""
    order = ["S", "S2", "R", "none"]
    return max(mark, at_most, key=order.index)


def _columns(model: type[Any], given: Record) -> dict[str, Any]:
    columns = texts(model, {name: given.get(name) for name in (*_COLUMNS[model], *_SAID)})
    if columns.get("at_least", False) is None:
        columns["at_least"] = False
    return columns


def _sync(model: type[Any], wanted: dict[str, dict[str, Any]], changes: Changes) -> None:
    named = [name for name in ("regime", "form") if name in {f.name for f in model._meta.fields}]
    found = model.objects.select_for_update(no_key=True, of=("self",)).select_related(*named)
    existing: dict[str, Stated] = {str(row): row for row in found.filter(FROM_FILE)}
    kind = model._meta.model_name
    for name, columns in wanted.items():
        if name in existing:
            update(existing.pop(name), f"{kind}:{name}", columns, changes)
        else:
            model.objects.create(**columns)
            changes.added.append(f"{kind}:{name}")
    for name, row in existing.items():
        row.delete()
        changes.removed.append(f"{kind}:{name}")
