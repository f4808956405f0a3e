"""The papers of a session of the province's council: its minutes, and those of the count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.services import Who
from documents.models import RegisterEntry
from workflow.models import Meeting, Nomination, Vote
from workflow.papers.letterhead import Issuer, head, movement
from workflow.papers.lists import lists, names
from workflow.papers.requests import Request, dossiers_of, number, request
from workflow.papers.sources import Part, list_sources
from workflow.papers.unit import ARCHIVE, session, session_sources, voted_row

MINUTES = "Biên bản họp Hội đồng xét khen thưởng"
COUNT = "Biên bản kiểm phiếu"
SHARED = ("bat_dau", "dia_diem", "so_thanh_vien", "cach_bieu_quyet", "chu_tri", "thu_ky")
"""Fields of a session that the minutes of its count print too."""
BALLOT = "phiếu"
"""A way of voting that has this word has ballots to count."""


def session_papers(
    *,
    by: Issuer,
    who: Who,
    at: datetime,
    meeting: Meeting,
    nominations: Sequence[Nomination],
) -> RegisterEntry:
    """Ask for the minutes of a session, and for those of the count where ballots were cast.

    Returns the number of the minutes, which the letter to the Chairman cites.
    """
    votes = {vote.nomination_id: vote for vote in meeting.votes.select_related("meeting")}
    entry = number(by=by, who=who, at=at, key="bien_ban_hoi_dong", subject=MINUTES)
    papers = [_minutes(by, meeting, nominations, votes, entry)]
    if BALLOT in meeting.way_of_voting.casefold():
        counted = number(by=by, who=who, at=at, key="bien_ban_kiem_phieu", subject=COUNT)
        papers.append(_count(by, meeting, nominations, votes, counted))
    for paper in papers:
        request(by=by, who=who, at=at, paper=paper)
    return entry


def _minutes(
    by: Issuer,
    meeting: Meeting,
    nominations: Sequence[Nomination],
    votes: Mapping[Any, Vote],
    entry: RegisterEntry,
) -> Request:
    return Request(
        key="bien_ban_hoi_dong",
        title=f"{MINUTES} số {entry.notation}",
        values={
            **_top(by, entry, nominations, "Họp Hội đồng xét khen thưởng"),
            **session(meeting),
            **lists(nominations, lambda row: voted_row(row, votes[row.pk])),
            "noi_dung": [],
            "cong_khai": "",
            "ket_luan": list(meeting.remarks),
            "noi_nhan": [],
            "luu": ARCHIVE,
        },
        dossiers=dossiers_of(nominations),
        subject=f"meeting:{meeting.pk}",
        must_show=(entry.notation, *names(nominations)),
        sources=(*list_sources(nominations, Part.VOTED, votes), *session_sources(meeting)),
        entry=entry,
    )


def _count(
    by: Issuer,
    meeting: Meeting,
    nominations: Sequence[Nomination],
    votes: Mapping[Any, Vote],
    entry: RegisterEntry,
) -> Request:
    facts = session(meeting)
    return Request(
        key="bien_ban_kiem_phieu",
        title=f"{COUNT} số {entry.notation}",
        values={
            **_top(by, entry, nominations, "Kiểm phiếu xét khen thưởng"),
            **{name: facts[name] for name in SHARED},
            "so_co_mat": meeting.members_present,
            "to_kiem_phieu": [
                {"ho_ten": row["name"], "chuc_vu": row.get("position", "")}
                for row in meeting.tellers
            ],
            "phieu_phat_ra": "" if meeting.ballots_out is None else str(meeting.ballots_out),
            "phieu_thu_vao": ballots_in(votes.values()),
            **lists(nominations, lambda row: counted_row(row, votes[row.pk])),
            "luu": ARCHIVE,
        },
        dossiers=dossiers_of(nominations),
        subject=f"meeting:{meeting.pk}",
        must_show=(entry.notation, *names(nominations)),
        sources=(
            *list_sources(nominations, Part.COUNTED, votes),
            *(source for source in session_sources(meeting) if source.at in SHARED),
        ),
        entry=entry,
    )


def _top(
    by: Issuer, entry: RegisterEntry, nominations: Sequence[Nomination], about: str
) -> dict[str, Any]:
    values = head(by, entry.notation)
    del values["dia_danh"], values["ngay_ban_hanh"], values["ten_co_quan"]
    return {**values, **movement(nominations[0].dossier.occasion), "trich_yeu": about}


def ballots_in(votes: Iterable[Vote]) -> str:
    """Return how many ballots came in; "" where the counts of the cases differ.

    One ballot names every case, so each case must come to the same number; where they do not,
    the counters have to say how many there were.
    """
    sums = {vote.votes_for + vote.votes_against + vote.votes_invalid for vote in votes}
    return str(sums.pop()) if len(sums) == 1 else ""


def counted_row(nomination: Nomination, vote: Vote) -> dict[str, Any]:
    """Return a line of the count: the ballots for, against and invalid."""
    line = voted_row(nomination, vote)
    del line["ket_qua"]
    return {**line, "phieu_khong_hop_le": vote.votes_invalid}
