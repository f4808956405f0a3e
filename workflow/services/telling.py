"""Telling people: what has come to their table, what is nearly due, what is late, and sessions.

Run again and again by the worker (workflow.tasks_clocks), alone by the lock of a Heartbeat row.
Each piece of work is told of once when it comes, and once at each Stage of its last day, however
often the job runs and however many run at once. People are told by notices, which are mailed as
each has chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from organisations.models import User
from workflow.models import (
    CouncilSession,
    Heartbeat,
    Manner,
    Nomination,
    Notice,
    NoticeChoice,
    NoticeKind,
    WorkItem,
)
from workflow.models.notices import default_manner
from workflow.reminders import KINDS, Stage, head_of, people_for, stage_of, to_remind
from workflow.services.clocks import lock_work
from workflow.services.mails import write_mails

CHUNK: Final = 500
ABOUT: Final = ("dossier", "session__invitation__register_entry")
"""What a notice is quoted by, to be read with it."""
DIGEST_FROM: Final = time(7)
"""When the letter of the day is made: with the first run after it, local time."""


@dataclass(frozen=True, slots=True)
class Told:
    """One person to be told of one piece of work, or of one session."""

    user_id: int
    kind: NoticeKind
    dossier_id: UUID | None
    state: str
    session_id: UUID | None = None


def tell_of_session(
    session: CouncilSession, kind: NoticeKind, users: Iterable[int], at: datetime
) -> None:
    """Tell people of a council's session, in the transaction of the act that gives reason to."""
    _write([Told(user, kind, None, "", session.pk) for user in users], at)


def tell_of_dossier(
    nomination: Nomination, kind: NoticeKind, users: Iterable[int], at: datetime
) -> None:
    """Tell people of one nomination of a dossier, in the transaction of the act that does."""
    _write([Told(user, kind, nomination.dossier_id, nomination.state) for user in users], at)


def tell(at: datetime) -> int:
    """Tell of all that has come and of all that is due; return how many pieces of work.

    In chunks, each a transaction of its own.
    """
    return sum(_all(_arrivals, at)) + sum(_all(_reminders, at))


def _all(step: Callable[[datetime], int], at: datetime) -> Iterator[int]:
    while done := step(at):
        yield done


def _alone(name: str, before: datetime) -> Heartbeat:
    """Wait until nobody else does this, and keep others out until the transaction ends.

    before  when it ran last, where it never did
    """
    Heartbeat.objects.get_or_create(name=name, defaults={"at": before})
    return Heartbeat.objects.select_for_update(no_key=True).get(name=name)


@transaction.atomic
def _arrivals(at: datetime) -> int:
    """Tell of work that came from another table; nobody is told of what he laid there himself."""
    beat = _alone("tell", at)
    before = WorkItem.objects.filter(nomination=OuterRef("nomination"), closed_at__isnull=False)
    last = before.order_by("-opened_at", "-pk")
    items = _work(
        WorkItem.objects.filter(closed_at__isnull=True, told_at__isnull=True).annotate(
            last_role=Subquery(last.values("role")[:1]),
            last_path=Subquery(last.values("unit_path")[:1]),
        )
    )
    people = people_for((item.role for item in items), timezone.localdate(at))
    told = []
    for item in items:
        came_from = item.last_role, item.last_path  # type: ignore[attr-defined]
        if item.assignee_id is not None:
            told += _for(item, NoticeKind.ASSIGNED, people.told_of(item))
        elif came_from not in {(None, None), (item.role, item.unit_path)}:
            told += _for(item, NoticeKind.ARRIVED, people.told_of(item))
    _write(told, at)
    WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(told_at=at)
    beat.at = at
    beat.save(update_fields=["at"])
    return len(items)


@transaction.atomic
def _reminders(at: datetime) -> int:
    """Tell of work whose last day is near, here or past; and heads of what was left lying."""
    _alone("tell", at)
    today = timezone.localdate(at)
    items = _work(WorkItem.objects.filter(to_remind(today)))
    people = people_for((item.role for item in items), today)
    told = []
    for item in items:
        stage = stage_of(item, today)
        if not (stage is Stage.ESCALATED and item.reminded == Stage.LATE):
            told += _for(item, KINDS[stage], people.told_of(item))
        head = head_of(item.role) if stage is Stage.ESCALATED else None
        if head is not None:
            told += _for(item, NoticeKind.ESCALATED, people.holding(head, item.unit_path))
        item.reminded = stage
    _write(told, at)
    WorkItem.objects.bulk_update(items, ["reminded"])
    return len(items)


