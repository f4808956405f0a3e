"""Moving 500 nominations on: a loop of viewflow.workflow against engine.fire_many, in one run.

    .venv/bin/python benchmarks/transitions.py [--nominations 500] [--rounds 3]

Both on one PostgreSQL database (benchmarks/throwaway.py). The rival does one task of each of 500
processes, one after the other, each in its own transaction as its pages do; it checks no role,
no version and keeps no chained log. Ours moves 500 nominations in one transaction with all of
these. Prints the best of the rounds, the ratio, and what one move with its event costs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare("benchmarks.rival_settings")

from django.db import transaction  # noqa: E402 - Django has to be awake
from django.utils import timezone  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402

from benchmarks.rival.flows import NominationFlow, do  # noqa: E402
from organisations.actors import Actor  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.factories import asked, draft, facts, person  # noqa: E402
from workflow.engine import BulkResult, fire, fire_many  # noqa: E402
from workflow.models import Nomination  # noqa: E402
from workflow.states import MOVES  # noqa: E402

GOAL_RATIO, GOAL_QUERIES = 5, 9
OURS = (("prepare", "lan"), ("revise", "hung"))
"""There and back again, so that every round finds all of them where it can move them."""


def best_of(rounds: int, act: Callable[[int], None]) -> float:
    seconds = []
    for number in range(rounds):
        began = time.perf_counter()
        act(number)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def rival_round(user: object) -> int:
    """Do the open task of every process, and return how many were done."""
    tasks = list(Task.objects.filter(status=STATUS.NEW).order_by("pk"))
    for task in tasks:
        with transaction.atomic():
            do(task, user)
    return len(tasks)


def our_round(actor: Actor, move: str) -> BulkResult:
    rows = list(Nomination.objects.all())
    with transaction.atomic():
        return fire_many(actor=actor, move=MOVES[move], items=asked(*rows), at=timezone.now())


def measure(cast: Cast, nominations: int, rounds: int) -> tuple[float, float]:
    """Return the seconds of the rival and of ours for moving all of them once."""
    draft(cast, *(facts(person(f"Nguyễn Thị Ánh {number}")) for number in range(nominations)))
    for _number in range(nominations):
        NominationFlow.start.run()
    user = cast.users["lan"]

    def rival(_number: int) -> None:
        assert rival_round(user) == nominations

    def ours(number: int) -> None:
        move, login = OURS[number % 2]
        assert len(our_round(cast[login], move).moved) == nominations

    return best_of(rounds, rival), best_of(rounds, ours)


def one_of_ours(cast: Cast) -> int:
    row = draft(cast, facts(person("Lê Thị Hồng")))[0]

    def act() -> None:
        with transaction.atomic():
            fire(
                actor=cast["lan"],
                move=MOVES["prepare"],
                nomination_id=row.pk,
                expected_version=row.version,
                at=timezone.now(),
            )

    return len(throwaway.statements(act))


def one_of_the_rival(cast: Cast) -> int:
    NominationFlow.start.run()
    task = Task.objects.filter(status=STATUS.NEW).latest("pk")
    return len(throwaway.statements(lambda: do(task, cast.users["lan"])))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--nominations", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    cast = make_cast()
    rival, ours = measure(cast, given.nominations, given.rounds)
    queries, rival_queries = one_of_ours(cast), one_of_the_rival(cast)
    ratio = rival / ours
    print(f"{given.nominations} moves, best of {given.rounds}, PostgreSQL")
    print(f"  viewflow.workflow, one by one   {rival:7.2f} s")
    print(f"  engine.fire_many                {ours:7.2f} s")
    print(f"  ratio                           {ratio:7.1f}   (goal: at least {GOAL_RATIO})")
    print("one move, statements without BEGIN and COMMIT")
    print(f"  viewflow.workflow, without log  {rival_queries:7d}")
    print(f"  engine.fire, with its event     {queries:7d}   (goal: at most {GOAL_QUERIES})")
    return 0 if ratio >= GOAL_RATIO and queries <= GOAL_QUERIES else 1


if __name__ == "__main__":
    sys.exit(main())
