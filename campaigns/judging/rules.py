"""Rules as plain data: which predicate, with which parameters, from which text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SEEN = "S"
"""The mark of a text that was read; every other mark leaves the last word to a person."""


class AskedKind(StrEnum):
    """What sort of answer a fact is; an entry form is built from it."""

    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    YES_NO = "yes_no"
    DATE = "date"
    TEXT = "text"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One fact that a rule needs, as a person is asked for it.

    A document is answered by its number and day, or by yes or no. `choices` are the only
    answers, as (value, words), where there are such.
    """

    key: str
    label: str
    kind: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to be judged by.

    key         stable over amendments: "general.1", "target.g2.2023", "law.fresh"
    predicate   the name of a predicate (campaigns.judging.predicates.PREDICATES)
    params      what the predicate is told; plain values of the kinds it declares
    words       the rule as its text says it; clause where it stands; source which text that is
    valid_from  first day, None when no source says; valid_to the last day
    asks        the facts it needs
    mark        how well its text is known (campaigns.models.Mark); only "S" can refuse anybody
    """

    key: str
    predicate: str
    params: Mapping[str, object]
    words: str
    clause: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    asks: tuple[AskedFact, ...] = field(default=())
    mark: str = SEEN
