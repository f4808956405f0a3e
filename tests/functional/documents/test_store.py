import errno
import hashlib
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import store
from documents.errors import StorageFullError
from documents.models import FileKind, StoredFile
from documents.records_errors import StoredFileDamagedError

pytestmark = pytest.mark.django_db
CONTENT = "Tờ trình số 05/TTr-STTTT".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_put_names_the_file_by_its_hash_and_makes_it_read_only(store_dir: Path) -> None:
    stored = store.put(CONTENT, kind=FileKind.PDF)
    path = store_dir / SHA256[:2] / SHA256[2:4] / SHA256
    assert (stored.sha256, stored.size, stored.kind) == (SHA256, len(CONTENT), "pdf")
    assert files_in(store_dir) == [path]
    assert path.stat().st_mode & 0o777 == 0o440
    assert store.read(stored) == CONTENT


def test_put_twice_is_one_row_and_the_file_is_not_written_again(store_dir: Path) -> None:
    first = store.put(CONTENT, kind=FileKind.PDF)
    written = store.path_of(SHA256).stat().st_ino
    second = store.put(CONTENT, kind=FileKind.PDF)
    assert first == second
    assert StoredFile.objects.count() == 1
    assert store.path_of(SHA256).stat().st_ino == written


def test_put_over_a_damaged_file_mends_it(store_dir: Path) -> None:
    stored = store.put(CONTENT, kind=FileKind.PDF)
    path = store.path_of(SHA256)
    path.chmod(0o640)
    path.write_bytes(CONTENT[:-1])
    store.put(CONTENT, kind=FileKind.PDF)
    assert store.read(stored) == CONTENT


def test_every_name_above_a_new_file_is_forced_to_disk_once(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[Path] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        forced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    def put(sha256: str) -> list[Path]:
        forced.clear()
        store._write(store.path_of(sha256), CONTENT)
        return forced[1:]  # after the file itself

    monkeypatch.setattr(os, "fsync", fsync)
    upper, lower = store_dir / "ab", store_dir / "ab" / "cd"
    assert put("abcd" + "0" * 60) == [lower, upper, store_dir]
    assert forced[0].name.endswith(store.LEFTOVER_SUFFIX)
    assert put("abcd" + "1" * 60) == [lower]  # the folders' own names last already
    assert put("abef" + "0" * 60) == [upper / "ef", upper]
    shutil.rmtree(lower)  # as by a backup that was put back under a running worker
    assert put("abcd" + "2" * 60) == [lower, upper]
    shutil.rmtree(upper)
    assert put("abcd" + "3" * 60) == [lower, upper, store_dir]


def test_second_of_two_that_store_the_same_gets_the_row_of_the_first(store_dir: Path) -> None:
    first = store.put(CONTENT, kind=FileKind.PDF)
    StoredFile.objects.bulk_create(  # what a second worker does between looking and writing
        [StoredFile(sha256=SHA256, size=1, kind=FileKind.DOCX)], ignore_conflicts=True
    )
    assert store.put(CONTENT, kind=FileKind.PDF) == first
    assert StoredFile.objects.get().size == len(CONTENT)


def test_put_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="empty"):
        store.put(b"", kind=FileKind.PDF)


@pytest.mark.parametrize("damage", [CONTENT[:-1], CONTENT[:-1] + b"x", b""])
def test_read_changed_file_is_refused(store_dir: Path, damage: bytes) -> None:
    stored = store.put(CONTENT, kind=FileKind.PDF)
    path = store.path_of(SHA256)
    path.chmod(0o640)
    path.write_bytes(damage)
    with pytest.raises(StoredFileDamagedError) as caught:
        store.read(stored)
    assert (caught.value.code, caught.value.missing) == ("FILE_DAMAGED_IN_STORE", False)
    assert SHA256[:12] in str(caught.value)


def test_read_missing_file_is_refused(store_dir: Path) -> None:
    stored = store.put(CONTENT, kind=FileKind.PDF)
    store.path_of(SHA256).unlink()
    with pytest.raises(StoredFileDamagedError) as caught:
        store.read(stored)
    assert caught.value.missing


def test_open_stored_survives_a_swap_of_the_name(store_dir: Path) -> None:
    stored = store.put(CONTENT, kind=FileKind.PDF)
    with store.open_stored(stored) as stream:
        store.path_of(SHA256).unlink()
        store.path_of(SHA256).write_bytes(b"another")
        assert stream.read() == CONTENT


def test_put_other_error_than_full_is_raised_as_it_is(
    store_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_dir.parent.mkdir(exist_ok=True)
    store_dir.write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError) as caught:  # noqa: PT011 - the number is looked at below
        store.put(CONTENT, kind=FileKind.PDF)
    assert caught.value.errno == errno.ENOTDIR
    assert StoredFile.objects.count() == 0


@pytest.fixture
def disk_of_1000_bytes() -> Iterator[None]:
    """Files may grow to 1000 bytes: the kernel answers as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_put_on_full_disk_is_refused_and_leaves_no_file(
    store_dir: Path, disk_of_1000_bytes: None
) -> None:
    store._write(store.path_of("ab" * 32), b"x" * 1000)  # what fits is written
    before = files_in(store_dir)
    with pytest.raises(StorageFullError):
        store.put(b"x" * 1001, kind=FileKind.PDF)
    assert files_in(store_dir) == before
    resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)[1:] * 2)
    assert StoredFile.objects.count() == 0
