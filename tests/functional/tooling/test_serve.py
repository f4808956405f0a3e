"""tools/serve.py: web and worker live and end together, and leave nobody behind."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VINHDANH_", "DJANGO_"))}
    return kept | {"VINHDANH_DATA": str(data), "VINHDANH_DEMO": "1"}


def descendants(pid: int) -> list[int]:
    """Return the processes below one, from Linux's own books."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def gone(pid: int) -> bool:
    """Wait until a process has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], PATIENCE_SECONDS)[0])
    finally:
        os.close(handle)


@dataclass
class Site:
    """A running bin/run, what it has said, and the processes below it."""

    process: subprocess.Popen[str]
    port: int
    said: list[str] = field(default_factory=list)

    def listen_until(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return
        pytest.fail(f"never said {words!r}: {''.join(self.said)}")

    def rest(self) -> str:
        out, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return "".join([*self.said, out])

    def worker(self) -> int:
        below = descendants(self.process.pid)
        return next(p for p in below if b"qcluster" in Path(f"/proc/{p}/cmdline").read_bytes())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("site")
    for command in (["migrate", "--no-input"], ["createcachetable"]):
        subprocess.run(
            [sys.executable, ROOT / "manage.py", *command],
            env=environment(data),
            check=True,
            capture_output=True,
        )
    (data / "demo-logins.txt").write_text("  chanh.vp  mật-khẩu-mẫu  Văn thư\n", encoding="utf-8")
    return data


def started(data: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, ROOT / "tools/serve.py", "--host", "127.0.0.1", "--port", str(port)],
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def site(prepared: Path) -> Iterator[Site]:
    port = free_port()
    running = Site(started(prepared, port), port)
    running.listen_until("Ctrl-C")
    yield running
    running.process.terminate()  # does nothing where the test has ended it
    running.process.communicate(timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name
)
def test_stopping_the_parent_stops_everything(site: Site, how: signal.Signals) -> None:
    below = descendants(site.process.pid)
    assert len(below) >= 4  # web with two processes, worker with its own
    site.process.send_signal(how)
    assert "Đã dừng" in site.rest()
    assert site.process.returncode == 0
    assert [pid for pid in below if not gone(pid)] == []


def test_address_and_log_ins_are_told_once_the_web_answers(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=5):
        pass
    said = "".join(site.said)
    assert said.index("chanh.vp") < said.index(f"http://localhost:{site.port}/")


def test_worker_killed_by_force_ends_the_web_too_and_is_named(site: Site) -> None:
    below = descendants(site.process.pid)
    os.kill(site.worker(), signal.SIGKILL)
    said = site.rest()
    assert "tiến trình nền / worker đã ngừng, mã -9" in said
    assert site.process.returncode == 1
    assert [pid for pid in below if not gone(pid)] == []


def test_parent_killed_by_force_takes_its_children_along(site: Site) -> None:
    below = descendants(site.process.pid)
    site.process.kill()
    assert [pid for pid in below if not gone(pid)] == []


def test_taken_port_is_a_sentence_with_another_to_try(prepared: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        refused = started(prepared, port)
        out, _ = refused.communicate(timeout=PATIENCE_SECONDS)
    assert f"Cổng {port} ở 127.0.0.1 đang có chương trình khác dùng" in out
    assert f"bin/run --port {port + 1}" in out
    assert refused.returncode == 1
