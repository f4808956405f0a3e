"""Looking at processes and everything below them: the memory they hold, the time they used."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY_SECONDS = 2.0


def below(pids: Sequence[int]) -> list[int]:
    """Return these processes and all below them."""
    found = list(pids)
    for pid in found:
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, _read(listed).split())
    return found


def processor_seconds(pids: Sequence[int]) -> float:
    """Return what they and those below have used, the ended ones that were waited for included."""
    stats = [_read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split() for pid in below(pids)]
    return sum(sum(map(int, stat[11:15])) for stat in stats if stat) / _TICK


def memory_mib(pids: Sequence[int]) -> float:
    """Return the proportional set size of all of them: what is shared counts once."""
    sizes = [_read(Path(f"/proc/{pid}/smaps_rollup")) for pid in below(pids)]
    lines = [line for text in sizes for line in text.splitlines() if line.startswith("Pss:")]
    return sum(int(line.split()[1]) for line in lines) / 1024


class Watch:
    """Looks at the memory of processes every two seconds as long as it is open."""

    def __init__(self, pids: Sequence[int]) -> None:
        self.most_mib = 0.0
        self._pids = pids
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(_EVERY_SECONDS):
            self.most_mib = max(self.most_mib, memory_mib(self._pids))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it has ended
