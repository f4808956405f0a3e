"""A kept paper is made again and compared; whatever was changed afterwards is told."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from documents import frozen, store
from documents.conversion import converter_build
from documents.inspection import Kind
from documents.models import DocumentVersion, FileKind, StoredFile, TemplateVersion
from documents.proving import Proof, find_document, prove
from documents.records_errors import RecordNotFoundError
from documents.register import take_number
from documents.services import (
    DossierSpec,
    PartSpec,
    UploadSpec,
    assemble_dossier,
    check_upload,
    keep_upload,
    produce_waiting,
)
from documents.services.requests import remake_document
from tests.papers import AT, CLERK, DAY, STREAM, VALUES, ask, docx_bytes, publish, unit
from tests.tamper import triggers_off

pytestmark = [pytest.mark.django_db, pytest.mark.soffice]


@pytest.fixture
def paper() -> DocumentVersion:
    """A letter that was made, with its number."""
    publish()
    entry = take_number(
        who=CLERK, at=AT, body=unit(), series="TTr", issued_on=DAY, symbol="TTr-STTTT",
        subject="Giấy mời",
    )  # fmt: skip
    _document, version = ask(register_entry=entry)
    produce_waiting()
    return again(version)


def again(version: DocumentVersion) -> DocumentVersion:
    return DocumentVersion.objects.select_related(
        "document", "docx", "pdf", "upload", "template_version__file"
    ).get(pk=version.pk)


def steps(version: DocumentVersion) -> dict[str, bool]:
    return {proof.step: proof.holds for proof in prove(again(version))}


def detail(version: DocumentVersion, step: str) -> str:
    return next(proof.detail for proof in prove(again(version)) if proof.step == step)


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("reproduce", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def with_member(docx: bytes, name: str, content: bytes) -> bytes:
    """Return the .docx with one member replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def test_a_paper_is_proved_from_template_and_values(paper: DocumentVersion) -> None:
    assert prove(paper) == [
        Proof("values", holds=True, detail=paper.values_sha256),
        Proof("log", holds=True, detail=Event.objects.get(action="document.produced").hash),
        Proof("template", holds=True, detail=paper.template_version.sha256),  # type: ignore[union-attr]
        Proof("docx", holds=True, detail=paper.docx_id or ""),
        Proof("pdf", holds=True, detail=paper.pdf_id or ""),
    ]


def test_the_log_keeps_which_converter_made_it(paper: DocumentVersion) -> None:
    made = Event.objects.get(action="document.produced")
    assert made.data["converter"] == converter_build() != ""


def test_another_process_with_other_hashes_makes_the_same_bytes(
    paper: DocumentVersion, data_dir: Path, tmp_path: Path
) -> None:
    """The seed of Python's hashes, the time zone and the clock must not be in the bytes."""
    assert paper.template_version is not None
    (tmp_path / "t.docx").write_bytes(store.read(paper.template_version.file))
    program = (
        "import hashlib, json, sys, django; django.setup();"
        "from documents.rendering import render_docx;"
        "from documents.conversion import convert_to_pdf;"
        "from documents.assembly import CoverFacts, Part, assemble;"
        "docx = render_docx(open(sys.argv[1], 'rb').read(), json.loads(sys.argv[2]));"
        "pdf = convert_to_pdf(docx).content;"
        "book = assemble(cover=CoverFacts('Hồ sơ', 'HS-01', 'Sở A', 'Phong trào', []),"
        " parts=[Part(title='Giấy mời', content=pdf, signed_original=pdf)]);"
        "print(*(hashlib.sha256(one).hexdigest() for one in (docx, pdf, book)))"
    )
    import json

    made = []
    for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/Lima")):
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        answer = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "t.docx"), json.dumps(VALUES)],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        made.append(answer.stdout.split())
    assert made[0] == made[1]
    assert made[0][:2] == [paper.docx_id, paper.pdf_id]


def test_values_changed_afterwards_are_told_with_the_place(paper: DocumentVersion) -> None:
    assert all(steps(paper).values())
    values = {**paper.values, "ds": [{"ho_ten": "Đặng Thị Thúy Phượng"}, paper.values["ds"][1]]}
    DocumentVersion.objects.filter(pk=paper.pk).update(values=values, must_contain=[])
    assert steps(paper) == {
        "values": False, "log": True, "template": True, "docx": False, "pdf": False,
    }  # fmt: skip
    assert "Thuý Phượng”, tạo lại được" in detail(paper, "docx")
    assert "trang 1: đang lưu" in detail(paper, "pdf")


def test_values_and_hash_changed_together_are_caught_by_the_log(paper: DocumentVersion) -> None:
    values = {**paper.values, "so": "06/TTr-STTTT"}
    DocumentVersion.objects.filter(pk=paper.pk).update(
        values=values, values_sha256=frozen.hash_of(values)
    )
    assert steps(paper)["values"]
    assert not steps(paper)["log"]
    assert detail(paper, "log") == "nhật ký ghi khác: values_sha256"


