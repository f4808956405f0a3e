"""Reading everything again: nothing is believed because it was meant."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from audit.errors import Refusal
from audit.exports import export_stream, verify_export
from audit.verification import verify_all
from campaigns.models import Decider
from documents.letters import without_spaces
from documents.models import DocumentKind, RegisterEntry
from documents.reading import docx_text, pdf_pages_text
from signatures.trust import trust_roots
from signatures.verification import SignatureVerdict, verify_pdf
from workflow.models import Nomination
from workflow.papers.marks import EXAMPLE
from workflow.queries import streams_of
from workflow.rehearsal.fates import Fate, Fates
from workflow.rehearsal.folder import Written, trails
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
RECEIVED = {"phieu_tiep_nhan"}
VOTED = {"bien_ban_hoi_dong", "bien_ban_kiem_phieu"}
PASSED = {
    "to_trinh_hoi_dong",
    "to_trinh_trung_uong",
    "to_trinh_chu_tich_nuoc",
    "quyet_dinh",
    "bang_khen",
    "thong_bao_ket_qua",
}
ABOUT_ONE = {
    "bao_cao_tap_the",
    "bao_cao_ca_nhan",
    "bao_cao_ho_gia_dinh",
    "tom_tat_thanh_tich",
    "phieu_tra",
}
WITHOUT_NAMES = {"muc_luc_ho_so", "muc_luc_nop_luu", "bien_ban_giao_nhan"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be: where, and what."""

    where: str
    what: str


def check_fates(fates: Fates, among: Iterable[Fate]) -> Iterator[Finding]:
    """Find ways of an occasion that nobody walked."""
    for fate in fates.unplayed(among):
        yield Finding("danh sách", f"không có đề nghị nào đi đường “{fate.value}”")


def check_states(nominations: Sequence[Nomination], fates: Fates) -> Iterator[Finding]:
    """Find nominations that did not end where their way ends."""
    for row in nominations:
        expected = END.get(fates.of(row), State.CLOSED)
        if row.state != expected:
            yield Finding(row.nominee.name, f"{State(row.state).label}, phải là {expected.label}")


def check_numbers() -> Iterator[Finding]:
    """Find gaps and twins in the registers of outgoing papers."""
    taken: dict[tuple[str, str, int], list[int]] = {}
    for entry in RegisterEntry.objects.select_related("body"):
        book = (entry.body.code, entry.series, entry.year)
        taken.setdefault(book, []).append(entry.number)
    for book, numbers in sorted(taken.items()):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield Finding("/".join(map(str, book)), f"số không liền nhau: {sorted(numbers)}")


class Reader:
    """Reads papers back from disk; a copy with the same bytes is read once."""

    def __init__(self, nominations: Sequence[Nomination], fates: Fates) -> None:
        """Remember the round that the papers must tell."""
        self._nominations = nominations
        self._fates = fates
        self._is_example = any(
            row.dossier.occasion.campaign.is_example for row in nominations[:1]
        )
        self._roots = trust_roots()
        self._texts: dict[str, str] = {}
        self._verdicts: dict[str, list[SignatureVerdict]] = {}
        self.signatures = 0

    def check(self, paper: Written) -> Iterator[Finding]:
        """Find what is wrong with one paper: unreadable, a name or mark missing, not signed right."""
        where = f"{paper.pdf.parent.name}/{paper.pdf.name}"
        due = names_due(paper, self._nominations, self._fates)
        for path, read in ((paper.pdf, _pdf_text), (paper.docx, docx_text)):
            if path is None:
                continue
            try:
                content = path.read_bytes()
                text = self._text(content, read)
            except (OSError, Refusal) as error:
                yield Finding(where, f"không đọc được {path.suffix}: {error}")
                continue
            for name in due:
                if comparable(name) not in text:
                    yield Finding(where, f"thiếu tên “{name}” trong {path.suffix}")
            if (comparable(EXAMPLE) in text) is not self._is_example:
                said = "thiếu" if self._is_example else "không được có"
                yield Finding(where, f"{said} dòng “{EXAMPLE}” trong {path.suffix}")
            if path is paper.pdf and paper.document.signer_user_id:
                yield from self._check_signatures(paper, content, where)

    def _text(self, content: bytes, read: Callable[[bytes], str]) -> str:
        digest = sha256(content).hexdigest()
        if digest not in self._texts:
            self._texts[digest] = comparable(read(content))
        return self._texts[digest]

    def _check_signatures(self, paper: Written, content: bytes, where: str) -> Iterator[Finding]:
        digest = sha256(content).hexdigest()
        if digest not in self._verdicts:
            self._verdicts[digest] = verify_pdf(content, self._roots)
            self.signatures += len(self._verdicts[digest])
        verdicts = self._verdicts[digest]
        due = 2 if paper.document.seal_unit_id else 1
        if len(verdicts) != due:
            yield Finding(where, f"có {len(verdicts)} chữ ký, phải có {due}")
        for verdict in verdicts:
            if not verdict.valid:
                yield Finding(where, verdict.sentence_vi)


