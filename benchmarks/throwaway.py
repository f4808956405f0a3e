"""A PostgreSQL database that is gone afterwards, for the benchmarks beside this file.

On the server of VINHDANH_DATABASE_URL; where none is named, on a server of our own in a
temporary folder, with PostgreSQL's own settings (nothing is switched off to be faster).
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")


def prepare(settings: str = "config.settings") -> None:
    """Name a data folder and a server, and wake Django with these settings."""
    folder = Path(tempfile.mkdtemp(prefix="vinhdanh-benchmark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["VINHDANH_DATA"] = str(folder / "data")
    os.environ.setdefault("VINHDANH_DATABASE_URL", "")
    if not os.environ["VINHDANH_DATABASE_URL"]:
        os.environ["VINHDANH_DATABASE_URL"] = _start_server(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django  # noqa: PLC0415 - settings have to be named before

    django.setup()
    Path(django.conf.settings.STATIC_ROOT).mkdir(parents=True)
    _make_database()


def _start_server(folder: Path) -> str:
    server = folder / "server"
    server.mkdir()
    folder.chmod(0o755)
    as_postgres = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(server, "postgres", "postgres")
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    data = server / "data"

    def run(program: str, *words: str) -> None:
        command = [*as_postgres, str(BIN / program), "-D", str(data), *words]
        subprocess.run(command, check=True, cwd=server, stdout=subprocess.DEVNULL)

    run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(
        "pg_ctl",
        "-l",
        str(server / "log"),
        "-w",
        "-o",
        f"-k {server} -c listen_addresses=",
        "start",
    )
    atexit.register(run, "pg_ctl", "-m", "immediate", "-w", "stop")
    return f"postgres://postgres@{str(server).replace('/', '%2F')}/postgres"


def _make_database() -> None:
    from django.db import connection  # noqa: PLC0415 - Django has to be awake
    from django.test.utils import (  # noqa: PLC0415 - the same
        setup_databases,
        teardown_databases,
    )

    assert connection.vendor == "postgresql", "these figures are PostgreSQL's"
    made = setup_databases(verbosity=0, interactive=False)
    atexit.register(teardown_databases, made, verbosity=0)


def statements(act: Callable[[], object]) -> list[str]:
    """Return what an act asks of the database, without BEGIN, COMMIT and savepoints."""
    from django.db import connection  # noqa: PLC0415 - Django has to be awake
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    with CaptureQueriesContext(connection) as captured:
        act()
    texts = [query["sql"] for query in captured.captured_queries]
    return [text for text in texts if not text.startswith(frame)]
