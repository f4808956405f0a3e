"""What must hold for any rules and any facts."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.judging.facts import Fact, Facts
from campaigns.judging.judge import digest, judge
from campaigns.judging.predicates import PREDICATES
from campaigns.judging.predicates.targets import Exceeding
from campaigns.judging.rules import Rule
from campaigns.judging.verdicts import Outcome
from tests.judged import any_facts, any_rule, goal, rule_of

FIGURES = st.decimals(min_value=0, max_value=200, places=3)
RULES = st.lists(any_rule(), max_size=6).map(
    lambda rules: [replace(rule, key=f"rule.{number}") for number, rule in enumerate(rules)]
)


@settings(max_examples=500)
@given(any_rule(), any_facts())
def test_judging_never_raises_and_every_verdict_can_be_defended(rule: Rule, facts: Facts) -> None:
    (verdict,) = judge([rule], facts)
    assert verdict.words
    assert verdict.clause
    assert verdict.in_force
    if verdict.outcome == Outcome.NOT_MET:
        assert verdict.arithmetic
        assert rule.mark == "S"
    if verdict.outcome == Outcome.PERSON:
        assert verdict.question
    if verdict.outcome == Outcome.UNKNOWN:
        assert verdict.missing
    if verdict.outcome == Outcome.MET:
        assert verdict.arithmetic
    assert {fact.key for fact in verdict.used} <= facts.keys()


@given(RULES, any_facts(), st.randoms())
def test_verdicts_do_not_depend_on_any_order(
    rules: list[Rule], facts: Facts, random: Random
) -> None:
    ordered = {verdict.rule: verdict for verdict in judge(rules, facts)}
    shuffled_rules, shuffled_facts = list(rules), list(facts.items())
    random.shuffle(shuffled_rules)
    random.shuffle(shuffled_facts)
    shuffled = {verdict.rule: verdict for verdict in judge(shuffled_rules, dict(shuffled_facts))}
    assert shuffled == ordered
    assert digest(shuffled_rules) == digest(rules)


@given(RULES, any_facts())
def test_facts_that_no_rule_names_change_nothing(rules: list[Rule], facts: Facts) -> None:
    more = {**facts, "không ai hỏi": Fact("không ai hỏi", Decimal(1))}
    assert judge(rules, more) == judge(rules, facts)


@given(
    st.sampled_from(["reaches", "contributes", "all_targets", "some_targets", "exceeds"]),
    st.sampled_from([">", ">="]),
    st.lists(st.tuples(FIGURES, FIGURES, st.one_of(st.none(), FIGURES)), min_size=1, max_size=5),
    st.sampled_from([None, *Exceeding]),
    st.integers(1, 5),
    st.sampled_from(["S", "S2"]),
)
def test_better_figure_never_turns_met_into_not_met(
    predicate: str,
    op: str,
    rows: list[tuple[Decimal, Decimal, Decimal | None]],
    reading: str | None,
    fewest: int,
    mark: str,
) -> None:
    targets = tuple(goal(f"g{n}", str(value), op) for n, (value, _by, _figure) in enumerate(rows))
    first = targets[0]
    every: dict[str, dict[str, Any]] = {
        "reaches": {"fact": first.fact, "op": op, "value": first.value},
        "contributes": {"fact": first.fact, "norm": first.value},
        "all_targets": {"targets": targets},
        "some_targets": {"targets": targets, "fewest": fewest},
        "exceeds": {"targets": targets, "op": op, "value": Decimal(20), "reading": reading},
    }
    rule = rule_of(predicate, mark=mark, **every[predicate])

    def outcome(*, better: bool) -> Outcome:
        facts = {
            target.fact: Fact(target.fact, figure + (by if better else 0))
            for target, (_value, by, figure) in zip(targets, rows, strict=True)
            if figure is not None
        }
        return judge([rule], facts)[0].outcome

    before, after = outcome(better=False), outcome(better=True)
    assert _GOODNESS[after] >= _GOODNESS[before]


_GOODNESS = {Outcome.NOT_MET: 0, Outcome.PERSON: 1, Outcome.UNKNOWN: 1, Outcome.MET: 2}


@given(any_rule(), any_rule())
def test_digest_tells_rules_apart(one: Rule, other: Rule) -> None:
    assert (digest([one]) == digest([other])) == (one == other)


def test_digest_sees_every_part_of_a_rule() -> None:
    rule = rule_of("reaches", fact="f", op=">=", value=Decimal("10.0"))
    assert digest([rule]) == digest([replace(rule, params={**rule.params, "value": Decimal(10)})])
    changed = [
        replace(rule, key="b"), replace(rule, predicate="holds"), replace(rule, words="khác"),
        replace(rule, params={"fact": "f"}), replace(rule, clause="Điều 2"),
        replace(rule, source="khác"), replace(rule, valid_from=None), replace(rule, valid_to=None),
        replace(rule, mark="S2"),
    ]  # fmt: skip
    digests = {digest([one]) for one in (rule, *changed)}
    assert len(digests) == len(changed) + 1
    assert len(digest([])) == 64


def test_every_predicate_says_which_parameters_it_takes() -> None:
    for name, predicate in PREDICATES.items():
        assert predicate.needed, name
        assert not predicate.needed.keys() & predicate.allowed.keys()
        assert predicate.check.__doc__ or name == "any_of"
