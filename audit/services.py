"""The only writer of events.

An event is part of its act: recorded in the same transaction, so that neither exists without
the other. The head row of the stream is locked, the new event chained to it and sealed. Heads
are the last lock that any service takes, and are taken in the order of their streams' names.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from audit import chain, registry
from audit.errors import AlreadyRecordedError
from audit.models import Event, Head

SECURITY = "security"
KEY: bytes = settings.AUDIT_KEY.encode()
_STREAMS_A_LOCK = 400  # SQLite takes at most 999 values in a statement on old versions
_ROWS_AN_INSERT = 500


@dataclass(frozen=True)
class Who:
    """Who acted, in plain words as they stood on the day."""

    user_id: str
    name: str
    role: str = ""
    unit: str = ""
    on_behalf_of: str = ""


SYSTEM = Who(user_id="", name="Hệ thống")


@dataclass(frozen=True)
class Entry:
    """What happened to whom, before it is chained.

    stream   the chain it belongs to, such as "dossier:<uuid>"
    action   a registered `noun.past`
    subject  what the act was done to, such as "nomination:<uuid>"
    before, after, data   plain values (see chain.plain)
    key      when given, no second event with it can be written in this stream
    """

    stream: str
    action: str
    subject: str
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    key: str = ""


class OutsideTransactionError(RuntimeError):
    """An event was to be written outside its act's transaction. A bug, not a refusal."""


def record(*, who: Who, entry: Entry, at: datetime) -> Event:
    """Chain and store one event: three queries. See record_many."""
    return record_many(who=who, entries=[entry], at=at)[0]


def record_many(*, who: Who, entries: Sequence[Entry], at: datetime) -> list[Event]:
    """Chain and store events of one person. See record_acts."""
    return record_acts(acts=[(who, entry) for entry in entries], at=at)


def record_acts(*, acts: Sequence[tuple[Who, Entry]], at: datetime) -> list[Event]:
    """Chain and store events in the order given; return them in that order.

    One statement locks all heads, one writes every 500 events, one moves 400 heads on.
    Raises OutsideTransactionError outside `atomic`, registry.UnknownActionError,
    chain.UnrecordableError, and AlreadyRecordedError for a key used before (the transaction
    must then be rolled back, as with any error from the database).
    """
    if not connection.in_atomic_block:
        message = "an event is written inside the transaction of its act"
        raise OutsideTransactionError(message)
    for _who, entry in acts:
        registry.check(entry.action)
    heads = _lock_heads({chain.text(entry.stream) for _who, entry in acts})
    events = [_chain(who, entry, at, heads) for who, entry in acts]
    try:
        Event.objects.bulk_create(events, batch_size=_ROWS_AN_INSERT)
    except IntegrityError as error:
        if "audit_event_key_once" in str(error):
            raise AlreadyRecordedError from error
        raise
    _move_heads(list(heads.values()))
    return events


@transaction.atomic(durable=True)
def record_refusal(
    *, who: Who, at: datetime, action: str, subject: str, data: Mapping[str, object]
) -> Event:
    """Record in stream "security" that something was refused, in a transaction of its own.

    Called after the refused act was rolled back; raises RuntimeError inside another
    transaction, since its rollback would take this event with it.
    """
    entry = Entry(stream=SECURITY, action=action, subject=subject, data=data)
    return record(who=who, entry=entry, at=at)


def _lock_heads(streams: set[str]) -> dict[str, Head]:
    """Lock the heads, making those of new streams, in one statement for 400 streams.

    The update of a row to its own value takes the row's lock and, unlike SELECT … FOR UPDATE,
    also settles who makes a new stream's head, and works on SQLite.
    """
    ordered = sorted(streams)
    heads: dict[str, Head] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _STREAMS_A_LOCK):
            some = ordered[start : start + _STREAMS_A_LOCK]
            rows = ", ".join(["(%s, 0, '', '')"] * len(some))
            cursor.execute(
                f"INSERT INTO audit_head (stream, seq, hash, mac) VALUES {rows} "  # noqa: S608 - rows holds placeholders only
                "ON CONFLICT (stream) DO UPDATE SET seq = audit_head.seq "
                "RETURNING stream, seq, hash",
                some,
            )
            for stream, seq, event_hash in cursor.fetchall():
                heads[stream] = Head(stream=stream, seq=seq, hash=event_hash)
    return heads


def _chain(who: Who, entry: Entry, at: datetime, heads: dict[str, Head]) -> Event:
    """Build the next event of its stream and move the head in memory."""
    head, key = heads[chain.text(entry.stream)], uuid.uuid4()
    values: chain.Record = {
        "stream": head.stream,
        "seq": head.seq + 1,
        "user_id": chain.text(who.user_id),
        "name": chain.text(who.name),
        "role": chain.text(who.role),
        "unit": chain.text(who.unit),
        "on_behalf_of": chain.text(who.on_behalf_of),
        "action": entry.action,
        "subject": chain.text(entry.subject),
        "before": chain.plain(dict(entry.before)),
        "after": chain.plain(dict(entry.after)),
        "data": chain.plain(dict(entry.data)),
        "key": chain.text(entry.key),
        "prev": head.hash,
        "version": chain.VERSION,
    }
    event = Event(id=key, at=at, **values)
    event.hash = chain.hash_of({**values, "id": str(key), "at": chain.instant(at)})
    event.mac = chain.mac_of(event.hash, KEY)
    head.seq, head.hash = event.seq, event.hash
    return event


def record_of(event: Event) -> chain.Record:
    """Return the event as the plain record that is hashed and exported."""
    return {name: chain.plain(getattr(event, name)) for name in chain.FIELDS}


def _move_heads(heads: list[Head]) -> None:
    for head in heads:
        head.mac = chain.head_mac_of(head.stream, head.seq, head.hash, KEY)
    Head.objects.bulk_create(
        heads,
        batch_size=_STREAMS_A_LOCK,
        update_conflicts=True,
        unique_fields=["stream"],
        update_fields=["seq", "hash", "mac"],
    )
