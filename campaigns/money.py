"""What an award is worth: multiples of base pay, exactly, with the arithmetic as it is shown.

Pure: frozen facts in, a bonus or the names of what is missing out. Amounts are whole đồng.
Source of the rule: NĐ 152/2025/NĐ-CP, Điều 49 (base pay of the decision's day, product rounded up
to the next 10,000 đồng). Whether an award is paid at all, and by whom, is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final

KINDS: Final = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình"}
"""Kinds of nominee in the order in which decisions list them, as papers call them."""


class Order(StrEnum):
    """In which order an amount is made; the decree leaves it open for collectives and households.

    MULTIPLY_THEN_ROUND  base pay × the kind's multiple, rounded once
    ROUND_THEN_MULTIPLY  the individual's amount rounded, then times the kind's share of it
    """

    MULTIPLY_THEN_ROUND = "multiply_then_round"
    ROUND_THEN_MULTIPLY = "round_then_multiply"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of award: its key in the table of multiples, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times base pay one form gives one kind; None where no source says."""

    value: Decimal | None
    clause: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Rounding:
    """Up to the next `step` đồng, once."""

    step: int
    order: Order
    verified: bool


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay (mức lương cơ sở) on a day, in đồng a month; None where no source says."""

    on: date
    amount: int | None
    verified: bool


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """What a regime says of money; `multiples` by (form's key, kind)."""

    key: str
    name: str
    verified: bool
    multiples: Mapping[tuple[str, str], Multiple]
    rounding: Rounding | None


@dataclass(frozen=True, slots=True)
class Bonus:
    """What one awardee of a kind gets, and how that was reached.

    unverified  names of facts that were loaded but not checked against their text; while there
    is one, the amount is for information and is printed on no paper
    """

    regime: str
    kind: str
    amount: int
    multiple: Decimal
    base_pay: int
    arithmetic: str
    clause: str
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """No amount, because of the facts named."""

    missing: tuple[str, ...]


def bonus_for(regime: RegimeFacts, pay: Pay, form: Form, kind: str) -> Bonus | Unknown:
    """Return the bonus of one awardee, or what is missing to compute it. Never raises."""
    multiple = regime.multiples.get((form.key, kind))
    single = regime.multiples.get((form.key, "individual"))
    rounding = regime.rounding
    names = {
        _multiple_name(regime, form, kind): multiple.value if multiple else None,
        _rounding_name(regime): rounding,
        _pay_name(pay): pay.amount,
    }
    if rounding is not None and rounding.order == Order.ROUND_THEN_MULTIPLY:
        names[_multiple_name(regime, form, "individual")] = single.value if single else None
    missing = tuple(name for name, value in names.items() if value is None)
    if (
        missing
        or multiple is None
        or multiple.value is None
        or rounding is None
        or pay.amount is None
    ):
        return Unknown(missing)
    one = single.value if single else None
    amount, arithmetic = _amount(multiple.value, one, pay.amount, rounding)
    return Bonus(
        regime=regime.name,
        kind=kind,
        amount=amount,
        multiple=multiple.value,
        base_pay=pay.amount,
        arithmetic=arithmetic,
        clause=multiple.clause,
        unverified=tuple(_unverified(regime, pay, form, kind)),
    )


def _amount(
    multiple: Decimal, single: Decimal | None, pay: int, rounding: Rounding
) -> tuple[int, str]:
    """Return the amount and how it is shown: “1,5 × 2.340.000 = 3.510.000”."""
    if rounding.order == Order.MULTIPLY_THEN_ROUND or single in {None, 0, multiple}:
        return _rounded(multiple, pay, rounding.step)
    assert single is not None  # noqa: S101 - None was handled with the other order
    rounded, shown = _rounded(single, pay, rounding.step)
    share = Fraction(multiple) / Fraction(single)
    amount = ceil(rounded * share)
    return amount, f"{shown}; × {_shown(share)} = {_shown(Fraction(amount))}"


def _rounded(multiple: Decimal, pay: int, step: int) -> tuple[int, str]:
    product = Fraction(multiple) * pay
    amount = ceil(product / step) * step
    shown = f"{_shown(Fraction(multiple))} × {_shown(Fraction(pay))} = {_shown(product)}"
    if amount != product:
        shown += f", làm tròn lên {_shown(Fraction(amount))}"
    return amount, shown


def _shown(number: Fraction) -> str:
    """Return a number as Vietnamese papers write it: 2.340.000; 2,25."""
    whole, rest = divmod(number, 1)
    text = f"{whole:,}".replace(",", ".")
    if not rest:
        return text
    decimals = f"{Decimal(rest.numerator) / Decimal(rest.denominator):.6f}"
    return f"{text},{decimals[2:].rstrip('0')}"


def money_text(amount: int) -> str:
    """Return đồng as papers write them: 3510000 gives “3.510.000”."""
    return _shown(Fraction(amount))


def _multiple_name(regime: RegimeFacts, form: Form, kind: str) -> str:
    return f"hệ số tiền thưởng {form.name} đối với {KINDS[kind]} theo {regime.name}"


def _rounding_name(regime: RegimeFacts) -> str:
    return f"quy tắc làm tròn tiền thưởng theo {regime.name}"


def _pay_name(pay: Pay) -> str:
    return f"mức lương cơ sở ngày {pay.on:%d/%m/%Y}"


def _unverified(regime: RegimeFacts, pay: Pay, form: Form, kind: str) -> Iterable[str]:
    """Yield the facts in use whose text nobody has read, with what was loaded instead."""
    multiple, rounding = regime.multiples[form.key, kind], regime.rounding
    if not regime.verified:
        yield unchecked(f"toàn văn {regime.name}")
    if not multiple.verified and multiple.value is not None:
        shown = _shown(Fraction(multiple.value))
        yield unchecked(_multiple_name(regime, form, kind), shown)
    if rounding is not None and not rounding.verified:
        yield unchecked(_rounding_name(regime), _shown(Fraction(rounding.step)))
    if not pay.verified and pay.amount is not None:
        yield unchecked(_pay_name(pay), money_text(pay.amount))


def unchecked(name: str, value: str = "") -> str:
    """Return how a fact is named that was loaded from a copy and awaits its text."""
    loaded = f"đã nạp {value}, " if value else ""
    return f"{name} ({loaded}chưa đối chiếu văn bản gốc)"


@dataclass(frozen=True, slots=True)
class Line:
    """How many awardees get the same bonus."""

    bonus: Bonus
    count: int

    @property
    def total(self) -> int:
        """Return what they get together, in đồng."""
        return self.bonus.amount * self.count


@dataclass(frozen=True, slots=True)
class Table:
    """The money of one decision.

    lines    only amounts that rest on checked facts
    missing  what is asked for by name; while there is something, `total` is None
    """

    lines: tuple[Line, ...]
    total: int | None
    missing: tuple[str, ...]


def table_for(bonuses: Iterable[Bonus | Unknown]) -> Table:
    """Return the table of a list of awardees, one bonus each; their order does not matter."""
    counts: Counter[Bonus] = Counter()
    missing: set[str] = set()
    for bonus in bonuses:
        if isinstance(bonus, Unknown):
            missing.update(bonus.missing)
        elif bonus.unverified:
            missing.update(bonus.unverified)
        else:
            counts[bonus] += 1
    order = list(KINDS)
    found = [Line(bonus, count) for bonus, count in counts.items()]
    found.sort(key=lambda line: (order.index(line.bonus.kind), line.bonus.regime, str(line.bonus)))
    total = None if missing else sum(line.total for line in found)
    return Table(tuple(found), total, tuple(sorted(missing)))
