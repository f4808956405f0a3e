"""Papers that change what a decision says: a decision that mends it, a letter, one that revokes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from audit.services import Who
from campaigns.models import LegalGround
from campaigns.queries import legal_grounds
from documents.models import Document, RegisterEntry
from documents.queries import current_version
from documents.register import PaperFacts, take_number
from organisations.queries import names_on
from workflow.models import Decision, Nomination
from workflow.papers.letterhead import Issuer, grounds, head, movement, printed_date, signature
from workflow.papers.lists import TITLES, lists, name_row, names
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, list_sources
from workflow.papers.unit import ARCHIVE

REVOCATION: Final = "Quyết định hủy bỏ khen thưởng"
AMENDMENT: Final = "Quyết định sửa đổi quyết định khen thưởng"
ERRATUM: Final = "Công văn đính chính quyết định khen thưởng"
LETTERS: Final = "CV"
"""The book of letters; their notation has no type (NĐ 30/2020/NĐ-CP, Phụ lục III)."""
LAW_OF_2022: Final = "luat_2022"


@dataclass(frozen=True, slots=True)
class Issued:
    """A decision as its own paper says it: by what office, of which award, on which achievement."""

    office: str
    form: str
    above: str
    achievement: str
    reference: Mapping[str, str]


def issued(decision: Decision) -> Issued:
    """Return what a decision's paper says; it was made here."""
    assert decision.document is not None  # noqa: S101 - the caller has looked
    said = current_version(decision.document).values
    return Issued(
        office=str(said["tham_quyen"]),
        form=str(said["hinh_thuc"]),
        above=str(said["co_quan_chu_quan"]),
        achievement=str(said["thanh_tich"]),
        reference={"so_ky_hieu": decision.notation, "ngay": decision.issued_on.isoformat()},
    )


@dataclass(frozen=True, slots=True)
class RevocationSaid:
    """What a decision that revokes says besides its list; text as printed, no end mark.

    point  the letter of the law's case; due_on  the last day to give back, where one is known
    """

    point: str
    reason: str
    finding: str
    items: str
    to: str
    proposed: str
    carried_out_by: str
    due_on: date | None


def revocation_paper(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    decision: Decision,
    nominations: Sequence[Nomination],
    said: RevocationSaid,
) -> Document:
    """Ask for the decision that revokes awards of one decision, numbered, with its list."""
    was = issued(decision)
    values = {
        **_decision_head(by, was, nominations[0], said.proposed),
        "trich_yeu": f"Về việc hủy bỏ việc tặng {was.form}",
        "hinh_thuc": was.form,
        "ly_do": said.reason,
        "truong_hop": case_of_law(said.point, by.on),
        "ket_luan": said.finding,
        **lists(nominations, revoked_row),
        "hien_vat": said.items,
        "noi_nop": said.to,
        "han": said.due_on.isoformat() if said.due_on else "",
        "thi_hanh": said.carried_out_by,
    }
    return _numbered(by, who, at, "quyet_dinh_huy_bo", REVOCATION, decision, nominations, values)


def revoked_row(nomination: Nomination) -> dict[str, Any]:
    """Return who is to give back what he was granted: 0 đồng where no amount was reckoned."""
    return {**name_row(nomination), "so_tien": nomination.decision_item.bonus or 0}


@dataclass(frozen=True, slots=True)
class Mended:
    """One thing mended: whose (as printed), what, what stood there, what stands there now."""

    whose: str
    what: str
    before: str
    after: str


def amendment_paper(  # noqa: PLR0913 - what it is made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    decision: Decision,
    nomination: Nomination,
    mended: Mended,
    proposed: str,
    carried_out_by: str,
) -> Document:
    """Ask for the decision that mends a fact in the list of another, numbered."""
    was = issued(decision)
    cited = f"số {decision.notation} ngày {printed_date(decision.issued_on)}"
    values = {
        **_decision_head(by, was, nomination, proposed),
        "trich_yeu": f"Về việc sửa đổi Quyết định {cited}",
        "sua_doi": [
            {
                "cua": mended.whose,
                "noi_dung": mended.what,
                "da_ghi": mended.before,
                "sua_lai": mended.after,
            }
        ],
        "thi_hanh": carried_out_by,
    }
    return _numbered(by, who, at, "quyet_dinh_sua_doi", AMENDMENT, decision, [nomination], values)


