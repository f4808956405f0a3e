"""The filters of the papers. None unescapes, none formats by a pattern from the template."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from jinja2.filters import FILTERS as JINJA

from documents.alphabet import given_name_key
from documents.guarded.number_words import in_words
from documents.guarded.refusal import RefusedInChildError
from documents.guarded.widths import width_mm

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
_ISSUER_BOX_MM = 71


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


def bang_chu(value: Any) -> str:
    """Return a whole number in words: 21 as "hai mươi mốt"; up to twelve digits."""
    try:
        return in_words(int(str(value)))
    except ValueError:
        raise RefusedInChildError("VALUE_FORMAT", field=value, detail="0123456789") from None


def va(value: Any) -> str:
    """Return an enumeration: ["a", "b", "c"] as "a, b và c". Empty texts are left out."""
    texts = [str(text) for text in _rows(value) if str(text)]
    return " và ".join(part for part in (", ".join(texts[:-1]), *texts[-1:]) if part)


def duong_ke(value: Any) -> str:
    """Return the line below the name of an issuing body, in underscores: 1/3 to 1/2 of its width.

    NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.2.b. As the styles set them, the name in bold
    capitals of 12 points in its box, the line in 14 points. Half the letters as a rule, fewer or
    more where these are narrow or wide; a name of two lines has the line of its longer one.
    """
    return _issuer_rule(str(value))


@lru_cache(maxsize=256)
def _issuer_rule(name: str) -> str:
    lines = name.upper().split("\n")
    width = min(_ISSUER_BOX_MM, max(width_mm(line, 12, bold=True) for line in lines))
    one = width_mm("_", 14)
    usual = min(len(name), 44) // 4 if len(lines) > 1 else min(len(name), 22) // 2
    return "_" * max(ceil(width / 3 / one), min(usual, int(width / 2 / one)))


def lien(value: Any) -> str:
    """Return a text that no line breaks in: its spaces are those that hold words together."""
    return " ".join(str(value).split()).replace(" ", "\N{NO-BREAK SPACE}")


def theo_ten(value: Any, field: str = "ten") -> list[Any]:
    """Return names, or rows by a field of theirs, in Vietnamese order of the given name.

    Rows of equal names keep their order.
    """
    return sorted(_rows(value), key=lambda row: given_name_key(_name(row, field)))


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedInChildError("VALUE_FORMAT", field=value, detail="[…]")
    return value


def _name(row: Any, field: str) -> str:
    name = row.get(field) if isinstance(row, dict) else row
    if not isinstance(name, str):
        raise RefusedInChildError("VALUE_FORMAT", field=field, detail=type(name).__name__)
    return name


FILTERS: dict[str, Callable[..., Any]] = {
    **{name: JINJA[name] for name in _OURS_FROM_JINJA},
    "bang_chu": bang_chu,
    "duong_ke": duong_ke,
    "lien": lien,
    "ngay": ngay,
    "ngay_so": ngay_so,
    "so": so,
    "theo_ten": theo_ten,
    "va": va,
}
