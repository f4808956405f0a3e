"""The warm parent of guarded work: it has the libraries loaded and forks for each job.

A fork costs milliseconds, an import of docxtpl costs a third of a second. Each child has its own
limits of processor and wall time (memory comes from the sandbox around all of them), does one
job, writes the answer into a pipe and is gone with everything that a hostile file did to it.
Papers made of a template are the exception: documents.guarded.keepers.

What is said both ways: documents.guarded.frames.
"""

import gc
import os
import resource
import signal
import sys
from typing import Any

from documents.guarded.frames import RENDER, answered, collect, frame, read_frame, taken
from documents.guarded.jobs import JOBS
from documents.guarded.keepers import Keepers, leaving

_keepers = Keepers()


def _work(head: dict[str, Any], body: bytes) -> bytes:
    def job() -> tuple[Any, bytes]:
        arguments, content = taken(head, body)
        return JOBS[head["job"]](content, **arguments)

    return answered(job)


def _child(pipe: int, head: dict[str, Any], body: bytes) -> None:
    os.setsid()
    _keepers.forget()
    seconds = head["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with os.fdopen(pipe, "wb") as out:
        out.write(_work(head, body))


def _run(head: dict[str, Any], body: bytes) -> bytes:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        with leaving():
            os.close(reader)
            _child(writer, head, body)
    os.close(writer)
    answer = collect(reader, head["seconds"] * 1.5)
    os.close(reader)
    os.kill(pid, signal.SIGKILL)  # not yet waited for, so the number is still its own
    _, status = os.waitpid(pid, 0)
    return answer or frame({"limit": f"ended with status {status}"})


def main() -> None:
    """Serve frames until the input ends."""
    gc.collect()
    gc.freeze()  # what is loaded now is shared by all children, not copied by the collector
    while (request := read_frame(sys.stdin.buffer)) is not None:
        head, body = request
        run = _keepers.run if head["job"] == RENDER else _run
        sys.stdout.buffer.write(run(head, body))
        sys.stdout.buffer.flush()
    _keepers.close()


if __name__ == "__main__":
    main()
