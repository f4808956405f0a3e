"""What a worker makes when somebody looks at it: kept for an hour under the hash of what went in.

No row and no stored file comes of it. ``lend`` hands the worker what is too large, or too
personal, for the row of a job.
"""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django_q.tasks import async_task

KEPT_SECONDS = 3600
MAKING_SECONDS = 180  # after this an order whose worker was killed is given again
_MAKING = "making"
_NAME = re.compile(r"[\w:-]{1,100}", re.ASCII)  # names come back in addresses: anything may


def order(key: str, task: str, *arguments: str, given: object) -> Any:
    """Return what lies under a key; None while it is made, asking a worker when nobody has.

    task       the dotted name of a function in documents.tasks
    arguments  what it is called with, and last the name under which ``given`` is lent; it ends
               with ``deliver`` under the same key
    """
    if caches["previews"].add(key, _MAKING, MAKING_SECONDS):
        async_task(task, *arguments, lend(given), task_name=key[:60])
    return found(key)


def found(key: str) -> Any:
    """Return what was delivered under a key; None when nothing was, or not yet."""
    held = caches["previews"].get(key)
    return None if held == _MAKING else held


def deliver(key: str, made: object) -> None:
    """Lay under a key what was made."""
    caches["previews"].set(key, made, KEPT_SECONDS)


def lend(given: object) -> str:
    """Lay plain values or bytes aside for a worker; return the name they are found by."""
    told = given if isinstance(given, bytes) else json.dumps(given, sort_keys=True).encode()
    name = f"lent:{hashlib.sha256(told).hexdigest()}"
    caches["previews"].set(name, given, KEPT_SECONDS)
    return name


def lent(name: str) -> Any:
    """Return what was laid aside under a name; None when it is gone."""
    return caches["previews"].get(name) if _NAME.fullmatch(name) else None


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent, kept for him alone while he mends the rest of the form."""

    name: str
    content: bytes
    token: str


def lay_aside(owner: int, name: str, content: bytes) -> Upload:
    """Keep a file that passed the inspection for an hour, for one person."""
    upload = Upload(name, content, secrets.token_urlsafe(16))
    caches["previews"].set(f"upload:{owner}:{upload.token}", upload, KEPT_SECONDS)
    return upload


def laid_aside(owner: int, token: str) -> Upload | None:
    """Return the file kept for this person; None when it is gone or another's."""
    known = _NAME.fullmatch(token)
    held = caches["previews"].get(f"upload:{owner}:{token}") if known else None
    return held if isinstance(held, Upload) else None
