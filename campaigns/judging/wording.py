"""Numbers and days as Vietnamese papers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

_LAST_PADDED_MONTH = 2


def number_words(value: Decimal) -> str:
    """Return 1234.50 as "1.234,5": dots for thousands, a comma, no idle zeros.

    The value must be finite.
    """
    plain = f"{value:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.translate(_SIGNS)


_SIGNS = str.maketrans(",.", ".,")


def amount_words(value: Decimal, unit: str) -> str:
    """Return the number with its unit, "12,5 %"; the bare number where there is none."""
    return f"{number_words(value)} {unit}".rstrip()


@lru_cache(maxsize=1024)
def day_words(day: date) -> str:
    """Return "01/7/2025": a zero before days under 10 and months 1 and 2 (NĐ 30/2020, C06)."""
    month = f"{day.month:02d}" if day.month <= _LAST_PADDED_MONTH else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


@lru_cache(maxsize=1024)
def in_force_words(first: date | None, last: date | None) -> str:
    """Return from when to when a rule applies; say so where its first day is not known."""
    begin = f"từ {day_words(first)}" if first else "chưa rõ ngày bắt đầu hiệu lực"
    return f"{begin} đến hết {day_words(last)}" if last else begin
