"""The warm parent of guarded work: it has the libraries loaded and forks once per job.

A fork costs milliseconds, an import of docxtpl costs a third of a second. Each child has its own
limits of processor and wall time (memory comes from the sandbox around all of them), does one
job, writes the answer into a pipe and is gone with everything that a hostile file did to it.

Frames, both ways: one line of JSON with "size", then that many bytes.

    in   {"job": name, "arguments": {...}, "seconds": n, "size": n}
    out  {"result": ..., "size": n} | {"refused": code, "facts": {...}} | {"limit": detail}
         | {"crash": detail}
"""

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from typing import IO, Any

from documents.guarded.jobs import JOBS
from documents.guarded.refusal import RefusedInChildError

Frame = tuple[dict[str, Any], bytes]


def read_frame(stream: IO[bytes]) -> Frame | None:
    """Return the next head and body, None at the end of the input."""
    line = stream.readline()
    if not line:
        return None
    head: dict[str, Any] = json.loads(line)
    return head, stream.read(head["size"])


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return the bytes of a frame."""
    return json.dumps({**head, "size": len(body)}).encode() + b"\n" + body


def _work(head: dict[str, Any], body: bytes) -> bytes:
    try:
        result, product = JOBS[head["job"]](body, **head["arguments"])
        return frame({"result": result}, product)
    except RefusedInChildError as refused:
        facts = {name: str(value) for name, value in refused.facts.items()}
        return frame({"refused": refused.code, "facts": facts})
    except (MemoryError, RecursionError) as error:
        return frame({"limit": type(error).__name__})
    except Exception as error:  # noqa: BLE001 - F18: libraries raise anything at all
        return frame({"crash": f"{type(error).__name__}: {error}"[:300]})


def _child(pipe: int, head: dict[str, Any], body: bytes) -> None:
    os.setsid()
    seconds = head["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with os.fdopen(pipe, "wb") as out:
        out.write(_work(head, body))


def _collect(pipe: int, seconds: float) -> bytes | None:
    """Return all that the child wrote, None when the wall clock was faster."""
    deadline = time.monotonic() + seconds
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return None
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _run(head: dict[str, Any], body: bytes) -> bytes:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            _child(writer, head, body)
            status = 0
        finally:
            os._exit(status)  # never into the parent's loop
    os.close(writer)
    answer = _collect(reader, head["seconds"] * 1.5)
    os.close(reader)
    os.kill(pid, signal.SIGKILL)  # not yet waited for, so the number is still its own
    _, status = os.waitpid(pid, 0)
    if answer:
        return answer
    return frame({"limit": f"ended with status {status}"})


def main() -> None:
    """Serve frames until the input ends."""
    gc.collect()
    gc.freeze()  # what is loaded now is shared by all children, not copied by the collector
    while (request := read_frame(sys.stdin.buffer)) is not None:
        sys.stdout.buffer.write(_run(*request))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
