r"""How events are chained: what is hashed, what is keyed. No database, no settings.

A record is an event as plain JSON values, the same in memory, in the export and under the hash:

    hash = SHA-256( "vinhdanh:audit:event:1\n" + RFC 8785 JSON of the record without hash and mac )
    mac  = HMAC-SHA-256( key, "vinhdanh:audit:mac:1\n" + hash )

so anyone can check the hashes from the export alone, and the holder of the key the macs.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

import rfc8785

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None
Record: TypeAlias = dict[str, Json]

VERSION = 1
FIELDS = (
    "id", "stream", "seq", "at", "user_id", "name", "role", "unit", "on_behalf_of", "action",
    "subject", "before", "after", "data", "key", "prev", "hash", "mac", "version",
)  # fmt: skip
_EVENT = b"vinhdanh:audit:event:1\n"
_MAC = b"vinhdanh:audit:mac:1\n"
_HEAD = b"vinhdanh:audit:head:1\n"
_LARGEST = 2**53 - 1  # RFC 8785 numbers are IEEE doubles
_NUL_SHOWN = "\u2400"  # the letter "␀": PostgreSQL stores no NUL, and the log must not lose an act


class UnrecordableError(TypeError):
    """A value that cannot be hashed the same way on every machine. A bug, not a refusal."""


def text(value: str) -> str:
    """Return the string with what no database stores made visible: NUL and lone surrogates."""
    return value.replace("\0", _NUL_SHOWN).encode("utf-8", "replace").decode("utf-8")


def plain(value: object) -> Json:
    """Return the value as JSON that every database gives back unchanged.

    Dates, UUIDs and Decimals become strings. Raises UnrecordableError for floats (databases
    rewrite them), for integers beyond 2**53 and for anything else.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            message = f"{value} is too large for JSON; record it as a string"
            raise UnrecordableError(message)
        return int(value)
    return _plain_text(value) if not isinstance(value, dict | list | tuple) else _plain_many(value)


def _plain_text(value: object) -> str:
    if isinstance(value, str):
        return text(str(value))
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    message = f"{type(value).__name__} cannot be recorded; give plain values"
    raise UnrecordableError(message)


def _plain_many(value: dict[object, object] | list[object] | tuple[object, ...]) -> Json:
    if isinstance(value, dict):
        return {_plain_text(name): plain(item) for name, item in value.items()}
    return [plain(item) for item in value]


def instant(at: datetime) -> str:
    """Return an aware time as UTC with microseconds. Raises UnrecordableError for a naive one."""
    if at.tzinfo is None:
        message = "events are recorded with an aware time"
        raise UnrecordableError(message)
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hash_of(record: Mapping[str, Json]) -> str:
    """Return the event's hash in hex, over everything but `hash` and `mac`.

    Raises rfc8785.CanonicalizationError when a stored value is not what `plain` would give.
    """
    content = {name: value for name, value in record.items() if name not in {"hash", "mac"}}
    return hashlib.sha256(_EVENT + rfc8785.dumps(content)).hexdigest()


def mac_of(event_hash: str, key: bytes) -> str:
    """Return the keyed seal over an event's hash, in hex."""
    return hmac.new(key, _MAC + event_hash.encode(), hashlib.sha256).hexdigest()


def head_mac_of(stream: str, seq: int, event_hash: str, key: bytes) -> str:
    """Return the keyed seal over how far a stream has come, in hex."""
    content: Record = {"stream": stream, "seq": seq, "hash": event_hash}
    return hmac.new(key, _HEAD + rfc8785.dumps(content), hashlib.sha256).hexdigest()
