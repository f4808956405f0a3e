"""The sandbox: where foreign files are opened, and how its walls are built.

With bubblewrap: own user, network, process and mount namespaces, no capability, /usr read-only,
the only writable place a memory file system of a stated size. Without it (no namespaces on this
machine) limits and a clean environment remain; ``sandbox_status`` says so and the status page
shows it.

Not promised: a wall against a kernel exploit.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

BWRAP = "/usr/bin/bwrap"
PROBE_SECONDS = 20
STOP_SECONDS = 10
_ENVIRONMENT = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class Limits:
    """What one program may use: address space, one file, and all files together, in bytes."""

    address_bytes: int
    file_bytes: int
    scratch_bytes: int


@dataclass(frozen=True)
class SandboxStatus:
    """Whether the walls stand, and if not, why (a technical line for the status page)."""

    isolated: bool
    reason: str


def _walls(scratch_bytes: int, readable: Sequence[Path]) -> list[str]:
    walls = [BWRAP, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    walls += ["--cap-drop", "ALL", "--uid", "65534", "--gid", "65534"]
    walls += ["--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib"]
    walls += ["--symlink", "usr/lib64", "/lib64", "--symlink", "usr/bin", "/bin"]
    walls += ["--proc", "/proc", "--dev", "/dev"]
    walls += ["--size", str(scratch_bytes), "--tmpfs", "/tmp"]  # noqa: S108 - inside, and alone
    for path in ("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/alternatives"):
        walls += ["--ro-bind-try", path, path]
    walls += ["--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig"]
    for own in readable:
        walls += ["--ro-bind", str(own), str(own)]
    for name, value in {**_ENVIRONMENT, "HOME": "/tmp", "TMPDIR": "/tmp"}.items():  # noqa: S108
        walls += ["--setenv", name, value]
    walls += ["--remount-ro", "/"]  # the root itself is a memory file system without a size
    return [*walls, "--chdir", "/tmp"]  # noqa: S108


@cache
def sandbox_status() -> SandboxStatus:
    """Try the walls once in this process and say whether they stand."""
    if not Path(BWRAP).exists():
        return SandboxStatus(isolated=False, reason="bubblewrap is not installed")
    command = [*_walls(1 << 20, ()), "/usr/bin/true"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            command, capture_output=True, timeout=PROBE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return SandboxStatus(isolated=False, reason="bubblewrap did not answer")
    reason = done.stderr.decode(errors="replace").strip()
    return SandboxStatus(isolated=done.returncode == 0, reason=reason)


class _Starter:
    """The one thread of a process that starts programs.

    Die-with-parent means the parent *thread* (PR_SET_PDEATHSIG): started from a request's
    thread, a warm program would die with the request. A forked process makes its own: threads
    are not copied.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None

    def popen(
        self, command: list[str], env: dict[str, str], folder: str
    ) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, "sandbox")
            return self._pool.submit(self._start, command, env, folder).result()

    @staticmethod
    def _start(command: list[str], env: dict[str, str], folder: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own programs, arguments without a shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # channel.Channel
            env=env,
            cwd=folder,
            start_new_session=True,
        )

    def renew(self) -> None:
        """Forget the thread and the lock of the process that this one was forked from."""
        self._lock, self._pool = threading.Lock(), None


_starter = _Starter()
os.register_at_fork(after_in_child=_starter.renew)


class Sandbox:
    """One program behind the walls, spoken to over its standard input and output.

    folder    where it may write, as the program sees it: its own memory file system, or where
              there are no namespaces a fresh folder under JOBS_DIR that ``stop`` removes
    readable  files and folders of ours that it may read, at the same path
    """

    def __init__(self, limits: Limits, readable: Sequence[Path] = ()) -> None:
        self.limits = limits
        self.readable = readable
        self.isolated = sandbox_status().isolated
        self._job: Path | None = None
        if not self.isolated:
            settings.JOBS_DIR.mkdir(parents=True, exist_ok=True)
            self._job = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=settings.JOBS_DIR))
        self.folder = self._job or Path("/tmp")  # noqa: S108 - the memory file system inside
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, program: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start the program and return its process; its first word is an absolute path."""
        limits = [
            "/usr/bin/prlimit",
            f"--as={self.limits.address_bytes}",
            f"--fsize={self.limits.file_bytes}",
            "--core=0",
            "--nofile=1024",
            "--",
        ]
        if self.isolated:
            walls = _walls(self.limits.scratch_bytes, self.readable)
        else:
            walls = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--no-new-privs"]
        env = {**_ENVIRONMENT, "HOME": str(self.folder), "TMPDIR": str(self.folder)}
        folder = "/" if self.isolated else str(self.folder)
        self.process = _starter.popen([*walls, *limits, *program], env, folder)
        return self.process

    def stop(self) -> None:
        """Kill the program and everything it started, and remove what it wrote."""
        process, self.process = self.process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):  # it had ended
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(STOP_SECONDS)
            _hang_up(process)
        if self._job is not None:
            shutil.rmtree(self._job, ignore_errors=True)

    def forget(self) -> None:
        """In a forked process: let go of the parent's program without touching it."""
        process, self.process = self.process, None
        if process is not None:
            process.returncode = 0  # not ours to wait for
            _hang_up(process)


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def sweep_jobs() -> int:
    """Remove the folders of processes that no longer run; return how many.

    Only machines without namespaces have any. Called when a worker starts.
    """
    removed = 0
    for folder in settings.JOBS_DIR.glob("*-*"):
        owner = folder.name.partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
