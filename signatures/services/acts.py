"""Signing and sealing a paper: the person first, the body after (NĐ 30/2020/NĐ-CP).

The register's number is on the paper before it is signed, so that the bytes that the person
signs never change; a number whose paper is not signed is voided, not used again.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, Who, record
from documents import store
from documents.models import Document, DocumentVersion, FileKind, StoredFile, VersionStatus
from organisations.actors import Actor, Mandate
from organisations.models import Role, User
from organisations.queries import place_on, unit_facts_on
from signatures import errors, permissions
from signatures.appearance import PersonStamp, draw_person, draw_seal, time_text
from signatures.authority import KeyPair
from signatures.keys import KeyUnreadableError, open_key
from signatures.models import Signature, Signer, SignerKind
from signatures.placement import Box, fits, place_for_person, place_for_seal
from signatures.signing import SigningOrder, sign_pdf
from signatures.trust import trust_roots
from signatures.verification import SignatureVerdict, problem, verify_pdf


@dataclass(frozen=True)
class _Act:
    """One signature about to be made, when everything has been checked."""

    action: str
    who: Who
    document: Document
    version: DocumentVersion
    signer: Signer
    pair: KeyPair
    earlier: tuple[Signature, ...]
    file: StoredFile
    acting_as: str
    at: dt.datetime


@transaction.atomic
def sign_document(
    *, actor: Actor, document_id: UUID, expected_version_id: UUID, box: Box | None = None
) -> Signature:
    """Put the actor's signature on the version that he read, and return its row.

    box  where the picture goes; None: over the printed name, see placement.place_for_person
    Raises the refusals of signatures.errors, StoredFileDamagedError and StorageFullError; then
    nothing was signed. Does not prove when it was signed: no time-stamp is fetched.
    """
    now = timezone.now()
    document, version, earlier, file = _locked(document_id, expected_version_id)
    mandate = permissions.signing_mandate(actor, document, timezone.localdate(now))
    if mandate is None:
        raise errors.SignerNotNamedError(_name_of(document.signer_user))
    _refuse_second(earlier, SignerKind.PERSON)
    signer, pair = _usable_key(Signer.objects.filter(user=actor.user_id), actor.name, now)
    act = _Act(
        action="document.signed",
        who=actor.who(mandate),
        document=document,
        version=version,
        signer=signer,
        pair=pair,
        earlier=earlier,
        file=file,
        acting_as=_acting_as(mandate),
        at=now,
    )
    source = _source(act)
    place = _place(source, box, _name_of(document.signer_user))
    stamp = PersonStamp(actor.name, mandate.unit_name, now, _by_delegation(mandate))
    picture = draw_person(stamp, width=place.width, height=place.height)
    return _put(act, source, place, picture)


@transaction.atomic
def seal_document(*, actor: Actor, document_id: UUID, expected_version_id: UUID) -> Signature:
    """Put the issuing body's seal on a version that its person has signed; return its row.

    Raises as sign_document, and SealBeforeSignatureError while the person has not signed.
    """
    now = timezone.now()
    document, version, earlier, file = _locked(document_id, expected_version_id)
    mandate = permissions.sealing_mandate(actor, document)
    unit = document.seal_unit
    facts = unit_facts_on(unit, timezone.localdate(now)) if unit else None
    if mandate is None or facts is None:
        raise errors.SealNotAllowedError(facts.name if facts else "")
    _refuse_second(earlier, SignerKind.SEAL)
    signed = next((row for row in earlier if row.kind == SignerKind.PERSON), None)
    if signed is None:
        raise errors.SealBeforeSignatureError
    signer, pair = _usable_key(Signer.objects.filter(unit=unit), facts.name, now)
    act = _Act(
        action="document.sealed",
        who=actor.who(mandate),
        document=document,
        version=version,
        signer=signer,
        pair=pair,
        earlier=earlier,
        file=file,
        acting_as=_acting_as(mandate),
        at=now,
    )
    source = _source(act)
    place = place_for_seal(Box(signed.page, *signed.box))
    return _put(act, source, place, draw_seal(facts.name))


def _locked(
    document_id: UUID, expected_version_id: UUID
) -> tuple[Document, DocumentVersion, tuple[Signature, ...], StoredFile]:
    """Lock the document; return it, its latest version, that one's signatures and latest file."""
    try:
        document = (
            Document.objects.select_for_update(no_key=True, of=("self",))
            .select_related("signer_user", "seal_unit", "body")
            .get(pk=document_id)
        )
    except Document.DoesNotExist:
        raise errors.DocumentNotFoundError from None
    version = document.versions.select_related("pdf").order_by("-number").first()
    if version is None or version.pk != expected_version_id:
        raise errors.DocumentChangedError
    if version.status != VersionStatus.DONE or version.pdf is None:
        raise errors.DocumentNotReadyError
    earlier = tuple(version.signatures.select_related("signed_file").order_by("order"))
    return document, version, earlier, earlier[-1].signed_file if earlier else version.pdf


