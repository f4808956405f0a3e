"""Who is making a paper right now, and whether that process still lives.

A claim names host, boot, process and the process's start time. On the same host a dead worker
is seen at once; of another host's worker only the time limit tells. A claim is no lock: the
worker that took over and the one thought dead are kept apart by the version's row, which only
the holder of the latest claim can finish (services.production).
"""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

# The queue kills a job after this time, so no claim older than it can be alive.
CLAIM_LIMIT = timedelta(seconds=int(str(settings.Q_CLUSTER["timeout"])))
_PROC = Path("/proc")
_START_TIME_FIELD = 19  # the 22nd of proc(5)'s stat, counted from the third


def own_claim() -> str:
    """Return the claim of this process."""
    pid = os.getpid()
    return f"{_host()}:{pid}:{_started(pid)}"


def is_abandoned(claim: str, *, claimed_at: datetime, now: datetime) -> bool:
    """Tell whether the process behind the claim is gone, or has had its time."""
    if now - claimed_at > CLAIM_LIMIT:
        return True
    host, pid, started = claim.rsplit(":", 2)
    return host == _host() and _started(int(pid)) != started


def _host() -> str:
    """Return host name and boot: containers share the boot, machines may share the name."""
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{socket.gethostname()[:40]}/{boot}"


def _started(pid: int) -> str:
    """Return when the process began, in ticks since boot; "" when there is none.

    A killed process that nobody has waited for is a zombie: as good as gone.
    """
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[_START_TIME_FIELD - 1]
