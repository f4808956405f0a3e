"""Comparing two numbers and writing the comparison down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Final

from campaigns.judging.wording import amount_words

_HOLDS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    ">": gt,
    ">=": ge,
    "<": lt,
    "<=": le,
}
_SIGN: Final = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_ELSE: Final = {">": "≤", ">=": "<", "<": "≥", "<=": ">"}
OPS: Final = tuple(_HOLDS)


def holds(figure: Decimal, op: str, value: Decimal) -> bool:
    """Return whether figure op value, exactly."""
    return _HOLDS[op](figure, value)


def sign(op: str) -> str:
    """Return the operator as people write it."""
    return _SIGN[op]


def compared(figure: Decimal, op: str, value: Decimal, unit: str = "") -> str:
    """Return the bare comparison as it is true: "12,5 % ≥ 10 %" or "9,9 % < 10 %"."""
    shown = _SIGN[op] if holds(figure, op, value) else _ELSE[op]
    return f"{amount_words(figure, unit)} {shown} {amount_words(value, unit)}"
