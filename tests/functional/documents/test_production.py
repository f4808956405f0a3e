import io
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule

from audit.models import Event
from documents import claims, making, store
from documents.errors import ConverterMissingError, SandboxNotTightError
from documents.inspection import InspectedFile, Kind
from documents.models import DocumentVersion, FileKind
from documents.queries import current_version, shown_file
from documents.records_errors import DossierPartError, RecordNotFoundError
from documents.services import (
    DossierSpec,
    PartSpec,
    UploadSpec,
    assemble_dossier,
    keep_upload,
    produce,
    produce_waiting,
    production,
    remake_document,
    retry_document,
    sweep_unconverted,
    sweep_unfinished,
)
from documents.services import sweep as sweeping
from documents.specs import Product
from documents.tasks import produce_version, sweep
from tests.papers import AT, CLERK, STREAM, VALUES, ask, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letter() -> None:
    publish()


def actions() -> list[str]:
    return list(
        Event.objects.filter(stream=STREAM).order_by("seq").values_list("action", flat=True)
    )


def text_of(version: DocumentVersion) -> str:
    assert version.pdf is not None
    reader = pypdf.PdfReader(io.BytesIO(store.read(version.pdf)))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.soffice
def test_produce_prints_the_frozen_values_and_records_it_once() -> None:
    document, version = ask()
    produce_version(str(version.pk))
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.stage, version.pages, version.attempts) == (
        "done", "finished", 1, 1,
    )  # fmt: skip
    text = text_of(version)
    assert all(word in text for word in ["R&D <Kiên Giang>", "05/TTr-STTTT", "Huỳnh Ngọc Mỹ"])
    assert shown_file(version) == version.pdf
    assert version.docx is not None
    assert store.read(version.docx).startswith(b"PK")
    assert actions() == ["document.requested", "document.produced"]
    event = Event.objects.get(action="document.produced")
    assert event.subject == f"document:{document.pk}"
    assert event.data["pdf_sha256"] == version.pdf_id


@pytest.mark.soffice
def test_produce_same_values_gives_the_same_files() -> None:
    _document, first = ask()
    _document, second = ask()
    assert produce_waiting() == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.docx == second.docx
    assert first.pdf == second.pdf


@pytest.mark.soffice
def test_produce_without_the_demanded_text_fails_and_keeps_the_old_version() -> None:
    document, first = ask()
    produce(first.pk)
    second = remake_document(
        who=CLERK,
        at=AT,
        document_id=document.pk,
        values={**VALUES, "so": "06/TTr"},
        must_contain=("không có trong mẫu",),
    )
    produce(second.pk)
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.status, second.status, second.error_code) == (
        "done", "failed", "RENDER_MISMATCH",
    )  # fmt: skip
    assert "không có trong mẫu" in second.error_text
    assert second.pdf is None
    assert store.read(first.pdf)  # type: ignore[arg-type]


def no_converter(*_args: object, **_facts: object) -> None:
    raise ConverterMissingError(command="apt-get install libreoffice-writer-nogui")


def test_produce_where_no_converter_is_offers_the_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    document, version = ask()
    with monkeypatch.context() as patch:
        patch.setattr(making, "convert", no_converter)
        produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.error_code) == ("failed", "CONVERTER_MISSING")
    assert "apt-get install" in version.error_text
    assert shown_file(version) == version.docx is not None
    assert actions()[-1] == "document.failed"
    assert current_version(document) == version


@pytest.mark.soffice
def test_retry_begins_at_the_conversion_when_the_docx_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document, version = ask()
    with monkeypatch.context() as patch:
        patch.setattr(making, "convert", no_converter)
        produce(version.pk)
    monkeypatch.delattr(making, "render_docx")
    retry_document(who=CLERK, at=AT, document_id=document.pk)
    produce(version.pk)
    version.refresh_from_db()
    assert version.status == "done"
    assert actions() == [
        "document.requested", "document.failed", "document.retried", "document.produced",
    ]  # fmt: skip


def test_produce_failed_version_again_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _document, version = ask()
    monkeypatch.setattr(making, "convert", no_converter)
    produce(version.pk)
    produce(version.pk)
    assert actions() == ["document.requested", "document.failed"]


def test_produce_unknown_version_does_nothing() -> None:
    produce("00000000-0000-4000-8000-000000000000")
    assert actions() == []


def test_produce_unforeseen_error_is_told_plainly_and_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(making, "render_docx", broken)
    _document, version = ask()
    with pytest.raises(ZeroDivisionError):
        produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.error_code) == ("failed", "PRODUCTION_FAILED")
    assert "ZeroDivision" not in version.error_text


def test_produce_on_full_disk_fails_and_stores_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    _document, version = ask()
    monkeypatch.setattr(store, "_write", full)
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.error_code) == ("failed", "STORAGE_FULL")
    assert (version.docx, version.pdf) == (None, None)


