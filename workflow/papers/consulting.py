"""Papers of those who ask others: the letter with its answer sheet, the notice and its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from audit.services import Who
from documents.models import Document
from workflow.consulting_states import NoticeState, ObjectionOutcome, OpinionAnswer, OpinionState
from workflow.models import Nomination, Objection, OpinionItem, OpinionRequest, PublicNotice
from workflow.papers.letterhead import Issuer, grounds, head, movement, printed_date, signature
from workflow.papers.lists import form_row, lists, names
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, Source, list_sources
from workflow.papers.unit import ARCHIVE, decider_name, paper_reference

LETTER = "Công văn lấy ý kiến"
SHEET = "Phiếu trả lời ý kiến"
NOTICE = "Thông báo công khai danh sách đề nghị khen thưởng"
REPORT = "Báo cáo kết quả lấy ý kiến công khai"
OUTCOMES = {
    ObjectionOutcome.FOUNDED: "có cơ sở",
    ObjectionOutcome.UNFOUNDED: "không có cơ sở",
    ObjectionOutcome.TAKEN_BACK: "người gửi rút ý kiến",
}
ANSWERS = {
    OpinionAnswer.AGREE: "đồng ý",
    OpinionAnswer.DISAGREE: "không đồng ý",
    OpinionAnswer.OTHER: "ý kiến khác",
}
"""Papers are Vietnamese in whatever language the screens are read."""


def opinion_letter(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    asked: OpinionRequest,
    nominations: Sequence[Nomination],
) -> Document:
    """Ask for the letter to one body and for the sheet it answers on; return the letter."""
    entry = number(by=by, who=who, at=at, key="cong_van_hiep_y", subject=LETTER)
    first = nominations[0].dossier
    campaign = first.occasion.campaign
    shared = {
        **movement(first.occasion),
        **lists(nominations, form_row),
    }
    common: dict[str, Any] = {
        "dossiers": dossiers_of(nominations),
        "subject": asked.subject,
        "must_show": (entry.notation, *names(nominations)),
    }
    listed = list_sources(nominations, Part.WITH_FORM)
    facts, answering = asked_facts(asked), answering_facts(asked)
    letter = Request(
        key="cong_van_hiep_y",
        title=f"{LETTER} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **shared,
            **facts,
            "trich_yeu": "lấy ý kiến đối với các trường hợp đề nghị khen thưởng",
            "can_cu": grounds(campaign, by.on),
            "cap_quyet_dinh": decider_name(first.authority, campaign.province),
            "noi_nhan_tra_loi": by.facts.name,
            "kem_theo": [SHEET],
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        entry=entry,
        sources=(*listed, *_asked_sources(asked, facts)),
        **common,
    )
    sheet = Request(
        key="phieu_tra_loi_hiep_y",
        title=f"{SHEET}, {asked.body_name}",
        values={
            **shared,
            "co_quan_chu_quan": "",
            **answering,
            "dia_danh": by.facts.place,
            "ngay_ban_hanh": "",
            "kinh_gui": [by.facts.name],
            "co_quan_hoi": by.facts.name,
            "cong_van": paper_reference(entry),
        },
        by_hand=True,
        sources=(*listed, *_asked_sources(asked, answering)),
        **common,
    )
    made = request(by=by, who=who, at=at, paper=letter)
    request(by=by, who=who, at=at, paper=sheet)
    return made


def asked_facts(asked: OpinionRequest) -> dict[str, Any]:
    """Return what a letter says of whom it asks, what, and until when."""
    return {
        "kinh_gui": [asked.body_name],
        "noi_dung": asked.question,
        "han_tra_loi": asked.due_on.isoformat() if asked.due_on else "",
        "can_cu_han": asked.due_rule,
    }


def answering_facts(asked: OpinionRequest) -> dict[str, str]:
    """Return what the sheet says of who answers on it, and what."""
    return {"co_quan_ban_hanh": asked.body_name, "noi_dung": asked.question}


def _asked_sources(asked: OpinionRequest, places: Iterable[str]) -> Iterator[Source]:
    return (Source(at=at, part=Part.ASKED, opinion=str(asked.pk)) for at in places)


def opinions_on(nominations: Iterable[Nomination]) -> list[dict[str, str]]:
    """Return what bodies answered on these, a row for each paper, as reports and letters print it."""
    wanted = [row.pk for row in nominations]
    items = (
        OpinionItem.objects.filter(nomination__in=wanted, request__state=OpinionState.ANSWERED)
        .select_related("request", "nomination__nominee")
        .order_by("request__reply_on", "request__body_name", "request_id", "id")
    )
    by_request: dict[UUID, list[OpinionItem]] = {}
    for item in items:
        by_request.setdefault(item.request_id, []).append(item)
    return [_opinion_row(each) for each in by_request.values()]


def _opinion_row(items: Sequence[OpinionItem]) -> dict[str, str]:
    asked = items[0].request
    agreed = sum(item.answer == OpinionAnswer.AGREE for item in items)
    parts = [f"đồng ý đối với {agreed:02d} trường hợp"] if agreed else []
    parts += [
        f"{ANSWERS[OpinionAnswer(item.answer)]} đối với {item.nomination.nominee.name} ({item.note})"
        for item in items
        if item.answer != OpinionAnswer.AGREE
    ]
    return {
        "co_quan": asked.body_name,
        "so_ky_hieu": asked.reply_notation,
        "ngay": asked.reply_on.isoformat() if asked.reply_on else "",
        "noi_dung": "; ".join(parts),
    }


def notice_paper(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    notice: PublicNotice,
    nominations: Sequence[Nomination],
) -> Document:
    """Ask for the notice with its list: no day of birth is told to everybody."""
    entry = number(by=by, who=who, at=at, key="thong_bao_cong_khai", subject=NOTICE)
    first = nominations[0].dossier
    campaign = first.occasion.campaign
    facts = {**_days(notice), "noi_nhan_y_kien": notice.contact}
    paper = Request(
        key="thong_bao_cong_khai",
        title=f"{NOTICE} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(first.occasion),
            "trich_yeu": "Công khai danh sách đề nghị khen thưởng để lấy ý kiến",
            "can_cu": grounds(campaign, by.on),
            "cap_quyet_dinh": decider_name(first.authority, campaign.province),
            **lists(nominations, form_row),
            **facts,
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=dossiers_of(nominations),
        subject=notice.subject,
        must_show=(entry.notation, *names(nominations)),
        sources=(*list_sources(nominations, Part.WITH_FORM), *_posted_sources(notice, facts)),
        entry=entry,
    )
    return request(by=by, who=who, at=at, paper=paper)


def notice_report(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    notice: PublicNotice,
    nominations: Sequence[Nomination],
    objections: Sequence[Objection],
) -> Document:
    """Ask for the report to the council: each objection and what was found, no sender by name."""
    entry = number(by=by, who=who, at=at, key="bao_cao_cong_khai", subject=REPORT)
    first = nominations[0].dossier
    campaign = first.occasion.campaign
    posted = notice.document.register_entry if notice.document else None
    facts = {**_days(notice), "y_kien": [_objection_row(row) for row in objections]}
    paper = Request(
        key="bao_cao_cong_khai",
        title=f"{REPORT} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(first.occasion),
            "trich_yeu": "Kết quả lấy ý kiến công khai đối với các trường hợp đề nghị khen thưởng",
            "kinh_gui": [f"Hội đồng Thi đua - Khen thưởng tỉnh {campaign.province}"],
            "can_cu": grounds(campaign, by.on),
            "thong_bao": paper_reference(posted),
            **facts,
            **lists(nominations, form_row),
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=dossiers_of(nominations),
        subject=notice.subject,
        must_show=(entry.notation, *names(nominations)),
        sources=(*list_sources(nominations, Part.WITH_FORM), *_posted_sources(notice, facts)),
        entry=entry,
    )
    return request(by=by, who=who, at=at, paper=paper)


def posted_facts(notice: PublicNotice) -> dict[str, Any]:
    """Return what the papers of a notice say of it; its objections were loaded with it."""
    return {
        **_days(notice),
        "noi_nhan_y_kien": notice.contact,
        "y_kien": [_objection_row(row) for row in notice.objections.all()],
    }


def _posted_sources(notice: PublicNotice, places: Iterable[str]) -> Iterator[Source]:
    return (Source(at=at, part=Part.POSTED, notice=str(notice.pk)) for at in places)


def _days(notice: PublicNotice) -> dict[str, str]:
    return {
        "kenh": notice.channel,
        "tu_ngay": notice.starts_on.isoformat(),
        "den_ngay": notice.ends_on.isoformat(),
        "can_cu_han": notice.rule,
    }


def _objection_row(row: Objection) -> dict[str, str]:
    """Return a line of the report; who wrote is told by whether he gave a name, not by it."""
    return {
        "doi_tuong": row.nomination.nominee.name if row.nomination else "",
        "nguoi_gui": "Có nêu tên" if row.sender else "",
        "ngay": row.received_on.isoformat(),
        "noi_dung": row.what,
        "xac_minh": row.verification,
        "ket_luan": OUTCOMES[ObjectionOutcome(row.outcome)] if row.outcome else "",
    }


def notices_on(nominations: Iterable[Nomination]) -> str:
    """Return what closed notices of these brought, as a letter upwards says it; "" without any."""
    wanted = [row.pk for row in nominations]
    closed = (
        PublicNotice.objects.filter(
            pk__in=PublicNotice.objects.filter(
                items__nomination__in=wanted, state=NoticeState.CLOSED
            ).values("pk")
        )
        .prefetch_related("objections")
        .order_by("starts_on", "pk")
    )
    return "; ".join(_notice_words(notice) for notice in closed)


def _notice_words(notice: PublicNotice) -> str:
    days = f"từ ngày {printed_date(notice.starts_on)} đến hết ngày {printed_date(notice.ends_on)}"
    objections = list(notice.objections.all())
    said = "không nhận được ý kiến phản ánh"
    if objections:
        founded = sum(row.outcome == ObjectionOutcome.FOUNDED for row in objections)
        said = f"nhận {len(objections):02d} ý kiến phản ánh, {founded:02d} ý kiến có cơ sở"
    return f"đã công khai trên {notice.channel} {days}, {said}"
