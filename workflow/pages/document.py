"""A paper's page: its preview, its files, whose signatures it bears and whether they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.models import Document, DocumentVersion, VersionStatus
from organisations.actors import Actor
from signatures.models import SignerKind
from signatures.permissions import sealing_mandate, signing_mandate
from signatures.queries import signature_verdicts
from signatures.verification import SignatureVerdict
from workflow.models import Dossier
from workflow.pages.papers import Paper, newest, paper_of


@dataclass(frozen=True)
class DocumentPage:
    """Everything the page shows of a paper, for one person."""

    document: Document
    paper: Paper
    older: list[DocumentVersion]
    dossiers: list[Dossier]
    verdicts: list[SignatureVerdict]
    may_sign: bool
    may_seal: bool


def document_page(actor: Actor, document: Document, on: date) -> DocumentPage:
    """Return the page. Reading the signatures opens the file: this is not for lists."""
    version = newest(document)
    kinds = {one.kind for one in version.signatures.all()}
    done = version.status == VersionStatus.DONE and version.pdf is not None
    person = done and SignerKind.PERSON not in kinds
    seal = done and SignerKind.PERSON in kinds and SignerKind.SEAL not in kinds
    return DocumentPage(
        document=document,
        paper=paper_of(document),
        older=[one for one in document.versions.all() if one.pk != version.pk],
        dossiers=list(Dossier.objects.filter(papers__document=document).distinct()),
        verdicts=signature_verdicts(version) if kinds else [],
        may_sign=person and signing_mandate(actor, document, on) is not None,
        may_seal=seal and sealing_mandate(actor, document) is not None,
    )