def running(version: DocumentVersion, **changes: object) -> None:
    facts = {
        "status": "running",
        "started_at": timezone.now(),
        "claimed_by": claims.own_claim(),
        "attempts": 1,
    }
    DocumentVersion.objects.filter(pk=version.pk).update(**{**facts, **changes})


DEAD = claims.own_claim().rsplit(":", 1)[0] + ":1"


def test_produce_leaves_the_version_of_a_living_worker_alone() -> None:
    _document, version = ask()
    running(version)
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.attempts) == ("running", 1)


@pytest.mark.soffice
def test_produce_takes_over_from_a_dead_worker() -> None:
    _document, version = ask()
    running(version, claimed_by=DEAD)
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.attempts) == ("done", 2)


def test_produce_gives_up_after_three_dead_workers() -> None:
    _document, version = ask()
    running(version, claimed_by=DEAD, attempts=production.MAX_ATTEMPTS)
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.error_code) == ("failed", "WORKER_LOST")
    assert "3 lần" in version.error_text
    assert actions()[-1] == "document.failed"


@pytest.mark.parametrize("outcome", ["done", "failed"])
def test_worker_thought_dead_cannot_finish_what_another_took_over(
    monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    _document, version = ask()

    def slow(*_args: object) -> Product:
        running(version, attempts=2)  # meanwhile another worker has claimed it
        if outcome == "failed":
            raise ConverterMissingError(command="x")
        return Product(store.put(b"%PDF-", kind=FileKind.PDF), 1)

    monkeypatch.setattr(making, "make", slow)
    produce(version.pk)
    version.refresh_from_db()
    assert (version.status, version.attempts) == ("running", 2)
    assert actions() == ["document.requested"]


# --- dossiers -------------------------------------------------------------------------------------
COVER: dict[str, object] = {
    "title": "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG",
    "code": "HS-2023-001",
    "unit": "Sở Thông tin và Truyền thông",
    "campaign": "Chuyển đổi số",
    "facts": [["Đợt xét", "Năm 2023"]],
}


def dossier_of(*parts: PartSpec) -> DocumentVersion:
    order = DossierSpec(title="Hồ sơ", stream=STREAM, subject=STREAM, cover=COVER, parts=parts)
    return assemble_dossier(who=CLERK, at=AT, spec=order).versions.get()


@pytest.mark.soffice
def test_dossier_waits_for_its_papers_and_holds_them_in_order() -> None:
    _document, first = ask()
    _document, second = ask(values={**VALUES, "so": "06/TTr-STTTT"}, title="Biên bản họp")
    dossier = dossier_of(
        PartSpec(version_id=second.pk, note="Số 06"),
        PartSpec(version_id=first.pk, title="Tờ trình"),
    )
    OrmQ.objects.all().delete()
    produce(dossier.pk)
    produce(first.pk)
    dossier.refresh_from_db()
    assert (dossier.status, queued_for(dossier)) == ("requested", 0)
    produce(second.pk)
    assert queued_for(dossier) == 1
    produce(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.pages) == ("done", 4)
    text = text_of(dossier)
    assert "HS-2023-001" in text
    assert text.index("Biên bản họp") < text.index("Tờ trình")
    assert text.index("06/TTr-STTTT") < text.index("05/TTr-STTTT")


@pytest.mark.soffice
def test_dossier_fails_with_its_paper_and_is_made_when_that_is_made_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document, version = ask()
    dossier = dossier_of(PartSpec(version_id=version.pk))
    with monkeypatch.context() as patch:
        patch.setattr(making, "convert", no_converter)
        assert produce_waiting(subject=STREAM) == 2
    dossier.refresh_from_db()
    assert (dossier.status, dossier.error_code) == ("failed", "DOSSIER_PART_FAILED")
    assert "Giấy mời họp" in dossier.error_text
    retry_document(who=CLERK, at=AT, document_id=document.pk)
    assert produce_waiting() == 2
    dossier.refresh_from_db()
    assert dossier.status == "done"


@pytest.mark.soffice
def test_dossier_attaches_the_signed_original_unchanged() -> None:
    _document, version = ask()
    produce(version.pk)
    version.refresh_from_db()
    assert version.pdf is not None
    signed = store.put(store.read(version.pdf) + b"% signed\n", kind=FileKind.PDF)
    dossier = dossier_of(PartSpec(version_id=version.pk, file_sha256=signed.pk))
    produce(dossier.pk)
    dossier.refresh_from_db()
    assert dossier.pdf is not None
    reader = pypdf.PdfReader(io.BytesIO(store.read(dossier.pdf)))
    assert [content for [content] in reader.attachments.values()] == [store.read(signed)]


@pytest.mark.soffice
def test_dossier_takes_an_uploaded_scan_as_it_is() -> None:
    _document, version = ask()
    produce(version.pk)
    version.refresh_from_db()
    assert version.pdf is not None
    content = store.read(version.pdf)
    file = InspectedFile(Kind.PDF, "qd.pdf", version.pdf.sha256, len(content))
    order = UploadSpec(title="Quyết định 15/QĐ-TTg", stream=STREAM, subject=STREAM)
    scan = keep_upload(who=CLERK, at=AT, file=file, content=content, spec=order)
    dossier = dossier_of(PartSpec(version_id=scan.versions.get().pk))
    produce(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.status, dossier.pages) == ("done", 3)
    assert "Quyết định 15/QĐ-TTg" in text_of(dossier)


def test_dossier_without_papers_or_with_unknown_ones_is_refused() -> None:
    _document, version = ask()
    with pytest.raises(DossierPartError):
        dossier_of()
    with pytest.raises(RecordNotFoundError):
        dossier_of(PartSpec(version_id=uuid4()))
    with pytest.raises(RecordNotFoundError):
        dossier_of(PartSpec(version_id=version.pk, file_sha256="0" * 64))


def test_produce_waiting_leaves_other_subjects_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "convert", no_converter)
    ask(subject="dossier:other")
    assert produce_waiting(subject=STREAM) == 0


