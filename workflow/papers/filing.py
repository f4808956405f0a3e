"""The cover and the contents of a dossier that is filed (NĐ 30/2020/NĐ-CP, Điều 29, Phụ lục V)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from audit.services import Who
from documents.models import Document, DocumentKind
from organisations.dated import DatedNames, dated_names
from organisations.queries import names_on
from workflow.models import Dossier, PaperLink
from workflow.papers.letterhead import Issuer, head, movement
from workflow.papers.receipt import paper_line
from workflow.papers.requests import Request, request
from workflow.papers.sources import Part, Source

FILED = "Bìa hồ sơ lưu và mục lục"
CONTENTS = "muc_luc_ho_so"
FILING: Final = frozenset({CONTENTS, "muc_luc_nop_luu", "bien_ban_giao_nhan"})
"""Papers about the file itself, which no list of its contents tells."""


def contents_paper(*, by: Issuer, who: Who, at: datetime, dossier: Dossier) -> Document | None:
    """Ask for cover and contents of a dossier whose last case was filed, to be signed by hand.

    None where the dossier holds no paper. Retention and the count of sheets stay to be written in:
    no checked source gives the one, and the other is counted on paper.
    """
    papers = _lines(dossier, by.on)
    if not papers:
        return None
    [unit_name] = names_on([dossier.unit], by.on)
    values = head(by, "")
    del values["ten_co_quan"], values["so_ky_hieu"]
    paper = Request(
        key=CONTENTS,
        title=f"{FILED} {dossier.code}",
        values={
            **values,
            **movement(dossier.occasion),
            "tieu_de": f"Đề nghị khen thưởng của {unit_name}",
            "so_ho_so": dossier.code,
            "nam": str(by.on.year),
            "thoi_han": "",
            "mo_ngay": timezone.localdate(dossier.created_at).isoformat(),
            "dong_ngay": by.on.isoformat(),
            "so_to": "",
            "nguoi_lap": by.signer.name,
            "van_ban": papers,
        },
        dossiers=(dossier,),
        sources=(
            Source(
                at="van_ban",
                part=Part.CONTENTS,
                dossier=str(dossier.pk),
                on=by.on.isoformat(),
            ),
        ),
        subject=dossier.stream,
        must_show=(dossier.code, by.signer.name),
        by_hand=True,
    )
    return request(by=by, who=who, at=at, paper=paper)


def _lines(dossier: Dossier, on: date) -> list[dict[str, str]]:
    papers = filed_papers([dossier.pk])[dossier.pk]
    return lines_of(papers, dated_names(bodies_of(papers)), on)


def filed_papers(dossiers: Iterable[UUID]) -> dict[UUID, list[Document]]:
    """Return the papers of dossiers by the dossier's key, each once, as they came.

    Without merged copies, and without covers and lists of what is filed; one query.
    """
    keys = set(dossiers)
    links = (
        PaperLink.objects.filter(dossier__in=keys)
        .exclude(document__kind=DocumentKind.ASSEMBLED)
        .exclude(document__template_key__in=FILING)
        .select_related("document__register_entry")
        .order_by("pk")
    )
    found: dict[UUID, dict[UUID, Document]] = {key: {} for key in keys}
    for link in links:
        found[link.dossier_id].setdefault(link.document_id, link.document)
    return {key: list(each.values()) for key, each in found.items()}


def bodies_of(papers: Iterable[Document]) -> set[UUID]:
    """Return the bodies that issued papers."""
    return {paper.body_id for paper in papers if paper.body_id is not None}


def lines_of(papers: Iterable[Document], names: DatedNames, on: date) -> list[dict[str, str]]:
    """Return the lines of a dossier's contents; authors by what they are called on the day."""
    return [
        {
            **paper_line(paper),
            "tac_gia": name_on(names, paper.body_id, on) if paper.body_id else "",
            "to_so": "",
            "ghi_chu": "",
        }
        for paper in papers
    ]


def name_on(names: DatedNames, unit_id: UUID, on: date) -> str:
    """Return a body's name on a day; of one that was no more, the last it had had."""
    facts = names.facts_on(unit_id, on)
    if facts is not None:
        return facts.name
    former = [row.name for row in names.names.get(unit_id, ()) if row.valid_from <= on]
    return former[-1] if former else ""