def _pdf_text(content: bytes) -> str:
    return "".join(pdf_pages_text(content))


def comparable(text: str) -> str:
    """Return a text as it is looked for: NFC, without case and spaces (lines break anywhere)."""
    return without_spaces(normalize("NFC", text)).casefold()


def names_due(paper: Written, nominations: Sequence[Nomination], fates: Fates) -> list[str]:
    """Return the nominees that a paper must name, worked out from the round and not from it."""
    key = paper.document.template_key
    links = list(paper.document.links.all())
    within = {link.dossier_id for link in links}  # what a head decides, he decides by dossier
    if paper.document.kind == DocumentKind.ASSEMBLED or key in PROPOSED:
        return [row.nominee.name for row in nominations if row.dossier_id in within]
    if key in ABOUT_ONE:
        about = {link.nomination_id for link in links}
        return [row.nominee.name for row in nominations if row.pk in about]
    if key in WITHOUT_NAMES:
        return []
    if key in RECEIVED | VOTED:
        gone = {Fate.WITHDRAWN} | ({Fate.INELIGIBLE} if key in VOTED else set())
        return [
            row.nominee.name
            for row in nominations
            if row.dossier_id in within and fates.of(row) not in gone
        ]
    authority = _authority(paper, nominations)
    stopped = {Fate.WITHDRAWN}
    if key in SUBMITTED:
        stopped |= {Fate.INELIGIBLE}
    if key in PASSED:
        stopped |= {Fate.INELIGIBLE, Fate.NOT_PASSED}
    return [
        row.nominee.name
        for row in nominations
        if row.dossier.authority == authority
        and fates.of(row) not in stopped
        and (authority != Decider.UNIT_HEAD or row.dossier_id in within)
    ]


def _authority(paper: Written, nominations: Sequence[Nomination]) -> Decider | str:
    within = {link.dossier_id for link in paper.document.links.all()}
    return next((row.dossier.authority for row in nominations if row.dossier_id in within), "")


def check_chains() -> Iterator[Finding]:
    """Find chains of the audit log that do not hold."""
    for verdict in verify_all():
        if not verdict.is_good:
            yield Finding(verdict.stream, str(verdict))


def check_trails(folder: Path) -> Iterator[Finding]:
    """Find trails on disk that do not hold, or do not end where the log ends."""
    for dossier, path in trails(folder):
        where = f"{path.parent.name}/{path.name}"
        try:
            exported = json.loads(path.read_text(encoding="utf-8"))
            verdicts = [verify_export(stream) for stream in exported]
        except (OSError, ValueError, Refusal) as error:
            yield Finding(where, f"không đọc được: {error}")
            continue
        for verdict in verdicts:
            if not verdict.is_good:
                yield Finding(where, str(verdict))
        told = {stream["stream"]: stream["head"] for stream in exported}
        for stream in streams_of(dossier):
            if told.get(stream) != export_stream(stream)["head"]:
                yield Finding(where, f"khác nhật ký đang giữ: {stream}")
