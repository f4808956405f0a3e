"""The filters of the papers. None unescapes, none formats by a pattern from the template."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2.filters import FILTERS as JINJA

from documents.guarded.refusal import RefusedInChildError

_OURS_FROM_JINJA = (
    "default",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "max",
    "min",
    "trim",
    "upper",
)
_SHORT_MONTHS = 2
_DECIMALS = 2


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        detail = "YYYY-MM-DD"
        raise RefusedInChildError("VALUE_FORMAT", field=value, detail=detail) from None


def ngay(value: Any) -> str:
    """Return "05 tháng 02 năm 2026" from "2026-02-05".

    Decree 30/2020, annex I: a day below 10 and the months 1 and 2 are written with a zero.
    """
    day = _date(value)
    month = f"{day.month:02d}" if day.month <= _SHORT_MONTHS else str(day.month)
    return f"{day.day:02d} tháng {month} năm {day.year}"


def ngay_so(value: Any) -> str:
    """Return "05/02/2026" from "2026-02-05"."""
    return f"{_date(value):%d/%m/%Y}"


def so(value: Any) -> str:
    """Return a number the Vietnamese way: 1234567 as "1.234.567", 92.5 as "92,5".

    Two decimals at most, none for a whole number.
    """
    try:
        number = Decimal(str(value))
        text = f"{round(number, _DECIMALS):,f}"
    except ArithmeticError:
        raise RefusedInChildError("VALUE_FORMAT", field=value, detail="0123456789") from None
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA[name] for name in _OURS_FROM_JINJA},
    "ngay": ngay,
    "ngay_so": ngay_so,
    "so": so,
}
