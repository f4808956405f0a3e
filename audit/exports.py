"""Taking the log out of the house: one stream whole, or the heads of all.

An export holds all that is needed to check its hashes with any language; only the seals need
the key. Heads kept outside are what shows a cut-off or wholly rewritten log.
"""

from collections.abc import Mapping
from typing import TypedDict

from audit.chain import Record
from audit.errors import ExportUnreadableError
from audit.models import Head
from audit.verdicts import HeadRecord, Trust, Verdict, judge_chain
from audit.verification import head_of, records_of

STREAM_FORMAT = "vinhdanh-audit-stream/1"
HEADS_FORMAT = "vinhdanh-audit-heads/1"
HOW = (
    "hash = SHA-256 over the UTF-8 bytes 'vinhdanh:audit:event:1\\n' followed by the event "
    "without 'hash' and 'mac' as RFC 8785 canonical JSON; 'prev' is the hash of the event "
    "before it, empty for the first; 'seq' counts from 1; head.hash is the last hash. "
    "mac = HMAC-SHA-256 with the installation's key over 'vinhdanh:audit:mac:1\\n' and the hash."
)


class HeadRow(TypedDict):
    """A head as JSON-able values."""

    stream: str
    seq: int
    hash: str
    mac: str


class StreamExport(TypedDict):
    """One stream as JSON-able values."""

    format: str
    how: str
    stream: str
    head: HeadRow | None
    events: list[Record]


class HeadsExport(TypedDict):
    """The heads of all streams as JSON-able values, to be kept where the database owner is not."""

    format: str
    heads: list[HeadRow]


def export_stream(stream: str) -> StreamExport:
    """Return one stream with its head; the same as long as nothing is recorded in it."""
    head = head_of(stream)
    return StreamExport(
        format=STREAM_FORMAT,
        how=HOW,
        stream=stream,
        head=_row(head) if head else None,
        events=records_of(stream),
    )


def _row(head: HeadRecord) -> HeadRow:
    return HeadRow(stream=head.stream, seq=head.seq, hash=head.hash, mac=head.mac)


def export_heads() -> HeadsExport:
    """Return the heads of all streams, as one statement saw them, sorted by stream."""
    rows = Head.objects.order_by("stream").values("stream", "seq", "hash", "mac")
    return HeadsExport(format=HEADS_FORMAT, heads=[HeadRow(**row) for row in rows.iterator()])


def verify_export(export: StreamExport, key: bytes | None = None) -> Verdict:
    """Return the verdict on an exported stream, without database; seals only with the key.

    Raises ExportUnreadableError when it is not an export of a stream.
    """
    try:
        head = HeadRecord(**export["head"]) if export["head"] else None
        return judge_chain(export["stream"], export["events"], head, Trust(key=key))
    except (KeyError, TypeError, ValueError) as error:
        raise ExportUnreadableError from error


def held_heads(content: Mapping[str, object]) -> dict[str, HeadRecord]:
    """Return the heads that an export of heads, or of one stream, holds, by stream.

    Raises ExportUnreadableError for anything else.
    """
    of_stream = content.get("format") == STREAM_FORMAT
    rows = [content.get("head")] if of_stream else content.get("heads")
    if not isinstance(rows, list):
        raise ExportUnreadableError
    try:
        heads = [HeadRecord(**row) for row in rows]
    except TypeError as error:
        raise ExportUnreadableError from error
    return {head.stream: head for head in heads}
