"""Sending a dossier: red or green for each recipient, his PDF, his files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from pikepdf import pdfa

from audit.models import Event
from documents import store
from documents.errors import ConverterMissingError
from documents.models import Document, DocumentVersion, FileKind, VersionStatus
from documents.reading import pdf_pages_text
from documents.register import void_number
from documents.services import production
from organisations.actors import SYSTEM_ACTOR, Actor
from organisations.models import Grant, Role, User
from organisations.services import grant_role
from organisations.services.roles import Period
from signatures.models import Signature, Signer, SignerKind
from tests.cast import Cast
from tests.factories import PRIME_MINISTER, facts, nomination_in, nominations_in, person
from tests.files import pdf_of
from workflow import sending
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.errors_papers import CopyNotMergedError
from workflow.models import Nomination
from workflow.pages.sending import send_page
from workflow.preflight import Light
from workflow.sections import Recipient
from workflow.sending import Copy, copies_of, copy_for
from workflow.services import closing
from workflow.services.printing import print_sets
from workflow.services.sending import export_dossier, merged_copy
from workflow.states import State


def copy_of(row: Nomination, recipient: Recipient) -> Copy:
    found = copy_for(row.dossier, recipient)
    assert found is not None
    return found


def whys(copy: Copy) -> set[str]:
    return {check.why for check in copy.checks if check.light is Light.LACKING}


def finish(row: Nomination) -> None:
    """Have every paper of the dossier done and signed as far as rows tell; bytes do not matter."""
    now = timezone.now()
    pdf = store.put(pdf_of(), kind=FileKind.PDF)
    docx = store.put(b"PK word", kind=FileKind.DOCX)
    for link in row.dossier.papers.select_related("document"):
        version = link.document.versions.get()
        DocumentVersion.objects.filter(pk=version.pk).update(
            status=VersionStatus.DONE, pdf=pdf, docx=docx, finished_at=now, pages=1
        )
        for order, kind in enumerate(wanted(link.document), 1):
            put_signature(version, kind, order)


def wanted(document: Document) -> list[SignerKind]:
    kinds = [SignerKind.PERSON] if document.signer_user_id else []
    return [*kinds, SignerKind.SEAL] if document.seal_unit_id else kinds


def put_signature(version: DocumentVersion, kind: SignerKind, order: int) -> None:
    document, now = version.document, timezone.now()
    owner: dict[str, Any] = {"user": document.signer_user}
    if kind == SignerKind.SEAL:
        owner = {"unit": document.seal_unit}
    signer = Signer.objects.filter(kind=kind, **owner).first() or Signer.objects.create(
        kind=kind,
        certificate_pem="-",
        fingerprint=uuid4().hex * 2,
        subject="s",
        not_before=now,
        not_after=now + timedelta(days=1),
        **owner,
    )
    signed = store.put(pdf_of() + f"\n% {kind} {version.pk}\n".encode(), kind=FileKind.PDF)
    Signature.objects.create(
        version=version,
        order=order,
        signer=signer,
        kind=kind,
        signed_file=signed,
        signed_at=now,
        signer_name="Người ký",
        fingerprint="0" * 64,
        page=0,
        box=[0, 0, 1, 1],
        event_id=uuid4(),
    )


def test_first_recipient_asks_for_what_the_unit_signs_off(cast: Cast) -> None:
    draft = nomination_in(State.DRAFT, cast)
    copy = copy_of(draft, Recipient.APPRAISAL)
    assert not copy.ready
    assert not copy.papers
    lacking = {check.what for check in copy.checks if check.light is Light.LACKING}
    assert f"Báo cáo thành tích của {draft.nominee.name}" in lacking
    assert len(lacking) == 3
    assert all(check.todo for check in copy.checks if check.light is Light.LACKING)


def test_paper_turns_green_when_made_signed_and_sealed(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    assert whys(copy_of(row, Recipient.APPRAISAL)) == {"Đang tạo."}
    finish(row)
    copy = copy_of(row, Recipient.APPRAISAL)
    assert copy.ready
    assert [section.title for section, _paper, _one in copy.papers] == [
        "Hồ sơ của đơn vị đề nghị"
    ] * 4
    assert [paper.document.template_key for paper in copy.sent_in_word] == ["to_trinh_don_vi"]
    assert not copy_of(row, Recipient.BOARD).ready
    Signature.objects.filter(kind=SignerKind.SEAL).delete()
    assert whys(copy_of(row, Recipient.APPRAISAL)) == {"Chưa đóng dấu số."}
    Signature.objects.all().delete()
    assert whys(copy_of(row, Recipient.APPRAISAL)) == {"Chưa ký số."}


def test_failed_paper_and_voided_number_are_red(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    finish(row)
    minutes = Document.objects.get(template_key="bien_ban_don_vi")
    assert minutes.register_entry is not None
    void_number(
        who=cast["lan"].who(None),
        at=timezone.now(),
        entry_id=minutes.register_entry.pk,
        reason="Nhầm",
    )
    DocumentVersion.objects.filter(document__template_key="to_trinh_don_vi").update(
        status=VersionStatus.FAILED, error_code=ConverterMissingError.code
    )
    copy = copy_of(row, Recipient.APPRAISAL)
    assert whys(copy) == {"Số của văn bản đã hủy.", "Không tạo được."}
    assert [paper.document.template_key for _s, paper, _n in copy.papers] == [
        "bien_ban_don_vi",
        "bao_cao_ca_nhan",
        "tom_tat_thanh_tich",
    ]


def test_returned_nomination_holds_the_dossier_and_a_dropped_one_leaves_it(cast: Cast) -> None:
    rows = nominations_in(State.PROPOSED, cast, facts(), facts(person("Lê Thị Hồng")))
    finish(rows[0])
    Nomination.objects.filter(pk=rows[1].pk).update(state="returned", resume_to="under_appraisal")
    assert whys(copy_of(rows[0], Recipient.APPRAISAL)) == {str(State.RETURNED.label)}
    Nomination.objects.filter(pk=rows[1].pk).update(state="withdrawn", resume_to="")
    copy = copy_of(rows[0], Recipient.APPRAISAL)
    assert copy.ready
    assert len(copy.papers) == 4
    assert len(copy_of(rows[0], Recipient.ARCHIVE).papers) == 6
    Nomination.objects.filter(pk=rows[0].pk).update(state="withdrawn")
    assert "Hồ sơ không còn đề nghị nào." in whys(copy_of(rows[0], Recipient.APPRAISAL))


def test_site_without_a_public_address_says_that_no_code_is_printed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = nomination_in(State.PROPOSED, cast)
    for address, asked in (("", True), ("https://example.vn", False)):
        monkeypatch.setattr(sending, "PUBLIC_URL", address)
        whats = {check.what for check in copy_of(row, Recipient.APPRAISAL).checks}
        assert ("Mã QR ở chân trang" in whats) is asked


def test_centre_is_asked_for_the_provinces_letter(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast, facts(authority=PRIME_MINISTER))
    assert [copy.recipient for copy in copies_of(row.dossier)] == list(Recipient)
    copy = copy_of(row, Recipient.CENTRAL)
    assert copy.name == "Thủ tướng Chính phủ"
    assert not copy.ready
    assert "Chủ tịch Ủy ban nhân dân tỉnh ký trình cấp trên." in {one.todo for one in copy.checks}
    with pytest.raises(NotFoundError):
        closing.put_together(
            actor=cast["lan"],
            dossier_id=nomination_in(State.PROPOSED, cast, facts(person("Bùi Y"))).dossier_id,
            recipient=Recipient.CENTRAL,
        )


def test_merged_copy_names_its_recipient_and_is_a_draft_until_green(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    give: dict[str, Any] = {
        "actor": cast["lan"],
        "dossier_id": row.dossier_id,
        "recipient": Recipient.APPRAISAL,
    }
    first = closing.put_together(**give)
    cover = first.versions.get().values["cover"]
    assert cover["stamp"] == "DỰ THẢO"
    assert cover["recipient"] == copy_of(row, Recipient.APPRAISAL).name
    assert first.title.endswith(f", gửi {cover['recipient']}")
    finish(row)
    assert closing.put_together(**give).versions.get().values["cover"]["stamp"] == ""


def test_true_copy_is_a_document_clerks_and_lacks_nothing(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    give: dict[str, Any] = {
        "dossier_id": row.dossier_id,
        "recipient": Recipient.APPRAISAL,
        "certified": True,
    }
    with pytest.raises(AccessDeniedError):
        closing.put_together(actor=cast["lan"], **give)
    with pytest.raises(CopyNotReadyError) as caught:
        closing.put_together(actor=cast["van"], **give)
    assert "Tờ trình" in caught.value.why
    finish(row)
    cover = closing.put_together(actor=cast["van"], **give).versions.get().values["cover"]
    assert cover["stamp"] == "SAO Y"
    form = dict(cover["facts"])["SAO Y"]
    assert form.endswith("+07:00")


def test_true_copy_is_made_by_who_made_held_or_holds_the_dossier(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    finish(row)
    give: dict[str, Any] = {
        "dossier_id": row.dossier_id,
        "recipient": Recipient.APPRAISAL,
        "certified": True,
    }
    clerk_at(cast, "son", "so-y-te")  # the auditor reads it, but his body never had it
    with pytest.raises(AccessDeniedError, match="văn thư cơ quan lập"):
        closing.put_together(actor=cast["son"], **give)
    assert not send_page(cast["son"], row.dossier).certifies
    for login, code in (("lan", "tp-rach-gia"), ("van", "so-tttt")):
        clerk_at(cast, login, code)
        assert send_page(cast[login], row.dossier).certifies
        closing.put_together(actor=cast[login], **give)


def clerk_at(cast: Cast, login: str, code: str) -> None:
    user, unit = cast.users[login].pk, cast.units[code].pk
    if not Grant.objects.filter(user=user, unit=unit, role=Role.DOCUMENT_CLERK).exists():
        grant_role(
            actor=SYSTEM_ACTOR,
            user_id=user,
            role=Role.DOCUMENT_CLERK,
            unit_id=unit,
            period=Period(timezone.localdate()),
        )
    cast.refresh(login)


def test_merged_copy_is_known_by_its_recipient_and_not_by_its_title(cast: Cast) -> None:
    row = nomination_in(State.UNDER_APPRAISAL, cast)
    finish(row)
    document = closing.put_together(
        actor=cast["lan"], dossier_id=row.dossier_id, recipient=Recipient.APPRAISAL
    )
    DocumentVersion.objects.filter(document=document).update(
        status=VersionStatus.DONE,
        pdf=store.put(pdf_of(), kind=FileKind.PDF),
        finished_at=timezone.now(),
        pages=1,
    )
    Document.objects.filter(pk=document.pk).update(title="Bản ghép mang tên khác")
    dossier = row.dossier
    mine, others = copy_of(row, Recipient.APPRAISAL), copy_of(row, Recipient.ARCHIVE)
    found = merged_copy(dossier, mine)
    assert found is not None
    assert found.document.pk == document.pk
    assert merged_copy(dossier, others) is None


def test_zip_holds_signed_files_word_of_the_letter_and_a_manifest(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    give: dict[str, Any] = {
        "actor": cast["lan"],
        "dossier_id": row.dossier_id,
        "recipient": Recipient.APPRAISAL,
    }
    with pytest.raises(CopyNotReadyError):
        export_dossier(**give)
    finish(row)
    bundle = export_dossier(**give)
    kinds = [member.name.rpartition(".")[2] for member in bundle.members]
    assert kinds == ["pdf", "docx", "pdf", "pdf", "pdf"]
    signed = set(Signature.objects.values_list("signed_file", flat=True))
    assert {one.stored.pk for one in bundle.members if one.name.endswith(".pdf")} <= signed
    event = Event.objects.get(action="dossier.exported")
    assert event.data["files"] == 5
    assert len(event.data["manifest_sha256"]) == 64
    everything = export_dossier(actor=cast["lan"], dossier_id=row.dossier_id)
    assert [one.name.rpartition(".")[2] for one in everything.members].count("docx") == 4


def test_zip_begins_with_the_newest_merged_copy_for_that_recipient(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    finish(row)
    give: dict[str, Any] = {"actor": cast["lan"], "dossier_id": row.dossier_id}
    merged = closing.put_together(**give, recipient=Recipient.APPRAISAL)
    whole = closing.put_together(**give)
    production.produce(merged.versions.get().pk)
    production.produce(whole.versions.get().pk)
    for recipient, document in ((Recipient.APPRAISAL, merged), (Recipient.ARCHIVE, whole)):
        first = export_dossier(**give, recipient=recipient).members[0]
        assert first.stored == document.versions.get().pdf
        assert first.name.startswith("00 Hồ sơ ghép")


def test_sets_are_printed_of_the_copy_as_it_is_now(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    give: dict[str, Any] = {
        "actor": cast["lan"], "dossier_id": row.dossier_id, "recipient": Recipient.APPRAISAL
    }  # fmt: skip
    for sets, refusal in ((None, ValueMissingError), (0, ValueFormatError), (21, ValueFormatError)):
        with pytest.raises(refusal):
            print_sets(**give, sets=sets)
    with pytest.raises(CopyNotReadyError):
        print_sets(**give, sets=2)
    draft = closing.put_together(**give)
    finish(row)
    with pytest.raises(CopyNotMergedError):
        print_sets(**give, sets=2)
    production.produce(draft.versions.get().pk)
    with pytest.raises(CopyNotMergedError):  # what is merged is the draft
        print_sets(**give, sets=2)
    merged = closing.put_together(**give)
    production.produce(merged.versions.get().pk)
    run = print_sets(**give, sets=2, double_sided=True)
    assert run.name == f"{row.dossier.code}-appraisal-02-bo.pdf"
    texts = "".join(pdf_pages_text(run.content))
    assert ("Bộ 1/2" in texts, "Bộ 2/2" in texts) == (True, True)
    event = Event.objects.get(action="dossier.printed")
    assert (event.data["sets"], event.data["asked"], event.name) == (2, 1, cast["lan"].name)
    merged.versions.get().parts.update(signed_file=None)
    with pytest.raises(CopyNotMergedError):  # signed since
        print_sets(**give, sets=2)
    with pytest.raises(NotFoundError):
        print_sets(**{**give, "recipient": Recipient.CENTRAL}, sets=1)


def test_archival_copy_is_pdf_a_with_the_originals_inside(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    finish(row)
    document = closing.put_together(actor=cast["lan"], dossier_id=row.dossier_id, archival=True)
    assert document.title == f"Hồ sơ ghép PDF/A {row.dossier.code}"
    production.produce(document.versions.get().pk)
    version = document.versions.select_related("pdf").get()
    assert (version.status, version.error_text) == (VersionStatus.DONE, "")
    assert version.pdf is not None
    content = store.read(version.pdf)
    assert pdfa.validate_written(io.BytesIO(content), "3b").passed
    with pikepdf.open(io.BytesIO(content)) as book:
        held = {hashlib.sha256(one.get_file().read_bytes()).hexdigest() for one in
                book.attachments.values()}  # fmt: skip
    signed = Signature.objects.values_list("signed_file", flat=True)
    assert held
    assert held <= set(signed)
    bundle = export_dossier(actor=cast["lan"], dossier_id=row.dossier_id)
    assert bundle.members[0].stored == version.pdf


def test_nothing_to_hand_out_and_foreign_dossiers_are_refused(cast: Cast) -> None:
    row = nomination_in(State.DRAFT, cast)
    with pytest.raises(CopyNotReadyError):
        export_dossier(actor=cast["lan"], dossier_id=row.dossier_id)
    with pytest.raises(NotFoundError):
        export_dossier(actor=cast["mai"], dossier_id=row.dossier_id)
    with pytest.raises(NotFoundError):
        export_dossier(actor=cast["lan"], dossier_id=row.dossier_id, recipient=Recipient.CENTRAL)


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_page_says_red_or_green_and_hands_out_the_zip(cast: Cast) -> None:
    row = nomination_in(State.PROPOSED, cast)
    client, base = browser(cast["lan"]), f"/dossiers/{row.dossier_id}/"
    red = client.get(f"{base}send/").content.decode()
    assert "Còn thiếu" in red
    assert "Tải tệp ZIP" in red  # the archive's
    finish(row)
    green = client.get(f"{base}send/").content.decode()
    assert "Đủ để gửi" in green
    assert "SAO Y" not in green
    answer = client.post(f"{base}export/", {"recipient": "appraisal"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert "attachment" in answer["Content-Disposition"]
    assert client.post(f"{base}export/", {"recipient": "nobody"}).status_code == 404
    assert "Tải tệp để in" in green
    assert client.post(f"{base}print/", {"recipient": "appraisal", "sets": "x"}).status_code == 422
    assert client.post(f"{base}merge/", {"recipient": "appraisal"}).status_code == 302
    production.produce(Document.objects.get(title__contains="gửi").versions.get().pk)
    printed = client.post(f"{base}print/", {"recipient": "appraisal", "sets": "2"})
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    assert Document.objects.filter(title__contains="gửi").count() == 1
