"""Votes of a meeting, checked and written; the unit's council and the province's alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import Occasion
from organisations.models import Unit
from workflow.errors import VotesImpossibleError
from workflow.errors_drafting import ValueFormatError, ValueMissingError
from workflow.models import Meeting, Nomination, Vote
from workflow.services.nominees import tidy


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A session as its secretary wrote it down.

    present, absent  rows {"name", "position"} and, of the absent, "reason"
    members_total    all members, the denominator of every ratio printed
    tellers          who counted, the head first; ballots_out  how many were handed out, where
                     it is known; remarks  further sentences of the minutes
    """

    started_at: datetime
    ended_at: datetime
    place: str
    chair_name: str
    chair_position: str
    secretary_name: str
    secretary_position: str
    members_total: int
    present: Sequence[Mapping[str, str]]
    absent: Sequence[Mapping[str, str]] = ()
    is_council: bool = True
    way_of_voting: str = "bỏ phiếu kín"
    tellers: Sequence[Mapping[str, str]] = ()
    ballots_out: int | None = None
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How a meeting voted on one nomination, and what it concluded.

    members, present    of whom the ratio is taken, and how many of them were there, where that is
                        not the same for every nomination of the session
    council_conclusion  what the council said where votes and places did not decide, with its reason
    """

    nomination_id: UUID
    votes_for: int
    votes_against: int
    votes_invalid: int
    passed: bool
    members: int | None = None
    present: int | None = None
    council_conclusion: str | None = None


def check_meeting(facts: MeetingFacts) -> None:
    """Raise ValueMissingError or ValueFormatError for a session that cannot have been."""
    needed = {
        _("Địa điểm"): facts.place,
        _("Người chủ trì"): facts.chair_name,
        _("Thư ký"): facts.secretary_name,
    }
    for label, value in needed.items():
        if not tidy(value):
            raise ValueMissingError(label)
    if facts.ended_at < facts.started_at:
        raise ValueFormatError(_("Thời gian kết thúc"), _("Kết thúc trước khi bắt đầu."))
    if not 1 <= len(facts.present) <= facts.members_total:
        raise ValueFormatError(
            _("Thành viên có mặt"),
            _("Có mặt %(present)d trên tổng số %(total)d thành viên.")
            % {"present": len(facts.present), "total": facts.members_total},
        )


def check_count(count: Count, nomination: Nomination, facts: MeetingFacts) -> None:
    """Raise VotesImpossibleError where more was counted than there were members."""
    counted = count.votes_for + count.votes_against + count.votes_invalid
    if counted > facts.members_total:
        raise VotesImpossibleError(
            name=nomination.nominee.name,
            why=_("Tổng số phiếu %(counted)d lớn hơn %(total)d thành viên.")
            % {"counted": counted, "total": facts.members_total},
        )


def write_meeting(
    *,
    unit: Unit,
    occasion: Occasion,
    facts: MeetingFacts,
    counts: Sequence[Count],
    nominations: Mapping[UUID, Nomination],
) -> Meeting:
    """Write a session with its votes, inside the caller's transaction, and return it.

    A later session on the same nomination stands beside the earlier one; papers use the latest.
    Raises what check_meeting and check_count raise.
    """
    check_meeting(facts)
    for count in counts:
        check_count(count, nominations[count.nomination_id], facts)
    meeting = Meeting.objects.create(
        unit=unit,
        occasion=occasion,
        is_council=facts.is_council,
        started_at=facts.started_at,
        ended_at=facts.ended_at,
        place=tidy(facts.place),
        chair_name=tidy(facts.chair_name),
        chair_position=tidy(facts.chair_position),
        secretary_name=tidy(facts.secretary_name),
        secretary_position=tidy(facts.secretary_position),
        members_total=facts.members_total,
        members_present=len(facts.present),
        present=[dict(row) for row in facts.present],
        absent=[dict(row) for row in facts.absent],
        way_of_voting=tidy(facts.way_of_voting),
        tellers=[dict(row) for row in facts.tellers],
        ballots_out=facts.ballots_out,
        remarks=list(facts.remarks),
    )
    Vote.objects.bulk_create(
        Vote(
            meeting=meeting,
            nomination=nominations[count.nomination_id],
            votes_for=count.votes_for,
            votes_against=count.votes_against,
            votes_invalid=count.votes_invalid,
            passed=count.passed,
            members=count.members,
        )
        for count in counts
    )
    return meeting


def summary(facts: MeetingFacts) -> dict[str, Any]:
    """Return what an event keeps of a session."""
    return {
        "started_at": facts.started_at.isoformat(),
        "members_total": facts.members_total,
        "members_present": len(facts.present),
        "chair": facts.chair_name,
    }
