"""Rows that the services wrote once, written again as they were.

Walking a nomination through the offices takes the services half a second, and hundreds of tests
begin by it. What a walk writes depends on the rows it starts from and on nothing else, so its
statements are kept when it is walked, and sent again when the same walk starts from the same rows:
whatever a test wrote before it, in whatever way, is part of what they are known by.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone, translation
from time_machine import escape_hatch

from audit.models import Head

_WRITES = ("INSERT", "UPDATE", "DELETE")
_SESSIONS = "django_session"
"""Who is logged in changes no walk, and every session has a name of its own."""
_LONG = 20
"""After so many statements of its own a test is unlike every other, and walks for itself."""
_SLACK = timedelta(minutes=1)
"""Tests that stop the clock start it anew each time, some a moment before the walk was taken."""
T = TypeVar("T")
Statement = tuple[str, Any, bool]
Counters = Mapping[str, int | None]


@dataclass(frozen=True)
class Recording:
    """What a walk wrote, and where the counters of its tables stood when it began."""

    statements: tuple[Statement, ...]
    counters: Counters
    result: Any
    at: datetime


@dataclass
class Tape:
    """The recordings of one starting point, and what has been walked from there in this test.

    walked     the starting point, then what was walked and written, in order; None where nobody
               listens any more
    _set_back  where a walk that is being taken let the counters stand, by a walk within it
    """

    recordings: dict[Hashable, Recording] = field(default_factory=dict)
    walked: tuple[Hashable, ...] | None = None
    _heard: list[list[Statement]] = field(default_factory=list)
    _set_back: list[dict[str, int | None]] = field(default_factory=list)

    @contextmanager
    def listening(self, at: Hashable) -> Iterator[None]:
        """Hear every statement of a block; `at` tells its starting point from others."""
        self.walked = (at,)
        _listening.append(self)
        with connection.execute_wrapper(self._hear):
            yield
        _listening.remove(self)
        self.walked = None

    @contextmanager
    def deaf(self) -> Iterator[None]:
        """Take what a block writes, somebody's log-in, for nothing that a walk starts from."""
        walked, self.walked = self.walked, None
        yield
        self.walked = walked

    def _hear(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - as Django calls it
        context: Any,
    ) -> Any:
        if sql.startswith(_WRITES) and _SESSIONS not in sql[:40]:
            if self._heard:
                self._heard[-1].append((sql, params, many))
            elif self.walked is not None:
                self._told(sql, params)
        return execute(sql, params, many, context)

    def _told(self, sql: str, params: Any) -> None:
        """Let what a test writes by itself be part of what the next walk starts from."""
        assert self.walked is not None
        self.walked = (*self.walked, hash((sql, repr(params))))
        if len(self.walked) > _LONG:
            self.walked = None

    def walk(self, key: Hashable, steps: Callable[[], Any]) -> Any:
        """Return what the steps return, taken or written again.

        key  what the steps depend on beside the rows; a walk may be part of another
        """
        if self.walked is None:
            return steps()
        # A clock that stands still gives two moves one time: such walks are kept apart.
        clock = timezone.localdate(), escape_hatch.is_travelling()
        place = (*self.walked, (key, clock, translation.get_language()))
        known = self.recordings.get(place)
        if known is not None and known.at <= timezone.now() + _SLACK:
            self._again(known)
        else:
            known = self.recordings[place] = self._taken(steps)
        self.walked = place
        return known.result

    def _taken(self, steps: Callable[[], Any]) -> Recording:
        before, started = _counters(), timezone.now()
        set_back: dict[str, int | None] = {}
        self._set_back.append(set_back)
        try:
            with self._hearing() as heard:
                result = steps()
        finally:
            self._set_back.pop()
        after = _counters()
        moved = {name: before.get(name) for name in after if after[name] != before.get(name)}
        return Recording(tuple(heard), moved | set_back, result, started)

    def _again(self, known: Recording) -> None:
        with self._hearing() as heard, transaction.atomic():
            _set_counters(known.counters)
            for outer in self._set_back:
                outer.update({**known.counters, **outer})
            with connection.cursor() as cursor:
                for sql, params, many in known.statements:
                    (cursor.executemany if many else cursor.execute)(sql, params)
            heard[:] = known.statements

    @contextmanager
    def _hearing(self) -> Iterator[list[Statement]]:
        """Keep what a block writes, also for the walk that it is part of."""
        self._heard.append([])
        try:
            yield self._heard[-1]
        finally:
            heard = self._heard.pop()
            if self._heard:
                self._heard[-1].extend(heard)


_listening: list[Tape] = []


def walk(key: Hashable, steps: Callable[[], T]) -> T:
    """Walk by the tape that listens, or on foot where none does; see Tape.walk."""
    walked: T = _listening[-1].walk(key, steps) if _listening else steps()
    return walked


def heads() -> tuple[str, ...]:
    """Return what tells one history from another: the last hash of each chain of the log."""
    return tuple(Head.objects.order_by("stream").values_list("hash", flat=True))


def _counters() -> dict[str, int | None]:
    """Return the last number that each table gave; None of one that has given none."""
    known = (
        "SELECT sequencename, last_value FROM pg_sequences"
        if connection.vendor == "postgresql"
        else "SELECT name, seq FROM sqlite_sequence"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        return dict(cursor.fetchall())


def _set_counters(counters: Counters) -> None:
    """Let the tables count on from where they stood, so that rows get the numbers they had."""
    with connection.cursor() as cursor:
        for name, last in counters.items():
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
            elif last is None:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            else:
                cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, name])
