"""The papers of a round: waited for, signed and sealed, and laid out on disk."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.errors import Refusal
from audit.exports import export_stream
from documents import store
from documents.models import Document, DocumentKind, DocumentVersion, VersionStatus
from organisations.actors import Actor, actor_for
from organisations.models import Grant, Role, UnitType
from signatures.queries import latest_file
from signatures.services import seal_document, sign_document
from workflow.models import Dossier, PaperLink
from workflow.queries import documents_in_full, streams_of

PATIENCE_SECONDS = 900
"""How long the papers may stand still before the round gives up."""


class PapersStoppedError(Refusal):
    """The workers made no progress, or a paper failed."""

    code = "PAPERS_STOPPED"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Chưa tạo đủ văn bản."),
            why=why,
            next_step=_("Xem lý do ở từng văn bản (bin/run manage check_integrity) rồi chạy lại."),
        )


def wait_for_papers(tell: Callable[[int, int], None]) -> None:
    """Wait until every paper asked for is made, telling how many of how many are.

    Raises PapersStoppedError for a paper that failed, and after PATIENCE_SECONDS without one
    more being made.
    """
    last, since = -1, time.monotonic()
    while True:
        total = DocumentVersion.objects.count()
        made = DocumentVersion.objects.filter(status=VersionStatus.DONE).count()
        tell(made, total)
        failed = DocumentVersion.objects.filter(status=VersionStatus.FAILED).select_related(
            "document"
        )
        for version in failed[:1]:
            raise PapersStoppedError(f"{version.document.title}: {version.error_text}")
        if made == total:
            return
        if made > last:
            last, since = made, time.monotonic()
        elif time.monotonic() - since > PATIENCE_SECONDS:
            raise PapersStoppedError(_("Tiến trình nền không tạo thêm văn bản nào."))
        time.sleep(0.2)


def sign_everything(tell: Callable[[int, int], None]) -> tuple[int, int]:
    """Let every named signer sign his papers, and a clerk seal those that carry a seal.

    Returns how many signatures and seals were put. Each signs what he read: the version is
    named, and a newer one would be refused.
    """
    on = timezone.localdate()
    done = documents_in_full().filter(
        signer_user__isnull=False, versions__status=VersionStatus.DONE
    )
    documents = list(done.distinct())
    sealer = _sealer(on)
    signatures = seals = 0
    for place, document in enumerate(documents, start=1):
        signer = document.signer_user
        if signer is None:
            continue
        version = document.versions.all()[0]
        sign_document(
            actor=actor_for(signer, on), document_id=document.pk, expected_version_id=version.pk
        )
        signatures += 1
        if document.seal_unit_id:
            seal_document(actor=sealer, document_id=document.pk, expected_version_id=version.pk)
            seals += 1
        tell(place, len(documents))
    return signatures, seals


def _sealer(on: date) -> Actor:
    """Return a document clerk who may seal for the province and every unit below it."""
    clerks = Grant.objects.filter(
        role=Role.DOCUMENT_CLERK, unit__type=UnitType.PEOPLES_COMMITTEE
    ).select_related("user")
    return actor_for(clerks[0].user, on)


@dataclass(frozen=True, slots=True)
class Written:
    """One paper on disk: the document it is, and its files."""

    document: Document
    pdf: Path
    docx: Path | None


def write_out(folder: Path) -> Iterator[Written]:
    """Lay every dossier out as a folder: its papers numbered, its merged PDF, its trail."""
    for dossier in Dossier.objects.select_related("unit").order_by("code"):
        place = folder / file_name(dossier.code)
        place.mkdir(parents=True, exist_ok=True)
        yield from _write_dossier(dossier, place)
        trail = [export_stream(stream) for stream in streams_of(dossier)]
        text = json.dumps(trail, ensure_ascii=False, indent=1)
        (place / "nhat-ky.json").write_text(text, encoding="utf-8")


def _write_dossier(dossier: Dossier, place: Path) -> Iterator[Written]:
    links = PaperLink.objects.filter(dossier=dossier).select_related("document").order_by("pk")
    for number, link in enumerate(links, start=1):
        document = link.document
        version = document.versions.order_by("-number")[0]
        merged = document.kind == DocumentKind.ASSEMBLED
        name = "ho-so-ghep" if merged else f"{number:02d}-{file_name(document.title)}"
        pdf = place / f"{name}.pdf"
        file = latest_file(version) or version.upload
        if file is None:
            raise PapersStoppedError(document.title)
        pdf.write_bytes(store.read(file))
        docx = None
        if version.docx:
            docx = place / f"{name}.docx"
            docx.write_bytes(store.read(version.docx))
        yield Written(document, pdf, docx)


def file_name(title: str) -> str:
    """Return a title as a file's name: letters, digits and hyphens, at most 80 of them."""
    return re.sub(r"[^\w]+", "-", title).strip("-")[:80]