def erratum_letter(  # noqa: PLR0913 - what it is made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    decision: Decision,
    nomination: Nomination,
    mended: Mended,
    reason: str,
) -> Document:
    """Ask for the letter that corrects the form of a decision, to the unit that proposed."""
    values = {
        **movement(nomination.dossier.occasion),
        "trich_yeu": f"đính chính Quyết định số {decision.notation}",
        "kinh_gui": names_on([nomination.dossier.unit], by.on),
        "quyet_dinh": dict(issued(decision).reference),
        "ly_do": reason,
        "dinh_chinh": [{"noi_dung": mended.what, "da_ghi": mended.before, "sua_lai": mended.after}],
        "chu_ky": signature(by),
    }
    return _numbered(by, who, at, "dinh_chinh", ERRATUM, decision, [nomination], values)


def titled(nomination: Nomination) -> str:
    """Return a nominee as a sentence names him: “Bà Nguyễn Thị Ánh”."""
    title = TITLES.get(nomination.nominee.gender, "")
    return f"{title} {nomination.nominee.name}".strip()


def case_of_law(point: str, on: date) -> str:
    """Return the law's case as cited on a day; "" where that law is not in force, or not loaded."""
    law = _law_of(on)
    return f"điểm {point} khoản 2 Điều 93 {law.text}" if law else ""


def _law_of(on: date) -> LegalGround | None:
    known = {row.key: row for row in legal_grounds()}
    law = known.get(LAW_OF_2022)
    if law is None or on < law.valid_from or (law.valid_to is not None and on > law.valid_to):
        return None
    return law


def _decision_head(by: Issuer, was: Issued, first: Nomination, proposed: str) -> dict[str, Any]:
    """Return what the decisions share above their first article, and below the last."""
    occasion = first.dossier.occasion
    return {
        **movement(occasion),
        "co_quan_chu_quan": was.above,
        "tham_quyen": was.office,
        "can_cu": grounds(occasion.campaign, by.on),
        "theo_de_nghi": proposed,
        "quyet_dinh": dict(was.reference),
        "chu_ky": signature(by, in_person=True),
    }


def _numbered(  # noqa: PLR0913, PLR0917 - a paper has these parts
    by: Issuer,
    who: Who,
    at: datetime,
    key: str,
    title: str,
    decision: Decision,
    nominations: Sequence[Nomination],
    values: dict[str, Any],
) -> Document:
    entry = _entry(by, who, at, key, title)
    numbered, listed = {**head(by, entry.notation), **values}, key == "quyet_dinh_huy_bo"
    if key == "quyet_dinh_sua_doi":
        del numbered["ten_co_quan"]  # its template names the office only
    paper = Request(
        key=key,
        title=f"{title} số {entry.notation}",
        values={**numbered, "noi_nhan": [], "luu": ARCHIVE},
        dossiers=dossiers_of(nominations),
        subject=f"decision:{decision.pk}",
        must_show=(entry.notation, decision.notation, *(names(nominations) if listed else ())),
        sources=list_sources(nominations, Part.REVOKED) if listed else (),
        entry=entry,
        units={"kinh_gui.0": nominations[0].dossier.unit} if "kinh_gui" in values else {},
    )
    return request(by=by, who=who, at=at, paper=paper)


def _entry(by: Issuer, who: Who, at: datetime, key: str, title: str) -> RegisterEntry:
    if key != "dinh_chinh":
        return number(by=by, who=who, at=at, key=key, subject=title)
    return take_number(
        who=who,
        at=at,
        body=by.unit,
        series=LETTERS,
        issued_on=by.on,
        symbol=by.facts.symbol or LETTERS,
        subject=title,
        facts=PaperFacts(signer_name=by.signer.name),
    )
