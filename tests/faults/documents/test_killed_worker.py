"""kill -9 of the worker in mid-conversion, with the real queue, worker and LibreOffice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ

from audit.models import Event
from documents import store
from documents.integrity import Damage, findings
from documents.models import DocumentVersion
from documents.services import sweep_unfinished
from tests.papers import STREAM, ask, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soffice]
PATIENCE_SECONDS = 60.0


def database_url() -> str:
    """The test's own database, as the worker has to be told it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    host = str(facts["HOST"]).replace("/", "%2F")
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{host}:{facts['PORT']}/{facts['NAME']}"


@pytest.fixture
def worker(data_dir: Path) -> Iterator[None]:
    """A real cluster of one worker, in a session of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VINHDANH_DATA": str(data_dir),
        "VINHDANH_DATABASE_URL": database_url(),
        "VINHDANH_WORKERS": "1",
    }
    command = [sys.executable, "manage.py", "qcluster"]
    with (data_dir / "worker.log").open("wb") as log:
        cluster = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        yield
        cluster.terminate()
        try:
            cluster.wait(timeout=20)
        finally:
            if cluster.poll() is None:
                os.killpg(cluster.pid, signal.SIGKILL)
                cluster.wait()


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS} s in vain: {what}"
        pause.wait(0.02)


def test_killed_in_mid_conversion_is_done_exactly_once(worker: None) -> None:
    publish()
    _document, version = ask()

    def now() -> DocumentVersion:
        return DocumentVersion.objects.get(pk=version.pk)

    wait_until(lambda: now().stage == "converting", "the conversion begins")
    pid = int(now().claimed_by.rsplit(":", 2)[1])
    os.kill(pid, signal.SIGKILL)
    # The cluster sweeps too, once a minute: whoever comes first.
    wait_until(lambda: sweep_unfinished() == 1 or now().attempts == 2, "a sweep finds it lost")
    wait_until(lambda: now().status == "done", "another worker makes it")
    assert now().attempts == 2

    # The queue hands the dead worker's job out once more: nothing is made twice.
    OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))
    wait_until(lambda: not OrmQ.objects.exists(), "the old job is taken and ended")
    done = now()
    events = Event.objects.filter(stream=STREAM).order_by("seq")
    assert [event.action for event in events] == ["document.requested", "document.produced"]
    assert done.pdf is not None
    assert done.attempts == 2
    assert store.read(done.pdf).startswith(b"%PDF-")
    # Other tests of this run roll their rows back and leave their files: orphans are not ours.
    assert [found for found in findings() if found.damage is not Damage.ORPHAN] == []
