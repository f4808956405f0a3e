"""What a predicate is, what it is told, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from campaigns.judging.reader import Reader
from campaigns.judging.rules import AskedKind
from campaigns.judging.verdicts import Outcome

Params: TypeAlias = Mapping[str, Any]
"""A predicate's parameters; their kinds were checked against its declaration when loaded."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A predicate's answer; the facts used and missing are in the reader."""

    outcome: Outcome
    arithmetic: str = ""
    warnings: tuple[str, ...] = ()
    question: str = ""


class ParamKind(StrEnum):
    """What a parameter holds. The first six are keys of facts, by what the fact must be."""

    ANY_FACT = "any_fact"
    NUMBER_FACT = "number_fact"
    ANSWER_FACT = "answer_fact"
    DAY_FACT = "day_fact"
    TEXT_FACT = "text_fact"
    PAPER_FACT = "paper_fact"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    TEXT = "text"
    TEXTS = "texts"
    OP = "op"
    DAY = "day"
    READING = "reading"
    TARGETS = "targets"
    PARTS = "parts"


FACT_KINDS: Final[Mapping[ParamKind, frozenset[str]]] = {
    ParamKind.ANY_FACT: frozenset(AskedKind),
    ParamKind.NUMBER_FACT: frozenset({AskedKind.PERCENT, AskedKind.MONEY, AskedKind.COUNT}),
    ParamKind.ANSWER_FACT: frozenset({AskedKind.YES_NO}),
    ParamKind.DAY_FACT: frozenset({AskedKind.DATE}),
    ParamKind.TEXT_FACT: frozenset({AskedKind.TEXT}),
    ParamKind.PAPER_FACT: frozenset({AskedKind.DOCUMENT, AskedKind.YES_NO}),
}
"""What a fact may be asked as, for each parameter that names one."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A small pure function with the kinds of its parameters.

    needed   parameters that must be there; allowed those that may
    """

    check: Callable[[Params, Reader], Finding]
    needed: Mapping[str, ParamKind]
    allowed: Mapping[str, ParamKind] = field(default_factory=dict)

    @property
    def params(self) -> dict[str, ParamKind]:
        """All parameters with their kinds."""
        return {**self.needed, **self.allowed}


@dataclass(frozen=True, slots=True)
class Target:
    """One goal of the plan for one year, as a predicate is told of it.

    printed   as the plan prints it ("tối thiểu 60%"); warnings what is odd about it
    """

    key: str
    name: str
    year: int
    op: str
    value: Decimal
    unit: str
    printed: str
    warnings: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """The key of the figure that is held against it."""
        return f"target.{self.key}.{self.year}"


def unknown(warnings: tuple[str, ...] = ()) -> Finding:
    """Return the answer where a fact is not there; the reader knows its name."""
    return Finding(Outcome.UNKNOWN, warnings=warnings)


def met(arithmetic: str, warnings: tuple[str, ...] = ()) -> Finding:
    """Return met, with why."""
    return Finding(Outcome.MET, arithmetic, warnings)


def not_met(arithmetic: str, warnings: tuple[str, ...] = (), question: str = "") -> Finding:
    """Return not met, with why, and what a person has to do about it."""
    return Finding(Outcome.NOT_MET, arithmetic, warnings, question)


def settled(*, holds: bool, arithmetic: str, warnings: tuple[str, ...] = ()) -> Finding:
    """Return met or not met, and close the reckoning with the Vietnamese for it."""
    if holds:
        return met(f"{arithmetic}: đạt", warnings)
    return not_met(f"{arithmetic}: không đạt", warnings)


def ask(question: str, arithmetic: str = "", warnings: tuple[str, ...] = ()) -> Finding:
    """Return the answer that a person has to give."""
    return Finding(Outcome.PERSON, arithmetic, warnings, question)
