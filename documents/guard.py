"""Guarded work: foreign files are parsed in a child process with limits, never in our own.

``run_guarded`` is the one way in. The child sees no database, no secret, no network and none of
the data folder; it gets bytes and gives bytes.

Not promised: jobs of one process running beside each other; they queue, each within its limit.
"""

import atexit
import hashlib
import json
import os
import sys
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from documents.channel import Channel, ChannelClosedError, ChannelTimeoutError
from documents.errors import BY_CODE
from documents.guarded.frames import MAX_KEEPERS, RENDER, asking, frame
from documents.sandbox import Limits, Sandbox

SECONDS = 10
LIMITS = Limits(address_bytes=1 << 30, file_bytes=64 << 20, scratch_bytes=64 << 20)
_GRACE_SECONDS = 30  # above the child's own wall clock: starting, and a machine under load
_ROOM = Path(__file__).resolve().parent


class GuardedWorkError(Exception):
    """The child gave no answer. ``limit``: time or memory ran out; else a library broke."""

    def __init__(self, detail: str, *, limit: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.limit = limit


class _Guard:
    """The warm zygote of this process: started at the first job, renewed after a failure."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.box: Sandbox | None = None
        self.channel: Channel | None = None

    def _started(self) -> Channel:
        if self.channel is None:
            readable = {Path(sys.prefix), Path(sys.base_prefix), _ROOM}
            own = sorted(path for path in readable if not path.is_relative_to("/usr"))
            start = f"import sys; sys.path.insert(0, {str(_ROOM.parent)!r})"
            program = f"{start}; from documents.guarded.zygote import main; main()"
            self.box = Sandbox(LIMITS, own)
            self.channel = Channel(self.box.start([sys.executable, "-I", "-c", program]))
        return self.channel

    def ask(self, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        request = frame(head, body)
        with self.lock:
            try:
                return self._attempt(request, head["seconds"])
            except ChannelClosedError:  # the zygote was killed; jobs die in its children
                return self._last_attempt(request, head["seconds"])

    def _last_attempt(self, request: bytes, seconds: int) -> tuple[dict[str, Any], bytes]:
        try:
            return self._attempt(request, seconds)
        except ChannelClosedError as error:
            raise GuardedWorkError("the child ended", limit=False) from error

    def _attempt(self, request: bytes, seconds: int) -> tuple[dict[str, Any], bytes]:
        deadline = time.monotonic() + seconds * 1.5 + _GRACE_SECONDS
        try:
            channel = self._started()
            channel.send(request, deadline=deadline)
            answer: dict[str, Any] = json.loads(channel.line(deadline=deadline))
            return answer, channel.take(answer["size"], deadline=deadline)
        except ChannelClosedError:
            self.close()
            raise
        except ChannelTimeoutError as error:
            self.close()
            raise GuardedWorkError("no answer", limit=True) from error

    def close(self) -> None:
        box, self.box, self.channel = self.box, None, None
        if box is not None:
            box.stop()

    def renew(self) -> None:
        """In a forked process: the zygote belongs to the parent."""
        box, self.box, self.channel = self.box, None, None
        self.lock = threading.Lock()
        if box is not None:
            box.forget()


@lru_cache(maxsize=MAX_KEEPERS)
def _hash(template: bytes) -> str:
    """Return the name that a template has among the children that stay."""
    return hashlib.sha256(template).hexdigest()


_guard = _Guard()
atexit.register(_guard.close)
os.register_at_fork(after_in_child=_guard.renew)


def run_guarded(
    job: str, body: bytes, *, seconds: int = SECONDS, **arguments: Any
) -> tuple[Any, bytes]:
    """Do one job of documents.guarded.jobs in a child and return its (result, product).

    seconds    processor time; the wall clock gets half as much again
    arguments  plain JSON values
    Raises the refusal of documents.errors that the job named, or GuardedWorkError.
    """
    head, said = asking(job, seconds, arguments)
    if job == RENDER:  # most templates are there: only what is new goes to their child
        answer, product = _guard.ask({**head, "template": _hash(body)}, said)
    if job != RENDER or "wanted" in answer:
        answer, product = _guard.ask(head, said + body)
    if "refused" in answer:
        raise BY_CODE[answer["refused"]](**answer["facts"])
    for kind in ("limit", "crash"):
        if kind in answer:
            raise GuardedWorkError(answer[kind], limit=kind == "limit")
    return answer["result"], product