# --- the sweep ------------------------------------------------------------------------------------
def age(version: DocumentVersion) -> None:
    """Let the request be older than the sweep's patience."""
    old = timezone.now() - timedelta(minutes=5)
    DocumentVersion.objects.filter(pk=version.pk).update(requested_at=old)


def queued_for(version: DocumentVersion) -> int:
    return sum(job.args()[0] == str(version.pk) for job in OrmQ.objects.all())


def test_sweep_queues_a_request_whose_job_vanished() -> None:
    _document, version = ask()
    OrmQ.objects.all().delete()
    age(version)
    assert (sweep(), queued_for(version)) == (1, 1)
    assert (sweep(), queued_for(version)) == (0, 1)


def test_sweep_leaves_young_and_queued_requests_alone() -> None:
    _document, young = ask()
    DocumentVersion.objects.filter(pk=young.pk).update(requested_at=timezone.now())
    OrmQ.objects.all().delete()
    _document, queued = ask()
    age(queued)
    assert sweep_unfinished() == 0


def test_sweep_queues_what_a_dead_worker_let_fall_though_its_job_is_locked() -> None:
    _document, version = ask()
    OrmQ.objects.update(lock=timezone.now() + timedelta(seconds=180))
    age(version)
    running(version, claimed_by=DEAD)
    assert (sweep_unfinished(), queued_for(version)) == (1, 2)
    assert sweep_unfinished() == 0


def test_sweep_leaves_a_living_worker_alone() -> None:
    _document, version = ask()
    OrmQ.objects.all().delete()
    age(version)
    running(version)
    assert sweep_unfinished() == 0


def test_sweep_retries_what_found_no_converter_once_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document, version = ask()
    monkeypatch.setattr(making, "OFFICE", tmp_path / "soffice")
    monkeypatch.setattr(making, "convert", no_converter)
    produce(version.pk)
    OrmQ.objects.all().delete()
    assert sweep() == 0
    (tmp_path / "soffice").touch()
    assert (sweep(), queued_for(version)) == (1, 1)
    assert actions()[-1] == "document.retried"
    produce(version.pk)
    newer = remake_document(who=CLERK, at=AT, document_id=document.pk, values={**VALUES, "so": "6"})
    assert (sweep_unconverted(), queued_for(newer)) == (0, 1)


@pytest.mark.soffice
def test_walls_of_the_sandbox_are_tried_once_and_again_after_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def loose_once() -> None:
        tried.append("walls")
        if len(tried) == 1:
            raise SandboxNotTightError(detail="127.0.0.1")

    monkeypatch.setattr(making, "self_test", loose_once)
    making._try_walls.cache_clear()
    document, version = ask()
    produce(version.pk)
    version.refresh_from_db()
    assert (version.error_code, version.pdf) == ("SANDBOX_NOT_TIGHT", None)
    retry_document(who=CLERK, at=AT, document_id=document.pk)
    ask()
    assert produce_waiting() == 2
    assert tried == ["walls", "walls"]
    making._try_walls.cache_clear()


def test_sweep_with_nothing_unfinished_does_not_ask_the_queue(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(1):
        assert sweep_unfinished() == 0


def test_sweep_leaves_what_ended_between_look_and_lock() -> None:
    _document, seen = ask()
    queue = sweeping._Queue(queued=set(), free=set(), now=timezone.now())
    assert queue.lost(seen)
    DocumentVersion.objects.filter(pk=seen.pk).update(
        status="failed", error_code="X", finished_at=AT
    )
    assert not sweeping._queue_again(seen, queue)


def test_sweep_stands_on_the_clock_once_a_minute() -> None:
    migration = import_module("documents.migrations.0002_sweep_each_minute")
    migration.take_off_clock(apps, None)
    migration.put_on_clock(apps, None)
    migration.put_on_clock(apps, None)
    schedule = Schedule.objects.get(name=migration.NAME)
    assert import_string(schedule.func) is sweep
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == ("I", 1, -1)
