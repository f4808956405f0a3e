from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from documents import store
from documents.models import FileKind, StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(store_dir: Path) -> StoredFile:
    store.put(b"another paper", kind=FileKind.DOCX)
    return store.put(b"a paper", kind=FileKind.PDF)


def check() -> tuple[int, list[list[str]]]:
    """Run the command; return its exit code and its findings."""
    out = StringIO()
    code = 0
    try:
        call_command("check_integrity", stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    *lines, _sum = out.getvalue().splitlines()
    return code, [line.split("\t") for line in lines]


def test_check_integrity_of_whole_store_finds_nothing(kept: StoredFile) -> None:
    assert check() == (0, [])


def test_check_integrity_of_empty_installation_finds_nothing(store_dir: Path) -> None:
    assert check() == (0, [])


def test_check_integrity_names_a_file_cut_by_one_byte(kept: StoredFile) -> None:
    path = store.path_of(kept.sha256)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1])
    assert check() == (1, [["FILE_CHANGED", kept.sha256]])


def test_check_integrity_names_a_missing_file(kept: StoredFile) -> None:
    store.path_of(kept.sha256).unlink()
    assert check() == (1, [["FILE_MISSING", kept.sha256]])


def test_check_integrity_names_a_file_that_cannot_be_read(kept: StoredFile) -> None:
    path = store.path_of(kept.sha256)
    path.unlink()
    path.mkdir()
    assert check() == (1, [["FILE_UNREADABLE", kept.sha256, "Is a directory"]])


def test_check_integrity_names_a_row_with_another_size(kept: StoredFile) -> None:
    StoredFile.objects.filter(pk=kept.pk).update(size=99)
    assert check() == (1, [["FILE_CHANGED", kept.sha256, "7 ≠ 99 byte"]])


def test_check_integrity_tells_of_strangers_and_leftovers_without_alarm(
    kept: StoredFile, store_dir: Path
) -> None:
    folder = store.path_of(kept.sha256).parent
    (folder / f".{kept.sha256}.1f{store.LEFTOVER_SUFFIX}").write_bytes(b"half")
    (store_dir / "stranger.pdf").write_bytes(b"x")
    misplaced = store_dir / kept.sha256
    misplaced.write_bytes(b"a paper")
    code, findings = check()
    assert code == 0
    assert sorted(findings) == sorted(
        [
            ["LEFTOVER", f".{kept.sha256}.1f.part"],
            ["ORPHAN", kept.sha256],
            ["ORPHAN", "stranger.pdf"],
        ]
    )
