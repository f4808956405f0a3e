"""Every list at 100,000 open and 400,000 closed nominations: what a page costs in PostgreSQL.

    .venv/bin/python benchmarks/lists.py [--nominations 500000]

On one database (benchmarks/throwaway.py, benchmarks/filled.py): 500 units, 25 occasions, 12,500
dossiers, a fifth of the nominations under way, 1,100,000 pieces of work (a tenth open), 250,000 events. Asks each
page of those who see most in it, first as it opens, then sorted, narrowed and far down, and prints:
how many statements it asks, what they took together, and the slowest of them; in milliseconds, as
the page waits for them, the best of three, the first (which fills the cache) not counted. That a
list asks as many statements however long it is, the tests hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import throwaway

throwaway.prepare()

from django.db import connection  # noqa: E402 - Django has to be awake
from django.test import Client  # noqa: E402

from benchmarks.filled import UNITS, fill, notices  # noqa: E402
from organisations.models import Role, Unit, User  # noqa: E402
from tests.cast import make_cast  # noqa: E402
from tests.organisation import FIRST, grant, person  # noqa: E402
from workflow.models import Dossier, Notice  # noqa: E402

GOAL_MS, REPEATS = 50, 3
BACKEND = "django.contrib.auth.backends.ModelBackend"
INBOX = (
    "/", "/?sort=due", "/?sort=-since", "/?sort=name", "/?sort=unit", "/?due=late", "/?page=9",
    "/?q=Ánh+4711", "/?unit=s%E1%BB%91+417", "/?assigned=pool", "/?state=under_appraisal",
)  # fmt: skip
DOSSIERS = (
    "/dossiers/", "/dossiers/?sort=due", "/dossiers/?sort=-due", "/dossiers/?sort=unit",
    "/dossiers/?sort=code", "/dossiers/?due=late",
    "/dossiers/?q=Ánh+4711", "/dossiers/?unit=s%E1%BB%91+417", "/dossiers/?page=100",
)  # fmt: skip
OTHERS = (
    "/documents/", "/notices/", "/bulk/", "/decisions/", "/consultations/", "/registrations/",
    "/figures/", "/process/", "/waits/",
)  # fmt: skip
SEEN: dict[str, tuple[str, ...]] = {
    "u7": (*INBOX, *DOSSIERS, *OTHERS),
    "tuan": (*INBOX, *DOSSIERS, *OTHERS),
    "phuong": ("/", "/?sort=due", "/dossiers/", "/waits/", "/archive/"),
    "thao": (*INBOX, "/dossiers/", "/councils/", "/waits/"),
    "duc": (*INBOX, "/dossiers/", "/waits/", "/decisions/"),
    "nga": (*INBOX, "/dossiers/", "/waits/"),
    "van": ("/", "/dossiers/", "/documents/", "/registers/", "/archive/"),
    "son": ("/dossiers/", "/dossiers/?sort=due", "/trails/", "/trails/?q=a", "/waits/"),
    "dung": ("/console/", "/outbox/", "/units/", "/campaigns/", "/paper-templates/"),
}
"""Who looks at what; the people are those of tests/cast.py, u7 the clerk of one unit."""


@dataclass
class Asked:
    """What one page asked: milliseconds of each statement, and its text."""

    taken: list[tuple[float, str]] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *given)
        finally:
            self.taken.append((1000 * (time.perf_counter() - began), sql))

    @property
    def total(self) -> float:
        """Return what all took together."""
        return sum(taken for taken, _sql in self.taken)


@contextmanager
def listening() -> Iterator[Asked]:
    """Hear every statement of a block."""
    asked = Asked()
    with connection.execute_wrapper(asked):
        yield asked


def opened(client: Client, address: str) -> Asked:
    """Return what a page asked, as it was cheapest."""
    runs = []
    for _number in range(REPEATS + 1):
        with listening() as asked:
            answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK, f"{address}: {answer.status_code}"
        runs.append(asked)
    return min(runs[1:], key=lambda run: run.total)


def clients(users: dict[str, User]) -> dict[str, Client]:
    """Return a browser for each, signed in."""
    made = {login: Client(headers={"host": "localhost"}) for login in users}
    for login, client in made.items():
        client.force_login(users[login], backend=BACKEND)
    return made


def measure(login: str, client: Client, address: str, *, loud: bool) -> bool:
    """Print what a page costs; return whether it is under the goal."""
    asked = opened(client, address)
    slowest, sql = max(asked.taken)
    good = asked.total < GOAL_MS
    mark = "" if good else "  slow"
    count = len(asked.taken)
    print(f"{login:7} {address:36} {count:4d} {asked.total:8.1f} {slowest:8.1f}{mark}", flush=True)
    if loud and not good:
        print(f"        {sql}")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--nominations", type=int, default=500_000)
    parser.add_argument("--only", default="", help="addresses that hold this text")
    parser.add_argument("--loud", action="store_true", help="print the slowest statement too")
    given = parser.parse_args()
    cast = make_cast()
    size = fill(cast, given.nominations)
    clerk = person("u7")
    grant(clerk, Role.UNIT_CLERK, Unit.objects.get(code="u7"), FIRST)
    users = {**cast.users, "u7": clerk}
    one = Notice.objects.earliest("pk")
    for login in ("tuan", "u7"):
        notices(users[login].pk, one, 5_000)
    print(f"{size.nominations} nominations, {size.open} under way; {UNITS} units")
    print(f"{'who':7} {'page':36} {'asks':>4} {'all, ms':>8} {'slowest':>8}")
    bad = 0
    for login, client in clients({login: users[login] for login in SEEN}).items():
        dossier = Dossier.objects.filter(unit__code="u7").latest("created_at")
        for address in (*SEEN[login], f"/dossiers/{dossier.pk}/"):
            if login == "dung" and address.startswith("/dossiers"):
                continue
            if given.only in address:
                bad += not measure(login, client, address, loud=given.loud)
    print(f"pages over {GOAL_MS} ms: {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
