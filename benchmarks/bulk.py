"""Acts on many: 500 against viewflow.workflow's own loop, then up to 10,000 as a worker does them.

    .venv/bin/python benchmarks/bulk.py [--most 10000] [--rounds 3]

On one PostgreSQL database (benchmarks/throwaway.py). The rival does one task of each of 500
processes, one after the other, as its pages do, without roles, versions and log. Ours seals a set
and begins it: dry run, versions, authority, the chained log and what became of each. Then sets
that double up to the most are done chunk by chunk, with the time for one nomination and the peak of
memory that Python asked for while a set was done: the first must not grow, the second not with
the set.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare("benchmarks.rival_settings")

from django.db import transaction  # noqa: E402 - Django has to be awake
from viewflow.workflow.models import Task  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402

from benchmarks.rival.flows import NominationFlow, do  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.factories import draft, facts, person  # noqa: E402
from tests.many import written_again  # noqa: E402
from workflow.engine import Asked  # noqa: E402
from workflow.models import BulkAct, BulkState, Nomination  # noqa: E402
from workflow.services.bulk import begin_bulk, look_chunk, run_chunk, seal_set  # noqa: E402

GOAL_RATIO, AT_ONCE = 8, 500
GOAL_GROWTH = 1.5
"""How much longer one nomination of the largest set may take than one of the smallest."""
GOAL_MEMORY = 1.5
"""How much more memory the largest set may take than the smallest, while it is done."""
BACK = {"prepare": ("revise", "hung"), "revise": ("prepare", "lan")}


def now_at(many: int) -> list[Asked]:
    rows = Nomination.objects.order_by("pk").values_list("pk", "version")[:many]
    return [Asked(*row) for row in rows]


def rival(user: object) -> float:
    tasks = list(Task.objects.filter(status=STATUS.NEW).order_by("pk"))
    began = time.perf_counter()
    for task in tasks:
        with transaction.atomic():
            do(task, user)
    assert len(tasks) == AT_ONCE
    return time.perf_counter() - began


def ours(cast: Cast, many: int, name: str, login: str) -> tuple[float, float, int]:
    """Return the seconds of the dry run, those of doing it, and the peak of memory in bytes."""
    began = time.perf_counter()
    act = seal_set(actor=cast[login], name=name, items=now_at(many))
    while BulkAct.objects.get(pk=act.pk).state == BulkState.LOOKING:
        look_chunk(actor=cast[login], act_id=act.pk)
    sealed = time.perf_counter()
    tracemalloc.reset_peak()
    at_rest = tracemalloc.get_traced_memory()[0] if tracemalloc.is_tracing() else 0
    begin_bulk(actor=cast[login], act_id=act.pk, seal=act.digest, typed={"reason": "đo"})
    while BulkAct.objects.get(pk=act.pk).state == BulkState.RUNNING:
        run_chunk(actor=cast[login], act_id=act.pk)
    done = time.perf_counter()
    peak = tracemalloc.get_traced_memory()[1] if tracemalloc.is_tracing() else 0
    assert act.items.filter(outcome="moved").count() == many
    return sealed - began, done - sealed, peak - at_rest


def head_to_head(cast: Cast, rounds: int) -> float:
    """Return how much longer the rival takes; the two take turns, and the best round of each counts."""
    for _number in range(AT_ONCE):
        NominationFlow.start.run()
    name, login = "prepare", "lan"
    theirs = best = looks = float("inf")
    for _round in range(rounds):
        theirs = min(theirs, rival(cast.users["lan"]))
        for _way in range(2):
            look, doing, _peak = ours(cast, AT_ONCE, name, login)
            best, looks = min(best, doing), min(looks, look)
            name, login = BACK[name]
    print(f"{AT_ONCE} at once, best of {rounds}, PostgreSQL")
    print(f"  viewflow.workflow, one by one    {theirs:7.2f} s")
    print(f"  ours, what was sealed            {best:7.2f} s   (dry run before it: {looks:.2f} s)")
    print(
        f"  ratio                            {theirs / best:7.1f}   (goal: at least {GOAL_RATIO})"
    )
    return theirs / best


def by_size(cast: Cast, sizes: Sequence[int]) -> tuple[float, float]:
    """Return how much one nomination's time, and the memory, grow from the smallest set."""
    print("as a worker does it, chunk by chunk")
    print("      set   dry run, s   doing it, s   ms for one   memory, MB")
    costs, memory = [], []
    name, login = "prepare", "lan"
    for many in sizes:
        look, doing, _peak = ours(cast, many, name, login)
        name, login = BACK[name]
        tracemalloc.start()
        _look, _doing, peak = ours(cast, many, name, login)
        tracemalloc.stop()
        name, login = BACK[name]
        costs.append(1000 * doing / many)
        memory.append(peak / 1_000_000)
        print(
            f"  {many:7,}   {look:10.2f}   {doing:11.2f}   {costs[-1]:10.2f}   {memory[-1]:10.1f}"
        )
    return costs[-1] / costs[0], memory[-1] / memory[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    cast = make_cast()
    draft(cast, *(facts(person(f"Nguyễn Thị Ánh {n}")) for n in range(AT_ONCE)))
    drafts = list(Nomination.objects.select_related("nominee"))
    written_again(drafts, max(given.most // AT_ONCE - 1, 0))  # past the services, unmeasured
    ratio = head_to_head(cast, given.rounds)
    sizes = [many for many in (1_000, 2_000, 5_000, 10_000) if many <= given.most]
    growth, memory = by_size(cast, sizes)
    print(f"  time for one grows by            {growth:7.2f}   (goal: at most {GOAL_GROWTH})")
    print(f"  memory grows by                  {memory:7.2f}   (goal: at most {GOAL_MEMORY})")
    return 0 if ratio >= GOAL_RATIO and growth <= GOAL_GROWTH and memory <= GOAL_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
