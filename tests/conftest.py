"""What every test stands on: its own data folder, quick hashes, no way out of this machine.

The database is the one VINHDANH_DATABASE_URL names; without it, SQLite in the data folder.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# Looking for rings of garbage at every seven hundredth object takes one second in twelve.
gc.set_threshold(100_000, 20, 50)

# Settings read the environment once, on import: the folder must be named before Django wakes.
_DATA = Path(tempfile.mkdtemp(prefix="vinhdanh-test-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("VINHDANH_")]:
    if _name not in {"VINHDANH_DATABASE_URL", "VINHDANH_TEST_POSTGRES"}:
        del os.environ[_name]
os.environ["VINHDANH_DATA"] = str(_DATA)
if os.environ.get("DJANGO_SETTINGS_MODULE"):
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: it would load the real data folder")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402 - the environment comes first
from django.conf import settings as django_settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
django_settings.STATIC_ROOT.mkdir(parents=True)
_database = django_settings.DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, as in the product, so that threads and child processes see the same rows; but
    # nobody pulls the plug on a test, so it need not wait for the disk.
    _database["TEST"] = {"NAME": str(_DATA / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
_database["CONN_MAX_AGE"] = 0
django.setup()
# Each worker of xdist inherits the environment, and must come here before it reads settings.
del os.environ["DJANGO_SETTINGS_MODULE"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A busy machine is no fault of ours: examples may take their time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["tests.cast"]
"""The fixtures `cast` and `committed_cast`: the people of a round."""

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what `bin/test` asks of its run on PostgreSQL."""
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that use the database, and neither browser nor LibreOffice",
    )


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_DATA, ignore_errors=True)


def _uses_database(item: pytest.Item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    )


def _belongs(config: pytest.Config, item: pytest.Item) -> bool:
    """Tell whether a test has something to show in this run."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        return False
    if not config.getoption("--database-only"):
        return True
    elsewhere = item.get_closest_marker("e2e") or item.get_closest_marker("soffice")
    return _uses_database(item) and (
        not elsewhere or item.get_closest_marker("postgres") is not None
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run cannot show, such as races on SQLite, and put long files first.

    Deselected, not skipped: `bin/test` runs both databases, so nothing is missed there.
    A file runs in one worker; a long one that comes last would run alone.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    left_out = [item for item in items if not _belongs(config, item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _belongs(config, item)]


def pytest_collection_finish() -> None:
    """Look no more through what was imported and collected: it stays until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Leave no test the language that a page was asked for in: Django keeps it for the thread."""
    yield
    translation.deactivate()


@pytest.fixture
def data_dir() -> Path:
    """The data folder of this run."""
    return _DATA


@pytest.fixture
def transactional(transactional_db: None) -> None:
    """Real commits on PostgreSQL, for races; refuses to show anything on another database."""
    assert connection.vendor == "postgresql", "set VINHDANH_DATABASE_URL to a PostgreSQL server"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; one for a file, for its loop would hinder the next one's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, and Django takes any loop for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window; any error in its console, a CSP violation among them, fails the test."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    window = context.new_page()
    complaints: list[str] = []
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield window
    context.close()
    assert complaints == []


@pytest.fixture(scope="session", autouse=True)
def _log_can_be_emptied() -> Iterator[None]:
    """Let the clean-up after a transactional test empty the log, which its triggers refuse."""
    from django.test import TransactionTestCase

    from tests.tamper import triggers_off

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs

    def empty_without_triggers(case: TransactionTestCase) -> None:
        with triggers_off():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_triggers)
        yield
