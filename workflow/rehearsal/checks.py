"""Reading everything again: nothing is believed because it was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from audit.verification import verify_all
from campaigns.models import Decider, Occasion
from documents.letters import without_spaces
from documents.models import DocumentKind
from documents.reading import docx_text, pdf_pages_text
from signatures.trust import trust_roots
from signatures.verification import verify_pdf
from workflow.models import Nomination
from workflow.rehearsal.fates import Fate, Fates
from workflow.rehearsal.papers import Written
from workflow.states import State

END = {
    Fate.WITHDRAWN: State.WITHDRAWN,
    Fate.INELIGIBLE: State.INELIGIBLE,
    Fate.NOT_PASSED: State.NOT_PASSED,
}
"""Where a fate ends; all others end in the archive."""

PROPOSED = {"to_trinh_don_vi", "bien_ban_don_vi"}
APPRAISED = {"bao_cao_tham_dinh"}
SUBMITTED = {"to_trinh_so"}
PASSED = {"to_trinh_hoi_dong", "to_trinh_trung_uong", "quyet_dinh"}
ABOUT_ONE = {"bao_cao_tap_the", "bao_cao_ca_nhan", "bao_cao_ho_gia_dinh", "phieu_tra"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: where, and what."""

    where: str
    what: str


def check_states(nominations: Sequence[Nomination], fates: Fates) -> Iterator[Finding]:
    """Find nominations that did not end where their way ends."""
    for row in nominations:
        expected = END.get(fates.of(row), State.CLOSED)
        if row.state != expected:
            yield Finding(row.nominee.name, f"{State(row.state).label}, phải là {expected.label}")


def check_fates(fates: Fates, occasion: Occasion) -> Iterator[Finding]:
    """Find ways that nobody walked: the list was too short to play the whole round."""
    for fate in fates.unplayed():
        yield Finding(occasion.title, f"không có đề nghị nào đi đường “{fate.value}”")


def check_paper(
    paper: Written, nominations: Sequence[Nomination], fates: Fates
) -> Iterator[Finding]:
    """Find what is wrong with one paper on disk: unreadable, a name missing, not signed right."""
    content = paper.pdf.read_bytes()
    pages = pdf_pages_text(content)
    if not pages:
        yield Finding(paper.pdf.name, "không có trang nào")
    texts = [comparable("".join(pages))]
    if paper.docx is not None:
        texts.append(comparable(docx_text(paper.docx.read_bytes())))
    for name in names_due(paper, nominations, fates):
        if any(comparable(name) not in text for text in texts):
            yield Finding(paper.pdf.name, f"thiếu tên “{name}”")
    if paper.document.signer_user_id and paper.document.kind == DocumentKind.GENERATED:
        yield from _check_signatures(paper, content)


def _check_signatures(paper: Written, content: bytes) -> Iterator[Finding]:
    verdicts = verify_pdf(content, trust_roots())
    due = 2 if paper.document.seal_unit_id else 1
    if len(verdicts) != due:
        yield Finding(paper.pdf.name, f"có {len(verdicts)} chữ ký, phải có {due}")
    for verdict in verdicts:
        if not verdict.valid:
            yield Finding(paper.pdf.name, verdict.sentence_vi)


def comparable(text: str) -> str:
    """Return a text as it is looked for: NFC, without case and spaces (lines break anywhere)."""
    return without_spaces(normalize("NFC", text)).casefold()


def names_due(paper: Written, nominations: Sequence[Nomination], fates: Fates) -> list[str]:
    """Return the nominees that a paper must name, worked out from the round and not from it."""
    key = paper.document.template_key
    links = list(paper.document.links.all())
    if paper.document.kind == DocumentKind.ASSEMBLED or key in PROPOSED:
        within = {link.dossier_id for link in links}
        return [row.nominee.name for row in nominations if row.dossier_id in within]
    if key in ABOUT_ONE:
        about = {link.nomination_id for link in links}
        return [row.nominee.name for row in nominations if row.pk in about]
    authority = _authority(paper, nominations)
    stopped = {Fate.WITHDRAWN}
    if key in SUBMITTED:
        stopped |= {Fate.INELIGIBLE}
    if key in PASSED:
        stopped |= {Fate.INELIGIBLE, Fate.NOT_PASSED}
    return [
        row.nominee.name
        for row in nominations
        if row.dossier.authority == authority and fates.of(row) not in stopped
    ]


def _authority(paper: Written, nominations: Sequence[Nomination]) -> Decider | str:
    within = {link.dossier_id for link in paper.document.links.all()}
    return next((row.dossier.authority for row in nominations if row.dossier_id in within), "")


def check_chains() -> Iterator[Finding]:
    """Find chains of the audit log that do not hold."""
    for verdict in verify_all():
        if not verdict.is_good:
            yield Finding(verdict.stream, str(verdict))
