"""bin/run: prepares once, says what it cannot do, and never starts half a product."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[3]
SECOND_START_SECONDS = 5


def run(*words: str, data: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VINHDANH_", "DJANGO_"))}
    if path is not None:
        kept["PATH"] = f"{path}:{kept['PATH']}"
    return subprocess.run(
        ["bash", ROOT / "bin/run", "--data", data, *words],
        env=kept,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def fingerprint(folder: Path) -> dict[str, str]:
    """Return a hash of everything that must not change by itself."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "lock", "log"))
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared")
    first = run("prepare", data=data)
    assert first.returncode == 0, first.stdout + first.stderr
    return data


@pytest.fixture
def no_debian(tmp_path: Path) -> Path:
    """A machine that has none of the programs and lets nobody install them."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dpkg-query", "apt-get", "sudo"):
        program = programs / name
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    return programs


def test_second_preparation_is_quick_and_changes_no_data(prepared: Path) -> None:
    before = fingerprint(prepared)
    assert "vinhdanh.sqlite3" in before
    began = time.monotonic()
    again = run("prepare", data=prepared)
    assert again.returncode == 0, again.stderr
    assert time.monotonic() - began < SECOND_START_SECONDS
    assert "→" not in again.stdout  # no step was done again
    assert fingerprint(prepared) == before


def test_everything_again_leaves_the_rows_as_they_are(prepared: Path) -> None:
    counted = ["manage", "check_integrity"]
    before = run(*counted, data=prepared)
    again = run("--again", "prepare", data=prepared)
    assert again.returncode == 0, again.stdout + again.stderr
    assert again.stdout.count("→") >= 8
    assert run(*counted, data=prepared).stdout == before.stdout


def test_machine_where_nothing_may_be_installed_starts_and_says_what_is_off(
    prepared: Path, no_debian: Path
) -> None:
    told = run("prepare", data=prepared, path=no_debian)
    assert told.returncode == 0, told.stderr
    assert "turning .docx into PDF (libreoffice-writer-nogui)" in told.stdout
    assert "inside the sandbox (bubblewrap)" in told.stdout
    assert "apt-get update && apt-get install -y --no-install-recommends libreoffice" in told.stdout


def test_failing_step_starts_nothing_and_shows_why(tmp_path: Path, prepared: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "vinhdanh.sqlite3").write_text("not a database, and long enough to be read as one")
    told = run("prepare", data=broken)
    assert told.returncode == 1
    assert "file is not a database" in told.stderr
    assert "chưa có gì được chạy" in told.stderr
    assert "Traceback" not in told.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--prot", "1"], "Không hiểu “--prot”"),
        (["dance"], "Không hiểu “dance”"),
        (["--port"], "--port cần một giá trị"),
        (["--port", "abc"], "--port cần một số"),
    ],
    ids=["option", "command", "no value", "no number"],
)
def test_wrong_words_get_a_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    told = run(*words, data=tmp_path)
    assert told.returncode == 1
    assert sentence in told.stderr


def test_data_folder_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = run("prepare", data=tmp_path / "file" / "data")
    assert told.returncode == 1
    assert "Không ghi được vào" in told.stderr


def test_manage_passes_its_words_through(prepared: Path) -> None:
    told = run("manage", "verify_audit", data=prepared)
    assert told.returncode == 0, told.stdout + told.stderr
