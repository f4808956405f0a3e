"""Finding two rules of one campaign that no nomination could meet together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import Problem
from campaigns.schema.award_campaign import COMPARATORS
from campaigns.schema.spec import Record


@dataclass(frozen=True)
class _Demand:
    """What one rule asks of one fact, of whom and when; None in a scope means everybody."""

    line: int
    name: str
    fact: str
    condition: tuple[object, object]
    scopes: tuple[frozenset[str] | None, ...]
    days: tuple[date, date]
    low: tuple[Decimal, bool] | None = None  # the value, and whether it itself is left out
    high: tuple[Decimal, bool] | None = None
    words: frozenset[object] | None = None


def opposed_rules(facts: Record, targets: Iterable[Any]) -> Iterator[Problem]:
    """Yield a problem for each two rules that ask opposite things of one fact.

    The plan's own targets count as rules. Rules with different conditions, for different awards
    or subjects, or in force on different days, never meet and so never contradict.
    """
    demands = [demand for rule in facts.get("rules") or [] for demand in _demands(rule)]
    plan = [_target_demand(*target) for target in targets] if demands else []
    for one, other in combinations([*plan, *demands], 2):
        if one.fact == other.fact and _meet(one, other) and _opposed(one, other):
            text = _("trái với “%(name)s” (dòng %(line)d): không hồ sơ nào đạt được cả hai")
            said = {"name": one.name, "line": one.line}
            yield Problem(other.line, "CONTRADICTION", text % said)


def _demands(rule: Record) -> Iterator[_Demand]:
    params = rule["params"]
    if rule["predicate"] == "reaches" and {"fact", "op", "value"} <= params.keys():
        low, high = _bounds(params["op"], params["value"])
        yield _demand(rule, params["fact"], low=low, high=high)
    elif rule["predicate"] == "within_quota" and {"count", "most"} <= params.keys():
        yield _demand(rule, params["count"], high=(Decimal(params["most"]), False))
    elif rule["predicate"] == "holds" and "fact" in params:
        yield _demand(rule, params["fact"], words=frozenset({params.get("wanted") is not False}))
    elif rule["predicate"] == "person_finds" and "fact" in params:
        yield _demand(rule, params["fact"], words=frozenset({True}))
    elif rule["predicate"] == "one_of" and {"fact", "words"} <= params.keys():
        yield _demand(rule, params["fact"], words=frozenset(params["words"]))


def _demand(rule: Record, fact: str, **asked: Any) -> _Demand:
    params = rule["params"]
    names = (rule.get("items"), rule.get("forms"), rule.get("subjects"))
    return _Demand(
        rule["line"],
        rule["key"],
        fact,
        (params.get("only_if"), params.get("only_if_is")),
        tuple(frozenset(listed) if listed else None for listed in names),
        (rule.get("valid_from") or date.min, rule.get("valid_to") or date.max),
        **asked,
    )


def _target_demand(key: str, year: int, target: Record) -> _Demand:
    op = target["derived"].get("op") or COMPARATORS[target["cmp"]]
    low, high = _bounds(op, target["value"])
    name = f"target.{key}.{year}"
    everybody = (None, None, None)
    days = (date.min, date.max)
    return _Demand(target["line"], name, name, (None, None), everybody, days, low, high)


_Bound = tuple[Decimal, bool] | None


def _bounds(op: str, value: Decimal) -> tuple[_Bound, _Bound]:
    bound = (Decimal(value), op in {">", "<"})
    return (bound, None) if op in {">", ">="} else (None, bound)


def _meet(one: _Demand, other: _Demand) -> bool:
    days = one.days[0] <= other.days[1] and other.days[0] <= one.days[1]
    scopes = zip(one.scopes, other.scopes, strict=True)
    shared = all(mine is None or theirs is None or mine & theirs for mine, theirs in scopes)
    return days and shared and one.condition == other.condition


def _opposed(one: _Demand, other: _Demand) -> bool:
    if one.words is not None and other.words is not None:
        return not one.words & other.words
    return _above(one, other) or _above(other, one)


def _above(one: _Demand, other: _Demand) -> bool:
    """Whether all that `one` takes lies above all that `other` takes."""
    if one.low is None or other.high is None:
        return False
    open_end = one.low[1] or other.high[1]
    return one.low[0] > other.high[0] or (one.low[0] == other.high[0] and open_end)
