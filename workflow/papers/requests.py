"""Asking for a paper: its number, its values, where it lies, who signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.services import Who
from documents.models import Document, RegisterEntry
from documents.register import PaperFacts, take_number
from documents.services.requests import request_document
from documents.specs import PaperSpec
from organisations.models import Unit
from workflow.models import Dossier, Nomination, PaperLink
from workflow.papers.letterhead import Issuer, letterhead
from workflow.papers.marks import mark_of
from workflow.papers.sources import Part, Source

SERIES = {
    "to_trinh_don_vi": "TTr",
    "bien_ban_don_vi": "BB",
    "bao_cao_nam": "BC",
    "bao_cao_so_ket": "BC",
    "bao_cao_tong_ket": "BC",
    "bao_cao_tham_dinh": "BC",
    "to_trinh_so": "TTr",
    "to_trinh_hoi_dong": "TTr",
    "to_trinh_trung_uong": "TTr",
    "to_trinh_chu_tich_nuoc": "TTr",
    "quyet_dinh": "QĐ",
    "quyet_dinh_huy_bo": "QĐ",
    "quyet_dinh_sua_doi": "QĐ",
    "phieu_tra": "PB",
    "giay_moi_hop": "GM",
    "bien_ban_hoi_dong": "BB",
    "bien_ban_kiem_phieu": "BB",
    "thong_bao_ket_qua": "TB",
    "tong_hop_dang_ky": "BC",
    "cong_van_hiep_y": "CV",
    "thong_bao_cong_khai": "TB",
    "bao_cao_cong_khai": "BC",
}
"""The register each paper is numbered in (NĐ 30/2020/NĐ-CP, Phụ lục III); reports have none."""

LETTERS = "CV"
"""The book of công văn, whose symbol names no type (NĐ 30/2020, Phụ lục I, Phần I, II.3.b)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A paper that an act needs.

    subject  what it is about, for the log; dossiers  where it lies; nomination  the one it is
    about, where it is about one alone; must_show  texts that the paper has to contain; sources
    where its lists were taken from (those of letterhead, law, movement and signer are found by
    themselves); units  those whose names stand in it, by the place where they do; cites  the
    minutes named among its grounds; by_hand  it is signed on paper: nobody is asked for a
    digital signature
    """

    key: str
    title: str
    values: Mapping[str, Any]
    dossiers: tuple[Dossier, ...]
    subject: str
    must_show: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    nomination: Nomination | None = None
    entry: RegisterEntry | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)
    cites: RegisterEntry | None = None
    by_hand: bool = False


def number(*, by: Issuer, who: Who, at: datetime, key: str, subject: str) -> RegisterEntry:
    """Take the next number of the issuer for a paper, e.g. “05/TTr-STTTT”."""
    series = SERIES[key]
    symbol = f"{series}-{by.facts.symbol}" if by.facts.symbol else series
    if series == LETTERS and by.facts.symbol:
        symbol = by.facts.symbol
    return take_number(
        who=who,
        at=at,
        body=by.unit,
        series=series,
        issued_on=by.on,
        symbol=symbol,
        subject=subject,
        facts=PaperFacts(signer_name=by.signer.name),
    )


def request(*, by: Issuer, who: Who, at: datetime, paper: Request) -> Document:
    """Ask for the paper in the transaction of the act, and put it into its dossiers."""
    alone = len(paper.dossiers) == 1
    document = request_document(
        who=who,
        at=at,
        spec=PaperSpec(
            template_key=paper.key,
            title=paper.title,
            values=paper.values,
            must_contain=paper.must_show,
            stream=paper.dossiers[0].stream if alone else paper.subject,
            subject=paper.subject,
            register_entry=paper.entry,
            signer_user_id=None if paper.by_hand else by.signer.user_id,
            seal_unit_id=by.unit.pk if paper.entry else None,
            body_id=by.unit.pk,
            mark=mark_of(paper.dossiers),
            sources=sources_of(by, paper),
        ),
    )
    link(document, paper.dossiers, paper.nomination)
    return document


SIGNATURES = ("chu_ky", "xac_nhan_cap_trinh")
"""Where papers print who signs for the issuer."""


def sources_of(by: Issuer, paper: Request) -> list[dict[str, str]]:
    """Return where the paper's values were taken from, as they are kept beside them."""
    occasion = str(paper.dossiers[0].occasion_id)
    frame = frame_sources(
        by, paper.values, Frame(occasion=occasion, units=paper.units, cites=paper.cites)
    )
    return [one.kept(paper.values) for one in (*paper.sources, *frame)]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of a paper is taken from besides its issuer, by keys as text.

    occasion  or, of a paper that is of no one occasion, campaign; units, cites  as of a Request
    """

    occasion: str = ""
    campaign: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)
    cites: RegisterEntry | None = None


def frame_sources(by: Issuer, values: Mapping[str, Any], frame: Frame) -> Iterator[Source]:
    """Yield where movement, occasion, signer, letterhead, names of units and law come from.

    Only of places that the values have.
    """
    named = {"phong_trao": Part.MOVEMENT, "dot_xet": Part.OCCASION if frame.occasion else None}
    for at, part in named.items():
        if part is not None and at in values:
            yield Source(at=at, part=part, occasion=frame.occasion, campaign=frame.campaign)
    for at in SIGNATURES:
        if values.get(at, {}).get("ho_ten") == by.signer.name:
            yield Source(at=f"{at}.ho_ten", part=Part.SIGNER, user=str(by.signer.user_id))
    yield from _of_units(by, values, frame)
    yield from _of_law(by, values, frame)


def _of_units(by: Issuer, values: Mapping[str, Any], frame: Frame) -> Iterator[Source]:
    """Yield the places of the letterhead that this paper has, and of the names it was told of."""
    on = by.on.isoformat()
    for at, name in letterhead(by.facts).items():
        if values.get(at) == name:
            yield Source(at=at, part=Part.HEAD, unit=str(by.unit.pk), on=on)
    for at, unit in frame.units.items():
        yield Source(at=at, part=Part.NAME, unit=str(unit.pk), on=on)


def _of_law(by: Issuer, values: Mapping[str, Any], frame: Frame) -> Iterator[Source]:
    """Yield the place of the grounds; the minutes among them are named after the issuer."""
    if "can_cu" in values:
        yield Source(
            at="can_cu",
            part=Part.GROUNDS,
            occasion=frame.occasion,
            campaign=frame.campaign,
            unit=str(by.unit.pk) if frame.cites else "",
            entry=str(frame.cites.pk) if frame.cites else "",
            on=by.on.isoformat(),
        )


def link(
    document: Document, dossiers: Iterable[Dossier], nomination: Nomination | None = None
) -> None:
    """Put a document into dossiers."""
    PaperLink.objects.bulk_create(
        PaperLink(document=document, dossier=dossier, nomination=nomination) for dossier in dossiers
    )


def dossiers_of(nominations: Iterable[Nomination]) -> tuple[Dossier, ...]:
    """Return the dossiers that nominations lie in, each once, in their order."""
    return tuple({row.dossier_id: row.dossier for row in nominations}.values())
