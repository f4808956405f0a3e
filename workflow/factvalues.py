"""Values of facts: as a person types them, as a row keeps them, as a rule reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from campaigns.judging.facts import Fact, Value
from campaigns.judging.wording import day_words, number_words
from workflow.errors_drafting import ValueFormatError
from workflow.models import FactKind
from workflow.text import in_nfc

YES, NO, NONE = "yes", "no", "none"
MAX_PERCENT = Decimal(1000)
"""A rate above ten times the whole is a slip of the pen; growth may well pass 100%."""
MAX_MONEY = Decimal(10) ** 15
"""The largest sum, in đồng, that a norm can be compared with (campaigns: norm_amount)."""


def value_of(kind: str, text: str) -> Value:
    """Return what a rule reads of a kept value. Raises ValueError or InvalidOperation."""
    if kind in {FactKind.PERCENT, FactKind.MONEY, FactKind.COUNT}:
        return Decimal(text)
    if kind in {FactKind.YES_NO, FactKind.DOCUMENT} and text in {YES, NO}:
        return text == YES
    if text == NONE:
        return None
    if kind == FactKind.DATE:
        return date.fromisoformat(text)
    return text


def kept(kind: str, value: object, label: str) -> str:
    """Return the plain form of a value that a form cleaned; "" for none.

    Raises ValueFormatError, naming the fact, for a value that its kind cannot have.
    """
    if value is None or value == "":
        return ""
    if value == NONE and kind == FactKind.DATE:
        return NONE
    try:
        return _KEPT[FactKind(kind)](value)
    except (ValueError, InvalidOperation) as error:
        why = _("“%(value)s” không phải %(kind)s hợp lệ.") % {
            "value": value,
            "kind": FactKind(kind).label,
        }
        raise ValueFormatError(label, why) from error


def _rate(value: object) -> str:
    return _decimal(value, MAX_PERCENT)


def _sum(value: object) -> str:
    return _decimal(value, MAX_MONEY)


def _decimal(value: object, most: Decimal) -> str:
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number <= most:
        raise ValueError(value)
    return f"{number.normalize():f}"


def _number_of(value: object) -> str:
    text = _decimal(value, MAX_MONEY)
    if not text.isdecimal():
        raise ValueError(value)
    return text


def _answer(value: object) -> str:
    if value in {True, YES}:
        return YES
    if value in {False, NO}:
        return NO
    raise ValueError(value)


def _day(value: object) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()


def _words(value: object) -> str:
    return " ".join(in_nfc(str(value)).split())


_KEPT: Final[dict[FactKind, Callable[[object], str]]] = {
    FactKind.PERCENT: _rate,
    FactKind.MONEY: _sum,
    FactKind.COUNT: _number_of,
    FactKind.YES_NO: _answer,
    FactKind.DATE: _day,
    FactKind.TEXT: _words,
    FactKind.DOCUMENT: _words,
}


def plain_fact(fact: Fact) -> dict[str, Any]:
    """Return a fact as a judgement keeps it; read_fact gives it back."""
    sort, value = _plain(fact.value)
    return {
        "key": fact.key,
        "sort": sort,
        "value": value,
        "source": fact.source,
        "entered_by": fact.entered_by,
        "entered_on": fact.entered_on.isoformat() if fact.entered_on else "",
    }


def _plain(value: Value) -> tuple[str, str]:
    if value is None:
        return "none", ""
    if isinstance(value, bool):
        return "bool", YES if value else NO
    if isinstance(value, Decimal):
        return "decimal", f"{value:f}"
    if isinstance(value, date):
        return "date", value.isoformat()
    return "text", value


_READ: Final[dict[str, Callable[[str], Value]]] = {
    "none": lambda _text: None,
    "bool": lambda text: text == YES,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "text": str,
}


def read_fact(row: Mapping[str, Any]) -> Fact:
    """Return a fact as plain_fact kept it."""
    return Fact(
        key=row["key"],
        value=_READ[row["sort"]](row["value"]),
        source=row["source"],
        entered_by=row["entered_by"],
        entered_on=date.fromisoformat(row["entered_on"]) if row["entered_on"] else None,
    )


def shown(value: Value) -> str:
    """Return a value as a page and a paper show it, in the reader's language."""
    if value is None:
        return _("Không có")
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Decimal):
        return number_words(value)
    if isinstance(value, date):
        return day_words(value)
    return value
