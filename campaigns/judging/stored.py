"""A predicate's parameters as JSON and back, by the kinds that it declares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from campaigns.judging.finding import ParamKind
from campaigns.judging.predicates import CONDITION, PREDICATES


def param_kinds(predicate: str) -> dict[str, ParamKind]:
    """Return every parameter that a rule with this predicate may have, with its kind."""
    return {**PREDICATES[predicate].params, **CONDITION}


def to_json(predicate: str, params: Mapping[str, object]) -> dict[str, object]:
    """Return parameters as JSON can keep them exactly: decimals and days as text."""
    kinds = param_kinds(predicate)
    return {name: _kept(kinds[name], value) for name, value in params.items()}


def from_json(
    predicate: str, kept: Mapping[str, object], targets: Mapping[str, object]
) -> dict[str, object]:
    """Return parameters as the predicate takes them.

    targets   the campaign's targets by "g2.2023"; a name that is there no longer is left out
    """
    kinds = param_kinds(predicate)
    return {name: _taken(kinds[name], value, targets) for name, value in kept.items()}


def _kept(kind: ParamKind, value: object) -> object:
    if kind == ParamKind.NUMBER:
        return f"{Decimal(str(value)).normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _taken(kind: ParamKind, value: object, targets: Mapping[str, object]) -> object:
    if kind == ParamKind.NUMBER:
        return Decimal(str(value))
    if kind == ParamKind.DAY:
        return date.fromisoformat(str(value))
    if not isinstance(value, list):
        return value
    if kind == ParamKind.TARGETS:
        return tuple(targets[name] for name in value if name in targets)
    return tuple(value)
