from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from audit.services import SYSTEM
from documents import store
from documents.models import Document, DocumentVersion, StoredFile, VersionStatus
from organisations.models import Delegation, Grant, Role, User
from signatures import errors
from signatures.authority import KeyPair
from signatures.keys import open_key
from signatures.models import Signature, Signer, SignerKind
from signatures.placement import Box
from signatures.queries import latest_file, signature_verdicts
from signatures.services import acts, enrol_demo_signers, seal_document, sign_document
from signatures.signing import SigningOrder, sign_pdf
from tests.functional.signatures.conftest import Paper, World, version_of
from tests.letters import BODY, NAME, letter, signed_letter

Made = tuple[Document, DocumentVersion]


def sign(world: World, paper: Made, user: User | None = None) -> Signature:
    document, version = paper
    return sign_document(
        actor=world.actor(user or world.head),
        document_id=document.pk,
        expected_version_id=version.pk,
    )


def seal(world: World, paper: Made, user: User | None = None) -> Signature:
    document, version = paper
    return seal_document(
        actor=world.actor(user or world.clerk),
        document_id=document.pk,
        expected_version_id=version.pk,
    )


def _pdf(version: DocumentVersion) -> StoredFile:
    assert version.pdf is not None
    return version.pdf


def nothing_signed() -> bool:
    return not Signature.objects.exists() and not Event.objects.filter(
        action__startswith="document."
    )


def test_named_signer_signs_and_the_file_holds(enrolled: World, paper: Paper) -> None:
    document, version = made = paper()
    signature = sign(enrolled, made)
    signed = store.read(signature.signed_file)
    assert signed.startswith(letter())
    assert (signature.order, signature.kind, signature.signer_name) == (1, "person", NAME)
    assert signature.acting_as == f"Thủ trưởng đơn vị, {BODY}"
    assert latest_file(version) == signature.signed_file
    (verdict,) = signature_verdicts(version)
    assert (verdict.code, verdict.signer, verdict.covers_whole) == ("SIGNATURE_VALID", NAME, True)
    assert verdict.signed_at == signature.signed_at.replace(microsecond=0)
    event = Event.objects.get(pk=signature.event_id)
    assert (event.stream, event.action) == (document.stream, "document.signed")
    assert event.after["sha256"] == signature.signed_file.sha256
    assert event.data["source_sha256"] == _pdf(version).sha256
    assert event.at == signature.signed_at


def test_seal_follows_the_signature_and_both_hold(enrolled: World, paper: Paper) -> None:
    _, version = made = paper()
    first = sign(enrolled, made)
    second = seal(enrolled, made)
    assert (second.order, second.kind, second.signer_name) == (2, "seal", BODY)
    assert [verdict.code for verdict in signature_verdicts(version)] == ["SIGNATURE_VALID"] * 2
    assert [verdict.signer for verdict in signature_verdicts(version)] == [NAME, BODY]
    assert store.read(second.signed_file).startswith(store.read(first.signed_file))
    assert latest_file(version) == second.signed_file
    assert Event.objects.get(pk=second.event_id).action == "document.sealed"
    left, _, right, _ = first.box
    assert second.box[2] == pytest.approx(left + (right - left) / 3)


def test_unsigned_version_hands_out_its_plain_pdf(world: World, paper: Paper) -> None:
    _, version = paper()
    assert latest_file(version) == version.pdf
    assert signature_verdicts(version) == []


def test_given_box_is_used(enrolled: World, paper: Paper) -> None:
    document, version = paper()
    signature = sign_document(
        actor=enrolled.actor(enrolled.head),
        document_id=document.pk,
        expected_version_id=version.pk,
        box=Box(0, 300, 100, 480, 150),
    )
    assert (signature.page, signature.box) == (0, [300, 100, 480, 150])


@pytest.mark.parametrize(
    "box",
    [
        Box(1, 300, 100, 480, 150),
        Box(0, -10, 100, 480, 150),
        Box(0, 300, 100, 600, 150),
        Box(0, 300, -1, 480, 150),
        Box(0, 300, 800, 480, 850),
        Box(0, 300, 100, 400, 150),
        Box(0, 300, 100, 480, 120),
    ],
    ids=["no such page", "left", "right", "below", "above", "narrow", "low"],
)
def test_given_box_outside_the_page_or_too_small_is_refused(
    enrolled: World, paper: Paper, box: Box
) -> None:
    document, version = paper()
    with pytest.raises(errors.SignatureNoRoomError):
        sign_document(
            actor=enrolled.actor(enrolled.head),
            document_id=document.pk,
            expected_version_id=version.pk,
            box=box,
        )
    assert nothing_signed()


