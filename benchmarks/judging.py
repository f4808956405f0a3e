"""Judging 1,000, 5,000 and 10,000 nominations by the shipped rules: whether time grows in line.

    .venv/bin/python benchmarks/judging.py [--rounds 3]

The rules are read from a database once (benchmarks/throwaway.py), for every award of the Kiên Giang
plan and every category that may win it, under NĐ 152/2025; from then on nothing is read. Each
nomination has figures for its targets, answers for its criteria and days, some of them missing; all
are made beforehand from one seed. Time is the processor's, so that others on the machine do not
count. Prints for each size the best of the rounds, what one nomination
and one verdict cost, the same work done by a bare loop that compares two numbers per rule (the
floor), and the time of one nomination at 10,000 over that at 1,000 (goal: at most 1.2).
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare()

from audit.services import SYSTEM  # noqa: E402 - Django has to be awake
from campaigns.judging.facts import Fact, Facts, Value  # noqa: E402
from campaigns.judging.judge import judge  # noqa: E402
from campaigns.judging.rulebook import rule_book  # noqa: E402
from campaigns.judging.rules import AskedFact, AskedKind, Rule  # noqa: E402
from campaigns.management.commands.load_campaign import SHIPPED  # noqa: E402
from campaigns.models import AwardItem, Campaign, Regime  # noqa: E402
from campaigns.services import load_campaign  # noqa: E402

SIZES, GOAL_RATIO = (1_000, 5_000, 10_000), 1.2
SEED, MISSING, YES = 20251122, 0.05, 0.9
FILES = ("regimes.yaml", "law_rules.yaml", "kien-giang-2022-2025.yaml")
DAY = date(2025, 12, 15)

Nominations = list[tuple[list[Rule], Facts]]


def rule_sets() -> list[tuple[list[Rule], dict[str, Fact]]]:
    """Return the rules of every award and category, with what the plan itself knows."""
    for name in FILES:
        load_campaign(who=SYSTEM, source=(SHIPPED / name).read_bytes())
    book = rule_book(Campaign.objects.get(), Regime.objects.get(key="nd-152-2025"), DAY)
    items = AwardItem.objects.select_related("form", "occasion").prefetch_related("subjects")
    pairs = [(item, kind) for item in items for kind in item.subjects.all()]
    return [(book.rules(*pair), book.facts(*pair)) for pair in pairs]


def answer(random: Random, ask: AskedFact) -> Value:
    if ask.kind == AskedKind.YES_NO:
        return random.random() < YES
    if ask.kind == AskedKind.DATE:
        return DAY - timedelta(days=random.randrange(2000))
    if ask.kind in {AskedKind.TEXT, AskedKind.DOCUMENT}:
        return "12/XN"
    return Decimal(random.randrange(12_000)) / 100


def nominations(count: int) -> Nominations:
    random, sets = Random(SEED), rule_sets()
    made: Nominations = []
    for number in range(count):
        rules, known = sets[number % len(sets)]
        asked = {ask.key: ask for rule in rules for ask in rule.asks}
        entered = {
            key: Fact(key, answer(random, ask), "báo cáo", "Lan", DAY)
            for key, ask in asked.items()
            if key not in known and random.random() > MISSING
        }
        made.append((rules, {**known, **entered}))
    return made


def judged(batch: Nominations) -> int:
    outcomes: Counter[str] = Counter()
    for rules, facts in batch:
        outcomes.update(verdict.outcome for verdict in judge(rules, facts))
    return outcomes.total()


def bare(batch: Nominations) -> int:
    """Look up one number per rule and compare it: the least that any judging has to do."""
    compared, passed, goal = 0, 0, Decimal(50)
    for rules, facts in batch:
        for rule in rules:
            fact = facts.get(rule.key)
            value = fact.value if fact else None
            passed += isinstance(value, Decimal) and value >= goal
            compared += 1
    return compared


def best_of(rounds: int, act: Callable[[Nominations], int], batch: Nominations) -> float:
    seconds = []
    for _round in range(rounds):
        began = time.process_time()
        act(batch)
        seconds.append(time.process_time() - began)
    return min(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    everything = nominations(SIZES[-1])
    gc.collect()
    gc.freeze()  # what the benchmark holds ready is not the judge's rubbish to look through
    each: dict[int, float] = {}
    print("nominations | verdicts | s | ms a nomination | µs a verdict | floor, s")
    for size in SIZES:
        batch = everything[:size]
        seconds, floor, verdicts = (
            best_of(rounds, judged, batch),
            best_of(rounds, bare, batch),
            bare(batch),
        )
        each[size] = seconds / size
        print(
            f"{size:>11,} | {verdicts:>8,} | {seconds:.2f} | {1000 * each[size]:.2f} | "
            f"{1e6 * seconds / verdicts:.1f} | {floor:.2f}"
        )
    ratio = each[SIZES[-1]] / each[SIZES[0]]
    print(f"one nomination at {SIZES[-1]:,} over at {SIZES[0]:,}: {ratio:.2f} (goal: {GOAL_RATIO})")
    return 0 if ratio <= GOAL_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
