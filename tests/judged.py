"""Short ways to write facts and rules, and any facts and rules for properties."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from campaigns.judging.facts import Fact, Facts, Value
from campaigns.judging.finding import FACT_KINDS, ParamKind, Target
from campaigns.judging.judge import judge
from campaigns.judging.predicates import CONDITION, IN_FILES, PREDICATES
from campaigns.judging.predicates.combined import Part
from campaigns.judging.predicates.targets import Exceeding
from campaigns.judging.rules import AskedFact, AskedKind, Rule
from campaigns.judging.verdicts import Verdict


def facts_of(values: dict[str, Any]) -> dict[str, Fact]:
    """Facts by their keys; whole numbers and texts of numbers stay what they are."""
    return {key: Fact(key, value, f"nguồn của {key}", "Lan") for key, value in values.items()}


def rule_of(predicate: str, *asks: AskedFact, mark: str = "S", **params: Any) -> Rule:
    return Rule(
        "a.rule", predicate, params, "Lời của quy định", "Điều 1", "Văn bản số 1",
        date(2024, 1, 1), date(2025, 6, 30), asks, mark,
    )  # fmt: skip


def verdict_of(rule: Rule, values: dict[str, Any]) -> Verdict:
    (verdict,) = judge([rule], facts_of(values))
    return verdict


def goal(key: str, value: str, op: str = ">=", unit: str = "%", year: int = 2023) -> Target:
    return Target(key, f"Chỉ tiêu {key}", year, op, Decimal(value), unit, f"{value}{unit}")


# --- any facts, any rules ------------------------------------------------------------------------
KEYS = [f"fact.{number}" for number in range(6)]
DAYS = st.dates()
NUMBERS = st.one_of(
    st.decimals(allow_nan=True, allow_infinity=True),
    st.decimals(min_value=0, max_value=200, places=3),
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    NUMBERS, st.booleans(), st.text(max_size=8), DAYS, st.none(), st.datetimes(),
    st.sampled_from(["province", "president", "a", " "]),
)  # fmt: skip


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    goals = [f"target.{key}.2023" for key in ("g1", "g2", "g3")]
    keys = draw(st.lists(st.sampled_from([*KEYS, *goals]), unique=True))
    return {key: Fact(key, draw(VALUES)) for key in keys}


_GOALS = st.lists(
    st.builds(
        goal,
        st.sampled_from(["g1", "g2", "g3"]),
        st.decimals(min_value=0, max_value=120, places=2).map(str),
        st.sampled_from([">", ">="]),
        st.sampled_from(["%", "hộ"]),
    ),
    max_size=3,
    unique_by=lambda target: target.key,
).map(tuple)
_PARAMS: dict[ParamKind, st.SearchStrategy[Any]] = {
    **dict.fromkeys(FACT_KINDS, st.sampled_from(KEYS)),
    ParamKind.NUMBER: st.decimals(min_value=0, max_value=10**14, places=3),
    ParamKind.WHOLE: st.integers(0, 1200),
    ParamKind.FLAG: st.booleans(),
    ParamKind.TEXT: st.sampled_from(["a", "province", "Hỏi?"]),
    ParamKind.TEXTS: st.lists(st.sampled_from(["a", "president"]), max_size=2).map(tuple),
    ParamKind.OP: st.sampled_from([">", ">=", "<", "<="]),
    ParamKind.DAY: DAYS,
    ParamKind.READING: st.sampled_from(list(Exceeding)),
    ParamKind.TARGETS: _GOALS,
}


@st.composite
def params_for(draw: st.DrawFn, predicate: str) -> dict[str, Any]:
    declared = PREDICATES[predicate]
    optional = {**declared.allowed, **CONDITION}
    chosen = draw(st.lists(st.sampled_from(sorted(optional)), unique=True))
    kinds = {**declared.needed, **{name: optional[name] for name in chosen}}
    return {name: draw(_PARAMS[kind]) for name, kind in kinds.items()}


@st.composite
def any_rule(draw: st.DrawFn, key: str = "a.rule") -> Rule:
    name = draw(st.sampled_from([*IN_FILES, "any_of"]))
    if name == "any_of":
        names = draw(st.lists(st.sampled_from(IN_FILES), min_size=1, max_size=3))
        parts = tuple(Part(one, draw(params_for(one)), f"Cách {one}") for one in names)
        params: dict[str, Any] = {"parts": parts}
    else:
        params = draw(params_for(name))
    asks = tuple(AskedFact(key, f"Dữ kiện {key}", AskedKind.TEXT) for key in KEYS)
    mark = draw(st.sampled_from(["S", "S2", "R", "none"]))
    return Rule(key, name, params, "Lời", "Điều 1", "Văn bản", None, None, asks, mark)


NOON = datetime(2025, 1, 1, 12)  # noqa: DTZ001 - a value of a kind that no fact should have