def test_an_event_changed_in_the_log_proves_nothing(paper: DocumentVersion) -> None:
    with triggers_off():
        made = Event.objects.get(action="document.produced")
        made.data["pages"] = 2
        made.save()
    assert detail(paper, "log") == "sự kiện trong nhật ký đã bị sửa"
    with triggers_off():
        made.delete()
    assert detail(paper, "log") == "nhật ký không ghi việc tạo bản này"


def test_a_template_put_in_place_of_the_published_one_is_told(paper: DocumentVersion) -> None:
    other = store.put(docx_bytes("{{ ten }}", "Đặng Thị Thuý Phượng"), kind=FileKind.DOCX)
    TemplateVersion.objects.update(file=other)
    assert steps(paper) == {
        "values": True, "log": True, "template": False, "docx": False, "pdf": False,
    }  # fmt: skip


def test_a_docx_with_the_same_words_is_told_by_its_part(paper: DocumentVersion) -> None:
    changed = with_member(store.read(paper.docx), "docProps/added.xml", b"<a/>")  # type: ignore[arg-type]
    stored = store.put(changed, kind=FileKind.DOCX)
    DocumentVersion.objects.filter(pk=paper.pk).update(docx=stored)
    assert detail(paper, "docx") == "chữ như nhau; khác ở phần docProps/added.xml"
    assert detail(paper, "log") == "nhật ký ghi khác: docx_sha256"


def test_a_pdf_set_otherwise_names_both_converters(paper: DocumentVersion) -> None:
    content = store.read(paper.pdf)  # type: ignore[arg-type]
    stored = store.put(content + b"\n% later\n", kind=FileKind.PDF)
    DocumentVersion.objects.filter(pk=paper.pk).update(pdf=stored)
    assert detail(paper, "pdf") == "chữ trên mọi trang như nhau, cách trình bày khác"
    with triggers_off():
        Event.objects.filter(action="document.produced").delete()
    now = converter_build()
    assert detail(paper, "pdf").endswith(f"; LibreOffice khi tạo: ?, nay: {now}")


def test_a_dossier_is_proved_from_its_parts(paper: DocumentVersion) -> None:
    cover = {"title": "Hồ sơ", "code": "HS-01", "unit": "Sở A", "campaign": "Phong trào",
             "facts": [["Số văn bản", "1"]], "mark": ""}  # fmt: skip
    spec = DossierSpec(
        title="Hồ sơ ghép", stream=STREAM, subject=STREAM, cover=cover, parts=(PartSpec(version_id=paper.pk),)
    )  # fmt: skip
    document = assemble_dossier(who=CLERK, at=AT, spec=spec)
    produce_waiting()
    version = document.versions.get()
    assert steps(version) == {"values": True, "log": True, "pdf": True}
    paper.parts.model.objects.filter(version=version).update(title="Tên khác")
    assert "trang 2" in detail(version, "pdf")


def test_a_version_without_a_file_has_nothing_to_prove() -> None:
    publish()
    _document, version = ask()
    with pytest.raises(RecordNotFoundError):
        prove(version)


def test_command_proves_by_id_by_number_and_all(paper: DocumentVersion) -> None:
    by_id, by_number, everything = (
        run(str(paper.document_id)), run("01/TTr-STTTT"), run("--all"),
    )  # fmt: skip
    assert by_id == by_number == everything
    code, said = by_id
    assert code == 0
    assert said.splitlines() == [
        f"Giấy mời họp · {paper.document_id} #1",
        *(f"  = {one.step:<9} {one.detail}" for one in prove(paper)),
        "1 bản đã tạo lại, 0 bản không khớp.",
    ]


def test_command_ends_with_1_and_goes_on_after_a_damaged_file(paper: DocumentVersion) -> None:
    newer = remake_document(
        who=CLERK, at=AT, document_id=paper.document_id, values={**VALUES, "so": "07"}
    )
    produce_waiting()
    stored = StoredFile.objects.get(pk=paper.docx_id)
    store.path_of(stored.sha256).unlink()
    code, said = run(str(paper.document_id))
    assert code == 1
    assert "≠ FILE_DAMAGED_IN_STORE" in said
    assert f"= pdf       {again(newer).pdf_id}" in said
    assert said.splitlines()[-1] == "2 bản đã tạo lại, 1 bản không khớp."


def test_command_refuses_a_name_that_means_no_document(paper: DocumentVersion) -> None:
    for name in ("99/TTr-STTTT", "0f9b2a44-8a42-4e9c-9d4f-0a3c6a6a7b11"):
        with pytest.raises(CommandError):
            run(name)
        with pytest.raises(RecordNotFoundError):
            find_document(name)


def test_an_uploaded_file_is_proved_by_its_hash(tmp_path: Path) -> None:
    content = docx_bytes("Xác nhận của địa phương")
    file = check_upload(
        who=CLERK, at=AT, name="xac-nhan.docx", content=content, allowed=frozenset({Kind.DOCX}),
        subject=STREAM,
    )  # fmt: skip
    spec = UploadSpec(title="Xác nhận", stream=STREAM, subject=STREAM)
    document = keep_upload(who=CLERK, at=AT, file=file, content=content, spec=spec)
    version = again(document.versions.get())
    assert prove(version) == [
        Proof("values", holds=True, detail=version.values_sha256),
        Proof("upload", holds=True, detail=file.sha256),
    ]
