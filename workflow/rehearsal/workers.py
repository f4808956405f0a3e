"""The queue's own workers for as long as a round is played, and gone after it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import connections
from django_q.cluster import Cluster

STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def workers() -> Iterator[None]:
    """Run the workers; Ctrl-C or a stop from outside ends the round and them.

    django-q takes both signals for itself and only stops its workers: the round would then wait
    for papers that nobody makes. Here they raise KeyboardInterrupt, and the workers are stopped
    on the way out. A job that was cut off stays in the queue and in its row.
    """
    before = {number: signal.getsignal(number) for number in STOPPING}
    connections.close_all()  # a forked worker must not share an open connection
    cluster = Cluster()
    for number in STOPPING:
        signal.signal(number, _stop)
    cluster.start()
    try:
        yield
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave workers behind
        cluster.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
