"""Lines of the preflight: what they look like, and those on what the papers of a dossier say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.models import Dossier, Nomination, PaperLink
from workflow.pages.papers import Paper, paper_of
from workflow.proof.agreement import Mismatch, Statement, disagreements, statements_in
from workflow.proof.stale import Difference, stale_among
from workflow.sections import Section, section_of

SHOWN: Final = 2
"""How many differences a line tells; the paper's page lists them all."""


class Light(StrEnum):
    """What a line of the preflight says."""

    GOOD = "good"
    LACKING = "lacking"
    ASKED = "asked"


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, what is wrong, what to do, and where."""

    light: Light
    what: str
    why: str = ""
    todo: str = ""
    url: str = ""


@dataclass(frozen=True)
class Contents:
    """What the papers of a dossier say, against today's data and against one another."""

    papers: Sequence[Paper]
    stale: Mapping[UUID, Sequence[Difference]]
    statements: Sequence[Statement]

    def checks(self, sections: Collection[Section]) -> Iterator[Check]:
        """Yield the lines on papers of these sections; nothing where they hold and agree."""
        mine = [one for one in self.papers if section_of(one.document.template_key) in sections]
        for paper in mine:
            if differences := self.stale.get(paper.version.pk):
                yield _stale_check(paper, differences)
        sent = {one.document.pk for one in mine if _is_sent(one)}
        spoken = [one for one in self.statements if section_of(one.key) in sections]
        for statement, found in disagreements(spoken):
            yield _disagreement(statement, found, sent=statement.document_id in sent)


def contents_of(
    dossier: Dossier, nominations: Sequence[Nomination], links: Sequence[PaperLink]
) -> Contents:
    """Return what the papers of a dossier say; the same queries whatever it holds."""
    papers = list({link.document_id: paper_of(link.document) for link in links}.values())
    return Contents(
        papers,
        stale_among(paper.version for paper in papers),
        statements_in(dossier, {str(row.pk) for row in nominations}),
    )


def _is_sent(paper: Paper) -> bool:
    """Return whether a paper was signed and sent out: it is corrected by another paper only."""
    entry = paper.document.register_entry
    return entry is not None and entry.sent_on is not None and bool(paper.signatures)


def _stale_check(paper: Paper, found: Sequence[Difference]) -> Check:
    lines = [
        _("%(what)s: “%(printed)s”, nay “%(now)s”")
        % {
            "what": ", ".join(filter(None, (one.about, one.label))),
            "printed": one.printed or "—",
            "now": one.now or "—",
        }
        for one in found[:SHOWN]
    ]
    why = _("Dữ liệu đã đổi sau khi tạo. %(lines)s.") % {"lines": _with_rest(lines, len(found))}
    url = reverse("document", args=[paper.document.pk])
    if _is_sent(paper):
        todo = _("Văn bản đã ký và phát hành: đính chính bằng văn bản khác nếu cần.")
        return Check(Light.ASKED, paper.document.title, why, todo, url)
    todo = _("Cơ quan ban hành mở văn bản, bấm “Tạo bản mới theo dữ liệu hiện nay”.")
    if count := len(paper.signatures):
        lapse = ngettext(
            "%(count)d chữ ký phải ký lại.", "%(count)d chữ ký phải ký lại.", count
        ) % {"count": count}
        todo = f"{todo} {lapse}"
    return Check(Light.LACKING, paper.document.title, why, todo, url)


def _disagreement(mine: Statement, found: Sequence[Mismatch], *, sent: bool) -> Check:
    lines = [
        _("%(about)s, %(label)s: “%(here)s”, %(where)s “%(there)s”")
        % {
            "about": one.about,
            "label": one.label,
            "here": one.here or "—",
            "where": one.where,
            "there": one.there or "—",
        }
        for one in found[:SHOWN]
    ]
    why = _("Không khớp với văn bản khác. %(lines)s.") % {"lines": _with_rest(lines, len(found))}
    url = reverse("document", args=[mine.document_id]) + "#agreement"
    if sent:
        todo = _("Văn bản đã ký và phát hành: đính chính bằng văn bản khác nếu cần.")
        return Check(Light.ASKED, mine.title, why, todo, url)
    todo = _("Xem “Đối chiếu các văn bản”, tạo lại văn bản ghi sai rồi ký lại.")
    return Check(Light.LACKING, mine.title, why, todo, url)


def _with_rest(lines: Sequence[str], count: int) -> str:
    told = "; ".join(lines)
    if count > len(lines):
        told += "; " + _("và %(count)d chỗ khác") % {"count": count - len(lines)}
    return told
