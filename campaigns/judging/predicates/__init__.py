"""The one table of predicates: by these names rules choose what is checked (docs/verdicts.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.judging.finding import ParamKind as P
from campaigns.judging.finding import Predicate
from campaigns.judging.predicates import answers, combined, days, numbers, targets

CONDITION: Final = {"only_if": P.ANY_FACT, "only_if_is": P.TEXT}
"""Any rule may hold only where a fact is yes, or is one given word; else it is met."""

_SIMPLE: Final[Mapping[str, Predicate]] = {
    "holds": Predicate(
        answers.holds, {"fact": P.ANSWER_FACT}, {"wanted": P.FLAG, "question": P.TEXT}
    ),
    "person_finds": Predicate(answers.person_finds, {"fact": P.ANSWER_FACT}, {"question": P.TEXT}),
    "has_document": Predicate(answers.has_document, {"fact": P.PAPER_FACT}),
    "one_of": Predicate(answers.one_of, {"fact": P.TEXT_FACT, "words": P.TEXTS}),
    "asks_person": Predicate(answers.asks_person, {"question": P.TEXT}),
    "reaches": Predicate(
        numbers.reaches,
        {"fact": P.NUMBER_FACT, "op": P.OP, "value": P.NUMBER},
        {"unit": P.TEXT, "warnings": P.TEXTS},
    ),
    "contributes": Predicate(
        numbers.contributes, {"fact": P.NUMBER_FACT}, {"norm": P.NUMBER, "set_by": P.TEXT}
    ),
    "within_quota": Predicate(numbers.within_quota, {"count": P.NUMBER_FACT, "most": P.WHOLE}),
    "within_share": Predicate(
        numbers.within_share,
        {"count": P.NUMBER_FACT, "base": P.NUMBER_FACT, "percent": P.NUMBER},
    ),
    "within_months": Predicate(
        days.within_months, {"ends": P.DAY_FACT, "by": P.DAY_FACT, "months": P.WHOLE}
    ),
    "movement_lasted": Predicate(
        days.movement_lasted,
        {"since": P.DAY_FACT, "until": P.DAY_FACT, "launched_by": P.TEXT_FACT, "years": P.WHOLE},
        {"exempt": P.TEXTS, "question": P.TEXT},
    ),
    "exists": Predicate(days.exists, {"ended": P.DAY_FACT, "on": P.DAY_FACT}),
    "interval": Predicate(
        days.interval,
        {"decided_on": P.DAY_FACT, "period_to": P.DAY_FACT, "until": P.DAY_FACT},
        {"months": P.WHOLE},
    ),
    "no_overlap": Predicate(
        days.no_overlap,
        {"since": P.DAY_FACT, "until": P.DAY_FACT}
        | {"other_since": P.DAY_FACT, "other_until": P.DAY_FACT, "same": P.ANSWER_FACT},
    ),
    "by_day": Predicate(days.by_day, {"fact": P.DAY_FACT, "last": P.DAY}),
    "all_targets": Predicate(targets.all_targets, {"targets": P.TARGETS}),
    "some_targets": Predicate(targets.some_targets, {"targets": P.TARGETS}, {"fewest": P.WHOLE}),
    "exceeds": Predicate(
        targets.exceeds,
        {"targets": P.TARGETS, "op": P.OP, "value": P.NUMBER},
        {"reading": P.READING, "warnings": P.TEXTS},
    ),
}

PREDICATES: Final[Mapping[str, Predicate]] = {
    **_SIMPLE,
    "any_of": Predicate(combined.any_of(_SIMPLE), {"parts": P.PARTS}),
}
"""Every predicate by its name. `any_of` is built from plans; a file's rules name the others."""

IN_FILES: Final = tuple(_SIMPLE)
"""The predicates that a campaign's own rules and the law's may name."""
