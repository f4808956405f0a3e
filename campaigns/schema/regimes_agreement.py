"""Whether the parts of a file of regimes agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.models import Decider, Topic
from campaigns.schema.checks import known, once
from campaigns.schema.spec import Record

KEYED_BY_FORM = frozenset({Topic.SETS.value, Topic.COMPONENT.value})
_FRACTION = re.compile(r"([1-9]\d?)/([1-9]\d?)")


def check_regimes(facts: Record, problems: list[Problem]) -> None:
    """Add what disagrees within the list of regimes: twins, unknown forms, days ruled twice."""
    for part in ("forms", "regimes", "base_pay"):
        once(facts[part], "key", problems)
    once([pay for pay in facts["base_pay"] if pay.get("valid_from")], "valid_from", problems)
    forms = [form["key"] for form in facts["forms"]]
    earlier: list[str] = []
    for regime in facts["regimes"]:
        if regime.get("valid_to") and regime["valid_to"] < regime["valid_from"]:
            _bad(regime, _("ngày hết hiệu lực trước ngày có hiệu lực"), problems)
        _multiples(regime, forms, problems)
        _provisions(regime, forms, problems)
        _clocks(regime, forms, problems)
        _thresholds(regime, forms, problems)
        if regime.get("like"):
            known([regime["like"]["regime"]], earlier, regime["like"]["line"], problems)
        earlier.append(regime["key"])
    _no_day_ruled_twice(facts["regimes"], problems)


def _bad(row: Record, text: str, problems: list[Problem]) -> None:
    problems.append(Problem(row["line"], "BAD_VALUE", text))


def _multiples(regime: Record, forms: Sequence[str], problems: list[Problem]) -> None:
    rows = regime.get("multiples") or []
    _once_together(rows, ("form", "kind"), problems)
    for row in rows:
        known([row["form"]], forms, row["line"], problems)
        if row.get("multiple") == 0:
            _bad(row, _("hệ số phải lớn hơn 0; chưa biết thì để null"), problems)


def _provisions(regime: Record, forms: Sequence[str], problems: list[Problem]) -> None:
    rows = regime.get("provisions") or []
    _once_together(_each(rows, "keys"), ("topic", "keys"), problems)
    for row in rows:
        if row["topic"] in KEYED_BY_FORM:
            known(row["keys"], forms, row["line"], problems)
        elif row["topic"] == Topic.PAYER:
            known(row["keys"], Decider.values, row["line"], problems)


def _clocks(regime: Record, forms: Sequence[str], problems: list[Problem]) -> None:
    rows = regime.get("clocks") or []
    once(rows, "key", problems)
    for row in rows:
        known(row.get("forms"), forms, row["line"], problems)
        if (row.get("length") is None) != (row.get("unit") is None):
            _bad(row, _("thời hạn phải có cả length và unit, hoặc không có cả hai"), problems)


def _thresholds(regime: Record, forms: Sequence[str], problems: list[Problem]) -> None:
    rows = regime.get("thresholds") or []
    _once_together(_each(rows, "forms"), ("council", "forms"), problems)
    for row in rows:
        known(row["forms"], forms, row["line"], problems)
        if (row.get("pass_ratio") is None) != (row.get("denominator") is None):
            text = _("tỷ lệ phiếu phải có cả pass_ratio và denominator, hoặc không có cả hai")
            _bad(row, text, problems)
        said = _FRACTION.fullmatch(row.get("quorum") or "1/1")
        if said is None or int(said[1]) > int(said[2]):
            _bad(row, _("quorum phải là phân số không quá 1, ví dụ 2/3"), problems)


def _each(rows: Iterable[Record], many: str) -> list[Record]:
    """Return a row for each of the names that a row lists."""
    return [row | {many: name} for row in rows for name in row[many]]


def _once_together(rows: Iterable[Record], names: tuple[str, str], problems: list[Problem]) -> None:
    label = ", ".join(names)
    once([row | {label: f"{row[names[0]]}, {row[names[1]]}"} for row in rows], label, problems)


def _no_day_ruled_twice(regimes: list[Record], problems: list[Problem]) -> None:
    ordered = sorted(regimes, key=lambda regime: regime["valid_from"])
    for earlier, later in pairwise(ordered):
        if earlier.get("valid_to") is None or earlier["valid_to"] >= later["valid_from"]:
            said = {"key": earlier["key"], "line": earlier["line"]}
            text = _("trùng ngày hiệu lực với “%(key)s” (dòng %(line)d)") % said
            problems.append(Problem(later["line"], "BAD_VALUE", text))
