"""A paper's page: its preview, its files, whose signatures it bears and whether they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion, VersionStatus
from organisations.actors import Actor
from signatures.models import SignerKind
from signatures.permissions import sealing_mandate, signing_mandate
from signatures.queries import signature_verdicts
from signatures.verification import SignatureVerdict
from workflow.forms.overprint import OverprintForm
from workflow.models import Dossier
from workflow.pages.overprint import overprint_form
from workflow.pages.papers import Paper, newest, paper_of
from workflow.proof.agreement import SETS, Agreement, Statement, agreement_of
from workflow.proof.provenance import provenance_of
from workflow.proof.stale import stale_among
from workflow.services.remaking import remaking_mandate


@dataclass(frozen=True)
class Beside:
    """A paper beside this one: how many it names, how many of them this one names too."""

    title: str
    document: str
    names: int
    shared: int
    wrong: bool


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
    may_number: bool
    may_remake: bool
    agreement: Agreement
    agreeing: list[Beside]
    overprint: OverprintForm | None

    @property
    def lapsing(self) -> list[str]:
        """Return the signatures that a new version would not bear, a line each."""
        return self.paper.signed_by


def document_page(actor: Actor, document: Document, on: date) -> DocumentPage:
    """Return the page. Reading the signatures opens the file: this is not for lists."""
    version = newest(document)
    kinds = {one.kind for one in version.signatures.all()}
    stale = stale_among([version]).get(version.pk, [])
    agreement = agreement_of(document)
    done = version.status == VersionStatus.DONE and version.pdf is not None
    person = done and SignerKind.PERSON not in kinds
    seal = done and SignerKind.PERSON in kinds and SignerKind.SEAL not in kinds
    return DocumentPage(
        document=document,
        paper=paper_of(document, stale=stale),
        older=[one for one in document.versions.all() if one.pk != version.pk],
        dossiers=list(Dossier.objects.filter(papers__document=document).distinct()),
        verdicts=signature_verdicts(version) if kinds else [],
        may_sign=person and signing_mandate(actor, document, on) is not None,
        may_seal=seal and sealing_mandate(actor, document) is not None,
        may_remake=bool(stale) and remaking_mandate(actor, document) is not None,
        agreement=agreement,
        agreeing=beside(agreement),
        may_number=not kinds
        and document.register_entry is not None
        and sealing_mandate(actor, document) is not None,
        overprint=overprint_form(document),
    )


def beside(agreement: Agreement) -> list[Beside]:
    """Return the papers that a paper was compared with, reports as one line."""
    mine = agreement.mine
    if mine is None:
        return []
    wrong = {one.where for one in agreement.mismatches}
    lists = [one for one in agreement.others if one.key in SETS]
    found = [
        Beside(
            one.title, str(one.document_id), len(one.all), _shared(one, mine), one.title in wrong
        )
        for one in lists
    ]
    reports = [one for one in agreement.others if one.key not in SETS]
    if reports:
        some = any(one.title in wrong for one in reports)
        title = _("Báo cáo thành tích của từng đối tượng")
        found.append(Beside(title, "", len(reports), len(reports), some))
    return found


def _shared(one: Statement, mine: Statement) -> int:
    return len(one.all.keys() & mine.all.keys())


def provenance_page(document: Document) -> dict[str, object]:
    """Return what the page of a paper's sources shows: nothing for a file that was uploaded."""
    version = newest(document)
    made = version.template_version_id is not None
    groups = provenance_of(document, version) if made else []
    return {"document": document, "version": version, "groups": groups}
