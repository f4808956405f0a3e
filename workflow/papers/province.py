"""The council's and the Chairman's papers: tờ trình upwards, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.services import Who
from campaigns.models import Decider
from campaigns.money import Table
from documents.models import Document, RegisterEntry
from workflow.models import Meeting, Nomination, Vote
from workflow.papers.bonuses import printed
from workflow.papers.consulting import notices_on, opinions_on
from workflow.papers.letterhead import (
    Issuer,
    grounds,
    head,
    local_day,
    movement,
    printed_date,
    signature,
)
from workflow.papers.lists import lists, name_row, names, proposal_row
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, Source, list_sources
from workflow.papers.unit import ARCHIVE, decider_name, paper_reference, subject_line
from workflow.sections import CENTRAL_LETTERS

COUNCIL_LETTER = "Tờ trình của Hội đồng đề nghị khen thưởng"
CENTRAL_LETTER = "Tờ trình đề nghị cấp có thẩm quyền khen thưởng"
PRIME_MINISTER = "Thủ tướng Chính phủ"
"""Addressed in both: he submits to the President (Luật 06/2022/QH15, Điều 83, khoản 2)."""
DECISION = "Quyết định khen thưởng"
KIND_OF_AWARD = "khen thưởng theo chuyên đề"
"""A movement's awards are of this kind (NĐ 152/2025/NĐ-CP, Điều 4.3 sets them apart)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A set on its way up: the votes of the council, and what the appraisal concluded."""

    nominations: Sequence[Nomination]
    votes: dict[Any, Vote]
    meeting: Meeting | None
    conclusion: str


def council_letter(
    *, by: Issuer, who: Who, at: datetime, subject: str, proposal: Proposal
) -> Document:
    """Ask for the council's tờ trình to the Chairman: one for each deciding authority."""
    return _upward("to_trinh_hoi_dong", COUNCIL_LETTER, by, who, at, subject, proposal)


def central_letter(
    *, by: Issuer, who: Who, at: datetime, subject: str, proposal: Proposal
) -> Document:
    """Ask for the province's tờ trình for what the Prime Minister or the President awards."""
    key = CENTRAL_LETTERS[Decider(proposal.nominations[0].dossier.authority)]
    return _upward(key, CENTRAL_LETTER, by, who, at, subject, proposal)


def _upward(  # noqa: PLR0913, PLR0917 - the two letters differ in template and addressee alone
    key: str,
    title: str,
    by: Issuer,
    who: Who,
    at: datetime,
    subject: str,
    proposal: Proposal,
) -> Document:
    first = proposal.nominations[0].dossier
    campaign = first.occasion.campaign
    decider = decider_name(first.authority, campaign.province)
    chairman = f"Chủ tịch Ủy ban nhân dân tỉnh {campaign.province}"
    entry = number(by=by, who=who, at=at, key=key, subject=title)
    minutes = proposal.meeting.minutes_entry if proposal.meeting else None
    paper = Request(
        key=key,
        title=f"{title} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(first.occasion),
            "trich_yeu": subject_line(proposal.nominations),
            "kinh_gui": [PRIME_MINISTER if key in CENTRAL_LETTERS.values() else chairman],
            "can_cu": grounds(campaign, by.on),
            "cap_quyet_dinh": decider,
            "loai_hinh": KIND_OF_AWARD,
            "bien_ban": _minutes(proposal.meeting, minutes),
            **lists(
                proposal.nominations,
                lambda row: proposal_row(row, proposal.votes.get(row.pk)),
            ),
            "y_kien": opinions_on(proposal.nominations),
            "cong_khai": notices_on(proposal.nominations),
            "ket_luan_tham_dinh": proposal.conclusion,
            "kem_theo": [],
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by),
        },
        dossiers=dossiers_of(proposal.nominations),
        subject=subject,
        must_show=(entry.notation, *names(proposal.nominations)),
        sources=list_sources(proposal.nominations, Part.PROPOSED, proposal.votes),
        entry=entry,
    )
    return request(by=by, who=who, at=at, paper=paper)


def _minutes(meeting: Meeting | None, entry: RegisterEntry | None) -> dict[str, str]:
    """Return the minutes' reference; a session without numbered minutes is cited by its day."""
    reference = paper_reference(entry)
    if entry is None and meeting is not None:
        reference["ngay"] = local_day(meeting.ended_at)
    return reference


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What the decision says besides its list, as its signer entered it.

    achievement  after “đã có thành tích”; funding, carried_out_by  as printed in Điều 2 and 3
    """

    achievement: str
    funding: str
    carried_out_by: str


@dataclass(frozen=True, slots=True)
class Authority:
    """In what office a decision is taken, as it prints it.

    office    the office that decides, in the middle of the page
    proposed  after “Theo đề nghị của”: who proposed it, by which numbered paper
    form      the award as the decision names it
    above     the body above the one that issues it; "" where none is printed
    """

    office: str
    proposed: str
    form: str
    above: str = ""


def chairmans(nomination: Nomination, letter: RegisterEntry, letter_from: str) -> Authority:
    """Return the Chairman's authority for a set, proposed by a letter of the council."""
    return Authority(
        office=f"Chủ tịch Ủy ban nhân dân tỉnh {nomination.dossier.occasion.campaign.province}",
        proposed=f"{letter_from} tại Tờ trình số {letter.notation} "
        f"ngày {printed_date(letter.issued_on)}",
        form=nomination.award_item.form.name,
    )


def decision_paper(  # noqa: PLR0913 - what the decision is made from, all by name
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    subject: str,
    nominations: Sequence[Nomination],
    facts: DecisionFacts,
    bonuses: Table,
    authority: Authority,
) -> Document:
    """Ask for the decision with its annex, numbered.

    bonuses  the money, of which only what rests on checked facts is printed
    """
    first = nominations[0].dossier
    campaign = first.occasion.campaign
    entry = number(by=by, who=who, at=at, key="quyet_dinh", subject=DECISION)
    paper = Request(
        key="quyet_dinh",
        title=f"{DECISION} số {entry.notation}",
        values={
            **head(by, entry.notation),
            **movement(first.occasion),
            "co_quan_chu_quan": authority.above,
            "trich_yeu": f"Về việc tặng {authority.form}",
            "tham_quyen": authority.office,
            "can_cu": grounds(campaign, by.on),
            "theo_de_nghi": authority.proposed,
            "hinh_thuc": authority.form,
            "thanh_tich": facts.achievement,
            **lists(nominations, name_row),
            "tien_thuong": printed(bonuses),
            "nguon_kinh_phi": facts.funding,
            "thi_hanh": facts.carried_out_by,
            "noi_nhan": [],
            "luu": ARCHIVE,
            "chu_ky": signature(by, in_person=True),
        },
        dossiers=dossiers_of(nominations),
        subject=subject,
        must_show=(entry.notation, *names(nominations)),
        sources=(
            *list_sources(nominations, Part.NAMED),
            Source(at="tien_thuong", part=Part.MONEY, on=by.on.isoformat()),
        ),
        entry=entry,
    )
    return request(by=by, who=who, at=at, paper=paper)