def _work(rows: QuerySet[WorkItem]) -> list[WorkItem]:
    """Return a chunk of work, its nominations locked first (docs/architecture.md, “Locks”)."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    lock_work(ids)
    return list(
        rows.filter(pk__in=ids)
        .select_related("nomination__nominee", "nomination__dossier")
        .order_by("pk")
    )


def _for(item: WorkItem, kind: NoticeKind, users: Iterable[int]) -> list[Told]:
    """Return who is told; nobody hears of a nomination of himself."""
    row = item.nomination
    return [
        Told(user, kind, row.dossier_id, item.state)
        for user in users
        if user != row.nominee.user_id
    ]


def _write(told: Sequence[Told], at: datetime) -> None:
    """Write notices, one for each person, kind, dossier and step of a day; more only count up."""
    if not told:
        return
    on = timezone.localdate(at)
    counts = Counter(told)
    users = User.objects.in_bulk({one.user_id for one in told})
    manners = _manners(users)
    known = {_of(row): row for row in Notice.objects.filter(user__in=users, on=on)}
    more = [known[one] for one in counts if one in known]
    new = [
        Notice(
            user_id=one.user_id, kind=one.kind, dossier_id=one.dossier_id, state=one.state,
            session_id=one.session_id, count=count, on=on, made_at=at, manner=manners[one.user_id, one.kind],
        )
        for one, count in counts.items()
        if one not in known
    ]  # fmt: skip
    for row in more:
        row.count += counts[_of(row)]
        row.made_at, row.read_at, row.mailed_at = at, None, None
    Notice.objects.bulk_update(more, ["count", "made_at", "read_at", "mailed_at"])
    written = [*more, *Notice.objects.bulk_create(new)]
    _mail([row for row in written if row.manner == Manner.AT_ONCE], at)


def _of(row: Notice) -> Told:
    return Told(row.user_id, NoticeKind(row.kind), row.dossier_id, row.state, row.session_id)


def _manners(users: dict[int, User]) -> dict[tuple[int, str], Manner]:
    """Return how each person wants each kind; nobody without an address gets a letter."""
    chosen = {
        (row.user_id, row.kind): Manner(row.manner)
        for row in NoticeChoice.objects.filter(user__in=users)
    }
    return {
        (key, kind): chosen.get((key, kind), default_manner(kind)) if user.email else Manner.NEVER
        for key, user in users.items()
        for kind in NoticeKind
    }


def _mail(notices: Sequence[Notice], at: datetime) -> None:
    """Make one letter for each person of what is to be mailed, and note that it was."""
    ids = [row.pk for row in notices]
    rows = Notice.objects.filter(pk__in=ids).select_related("user", *ABOUT)
    by_user: dict[int, list[Notice]] = {}
    for row in rows.order_by("user_id", "kind", "dossier__code", "pk"):
        by_user.setdefault(row.user_id, []).append(row)
    write_mails(list(by_user.values()), at)
    Notice.objects.filter(pk__in=ids).update(mailed_at=at)


@transaction.atomic
def send_digest(at: datetime) -> int:
    """Make the letter of the day for everybody who wants one; return how many letters.

    Once a day, of what has not been read on the screen meanwhile.
    """
    local = timezone.localtime(at)
    if local.time() < DIGEST_FROM:
        return 0
    beat = _alone("digest", at - timedelta(days=1))
    if timezone.localdate(beat.at) >= local.date():
        return 0
    waiting = Notice.objects.filter(
        manner=Manner.DAILY, mailed_at__isnull=True, read_at__isnull=True, user__is_active=True
    )
    rows = list(waiting)
    _mail(rows, at)
    beat.at = at
    beat.save(update_fields=["at"])
    return len({row.user_id for row in rows})
