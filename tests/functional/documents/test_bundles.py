"""Many files as one ZIP: whole, the same each time, checked, never all in memory."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from documents import bundles, store
from documents.bundles import MANIFEST, Member, file_name
from documents.models import FileKind
from documents.records_errors import StoredFileDamagedError

pytestmark = pytest.mark.django_db


def members() -> list[Member]:
    pdf = store.put(b"%PDF-1.7 signed", kind=FileKind.PDF)
    docx = store.put(b"PK word", kind=FileKind.DOCX)
    return [
        Member("01 Tờ trình số 05_TTr-SYT.pdf", pdf, "Trần Thu ký số lúc 08:00 01/02/2026"),
        Member("01 Tờ trình số 05_TTr-SYT.docx", docx),
    ]


def zipped(given: list[Member]) -> bytes:
    return b"".join(bundles.stream(given))


def test_every_file_comes_out_as_it_was_stored_under_its_vietnamese_name() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(members()))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST, *(member.name for member in members())]
        assert archive.read(members()[0].name) == b"%PDF-1.7 signed"


def test_same_files_give_the_same_bytes_and_the_same_manifest_hash() -> None:
    assert zipped(members()) == zipped(members())
    assert bundles.manifest_hash(members()) == bundles.manifest_hash(members())
    assert bundles.manifest_hash(members()[:1]) != bundles.manifest_hash(members())


def test_manifest_is_checked_by_any_machines_own_tool(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(members()))) as archive:
        archive.extractall(tmp_path)
    assert "# Trần Thu ký số" in (tmp_path / MANIFEST).read_text("utf-8")
    command = ["sha256sum", "--check", "--strict", "--quiet", MANIFEST]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / members()[1].name).write_bytes(b"PK Word")
    found = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert found.returncode == 1


def test_big_file_is_sent_in_pieces() -> None:
    big = store.put(bytes(3_000_000), kind=FileKind.PDF)
    pieces = list(bundles.stream([Member("big.pdf", big)]))
    assert max(map(len, pieces)) < 300_000
    assert sum(map(len, pieces)) > 3_000_000


def test_damaged_file_is_refused_before_anything_is_sent() -> None:
    given = members()
    bundles.check(given)
    path = store.path_of(given[1].stored.sha256)
    path.chmod(0o640)
    path.write_bytes(b"PK Word")
    with pytest.raises(StoredFileDamagedError):
        bundles.check(given)


def test_file_name_is_kept_apart_from_what_file_systems_refuse() -> None:
    assert (
        file_name(3, 'Tờ trình số 05/TTr-SYT: "gấp" ', "pdf")
        == "03 Tờ trình số 05_TTr-SYT_ _gấp_.pdf"
    )
    assert file_name(12, "x" * 300, "docx") == f"12 {'x' * 120}.docx"
