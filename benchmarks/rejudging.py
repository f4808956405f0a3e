"""A whole campaign judged anew after an amendment: time per nomination as they grow in number.

    .venv/bin/python benchmarks/rejudging.py [--sizes 1000 5000 10000]

On one PostgreSQL database (benchmarks/throwaway.py): the plan of Kiên Giang with regimes and
rules of law, 200 units, nominations filled past the services, four facts entered for each. For
every size: all are judged once, a criterion is amended, and `services.rejudging` judges all
again; that second run is measured. Every judgement is written anew, since the rules' digest is
another. Prints seconds, milliseconds a nomination, statements for each chunk, and memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare()

from django.db import connection  # noqa: E402 - Django has to be awake

from campaigns.models import AwardItem, Criterion, SubjectKind  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.judging import load_law  # noqa: E402
from tests.organisation import FIRST  # noqa: E402
from workflow.models import Judgement  # noqa: E402
from workflow.services.rejudging import rejudge_campaign  # noqa: E402

UNITS, STEEPEST = 200, 1.5

UNITS_AND_DOSSIERS = """
INSERT INTO organisations_unit (id, code, type, parent_id, path, place, valid_from)
SELECT gen_random_uuid(), 'u' || n, 'department', %(root)s, 'ubnd-tinh/u' || n || '/', '', %(first)s
FROM generate_series(1, %(units)s) n;

INSERT INTO workflow_dossier
    (id, code, occasion_id, unit_id, authority, version, created_at, received_at)
SELECT gen_random_uuid(), 'HS-' || code, %(occasion)s, id, 'provincial_chairman', 1, now(), now()
FROM organisations_unit WHERE code ~ '^u[0-9]+$';
"""

NOMINATIONS = """
INSERT INTO workflow_nominee
    (id, identity, kind, name, gender, position, workplace, address, proposed_by_id)
SELECT gen_random_uuid(), 'n|' || n, 'individual', 'Nguyễn Thị Ánh ' || n, '', '', '', '', u.id
FROM generate_series(%(after)s + 1, %(upto)s) n
JOIN organisations_unit u ON u.code = 'u' || (1 + n %% %(units)s);

INSERT INTO workflow_nomination
    (id, dossier_id, nominee_id, award_item_id, subject_kind_id, state, resume_to, version,
     flow_version, summary, achievement, past_awards, report, created_at, changed_at, changed_by)
SELECT gen_random_uuid(), d.id, e.id, %(award)s, %(subject)s, 'under_appraisal', '', 1,
    1, '', 'Thành tích ' || e.identity, '[]', '{}', now() - interval '1 day', now(), 'x'
FROM workflow_nominee e JOIN workflow_dossier d ON d.unit_id = e.proposed_by_id
WHERE e.identity LIKE 'n|%%' AND substr(e.identity, 3)::int > %(after)s;

INSERT INTO workflow_factentry
    (id, nomination_id, key, label, kind, value, source, entered_by, entered_role, entered_at)
SELECT gen_random_uuid(), n.id, k.key, k.key, k.kind, k.value, 'Báo cáo số 12', 'x',
    'unit_clerk', now()
FROM workflow_nomination n
JOIN workflow_nominee e ON e.id = n.nominee_id AND substr(e.identity, 3)::int > %(after)s
CROSS JOIN (VALUES ('general.1', 'yes_no', 'yes'), ('general.5', 'yes_no', 'no'),
    ('period.from', 'date', '2022-11-16'), ('period.to', 'date', '2025-11-30')) k(key, kind, value)
WHERE e.identity LIKE 'n|%%';
"""


def run(statements: str, given: dict[str, Any]) -> None:
    """Run each statement of a block."""
    with connection.cursor() as cursor:
        for statement in statements.split(";\n"):
            if statement.strip():
                cursor.execute(statement, given)
        cursor.execute("ANALYZE")


def amend(number: int) -> None:
    """Give one criterion other words, as an amendment does."""
    Criterion.objects.filter(group__key="general", n=5).update(text=f"Sửa đổi lần {number}")


def measure(cast: Cast) -> tuple[float, int, float]:
    """Return seconds of the whole, how many were judged, and statements for each chunk."""
    began = time.perf_counter()
    told = list(rejudge_campaign(cast.campaign))
    seconds = time.perf_counter() - began
    last = told[-1]
    assert last.changed == last.done == last.total, last
    amend(0)
    again = rejudge_campaign(cast.campaign)
    next(again)  # reads the rules as well
    asked = [len(throwaway.statements(lambda: next(again))) for _chunk in told[1:4]]
    return seconds, last.total, sum(asked) / max(1, len(asked))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 10000])
    sizes = sorted(parser.parse_args().sizes)
    cast = make_cast()
    load_law()
    given: dict[str, Any] = {
        "root": cast.units["ubnd-tinh"].pk,
        "first": FIRST,
        "units": UNITS,
        "occasion": cast.occasion("final_2025").pk,
        "award": AwardItem.objects.get(key="final_bk_tinh").pk,
        "subject": SubjectKind.objects.get(key="cbccvc").pk,
    }
    run(UNITS_AND_DOSSIERS, given)
    print("nominations   seconds   ms each   statements a chunk   memory MiB")
    each, after = [], 0
    for number, size in enumerate(sizes, start=1):
        run(NOMINATIONS, {**given, "after": after, "upto": size})
        for _judged in rejudge_campaign(cast.campaign):
            pass
        amend(number)
        seconds, total, statements = measure(cast)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each.append(1000 * seconds / total)
        print(f"{total:11d} {seconds:9.1f} {each[-1]:9.2f} {statements:20.0f} {memory:12.0f}")
        after = size
    steepness = max(each) / min(each)
    print(f"judgements kept: {Judgement.objects.count()}")
    print(f"time a nomination, dearest by cheapest: {steepness:.2f} (goal: under {STEEPEST})")
    return 0 if steepness < STEEPEST else 1


if __name__ == "__main__":
    sys.exit(main())
