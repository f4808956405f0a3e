"""Looking at the processes of this machine, and waiting for what must come without sleeping."""

import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 60


def children_of(pid: int) -> list[int]:
    """Return the process ids below this one, nearest first."""
    found, todo = [], [pid]
    while todo:
        listed = Path(f"/proc/{todo.pop(0)}/task").glob("*/children")
        below = [int(child) for tasks in listed for child in _read(tasks).split()]
        found += below
        todo += below
    return found


def named(pid: int, name: str) -> list[int]:
    """Return the processes below ``pid`` whose program has this name."""
    return [
        child for child in children_of(pid) if _read(Path(f"/proc/{child}/comm")).strip() == name
    ]


def until(condition: Callable[[], T]) -> T:
    """Return the first true value of the condition; fail when none comes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        select.select([], [], [], 0.02)
    raise AssertionError("what was waited for did not come")


def alive(pid: int) -> bool:
    state = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return bool(state) and state[0] != "Z"


def send(pid: int, number: signal.Signals) -> None:
    os.kill(pid, number)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it has ended
