"""The one table of predicates: by these names rules choose what is checked (docs/verdicts.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.judging.finding import ParamKind, Predicate
from campaigns.judging.predicates import answers, combined, days, numbers, targets

_FACT, _WHOLE, _NUMBER = ParamKind.FACT, ParamKind.WHOLE, ParamKind.NUMBER
_TEXT, _TEXTS, _FLAG = ParamKind.TEXT, ParamKind.TEXTS, ParamKind.FLAG
_CONDITION: Final = {"only_if": _FACT, "only_if_is": _TEXT}
"""Any rule may hold only where a fact is yes, or is one given word; else it is met."""

_SIMPLE: Final[Mapping[str, Predicate]] = {
    "holds": Predicate(
        answers.holds, {"fact": _FACT}, _CONDITION | {"wanted": _FLAG, "question": _TEXT}
    ),
    "person_finds": Predicate(
        answers.person_finds, {"fact": _FACT}, _CONDITION | {"question": _TEXT}
    ),
    "has_document": Predicate(answers.has_document, {"fact": _FACT}, _CONDITION),
    "one_of": Predicate(answers.one_of, {"fact": _FACT, "words": _TEXTS}, _CONDITION),
    "asks_person": Predicate(answers.asks_person, {"question": _TEXT}, _CONDITION),
    "reaches": Predicate(
        numbers.reaches,
        {"fact": _FACT, "op": ParamKind.OP, "value": _NUMBER},
        _CONDITION | {"unit": _TEXT, "warnings": _TEXTS},
    ),
    "contributes": Predicate(
        numbers.contributes, {"fact": _FACT}, _CONDITION | {"norm": _NUMBER, "set_by": _TEXT}
    ),
    "within_quota": Predicate(
        numbers.within_quota,
        {"count": _FACT},
        _CONDITION | {"most": _WHOLE, "percent": _NUMBER, "base": _FACT},
    ),
    "within_months": Predicate(
        days.within_months, {"ends": _FACT, "by": _FACT, "months": _WHOLE}, _CONDITION
    ),
    "movement_lasted": Predicate(
        days.movement_lasted,
        {"since": _FACT, "until": _FACT, "launched_by": _FACT, "years": _WHOLE, "exempt": _TEXTS},
        _CONDITION,
    ),
    "exists": Predicate(days.exists, {"ended": _FACT, "on": _FACT}, _CONDITION),
    "interval": Predicate(
        days.interval,
        {"period_to": _FACT, "decided_on": _FACT, "until": _FACT},
        _CONDITION | {"months": _WHOLE},
    ),
    "no_overlap": Predicate(
        days.no_overlap,
        {"since": _FACT, "until": _FACT, "other_since": _FACT, "other_until": _FACT}
        | {"same": _FACT},
        _CONDITION,
    ),
    "by_day": Predicate(days.by_day, {"fact": _FACT, "last": ParamKind.DAY}, _CONDITION),
    "all_targets": Predicate(targets.all_targets, {"targets": ParamKind.TARGETS}, _CONDITION),
    "some_targets": Predicate(
        targets.some_targets,
        {"targets": ParamKind.TARGETS},
        _CONDITION | {"fewest": _WHOLE},
    ),
    "exceeds": Predicate(
        targets.exceeds,
        {"targets": ParamKind.TARGETS, "op": ParamKind.OP, "value": _NUMBER},
        _CONDITION | {"reading": ParamKind.READING, "warnings": _TEXTS},
    ),
}

PREDICATES: Final[Mapping[str, Predicate]] = {
    **_SIMPLE,
    "any_of": Predicate(combined.any_of(_SIMPLE), {"parts": ParamKind.PARTS}, _CONDITION),
}
"""Every predicate by its name. `any_of` is built from plans; a file's rules name the others."""

IN_FILES: Final = frozenset(_SIMPLE)
"""The predicates that a campaign's own rules and the law's may name."""
