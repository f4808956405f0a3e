"""Talking to a program over its pipes, with a deadline on every byte, both ways.

A stopped program neither reads nor writes: a plain ``write`` of more than a pipe holds would
wait for it for ever.
"""

import os
import select
import subprocess
import time

_PART_BYTES = 1 << 18


class ChannelTimeoutError(Exception):
    """The deadline passed."""


class ChannelClosedError(Exception):
    """The program ended, or closed its side."""


class Channel:
    """The two pipes of a process started without buffers (``bufsize=0``)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            msg = "the process has no pipes"
            raise ValueError(msg)
        self._out = process.stdin.fileno()
        self._in = process.stdout.fileno()
        os.set_blocking(self._out, False)
        self._held = bytearray()

    def send(self, data: bytes, *, deadline: float) -> None:
        """Write all the bytes before the deadline (``time.monotonic`` seconds)."""
        view = memoryview(data)
        while view:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([], [self._out], [], left)[1]:
                raise ChannelTimeoutError
            try:
                view = view[os.write(self._out, view[:_PART_BYTES]) :]
            except BrokenPipeError as error:
                raise ChannelClosedError from error

    def line(self, *, deadline: float) -> bytes:
        """Return the next line without its line feed."""
        while (end := self._held.find(b"\n")) < 0:
            self._more(deadline)
        return self._cut(end + 1)[:-1]

    def take(self, size: int, *, deadline: float) -> bytes:
        """Return the next ``size`` bytes."""
        while len(self._held) < size:
            self._more(deadline)
        return self._cut(size)

    def _cut(self, size: int) -> bytes:
        cut = bytes(self._held[:size])
        del self._held[:size]
        return cut

    def _more(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._in], [], [], left)[0]:
            raise ChannelTimeoutError
        part = os.read(self._in, _PART_BYTES)
        if not part:
            raise ChannelClosedError
        self._held += part
