"""The two papers by which finished dossiers go to the archive; each signed by hand, twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from audit.services import Who
from documents.models import Document, VersionStatus
from organisations.queries import names_on
from workflow.models import ArchivedDossier, ArchiveTransfer, Dossier, PaperLink
from workflow.papers.letterhead import Issuer, head, occasion_words
from workflow.papers.requests import Request, request
from workflow.papers.sources import Part, Source

LIST = "Mục lục hồ sơ, tài liệu nộp lưu"
RECORD = "Biên bản giao nhận hồ sơ, tài liệu"


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom dossiers go and how they are packed; "" and None are dotted, to be filled in by hand.

    body, name, position  of the archive that takes them; metres  of shelf, as printed;
    electronic  the same dossiers go as files too
    """

    body: str
    name: str = ""
    position: str = ""
    boxes: int | None = None
    metres: str = ""
    condition: str = ""
    electronic: bool = False


def transfer_papers(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    transfer: ArchiveTransfer,
    lines: Sequence[ArchivedDossier],
    facts: Handed,
) -> tuple[Document, Document]:
    """Ask for the list and for the record of handing over, and return them."""
    frame = head(by, "")
    del frame["ten_co_quan"], frame["so_ky_hieu"]
    frame["phong_trao"] = transfer.campaign.name
    common: dict[str, Any] = {
        "dossiers": tuple(line.dossier for line in lines),
        "subject": transfer.subject,
        "by_hand": True,
    }
    titles = titles_on([line.dossier for line in lines], by.on)
    contents = Request(
        key="muc_luc_nop_luu",
        title=f"{LIST} năm {by.on.year}",
        values={
            **frame,
            "nam": str(by.on.year),
            "ho_so": [_row(line, title) for line, title in zip(lines, titles, strict=True)],
            "nguoi_lap": {"ho_ten": by.signer.name, "chuc_vu": by.signer.position},
        },
        must_show=(by.signer.name, *(line.dossier.code for line in lines)),
        sources=tuple(_sources(lines, by.on)),
        **common,
    )
    record = Request(
        key="bien_ban_giao_nhan",
        title=f"{RECORD} năm {by.on.year}",
        values={**frame, **_handed(by, lines, facts)},
        must_show=(by.signer.name,),
        **common,
    )
    made = request(by=by, who=who, at=at, paper=contents)
    return made, request(by=by, who=who, at=at, paper=record)


def titles_on(dossiers: Sequence[Dossier], on: date) -> list[str]:
    """Return what dossiers are called on a list of a day."""
    names = names_on([dossier.unit for dossier in dossiers], on)
    return [title_of(dossier, name) for dossier, name in zip(dossiers, names, strict=True)]


def title_of(dossier: Dossier, unit_name: str) -> str:
    """Return what a dossier is called: whose proposal, on which occasion."""
    return f"Đề nghị khen thưởng của {unit_name}, {occasion_words(dossier.occasion)}"


def _row(line: ArchivedDossier, title: str) -> dict[str, str]:
    return {
        "so_ky_hieu": line.dossier.code,
        "tieu_de": title,
        "thoi_gian": f"{line.first_day:%d/%m/%Y} - {line.last_day:%d/%m/%Y}",
        "thoi_han": "",
        "so_to": str(line.sheets) if line.sheets else "",
        "ghi_chu": "",
    }


def _sources(lines: Sequence[ArchivedDossier], on: date) -> Iterator[Source]:
    for place, line in enumerate(lines):
        yield Source(
            at=f"ho_so.{place}.tieu_de",
            part=Part.FILED,
            dossier=str(line.dossier_id),
            unit=str(line.dossier.unit_id),
            on=on.isoformat(),
        )


def _handed(by: Issuer, lines: Sequence[ArchivedDossier], facts: Handed) -> dict[str, Any]:
    first = min(line.first_day for line in lines)
    last = max(line.last_day for line in lines)
    count = f"{len(lines):02d}"
    return {
        "can_cu_giao": [],
        "ben_giao": {
            "ho_ten": by.signer.name,
            "chuc_vu": by.signer.position,
            "don_vi": by.facts.name,
        },
        "ben_nhan": {"ho_ten": facts.name, "chuc_vu": facts.position, "don_vi": facts.body},
        "thoi_gian": f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}",
        "so_hop": f"{facts.boxes:02d}" if facts.boxes else "",
        "so_ho_so": count,
        "so_met": facts.metres,
        "ho_so_dien_tu": count if facts.electronic else "",
        "so_tep": f"{_files(lines):02d}" if facts.electronic else "",
        "tinh_trang": facts.condition,
    }


def _files(lines: Sequence[ArchivedDossier]) -> int:
    """Return how many papers of the dossiers have a file, each counted once."""
    links = PaperLink.objects.filter(
        dossier__in=[line.dossier_id for line in lines],
        document__versions__status=VersionStatus.DONE,
    )
    return links.values("document").distinct().count()
