"""Frames between the zygote, its children and the process outside: a line of JSON, then bytes.

{"job": name, "seconds": n, "said": n, "size": n}                    asked
{"result": ..., "size": n} | {"refused": code, "facts": {...}}       answered
| {"limit": detail} | {"crash": detail} | {"wanted": hash}

The bytes asked with begin with the job's arguments, `said` bytes of JSON: on their way to the child
that reads them they are not read. A template follows them only when its hash, said as "template",
named no child that keeps it (documents.guarded.keepers): then it is "wanted".
"""

import json
import os
import select
import time
from collections.abc import Callable
from typing import IO, Any

from documents.guarded.refusal import RefusedInChildError

RENDER = "render"
"""The job whose children stay."""
MAX_KEEPERS = 8

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


def asking(
    job: str, seconds: int, arguments: dict[str, Any], body: bytes = b""
) -> tuple[dict[str, Any], bytes]:
    """Return head and bytes of what is asked."""
    said = json.dumps(arguments, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return {"job": job, "seconds": seconds, "said": len(said)}, said + body


def taken(head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the arguments of what was asked, and the bytes behind them."""
    said = head["said"]
    arguments: dict[str, Any] = json.loads(body[:said])
    return arguments, body[said:]


def answered(work: Callable[[], tuple[Any, bytes]]) -> bytes:
    """Do the work and return its frame: what it returned, or how it refused, ran out or broke."""
    try:
        result, product = work()
        return frame({"result": result}, product)
    except RefusedInChildError as refused:
        facts = {name: str(value) for name, value in refused.facts.items()}
        return frame({"refused": refused.code, "facts": facts})
    except (MemoryError, RecursionError) as error:
        return frame({"limit": type(error).__name__})
    except Exception as error:  # noqa: BLE001 - F18: libraries raise anything at all
        return frame({"crash": f"{type(error).__name__}: {error}"[:300]})


def collect(pipe: int, seconds: float) -> bytes:
    """Return one frame that a child writes; b"" when it ended or the wall clock was faster."""
    deadline = time.monotonic() + seconds
    held, wanted = bytearray(), 0
    while not wanted or len(held) < wanted:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return b""
        part = os.read(pipe, 1 << 20)
        if not part:
            return b""
        held += part
        line = held.find(b"\n") + 1
        if line and not wanted:
            wanted = line + int(json.loads(held[:line])["size"])
    return bytes(held)
