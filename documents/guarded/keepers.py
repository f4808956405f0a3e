"""Children that stay: one for each template, doing nothing but its papers.

A fork is cheap, reading and compiling a template is not. So the first paper of a template forks
a child that keeps it compiled (documents.guarded.compiled) and makes the next ones too. What a
hostile template did to its child reaches that template's own papers only: no other template, no
upload and no PDF is ever opened there.

A child that is silent past its time is killed, one that ended is replaced by the next paper, and
each is renewed after MAX_PAPERS. The one used longest ago makes room when there are MAX_KEEPERS.
"""

import contextlib
import gc
import hashlib
import json
import os
import resource
import signal
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from documents.guarded.compiled import Printer
from documents.guarded.frames import MAX_KEEPERS, answered, collect, frame, read_frame, taken

MAX_PAPERS = 500
COLLECT_AFTER = 50_000
"""New objects after which the collector looks for rings: of a paper nearly all go by themselves."""
_STDIN, _STDOUT = 0, 1  # the zygote's own way to and from the process outside


@dataclass
class _Keeper:
    """One child: where it is written to and read from, and how many papers it made."""

    pid: int
    writer: int
    reader: int
    made: int = 0


class Keepers:
    """The children of one zygote, by the hash of their template."""

    def __init__(self, *, most: int = MAX_KEEPERS, papers: int = MAX_PAPERS) -> None:
        self._most = most
        self._papers = papers
        self._kept: OrderedDict[str, _Keeper] = OrderedDict()

    def __len__(self) -> int:
        """Return how many children there are."""
        return len(self._kept)

    def run(self, head: dict[str, Any], body: bytes) -> bytes:
        """Return the frame that the template's child answers. head, body: a job as in the zygote.

        The arguments are handed on as they came. A template that is only named and that no child
        keeps is wanted (documents.guarded.frames).
        """
        said, template = body[: head["said"]], body[head["said"] :]
        key = head.get("template") or hashlib.sha256(template).hexdigest()
        if key in self._kept and _has_ended(self._kept[key].pid):
            self._forget(key)
        if key not in self._kept and "template" in head:
            return frame({"wanted": key})
        keeper = self._kept.get(key) or self._start(key, template)
        self._kept.move_to_end(key)
        answer = self._ask(keeper, head["seconds"], said)
        keeper.made += 1
        if not answer:
            status = self._end(key)
            return frame({"limit": f"ended with status {status}"})
        if keeper.made >= self._papers or _ran_out(answer):
            self._end(key)
        return answer

    def close(self) -> None:
        """End all children."""
        for key in list(self._kept):
            self._end(key)

    def forget(self) -> None:
        """In a forked process: let go of the pipes, so that no job can write into them."""
        for key in list(self._kept):
            self._forget(key)

    @staticmethod
    def _ask(keeper: _Keeper, seconds: int, said: bytes) -> bytes:
        """Return the answer; b"" when the child ended or let its time pass.

        A child that reads nothing is waited for here: the process outside ends us all then
        (documents.guard).
        """
        try:
            with os.fdopen(keeper.writer, "wb", closefd=False) as out:
                out.write(frame({"seconds": seconds, "said": len(said)}, said))
        except BrokenPipeError:
            return b""
        return collect(keeper.reader, seconds * 1.5)

    def _start(self, key: str, template: bytes) -> _Keeper:
        while len(self._kept) >= self._most:
            self._end(next(iter(self._kept)))
        asked, writer = os.pipe()
        reader, answers = os.pipe()
        pid = os.fork()
        if pid == 0:
            with leaving():
                os.close(writer)
                os.close(reader)
                self.forget()
                _serve(asked, answers, template)
        os.close(asked)
        os.close(answers)
        self._kept[key] = _Keeper(pid, writer, reader)
        return self._kept[key]

    def _end(self, key: str) -> int:
        keeper = self._forget(key)
        os.kill(keeper.pid, signal.SIGKILL)  # not yet waited for, so the number is its own
        return os.waitpid(keeper.pid, 0)[1]

    def _forget(self, key: str) -> _Keeper:
        keeper = self._kept.pop(key)
        os.close(keeper.writer)
        os.close(keeper.reader)
        return keeper


def _ran_out(answer: bytes) -> bool:
    """Return whether a child met a limit: what it still holds would be missing to its next paper."""
    return "limit" in json.loads(answer[: answer.find(b"\n")])


def _has_ended(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG)[0] != 0


@contextlib.contextmanager
def leaving() -> Iterator[None]:
    """End the process with what is done inside: no fork may come back into its parent's loop.

    Nor may what a hostile file did to it read the parent's next jobs, or answer in its name.
    """
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, _STDIN)
        os.dup2(nothing, _STDOUT)
        yield
        status = 0
    finally:
        os._exit(status)


def _serve(asked: int, answers: int, template: bytes) -> None:
    os.setsid()
    printer = Printer(template)
    gc.set_threshold(COLLECT_AFTER)
    with os.fdopen(asked, "rb") as source, os.fdopen(answers, "wb") as out:
        while (request := read_frame(source)) is not None:
            _allow(request[0]["seconds"])
            out.write(answered(partial(_printed, printer, *request)))
            out.flush()


def _printed(printer: Printer, head: dict[str, Any], said: bytes) -> tuple[dict[str, int], bytes]:
    arguments, _ = taken(head, said)
    return printer.print(**arguments)


def _allow(seconds: int) -> None:
    """Give the process this much more processor time; past it the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
