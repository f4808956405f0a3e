"""The converter under kill -9, a hang and a full disk: told, tried again, and fine after."""

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from documents import sandbox
from documents.conversion.converter import LIMITS, Converter
from documents.errors import ConverterDiedError, ConvertTimeoutError, StorageFullError
from documents.sandbox import Limits, SandboxStatus
from tests.files import docx_of
from tests.processes import alive, children_of, named, send, until

pytestmark = [pytest.mark.soffice, pytest.mark.long]
# Seconds of work, so that it is still going on when a busy machine gets round to the kill.
LONG = docx_of(*["Một đoạn văn dài để việc chuyển còn dở dang. " * 30] * 1600)


@pytest.fixture
def converter() -> Iterator[Converter]:
    made = Converter()
    made.convert(docx_of("khởi động"), seconds=90)
    yield made
    made.close()


def office_of(converter: Converter) -> int:
    return named(converter.pid(), "soffice.bin")[0]


def in_background(converter: Converter, document: bytes) -> tuple[threading.Thread, list[object]]:
    answers: list[object] = []

    def work() -> None:
        try:
            answers.append(converter.convert(document, seconds=90))
        except ConverterDiedError as error:
            answers.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, answers


def wait_until_busy(pid: int) -> None:
    """Return when the office has begun to use the processor."""

    def ticks() -> int:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])

    before = ticks()
    until(lambda: ticks() > before + 5)


def test_killed_office_is_replaced_and_the_document_made(converter: Converter) -> None:
    office = office_of(converter)
    thread, answers = in_background(converter, LONG)
    wait_until_busy(office)
    send(office, signal.SIGKILL)
    thread.join()
    assert [type(answer) for answer in answers] == [bytes]
    assert not alive(office)
    assert office_of(converter) != office


def test_office_killed_twice_is_told_and_the_next_document_is_made(converter: Converter) -> None:
    first = office_of(converter)
    thread, answers = in_background(converter, LONG)
    wait_until_busy(first)
    send(first, signal.SIGKILL)
    second = until(lambda: [pid for pid in named(converter.pid(), "soffice.bin") if pid != first])
    send(second[0], signal.SIGKILL)
    thread.join()
    assert [getattr(answer, "code", answer) for answer in answers] == ["CONVERTER_DIED"]
    assert converter.convert(docx_of("sau đó"), seconds=90).startswith(b"%PDF")


def test_killed_sandbox_is_replaced(converter: Converter) -> None:
    send(converter.pid(), signal.SIGKILL)
    assert converter.convert(docx_of("a"), seconds=90).startswith(b"%PDF")


def test_hanging_office_is_killed_at_the_deadline_with_all_its_processes(
    converter: Converter,
) -> None:
    office, everything = office_of(converter), children_of(converter.pid())
    send(office, signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(ConvertTimeoutError) as caught:
        converter._attempt(docx_of("a"), 2, bookmarks=False)  # the first try alone
    assert 2 <= time.monotonic() - began < 12
    assert caught.value.what == "Chuyển PDF quá 2 giây nên đã bị dừng."
    until(lambda: not any(map(alive, everything)))


def test_hang_is_tried_again_with_a_fresh_office(converter: Converter) -> None:
    send(office_of(converter), signal.SIGSTOP)
    assert converter.convert(docx_of("a"), seconds=20).startswith(b"%PDF")


def test_full_disk_is_told_as_such() -> None:
    small = Converter(limits=Limits(LIMITS.address_bytes, LIMITS.file_bytes, 4096))
    with pytest.raises(StorageFullError):
        small.convert(docx_of("a"), seconds=90)
    small.close()


def test_disk_that_fills_while_converting_is_told_and_the_next_document_is_made() -> None:
    tight = Converter(limits=Limits(LIMITS.address_bytes, LIMITS.file_bytes, 16 << 20))
    tight.convert(docx_of("a"), seconds=90)
    with (
        pytest.raises(OSError, match="No space left"),
        Path(f"/proc/{office_of(tight)}/root/tmp/ballast").open("wb") as ballast,  # its own disk
    ):
        ballast.write(b"\0" * (32 << 20))
    with pytest.raises(StorageFullError):
        tight.convert(LONG, seconds=90)
    assert tight.convert(docx_of("a"), seconds=90).startswith(b"%PDF")
    tight.close()


def test_without_namespaces_the_folder_is_removed_and_orphans_are_swept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "JOBS_DIR", tmp_path / "jobs")
    status = SandboxStatus(isolated=False, reason="test")
    monkeypatch.setattr(sandbox, "sandbox_status", lambda: status)
    plain = Converter()
    assert plain.convert(docx_of("a"), seconds=90).startswith(b"%PDF")
    assert len(list(settings.JOBS_DIR.iterdir())) == 1
    office = office_of(plain)
    plain.close()
    until(lambda: not alive(office))
    assert list(settings.JOBS_DIR.iterdir()) == []
    orphan = settings.JOBS_DIR / "999999999-x"
    orphan.mkdir()
    (settings.JOBS_DIR / f"{plain.pid() or 1}-y").mkdir()
    assert sandbox.sweep_jobs() == 1
    assert not orphan.exists()
