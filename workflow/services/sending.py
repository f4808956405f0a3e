"""Handing a dossier out as files: for one recipient, or all there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from audit.services import Entry, record
from documents import bundles
from documents.bundles import Member, file_name
from documents.models import Document, DocumentKind, StoredFile, VersionStatus
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.errors_dossiers import CopyNotReadyError
from workflow.models import Dossier
from workflow.pages.papers import Paper, paper_of
from workflow.queries import access_dossier, documents_in_full
from workflow.sections import Recipient
from workflow.sending import Copy, copy_for
from workflow.services.acting import act


@dataclass(frozen=True)
class Bundle:
    """The files of a dossier, and the name of the ZIP they go in."""

    name: str
    members: Sequence[Member]


@act
def export_dossier(
    *, actor: Actor, dossier_id: UUID, recipient: Recipient = Recipient.ARCHIVE
) -> Bundle:
    """Return a dossier's files, checked against their hashes, and record who took them.

    To a recipient go the PDFs, the signed ones byte for byte, the Word file of each tờ trình
    with its list, and his merged copy where there is one; to the archive every file there is.
    Raises NotFoundError, CopyNotReadyError where a recipient's copy lacks something,
    StoredFileDamagedError.
    """
    access_dossier(actor, dossier_id)
    dossier = Dossier.objects.select_related("occasion__campaign", "unit").get(pk=dossier_id)
    copy = copy_for(dossier, recipient)
    if copy is None:
        raise NotFoundError
    if recipient != Recipient.ARCHIVE and not copy.ready:
        raise CopyNotReadyError(copy.name, copy.lacking)
    members = list(_members(dossier, copy))
    if not members:
        raise CopyNotReadyError(copy.name, copy.lacking)
    bundles.check(members)
    data = {
        "recipient": copy.name,
        "files": len(members),
        "manifest_sha256": bundles.manifest_hash(members),
    }
    event = Entry(dossier.stream, "dossier.exported", dossier.stream, data=data)
    record(who=actor.who(None), entry=event, at=timezone.now())
    return Bundle(f"{dossier.code}-{recipient.value}.zip", members)


def _members(dossier: Dossier, copy: Copy) -> Iterator[Member]:
    """Yield the files in the order of the dossier, numbered alike for one paper."""
    everything = copy.recipient == Recipient.ARCHIVE
    merged = merged_copy(dossier, copy)
    if merged is not None and merged.version.pdf is not None:
        yield Member(file_name(0, merged.document.title, "pdf"), merged.version.pdf)
    in_word = {paper.document.pk for paper in copy.sent_in_word}
    for number, (_section, paper, _one) in enumerate(copy.papers, 1):
        document, version = paper.document, paper.version
        for stored in _files(paper):
            name = file_name(number, document.title, stored.kind)
            yield Member(name, stored, "; ".join(paper.signed_by))
        if version.docx is not None and (everything or document.pk in in_word):
            yield Member(file_name(number, document.title, "docx"), version.docx)


def _files(paper: Paper) -> Iterator[StoredFile]:
    """Yield the file to hand out: the signed one, the PDF, or what was uploaded."""
    signed = paper.signatures
    stored = signed[-1].signed_file if signed else paper.version.pdf or paper.version.upload
    if stored is not None:
        yield stored


def merged_copy(dossier: Dossier, copy: Copy) -> Paper | None:
    """Return the newest merged copy for the recipient that is done, PDF/A or not."""
    rows: list[Document] = list(
        documents_in_full().filter(
            kind=DocumentKind.ASSEMBLED,
            subject=dossier.stream,
            versions__values__cover__copy_of=copy.recipient.value,
        )
    )
    done = [paper_of(row) for row in rows]
    return next((one for one in reversed(done) if one.version.status == VersionStatus.DONE), None)
