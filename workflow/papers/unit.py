"""The proposing unit's papers: tờ trình with its lists, minutes, and a report for each nominee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from audit.services import Who
from campaigns.models import Decider
from documents.models import Document, RegisterEntry
from organisations.models import Unit
from organisations.queries import in_force
from workflow.models import Dossier, Meeting, Nomination, Vote
from workflow.papers.letterhead import (
    Issuer,
    grounds,
    head,
    minutes_citation,
    movement,
    signature,
)
from workflow.papers.lists import lists, name_row, names, percent, proposal_row
from workflow.papers.reports import report, summary
from workflow.papers.requests import Request, number, request
from workflow.papers.sources import Part, Source, list_sources

MINUTES = "Biên bản họp xét khen thưởng"
PROPOSAL = "Tờ trình đề nghị khen thưởng"
ARCHIVE = "VT"


def proposal_papers(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    dossier: Dossier,
    nominations: Sequence[Nomination],
    meeting: Meeting,
) -> list[Document]:
    """Ask for all papers that a proposal sends, and return them.

    In the order of the plan 243/KH-UBND, mục V.1: letter with lists, minutes, reports;
    then a summary of each for those who will vote.
    """
    votes = {vote.nomination_id: vote for vote in meeting.votes.select_related("meeting")}
    minutes = number(by=by, who=who, at=at, key="bien_ban_don_vi", subject=MINUTES)
    letter = number(by=by, who=who, at=at, key="to_trinh_don_vi", subject=PROPOSAL)
    papers = [
        _letter(by, dossier, nominations, votes, minutes, letter),
        _minutes(by, dossier, nominations, meeting, votes, minutes),
        *(report(nomination, by) for nomination in nominations),
        *(summary(nomination, by) for nomination in nominations),
    ]
    return [request(by=by, who=who, at=at, paper=paper) for paper in papers]


def minutes_paper(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    dossier: Dossier,
    nominations: Sequence[Nomination],
    meeting: Meeting,
) -> RegisterEntry:
    """Ask for the minutes and the reports of a set that the unit decides itself.

    Returns the minutes' number, which the decision cites: no letter leaves the unit.
    """
    votes = {vote.nomination_id: vote for vote in meeting.votes.select_related("meeting")}
    entry = number(by=by, who=who, at=at, key="bien_ban_don_vi", subject=MINUTES)
    papers = [
        _minutes(by, dossier, nominations, meeting, votes, entry),
        *(report(nomination, by) for nomination in nominations),
    ]
    for paper in papers:
        request(by=by, who=who, at=at, paper=paper)
    return entry


def subject_line(nominations: Sequence[Nomination]) -> str:
    """Return the abstract of a paper that proposes a set: the form, or all forms that occur."""
    forms = list(dict.fromkeys(row.award_item.form.name for row in nominations))
    return f"Đề nghị tặng {' và '.join(forms)}"


def decider_name(authority: str, province: str) -> str:
    """Return the deciding authority as papers address it."""
    if authority == Decider.PROVINCIAL_CHAIRMAN:
        return f"Chủ tịch Ủy ban nhân dân tỉnh {province}"
    return str(Decider(authority).label)


def paper_reference(entry: RegisterEntry | None) -> dict[str, str]:
    """Return number and day of a paper that another paper cites; empty where it has none."""
    if entry is None:
        return {"so_ky_hieu": "", "ngay": ""}
    return {"so_ky_hieu": entry.notation, "ngay": entry.issued_on.isoformat()}


def _letter(
    by: Issuer,
    dossier: Dossier,
    nominations: Sequence[Nomination],
    votes: dict[Any, Vote],
    minutes: RegisterEntry,
    letter: RegisterEntry,
) -> Request:
    campaign = dossier.occasion.campaign
    to = addressees(dossier)
    return Request(
        key="to_trinh_don_vi",
        title=f"{PROPOSAL} số {letter.notation}",
        values={
            **head(by, letter.notation),
            **movement(dossier.occasion),
            "trich_yeu": subject_line(nominations),
            "kinh_gui": [name for name, _unit in to],
            "can_cu": grounds(campaign, by.on, minutes_citation(minutes, by.facts.name)),
            "cap_quyet_dinh": decider_name(dossier.authority, campaign.province),
            "bien_ban": paper_reference(minutes),
            **lists(nominations, lambda row: proposal_row(row, votes.get(row.pk))),
            "kem_theo": [MINUTES, f"{len(nominations):02d} báo cáo thành tích"],
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=(dossier,),
        subject=dossier.stream,
        must_show=(letter.notation, *names(nominations)),
        sources=list_sources(nominations, Part.PROPOSED, votes),
        entry=letter,
        units={f"kinh_gui.{place}": unit for place, (_name, unit) in enumerate(to) if unit},
        cites=minutes,
    )


def addressees(dossier: Dossier) -> list[tuple[str, Unit | None]]:
    """Return to whom a unit writes: the Chairman, and who appraises in the campaign, by name."""
    desks = dossier.occasion.campaign.desks.select_related("unit").filter(desk="appraisal")
    today = timezone.localdate()
    found = [
        (name.name, desk.unit)
        for desk in desks
        if desk.unit is not None
        for name in desk.unit.names.filter(in_force(today))
    ]
    province = dossier.occasion.campaign.province
    return [(f"Chủ tịch Ủy ban nhân dân tỉnh {province}", None), *found]


def _minutes(
    by: Issuer,
    dossier: Dossier,
    nominations: Sequence[Nomination],
    meeting: Meeting,
    votes: dict[Any, Vote],
    entry: RegisterEntry,
) -> Request:
    values = head(by, entry.notation)
    del values["dia_danh"], values["ngay_ban_hanh"], values["ten_co_quan"]
    return Request(
        key="bien_ban_don_vi",
        title=f"{MINUTES} số {entry.notation}",
        values={
            **values,
            **movement(dossier.occasion),
            "trich_yeu": "Họp xét khen thưởng",
            **session(meeting),
            **lists(nominations, lambda row: voted_row(row, votes[row.pk])),
            "noi_dung": [],
            "ket_luan": list(meeting.remarks),
            "noi_nhan": [],
            "luu": ARCHIVE,
        },
        dossiers=(dossier,),
        subject=dossier.stream,
        must_show=(entry.notation, *names(nominations)),
        sources=(*list_sources(nominations, Part.VOTED, votes), *session_sources(meeting)),
        entry=entry,
    )


def session(meeting: Meeting) -> dict[str, Any]:
    """Return the fields of minutes that say when, where and who."""
    return {
        "bat_dau": _moment(meeting.started_at),
        "ket_thuc": _moment(meeting.ended_at),
        "dia_diem": meeting.place,
        "so_thanh_vien": meeting.members_total,
        "co_mat": [
            {"ho_ten": row["name"], "chuc_vu": row.get("position", "")} for row in meeting.present
        ],
        "vang_mat": [
            {
                "ho_ten": row["name"],
                "chuc_vu": row.get("position", ""),
                "ly_do": row.get("reason", ""),
                "y_kien": "",
            }
            for row in meeting.absent
        ],
        "khach_moi": [],
        "chu_tri": {"ho_ten": meeting.chair_name, "chuc_vu": meeting.chair_position},
        "thu_ky": {"ho_ten": meeting.secretary_name, "chuc_vu": meeting.secretary_position},
        "cach_bieu_quyet": meeting.way_of_voting,
    }


def session_sources(meeting: Meeting) -> tuple[Source, ...]:
    """Return a source for each field of a session."""
    return tuple(
        Source(at=at, part=Part.SESSION, meeting=str(meeting.pk)) for at in session(meeting)
    )


def _moment(at: datetime) -> dict[str, str]:
    local = timezone.localtime(at)
    return {"gio": f"{local:%H} giờ {local:%M} phút", "ngay": local.date().isoformat()}


def voted_row(nomination: Nomination, vote: Vote) -> dict[str, Any]:
    """Return a line of the minutes: who, for what, and how the session voted."""
    return {
        **name_row(nomination),
        "hinh_thuc": nomination.award_item.form.name,
        "phieu_dong_y": vote.votes_for,
        "phieu_khong_dong_y": vote.votes_against,
        "ty_le": percent(vote),
        "ket_qua": "Đề nghị khen thưởng" if vote.passed else "Không đề nghị",
    }
