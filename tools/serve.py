"""Web and worker under one parent: they start together, stop together, and never outlive it.

Ctrl-C, SIGTERM or a closed terminal stop both, each first by itself and after GRACE_SECONDS by
force, with everything it started. If one of them ends unasked, the other is stopped too and the
exit status is 1: a web without a worker would take acts whose papers are never made.
If this parent itself is killed by force, Linux tells both children to stop.
"""

import argparse
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 15
READY_SECONDS = 60
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
STOPPING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
AWAITED = STOPPING | {signal.SIGCHLD}
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


@dataclass(frozen=True)
class Part:
    """One of the two programs: what a person calls it, and how it is started."""

    name: str
    command: list[str]


def parts(host: str, port: int) -> list[Part]:
    """Return web and worker for this address."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    python = sys.executable
    gunicorn = [python, "-m", "gunicorn", "config.wsgi", "--chdir", str(ROOT), "--bind", address]
    return [
        Part(
            "trang web / web",
            [
                *gunicorn,
                *("--workers", "2", "--preload", "--no-control-socket"),
                # The dry run of 10,000 nominations took 21 s on a busy machine; 30 is gunicorn's own.
                *("--timeout", "90", "--graceful-timeout", "10", "--log-level", "warning"),
            ],
        ),
        Part("tiến trình nền / worker", [python, str(ROOT / "manage.py"), "qcluster"]),
    ]


def _tied_to(parent: int) -> Callable[[], None]:
    """Return what a child does before it becomes its program: stop when the parent is gone."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went between fork and prctl
            os._exit(1)

    return tie


def start(part: Part) -> subprocess.Popen[bytes]:
    """Start a part as the head of its own process group, so that all of it can be stopped."""
    return subprocess.Popen(
        part.command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_tied_to(os.getpid()),  # noqa: PLW1509 - this parent has one thread
    )


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to stop, wait, then end by force whatever is left of their groups."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"! Buộc dừng tiến trình {child.pid} / stopping it by force", flush=True)
    for child in children:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        child.wait()


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at this address yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Tell whether the web gives a page."""
    link = http.client.HTTPConnection(host, port, timeout=5)
    try:
        link.request("GET", "/accounts/login/", headers={"Host": "localhost"})
        return link.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        link.close()


def wait_for(seconds: float) -> signal.Signals | None:
    """Wait for a signal that matters here; None if none came."""
    got = signal.sigtimedwait(AWAITED, seconds)
    return signal.Signals(got.si_signo) if got else None


def watch(running: dict[str, subprocess.Popen[bytes]], host: str, port: int, greeting: str) -> int:
    """Stand by until asked to stop (0) or until a part ends by itself (1)."""
    started, greeted = time.monotonic(), False
    while True:
        if wait_for(3600 if greeted else 0.2) in STOPPING:
            return 0
        for name, child in running.items():
            if child.poll() is not None:
                print(
                    f"\n! {name} đã ngừng, mã {child.returncode}; dừng tất cả. / stopped by itself."
                )
                return 1
        if not greeted and answers(host, port):
            greeted = True
            print(greeting, flush=True)
        if not greeted and time.monotonic() - started > READY_SECONDS:
            print(
                f"\n! Trang web không trả lời sau {READY_SECONDS} giây. / The web does not answer."
            )
            return 1


def greeting(host: str, port: int) -> str:
    """Return what a person needs to begin: the address, and the demo log-ins where there are any."""
    shown = "localhost" if host in {*LOOPBACK, "0.0.0.0", "::"} else host  # noqa: S104 - shown only
    lines = [f"VinhDanh: http://{shown}:{port}/", "Ctrl-C để dừng / to stop"]
    logins = Path(os.environ["VINHDANH_DATA"]) / "demo-logins.txt"
    if os.environ.get("VINHDANH_DEMO") == "1" and logins.exists():
        lines[:0] = [logins.read_text(encoding="utf-8").rstrip(), ""]
        if host not in LOOPBACK:
            lines.append("! Tài khoản mẫu ai cũng biết mật khẩu: máy khác vào được trang này.")
            lines.append("  Anyone knows the demo passwords, and other machines reach this page.")
    return "\n" + "\n".join(lines)


def main() -> int:
    """Run both until stopped; the exit status is 0 only if a person asked for the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    host, port = options.host, options.port
    if not is_free(host, port):
        print(f"Cổng {port} ở {host} đang có chương trình khác dùng. / Port {port} is taken.")
        print(f"  bin/run --port {port + 1}")
        return 1
    if host not in LOOPBACK and "VINHDANH_HOSTS" not in os.environ:
        os.environ["VINHDANH_HOSTS"] = f"localhost,127.0.0.1,[::1],{host},{socket.gethostname()}"
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    running = {part.name: start(part) for part in parts(host, port)}
    try:
        return watch(running, host, port, greeting(host, port))
    finally:
        stop(list(running.values()))
        print("Đã dừng. / Stopped.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
