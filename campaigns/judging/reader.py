"""Reading facts for one rule, remembering which were used and which were not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from campaigns.judging.facts import Fact, Facts, Value
from campaigns.judging.rules import AskedFact

_T = TypeVar("_T")
_LARGEST_POWER = 15  # a thousand times the money of a province
_SMALLEST_POWER = -9


class Reader:
    """Gives a rule the facts it names; one reader serves one rule and one nomination.

    A value of another kind than asked for counts as not given: a typing mistake never decides.
    """

    def __init__(self, facts: Facts, asks: Sequence[AskedFact]) -> None:
        self._facts = facts
        self._asks = asks
        self._used: dict[str, Fact] = {}
        self._missing: dict[str, str] = {}

    @property
    def used(self) -> tuple[Fact, ...]:
        """The facts that were read, in the order of reading."""
        return tuple(self._used.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the facts that were looked for and not there."""
        return tuple(self._missing.values())

    def label(self, key: str) -> str:
        """Return what a fact is called; its key where the rule does not ask for it."""
        return next((ask.label for ask in self._asks if ask.key == key), key)

    def said(self, key: str, value: str) -> str:
        """Return what a word stands for, where the fact is one of several given words."""
        choices = next((ask.choices for ask in self._asks if ask.key == key), ())
        return dict(choices).get(value, value)

    def knows(self, key: str) -> bool:
        """Return whether anybody said anything, without counting it as used or missing."""
        return key in self._facts

    def number(self, key: str) -> Decimal | None:
        """Return a finite number of a size that makes sense, or None."""
        return self._read(key, _number)

    def answer(self, key: str) -> bool | None:
        """Return yes, no, or None."""
        return self._read(key, lambda value: value if isinstance(value, bool) else None)

    def day(self, key: str) -> date | None:
        """Return a day, or None."""
        return self._read(key, _day)

    def text(self, key: str) -> str | None:
        """Return words that say something, or None."""
        return self._read(key, lambda value: (isinstance(value, str) and value.strip()) or None)

    def paper(self, key: str) -> bool | None:
        """Return whether a document is there: its number and day say yes; None: nobody said."""
        return self._read(key, _paper)

    def is_none(self, key: str) -> bool:
        """Return whether it is known that there is none, and count the fact as used if so."""
        fact = self._facts.get(key)
        if fact is None or fact.value is not None:
            return False
        self._used[key] = fact
        return True

    def _read(self, key: str, wanted: Callable[[Value], _T | None]) -> _T | None:
        fact = self._facts.get(key)
        value = wanted(fact.value) if fact is not None else None
        if fact is None or value is None:
            self._missing[key] = self.label(key)
            return None
        self._used[key] = fact
        return value


def _number(value: Value) -> Decimal | None:
    if not isinstance(value, Decimal):
        return None
    if not value:
        return Decimal(0)
    _sign, _digits, exponent = value.as_tuple()
    # The exponent of what is no number, and of the infinite, is a letter.
    sensible = isinstance(exponent, int) and exponent >= _SMALLEST_POWER
    return value if sensible and value.adjusted() <= _LARGEST_POWER else None


def _paper(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    return True if isinstance(value, str) and value.strip() else None


def _day(value: Value) -> date | None:
    # An hour would make two days incomparable.
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
