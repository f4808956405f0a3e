"""Looking at processes and everything below them: the memory they hold, the time they used."""

from __future__ import annotations

import contextlib
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
        with contextlib.suppress(OSError):  # it has ended
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, _read(task / "children").split())
    return found


def processor_seconds(pids: Sequence[int]) -> float:
    """Return what they and those below have used, the ended ones that were waited for included."""
    return sum(_ticks(pid, 15) for pid in below(pids)) / _TICK


def _ticks(pid: int, end: int) -> int:
    """Return fields 14 up to ``end`` of /proc/PID/stat: own time, then that of ended children."""
    stat = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, stat[11:end]))


def memory_mib(pids: Sequence[int]) -> float:
    """Return the proportional set size of all of them: what is shared counts once."""
    sizes = [_read(Path(f"/proc/{pid}/smaps_rollup")) for pid in below(pids)]
    lines = [line for text in sizes for line in text.splitlines() if line.startswith("Pss:")]
    return sum(int(line.split()[1]) for line in lines) / 1024


class Watch:
    """Looks at the memory of processes every two seconds as long as it is open.

    It also remembers what each soffice had used: one that is killed to be renewed is waited for
    inside its sandbox, and its time is lost to everybody else.
    """

    def __init__(self, pids: Sequence[int]) -> None:
        self.most_mib = 0.0
        self._offices: dict[int, int] = {}
        self._pids = pids
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._thread.join()

    def ended_offices(self) -> float:
        """Return the processor seconds of the soffice processes that are gone, as last seen."""
        gone = self._offices.keys() - set(below(self._pids))
        return sum(self._offices[pid] for pid in gone) / _TICK

    def _look(self) -> None:
        while not self._end.wait(_EVERY_SECONDS):
            self.most_mib = max(self.most_mib, memory_mib(self._pids))
            for pid in below(self._pids):
                if _read(Path(f"/proc/{pid}/comm")).strip() == "soffice.bin":
                    self._offices[pid] = _ticks(pid, 13)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it has ended
