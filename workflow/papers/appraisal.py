"""The standing department's papers: appraisal report, tờ trình to the council, return slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.services import Who
from campaigns.judging.verdicts import Outcome
from campaigns.models import Kind
from documents.models import Document, RegisterEntry
from organisations.models import Unit
from organisations.queries import names_on
from workflow.judgements import overrules_of
from workflow.models import Appraisal, Dossier, Nomination, Overrule, SupplementRequest
from workflow.papers.consulting import opinions_on
from workflow.papers.letterhead import Issuer, grounds, head, local_day, movement, signature
from workflow.papers.lists import list_order, lists, name_row, names, proposal_row
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, Source, list_sources, refused_sources
from workflow.papers.unit import ARCHIVE, decider_name, paper_reference, subject_line

OUTCOMES = {
    Outcome.NOT_MET: "không đạt",
    Outcome.PERSON: "cần người quyết định",
    Outcome.UNKNOWN: "chưa đủ dữ kiện",
    Outcome.MET: "đạt",
}
"""Papers are Vietnamese in whatever language the screens are read."""
REPORT = "Báo cáo thẩm định hồ sơ đề nghị khen thưởng"
LETTER = "Tờ trình đề nghị xét khen thưởng"
SLIP = "Phiếu trả hồ sơ để bổ sung, hoàn thiện"


def appraisal_papers(  # noqa: PLR0913 - what the papers are made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    subject: str,
    eligible: Sequence[Nomination],
    refused: Sequence[Appraisal],
    to: Unit,
) -> list[Document]:
    """Ask for the appraisal report with both lists, and for the letter that passes on the first.

    to  the body addressed
    """
    report = number(by=by, who=who, at=at, key="bao_cao_tham_dinh", subject=REPORT)
    letter = number(by=by, who=who, at=at, key="to_trinh_so", subject=LETTER)
    papers = [
        _report(by, subject, eligible, refused, to, report),
        _letter(by, subject, eligible, to, report, letter),
    ]
    return [request(by=by, who=who, at=at, paper=paper) for paper in papers]


def _frame(by: Issuer, nominations: Sequence[Nomination], entry: RegisterEntry) -> dict[str, Any]:
    occasion = nominations[0].dossier.occasion
    return {
        **head(by, entry.notation),
        **movement(occasion),
        "can_cu": grounds(occasion.campaign, by.on),
        "so_ho_so": len(dossiers_of(nominations)),
        **lists(nominations, lambda row: proposal_row(row, None)),
        "noi_nhan": [],
        "luu": ARCHIVE,
        "chu_ky": signature(by),
    }


def _report(
    by: Issuer,
    subject: str,
    eligible: Sequence[Nomination],
    refused: Sequence[Appraisal],
    to: Unit,
    entry: RegisterEntry,
) -> Request:
    all_names = (*names(eligible), *(row.nomination.nominee.name for row in refused))
    both = [*eligible, *(row.nomination for row in refused)]
    return Request(
        key="bao_cao_tham_dinh",
        title=f"{REPORT} số {entry.notation}",
        values={
            **_frame(by, eligible, entry),
            "so_ho_so": len(dossiers_of(both)),
            "trich_yeu": "Kết quả thẩm định hồ sơ đề nghị khen thưởng",
            "kinh_gui": names_on([to], by.on),
            "khong_du_dieu_kien": [ineligible_row(row) for row in refused],
            "chap_thuan": overruled(both, overrules_of(row.pk for row in both)),
            "y_kien": opinions_on(both),
            "de_xuat": [],
        },
        dossiers=dossiers_of(both),
        subject=subject,
        must_show=(entry.notation, *all_names),
        sources=(
            *list_sources(eligible, Part.PROPOSED),
            *refused_sources(refused),
            Source(at="chap_thuan", part=Part.OVERRULED),
        ),
        entry=entry,
        units={"kinh_gui.0": to},
    )


def ineligible_row(row: Appraisal) -> dict[str, Any]:
    """Return a line of the list of those found ineligible, with the reason and its clause."""
    nomination = row.nomination
    return {
        "loai": str(Kind(nomination.nominee.kind).label),
        **name_row(nomination),
        "hinh_thuc": nomination.award_item.form.name,
        "ly_do": row.reason,
        "dieu_khoan": row.clause,
    }


def overruled(
    nominations: Iterable[Nomination], given: Mapping[UUID, Mapping[str, Overrule]]
) -> list[dict[str, Any]]:
    """Return each rule of these that somebody let pass, in the order of the lists."""
    return [
        {
            "loai": str(Kind(row.nominee.kind).label),
            **name_row(row),
            "tieu_chuan": overrule.words,
            "dieu_khoan": overrule.clause,
            "ket_qua": OUTCOMES[Outcome(overrule.outcome)],
            "ly_do": overrule.reason,
            "nguoi_chap_thuan": ", ".join(filter(None, (overrule.by, overrule.position))),
            "ngay": local_day(overrule.at),
        }
        for row in sorted(nominations, key=list_order)
        for overrule in given.get(row.pk, {}).values()
        if overrule.stands
    ]


def _letter(
    by: Issuer,
    subject: str,
    eligible: Sequence[Nomination],
    to: Unit,
    report: RegisterEntry,
    entry: RegisterEntry,
) -> Request:
    first = eligible[0].dossier
    return Request(
        key="to_trinh_so",
        title=f"{LETTER} số {entry.notation}",
        values={
            **_frame(by, eligible, entry),
            "trich_yeu": subject_line(eligible),
            "kinh_gui": names_on([to], by.on),
            "cap_quyet_dinh": decider_name(first.authority, first.occasion.campaign.province),
            "bao_cao_tham_dinh": paper_reference(report),
            "kem_theo": [f"{REPORT} số {report.notation}"],
        },
        dossiers=dossiers_of(eligible),
        subject=subject,
        must_show=(entry.notation, *names(eligible)),
        sources=list_sources(eligible, Part.PROPOSED),
        entry=entry,
        units={"kinh_gui.0": to},
    )


def return_slip(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    nomination: Nomination,
    supplement: SupplementRequest,
    unit: Unit,
) -> Document:
    """Ask for the slip that names each gap, what to do, by which clause and until when."""
    dossier = nomination.dossier
    entry = number(by=by, who=who, at=at, key="phieu_tra", subject=SLIP)
    [unit_name] = names_on([unit], by.on)
    about = {"nomination": str(nomination.pk), "supplement": str(supplement.pk)}
    paper = Request(
        key="phieu_tra",
        title=f"{SLIP} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(dossier.occasion),
            "trich_yeu": "Trả hồ sơ đề nghị khen thưởng để bổ sung, hoàn thiện",
            "kinh_gui": [unit_name],
            "can_cu": grounds(dossier.occasion.campaign, by.on),
            "ho_so": {
                "ma": dossier.code,
                "don_vi": unit_name,
                **paper_reference(_unit_letter(dossier)),
                "ngay_nhan": local_day(dossier.received_at),
            },
            **asked_for(nomination, supplement),
            "noi_nop": by.facts.name,
            "lien_he": "",
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=(dossier,),
        subject=nomination.subject,
        must_show=(entry.notation, nomination.nominee.name),
        sources=tuple(
            Source(at=at, part=Part.GAPS, **about) for at in asked_for(nomination, supplement)
        ),
        nomination=nomination,
        entry=entry,
        units={"kinh_gui.0": unit, "ho_so.don_vi": unit},
    )
    return request(by=by, who=who, at=at, paper=paper)


def asked_for(nomination: Nomination, supplement: SupplementRequest) -> dict[str, Any]:
    """Return what a slip asks for, gap by gap, and until when."""
    return {
        "thieu_sot": [
            {
                "doi_tuong": nomination.nominee.name,
                "giay_to": gap.part,
                "muc": "",
                "viec_can_lam": gap.what,
                "dieu_khoan": gap.clause,
            }
            for gap in supplement.gaps.all()
        ],
        "han_bo_sung": supplement.due_on.isoformat(),
    }


def _unit_letter(dossier: Dossier) -> RegisterEntry | None:
    """Return the register's line of the unit's last tờ trình, by which the dossier came."""
    letters = Document.objects.filter(template_key="to_trinh_don_vi", links__dossier=dossier)
    last = letters.select_related("register_entry").order_by("created_at").last()
    return last.register_entry if last else None
