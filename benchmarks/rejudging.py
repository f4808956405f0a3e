"""A whole campaign judged anew after an amendment: time per nomination as they grow in number.

    .venv/bin/python benchmarks/rejudging.py [--sizes 1000 5000 10000]

On one PostgreSQL database (benchmarks/throwaway.py): the plan of Kiên Giang with regimes and
rules of law, 200 units, nominations filled past the services, four facts entered for each. For
every size: all are judged once, a criterion is amended, and `services.rejudging` judges all
again; that second run is measured. Every judgement is written anew, since the rules' digest is
another. Prints seconds, milliseconds a nomination by the clock and of this process's processor
(which other work on the machine does not lengthen), statements for each chunk, and memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare()

from django.db import connection  # noqa: E402 - Django has to be awake
from django.utils import timezone  # noqa: E402

from campaigns.models import AwardItem, Criterion, SubjectKind  # noqa: E402
from organisations.models import Unit  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.judging import load_law  # noqa: E402
from tests.organisation import FIRST  # noqa: E402
from workflow.models import Dossier, FactEntry, Judgement, Nomination, Nominee  # noqa: E402
from workflow.services.rejudging import rejudge_campaign  # noqa: E402

UNITS, STEEPEST, BATCH = 200, 1.5, 2000
FACTS = (
    ("general.1", "yes_no", "yes"),
    ("general.5", "yes_no", "no"),
    ("period.from", "date", "2022-11-16"),
    ("period.to", "date", "2025-11-30"),
)


def make_dossiers(cast: Cast) -> list[Dossier]:
    """Write units with a dossier each, received today, past the services."""
    root, occasion, now = cast.units["ubnd-tinh"], cast.occasion("final_2025"), timezone.now()
    units = Unit.objects.bulk_create(
        Unit(code=f"u{n}", type="department", parent=root, path=f"{root.path}u{n}/",
             valid_from=FIRST)
        for n in range(UNITS)
    )  # fmt: skip
    return Dossier.objects.bulk_create(
        Dossier(code=f"HS-{unit.code}", occasion=occasion, unit=unit, version=1,
                authority="provincial_chairman", created_at=now, received_at=now)
        for unit in units
    )  # fmt: skip


def fill(dossiers: Sequence[Dossier], numbers: range) -> None:
    """Write nominations under appraisal with four facts each, past the services."""
    item = AwardItem.objects.get(key="final_bk_tinh")
    subject, now = SubjectKind.objects.get(key="cbccvc"), timezone.now()
    nominees = Nominee.objects.bulk_create(
        (
            Nominee(identity=f"n|{n}", kind="individual", name=f"Nguyễn Thị Ánh {n}",
                    proposed_by_id=dossiers[n % UNITS].unit_id)
            for n in numbers
        ),
        batch_size=BATCH,
    )  # fmt: skip
    rows = Nomination.objects.bulk_create(
        (
            Nomination(dossier=dossiers[n % UNITS], nominee=nominee, award_item=item,
                       subject_kind=subject, state="under_appraisal", achievement=f"Việc {n}",
                       created_at=now, changed_at=now, changed_by="x")
            for n, nominee in zip(numbers, nominees, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    FactEntry.objects.bulk_create(
        (
            FactEntry(nomination=row, key=key, label=key, kind=kind, value=value,
                      source="Báo cáo số 12", entered_by="x", entered_role="unit_clerk",
                      entered_at=now)
            for row in rows
            for key, kind, value in FACTS
        ),
        batch_size=BATCH,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def amend(number: int) -> None:
    """Give one criterion other words, as an amendment does."""
    Criterion.objects.filter(group__key="general", n=5).update(text=f"Sửa đổi lần {number}")


def measure(cast: Cast) -> tuple[float, float, int, float]:
    """Return seconds by the clock and of our processor, how many, and statements for each chunk."""
    began, busy = time.perf_counter(), time.process_time()
    told = list(rejudge_campaign(cast.campaign))
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    last = told[-1]
    assert last.changed == last.done == last.total, last
    amend(0)
    again = rejudge_campaign(cast.campaign)
    next(again)  # reads the rules as well
    asked = [len(throwaway.statements(lambda: next(again))) for _chunk in told[1:4]]
    return seconds, busy, last.total, sum(asked) / max(1, len(asked))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 10000])
    sizes = sorted(parser.parse_args().sizes)
    cast = make_cast()
    load_law()
    dossiers = make_dossiers(cast)
    print("nominations   seconds   ms each   of our processor   statements a chunk   memory MiB")
    each, after = [], 0
    for number, size in enumerate(sizes, start=1):
        fill(dossiers, range(after, size))
        for _judged in rejudge_campaign(cast.campaign):
            pass
        amend(number)
        seconds, busy, total, statements = measure(cast)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each.append(1000 * busy / total)
        print(
            f"{total:11d} {seconds:9.1f} {1000 * seconds / total:9.2f} {each[-1]:18.2f}"
            f" {statements:20.0f} {memory:12.0f}",
            flush=True,
        )
        after = size
    steepness = max(each) / min(each)
    print(f"judgements kept: {Judgement.objects.count()}")
    print(f"time a nomination, dearest by cheapest: {steepness:.2f} (goal: under {STEEPEST})")
    return 0 if steepness < STEEPEST else 1


if __name__ == "__main__":
    sys.exit(main())