# --- who ------------------------------------------------------------------------------------


def test_others_may_not_sign_and_are_told_who_may(enrolled: World, paper: Paper) -> None:
    made = paper()
    for user in (enrolled.outsider, enrolled.clerk, enrolled.deputy):
        with pytest.raises(errors.SignerNotNamedError) as refusal:
            sign(enrolled, made, user)
        assert refusal.value.code == "SIGNER_NOT_NAMED"
        assert NAME in refusal.value.why
    assert nothing_signed()
    assert sign(enrolled, made).order == 1


def test_paper_without_signer_cannot_be_signed(enrolled: World, paper: Paper) -> None:
    with pytest.raises(errors.SignerNotNamedError, match="không có người ký"):
        sign(enrolled, paper(signer_user=None))


def test_named_signer_without_the_office_any_more_may_not_sign(
    enrolled: World, paper: Paper
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Grant.objects.filter(user=enrolled.head).update(valid_to=yesterday)
    with pytest.raises(errors.SignerNotNamedError):
        sign(enrolled, paper())


def test_office_at_another_body_does_not_count(enrolled: World, paper: Paper) -> None:
    with pytest.raises(errors.SignerNotNamedError):
        sign(enrolled, paper(body=enrolled.province))
    assert sign(enrolled, paper(body=None)).order == 1


def test_delegate_signs_with_his_own_certificate_for_the_head(
    world: World, delegated: Delegation, paper: Paper
) -> None:
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    _, version = made = paper()
    signature = sign(world, made, world.deputy)
    assert signature.signer_name == "Lê Đỗ Ước"
    assert signature.acting_as.endswith(f"TUQ. {NAME} (12/GUQ-STTTT)")
    assert Event.objects.get(pk=signature.event_id).on_behalf_of == f"{NAME} (12/GUQ-STTTT)"
    assert [verdict.signer for verdict in signature_verdicts(version)] == ["Lê Đỗ Ước"]


def test_delegation_from_someone_else_does_not_count(
    world: World, delegated: Delegation, paper: Paper
) -> None:
    Grant.objects.create(
        user=world.outsider,
        role=Role.UNIT_HEAD,
        unit=world.department,
        valid_from=dt.date(2020, 1, 1),
    )
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    with pytest.raises(errors.SignerNotNamedError):
        sign(world, paper(signer_user=world.outsider), world.deputy)
    assert sign(world, paper(), world.deputy).order == 1


@pytest.mark.parametrize("ended", ["revoked", "over"])
def test_ended_delegation_does_not_count(
    world: World, delegated: Delegation, paper: Paper, ended: str
) -> None:
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if ended == "revoked":
        Delegation.objects.update(revoked_at=timezone.now())
    else:
        Delegation.objects.update(valid_from=yesterday, valid_to=yesterday)
    with pytest.raises(errors.SignerNotNamedError):
        sign(world, paper(), world.deputy)


def test_delegation_that_ended_after_the_page_was_opened_does_not_count(
    world: World, delegated: Delegation, paper: Paper
) -> None:
    enrol_demo_signers(who=SYSTEM, at=timezone.now())
    document, version = paper()
    stale = world.actor(world.deputy)
    Delegation.objects.update(revoked_at=timezone.now())
    with pytest.raises(errors.SignerNotNamedError):
        sign_document(actor=stale, document_id=document.pk, expected_version_id=version.pk)


def test_only_a_document_clerk_of_the_body_or_above_seals(enrolled: World, paper: Paper) -> None:
    made = paper()
    sign(enrolled, made)
    for user in (enrolled.outsider, enrolled.head):
        with pytest.raises(errors.SealNotAllowedError) as refusal:
            seal(enrolled, made, user)
        assert BODY in refusal.value.why
    Grant.objects.create(
        user=enrolled.outsider,
        role=Role.DOCUMENT_CLERK,
        unit=enrolled.province,
        valid_from=dt.date(2020, 1, 1),
    )
    assert seal(enrolled, made, enrolled.outsider).order == 2


def test_paper_without_seal_cannot_be_sealed(enrolled: World, paper: Paper) -> None:
    made = paper(seal_unit=None)
    sign(enrolled, made)
    with pytest.raises(errors.SealNotAllowedError, match="không đóng dấu"):
        seal(enrolled, made)


# --- when -----------------------------------------------------------------------------------


def test_seal_before_the_signature_is_refused(enrolled: World, paper: Paper) -> None:
    with pytest.raises(errors.SealBeforeSignatureError) as refusal:
        seal(enrolled, paper())
    assert refusal.value.code == "SEAL_BEFORE_SIGNATURE"
    assert nothing_signed()


def test_second_signature_and_second_seal_are_refused_with_who_and_when(
    enrolled: World, paper: Paper
) -> None:
    made = paper()
    sign(enrolled, made)
    with pytest.raises(errors.AlreadySignedError, match=NAME) as refusal:
        sign(enrolled, made)
    assert "+07:00" in refusal.value.why
    seal(enrolled, made)
    with pytest.raises(errors.AlreadySignedError, match=BODY):
        seal(enrolled, made)
    with pytest.raises(errors.AlreadySignedError):
        sign(enrolled, made)
    assert Signature.objects.count() == 2


def test_newer_version_refuses_the_old_one(enrolled: World, paper: Paper) -> None:
    document, version = made = paper()
    newer = version_of(document, letter(gap=100), number=2)
    with pytest.raises(errors.DocumentChangedError) as refusal:
        sign(enrolled, made)
    assert refusal.value.code == "DOCUMENT_CHANGED"
    assert nothing_signed()
    assert sign(enrolled, (document, newer)).version == newer
    assert version.signatures.count() == 0


def test_version_of_another_document_is_refused(enrolled: World, paper: Paper) -> None:
    document, _ = paper()
    _, foreign = paper(title="Văn bản khác")
    with pytest.raises(errors.DocumentChangedError):
        sign(enrolled, (document, foreign))


@pytest.mark.parametrize("status", [VersionStatus.REQUESTED, VersionStatus.FAILED])
def test_unfinished_version_is_refused(
    enrolled: World, paper: Paper, status: VersionStatus
) -> None:
    _, version = made = paper()
    version.status = status
    version.error_code = "CONVERT_TIMEOUT" if status == VersionStatus.FAILED else ""
    version.save()
    with pytest.raises(errors.DocumentNotReadyError) as refusal:
        sign(enrolled, made)
    assert refusal.value.code == "DOCUMENT_NOT_READY"


def test_upload_without_pdf_is_not_ready(enrolled: World, paper: Paper) -> None:
    _, version = made = paper()
    version.upload, version.pdf = version.pdf, None
    version.save()
    with pytest.raises(errors.DocumentNotReadyError):
        sign(enrolled, made)


def test_unknown_document_is_not_found(enrolled: World, paper: Paper) -> None:
    _, version = paper()
    with pytest.raises(errors.DocumentNotFoundError) as refusal:
        sign_document(
            actor=enrolled.actor(enrolled.head),
            document_id=uuid.uuid4(),
            expected_version_id=version.pk,
        )
    assert refusal.value.status == 404


# --- keys -----------------------------------------------------------------------------------


def test_signer_without_certificate_is_told(world: World, paper: Paper) -> None:
    with pytest.raises(errors.SignerHasNoKeyError) as refusal:
        sign(world, paper())
    assert (refusal.value.code, NAME in refusal.value.why) == ("SIGNER_HAS_NO_KEY", True)


def test_lost_key_file_is_told(enrolled: World, paper: Paper) -> None:
    signer = Signer.objects.get(user=enrolled.head)
    Path(settings.KEYS_DIR, "signers", f"{signer.fingerprint}.p12").unlink()
    with pytest.raises(errors.SignerHasNoKeyError):
        sign(enrolled, paper())
    assert nothing_signed()


@pytest.mark.parametrize("days", [(-10, -1), (1, 10)])
def test_certificate_out_of_its_dates_is_refused(
    enrolled: World, paper: Paper, days: tuple[int, int]
) -> None:
    now = timezone.now()
    start, end = (now + dt.timedelta(days=day) for day in days)
    Signer.objects.filter(user=enrolled.head).update(not_before=start, not_after=end)
    with pytest.raises(errors.CertificateExpiredError) as refusal:
        sign(enrolled, paper())
    assert refusal.value.code == "CERTIFICATE_EXPIRED"


# --- what was made is checked ------------------------------------------------------------------


def test_paper_changed_after_an_earlier_signature_is_not_signed_over(
    enrolled: World, paper: Paper
) -> None:
    from tests.unit.signatures.test_verification import appended

    made = paper()
    first = sign(enrolled, made)
    first.signed_file = store.put(appended(store.read(first.signed_file), "page"), kind="pdf")
    first.save()
    with pytest.raises(errors.SignatureBrokenError, match="bị sửa sau khi") as refusal:
        seal(enrolled, made)
    assert refusal.value.code == "SIGNATURE_BROKEN"
    assert Signature.objects.count() == 1


def test_paper_that_came_with_a_foreign_signature_is_refused(enrolled: World, paper: Paper) -> None:
    made = paper(signed_letter())
    with pytest.raises(errors.SignatureBrokenError, match="không do tổ chức được tin cậy"):
        sign(enrolled, made)
    assert nothing_signed()


def test_stored_file_that_is_no_pdf_is_refused(enrolled: World, paper: Paper) -> None:
    with pytest.raises(errors.SignatureBrokenError, match="Không đọc được"):
        sign(enrolled, paper(b"no pdf at all"))


@pytest.mark.parametrize(
    "bad",
    [lambda content, *_: content, lambda *_: letter(gap=80), lambda *_: signed_letter()],
    ids=["unsigned", "other paper", "other signer"],
)
def test_product_that_is_not_what_was_ordered_is_not_kept(
    enrolled: World, paper: Paper, monkeypatch: pytest.MonkeyPatch, bad: object
) -> None:
    monkeypatch.setattr(acts, "sign_pdf", bad)
    with pytest.raises(errors.SignatureBrokenError):
        sign(enrolled, paper())
    assert nothing_signed()


@pytest.mark.parametrize("trick", ["another key", "something after"])
def test_good_signature_that_is_not_this_act_s_is_not_kept(
    enrolled: World, paper: Paper, monkeypatch: pytest.MonkeyPatch, trick: str
) -> None:
    other = open_key(Signer.objects.get(unit=enrolled.department).fingerprint)

    def cheat(content: bytes, pair: KeyPair, order: SigningOrder) -> bytes:
        if trick == "another key":
            return sign_pdf(content, other, order)
        return sign_pdf(content, pair, order) + b"\n%"

    monkeypatch.setattr(acts, "sign_pdf", cheat)
    with pytest.raises(errors.SignatureBrokenError, match="không phải văn bản đã đưa vào ký"):
        sign(enrolled, paper())
    assert nothing_signed()


def test_database_refuses_a_twin_that_came_past_the_service(enrolled: World, paper: Paper) -> None:
    signature = sign(enrolled, paper())
    for order in (1, 2):
        signature.pk, signature.order = uuid.uuid4(), order
        with pytest.raises(IntegrityError), transaction.atomic():
            signature.save(force_insert=True)


def test_signer_is_a_person_or_a_body(enrolled: World) -> None:
    signer = Signer.objects.get(user=enrolled.head)
    signer.unit = enrolled.department
    with pytest.raises(IntegrityError), transaction.atomic():
        signer.save()
    signer.unit, signer.kind = None, SignerKind.SEAL
    with pytest.raises(IntegrityError), transaction.atomic():
        signer.save()


def test_rows_have_words_for_logs(enrolled: World, paper: Paper) -> None:
    signature = sign(enrolled, paper())
    assert str(signature) == f"{signature.version_id} · 1"
    assert str(signature.signer) == NAME


# --- what is handed out -------------------------------------------------------------------------


def test_lost_signature_is_reported_missing(enrolled: World, paper: Paper) -> None:
    _, version = made = paper()
    signature = sign(enrolled, made)
    signature.signed_file = _pdf(version)
    signature.save()
    (verdict,) = signature_verdicts(version)
    assert (verdict.code, verdict.valid, verdict.signer) == ("SIGNATURE_MISSING", False, NAME)


def test_damaged_store_is_reported_missing(enrolled: World, paper: Paper) -> None:
    _, version = made = paper()
    signature = sign(enrolled, made)
    store.path_of(signature.signed_file.sha256).unlink()
    assert [verdict.code for verdict in signature_verdicts(version)] == ["SIGNATURE_MISSING"]


def test_signature_that_nobody_recorded_is_shown_too(enrolled: World, paper: Paper) -> None:
    _, version = made = paper()
    sign(enrolled, made)
    second = seal(enrolled, made)
    first = version.signatures.get(order=1)
    second_file = second.signed_file
    second.delete()
    first.signed_file = second_file
    first.save()
    assert [verdict.signer for verdict in signature_verdicts(version)] == [NAME, BODY]


def test_recorded_signature_is_found_wherever_it_stands_in_the_file(
    enrolled: World, paper: Paper
) -> None:
    _, version = made = paper()
    first = sign(enrolled, made)
    second = seal(enrolled, made)
    first.order, second.order = 3, 1
    first.signed_file = second.signed_file
    first.save()
    second.save()
    assert [verdict.signer for verdict in signature_verdicts(version)] == [BODY, NAME]