def _refuse_second(earlier: tuple[Signature, ...], kind: SignerKind) -> None:
    for row in earlier:
        if row.kind == kind:
            raise errors.AlreadySignedError(
                signer=row.signer_name, signed_at=time_text(row.signed_at)
            )


def _usable_key(signers: QuerySet[Signer], name: str, now: dt.datetime) -> tuple[Signer, KeyPair]:
    """Return the active certificate of the signers given, with its key opened."""
    signer = signers.filter(active=True).first()
    if signer is None:
        raise errors.SignerHasNoKeyError(name)
    if not signer.not_before <= now <= signer.not_after:
        raise errors.CertificateExpiredError(
            subject=signer.subject,
            not_before=time_text(signer.not_before),
            not_after=time_text(signer.not_after),
        )
    try:
        return signer, open_key(signer.fingerprint)
    except KeyUnreadableError as error:
        raise errors.SignerHasNoKeyError(name) from error


def _source(act: _Act) -> bytes:
    """Return the bytes to sign, with the earlier signatures and no others, all good."""
    content = store.read(act.file)
    _refuse_broken(content, act, expected=len(act.earlier))
    return content


def _put(act: _Act, source: bytes, place: Box, picture: bytes) -> Signature:
    """Sign, check what was made, store it, write the row and record the event."""
    order = len(act.earlier) + 1
    body = act.document.body
    signed = sign_pdf(
        source,
        act.pair,
        SigningOrder(
            field=f"KySo{order}",
            box=place,
            picture=picture,
            signed_at=act.at,
            reason=act.document.title,
            place=place_on(body, timezone.localdate(act.at)) if body else "",
        ),
    )
    _refuse_other(signed, source, act)
    stored = store.put(signed, kind=FileKind.PDF)
    event = record(who=act.who, entry=_entry(act, stored, order), at=act.at)
    return Signature.objects.create(
        version=act.version,
        order=order,
        signer=act.signer,
        kind=act.signer.kind,
        signed_file=stored,
        signed_at=act.at,
        signer_name=act.who.name if act.signer.user_id else act.signer.subject,
        acting_as=act.acting_as,
        fingerprint=act.signer.fingerprint,
        page=place.page,
        box=[place.left, place.bottom, place.right, place.top],
        event_id=event.pk,
    )


def _refuse_broken(content: bytes, act: _Act, *, expected: int) -> list[SignatureVerdict]:
    """Return the verdicts on a file that holds exactly `expected` good signatures.

    Raises SignatureBrokenError for any other file, one that cannot be read among them.
    """
    verdicts = verify_pdf(content, trust_roots(), at=act.at)
    wrong = problem(verdicts)
    if wrong:
        raise errors.SignatureBrokenError(wrong)
    if len(verdicts) != expected:
        raise errors.SignatureBrokenError(
            _("Tệp có %(found)d chữ ký, phải có %(expected)d.")
            % {"found": len(verdicts), "expected": expected}
        )
    return verdicts


def _refuse_other(signed: bytes, source: bytes, act: _Act) -> None:
    """Raise SignatureBrokenError unless `signed` is `source` and this act's signature, no more."""
    last = _refuse_broken(signed, act, expected=len(act.earlier) + 1)[-1]
    ours = last.fingerprint == act.signer.fingerprint and last.covers_whole
    if not (ours and signed.startswith(source)):
        raise errors.SignatureBrokenError(_("Tệp ký xong không phải văn bản đã đưa vào ký."))


def _entry(act: _Act, stored: StoredFile, order: int) -> Entry:
    return Entry(
        stream=act.document.stream,
        action=act.action,
        subject=f"document:{act.document.pk}",
        after={"sha256": stored.sha256},
        data={
            "title": act.document.title,
            "version": str(act.version.pk),
            "number": act.version.number,
            "order": order,
            "source_sha256": act.file.sha256,
            "certificate": act.signer.fingerprint,
            "certificate_name": act.signer.subject,
            "acting_as": act.acting_as,
        },
        key=f"{act.action}:{act.version.pk}",
    )


def _place(source: bytes, box: Box | None, name: str) -> Box:
    """Return where the person's picture goes, given or found. Raises SignatureNoRoomError."""
    if box is None:
        return place_for_person(source, name)
    if not fits(source, box):
        raise errors.SignatureNoRoomError
    return box


def _name_of(user: User | None) -> str:
    return user.full_name if user else ""


def _acting_as(mandate: Mandate) -> str:
    office = f"{Role(mandate.role).label}, {mandate.unit_name}"
    return " · ".join(part for part in (office, _by_delegation(mandate)) if part)


def _by_delegation(mandate: Mandate) -> str:
    """Return “TUQ. …” for a delegate (NĐ 30/2020/NĐ-CP, Điều 13), else ""."""
    if not mandate.on_behalf_of:
        return ""
    return _("TUQ. %(name)s (%(reference)s)") % {
        "name": mandate.on_behalf_of,
        "reference": mandate.delegation_ref,
    }
