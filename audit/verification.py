"""Checking the log in the database against the key, the registry and heads held outside.

Rows are read as bare text and parsed here, since a damaged row must be reported, not crash the
reader. Events and heads come from one statement each, so acts that are being recorded
meanwhile raise no false alarm.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from audit import chain, registry
from audit.models import Event, Head
from audit.services import KEY
from audit.verdicts import HeadRecord, Trust, Verdict, judge_chain

_HEAD = ("head_seq", "head_hash", "head_mac")
_PARSED = ("id", "at", "before", "after", "data")
_TEXTS = {f"{name}_text": Cast(name, TextField()) for name in _PARSED}
_COLUMNS = (*_TEXTS, *(name for name in chain.FIELDS if name not in _PARSED), *_HEAD)
_ROWS_A_FETCH = 2000


def verify_stream(stream: str, held: HeadRecord | None = None) -> Verdict:
    """Return the verdict on one stream; one never written to is good and has no events."""
    rows = _rows(Event.objects.filter(stream=stream))
    first = next(rows, None)
    if first is None:
        return _verify_eventless(stream, held)
    return _judge(stream, _put_back(first, rows), held)


def verify_all(held: Mapping[str, HeadRecord] | None = None) -> Iterator[Verdict]:
    """Yield a verdict on every stream that has events, a head, or a head held outside."""
    outside = dict(held or {})
    for stream, rows in groupby(_rows(Event.objects.all()), key=lambda row: str(row["stream"])):
        yield _judge(stream, rows, outside.pop(stream, None))
    written = Event.objects.filter(stream=OuterRef("stream"))
    for stream in Head.objects.exclude(Exists(written)).values_list("stream", flat=True):
        yield _verify_eventless(stream, outside.pop(stream, None))
    for stream, head in outside.items():
        yield verify_stream(stream, head)


def head_of(stream: str) -> HeadRecord | None:
    """Return the stored head of a stream, None for a stream never written to."""
    head = Head.objects.filter(stream=stream).values("stream", "seq", "hash", "mac").first()
    return HeadRecord(**head) if head else None


def records_of(stream: str) -> list[chain.Record]:
    """Return a stream's events as plain records, in order."""
    return [_record_of(row) for row in _rows(Event.objects.filter(stream=stream))]


def _rows(events: QuerySet[Event]) -> Iterator[dict[str, object]]:
    """Yield rows with their stream's head beside them: one statement is one moment."""
    head = Head.objects.filter(stream=OuterRef("stream"))
    beside = {name: Subquery(head.values(name.removeprefix("head_"))) for name in _HEAD}
    rows = events.annotate(**_TEXTS, **beside).order_by("stream", "seq", "id").values(*_COLUMNS)
    yield from rows.iterator(chunk_size=_ROWS_A_FETCH)


def _put_back(
    first: dict[str, object], rest: Iterator[dict[str, object]]
) -> Iterator[dict[str, object]]:
    yield first
    yield from rest


def _judge(stream: str, rows: Iterator[dict[str, object]], held: HeadRecord | None) -> Verdict:
    first = next(rows)
    head = None
    if first["head_seq"] is not None:
        seq, event_hash, mac = (first[name] for name in _HEAD)
        head = HeadRecord(stream, int(str(seq)), str(event_hash), str(mac))
    records = (_record_of(row) for row in _put_back(first, rows))
    return judge_chain(stream, records, head, _trust(held))


def _verify_eventless(stream: str, held: HeadRecord | None) -> Verdict:
    return judge_chain(stream, [], head_of(stream), _trust(held))


def _trust(held: HeadRecord | None) -> Trust:
    return Trust(key=KEY, actions=registry.known(), held=held)


def _record_of(row: Mapping[str, object]) -> chain.Record:
    """Return the record a row holds; what cannot be parsed stays as it is and fails its hash."""
    return {
        name: _parsed(name, str(row[f"{name}_text"])) if name in _PARSED else _scalar(row[name])
        for name in chain.FIELDS
    }


def _parsed(name: str, stored: str) -> chain.Json:
    try:
        if name == "id":
            return str(UUID(stored))
        if name == "at":
            at = datetime.fromisoformat(stored)
            return chain.instant(at if at.tzinfo else at.replace(tzinfo=UTC))
        value: chain.Json = json.loads(stored)
    except ValueError:
        return stored
    return value


def _scalar(value: object) -> chain.Json:
    return value if isinstance(value, int | str) else str(value)
