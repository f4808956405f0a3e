"""The province's council: its votes, and its letter to the Chairman."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.utils import timezone

from documents.models import Document
from organisations.actors import Actor
from organisations.models import Role
from workflow.engine import Asked, fire_many
from workflow.errors import NotFoundError
from workflow.models import Appraisal, Meeting, Nomination, Stage, Vote
from workflow.papers.province import Proposal, council_letter
from workflow.services.acting import act
from workflow.services.loading import (
    issuer_as,
    lock_nominations,
    one_occasion,
    one_set,
    require_desk_role,
    require_desk_unit,
)
from workflow.services.meetings import Count, MeetingFacts, write_meeting
from workflow.services.submissions import pass_on
from workflow.states import MOVES, Desk


@act
def record_votes(
    *,
    actor: Actor,
    facts: MeetingFacts,
    counts: Sequence[Count],
    versions: Mapping[UUID, int],
) -> Meeting:
    """Write down a session of the council and move each nomination by its vote.

    versions  the version of each nomination that the secretary saw

    All or nothing: the minutes name them all. The conclusion is the council's own; no threshold
    is computed, since the plan sets none (campaigns.MissingFact).
    Raises NothingChosenError, MixedSetError, AccessDeniedError, what write_meeting raises and
    what engine.fire_many refuses with.
    """
    at = timezone.now()
    if {count.nomination_id for count in counts} != set(versions):
        raise NotFoundError
    nominations = one_occasion(lock_nominations(versions))
    occasion = nominations[0].dossier.occasion
    for passed, name in ((True, "pass_vote"), (False, "fail_vote")):
        items = [
            Asked(count.nomination_id, versions[count.nomination_id], _counted(count))
            for count in counts
            if count.passed is passed
        ]
        result = fire_many(actor=actor, move=MOVES[name], items=items, at=at)
        for refusal in result.refused.values():
            raise refusal
    return write_meeting(
        unit=require_desk_unit(occasion.campaign, Desk.BOARD),
        occasion=occasion,
        facts=facts,
        counts=counts,
        nominations={row.pk: row for row in nominations},
    )


def _counted(count: Count) -> dict[str, object]:
    counted = asdict(count)
    del counted["nomination_id"]
    return counted


@act
def submit_to_chairman(*, actor: Actor, items: Sequence[Asked]) -> Document:
    """Pass a set that the council has passed to the Chairman; return the tờ trình.

    One letter for one deciding authority; all or nothing.
    Raises MixedSetError, AccessDeniedError, and what engine.fire_many refuses with.
    """
    at = timezone.now()
    result = fire_many(actor=actor, move=MOVES["submit_to_chairman"], items=items, at=at)
    for refusal in result.refused.values():
        raise refusal
    nominations = one_set(result.moved)
    mandate = require_desk_role(
        actor=actor,
        campaign_id=nominations[0].dossier.occasion.campaign_id,
        desk=Desk.BOARD,
        roles=frozenset({Role.BOARD_HEAD}),
        act=str(MOVES["submit_to_chairman"].label),
    )
    by = issuer_as(actor, mandate, timezone.localdate(at))
    submission = pass_on(
        actor=actor,
        stage=Stage.TO_CHAIRMAN,
        from_unit=by.unit.pk,
        nominations=nominations,
        at=at,
    )
    document = council_letter(
        by=by,
        who=actor.who(mandate),
        at=at,
        subject=f"submission:{submission.pk}",
        proposal=proposal_of(nominations),
    )
    submission.document = document
    submission.save(update_fields=["document"])
    return document


def proposal_of(nominations: Sequence[Nomination]) -> Proposal:
    """Return a set with the council's latest votes and what the appraisal concluded."""
    votes = {
        vote.nomination_id: vote
        for vote in Vote.objects.select_related("meeting__minutes_entry")
        .filter(nomination__in=nominations, meeting__unit__desks__desk=Desk.BOARD)
        .order_by("meeting__started_at")
    }
    meetings = [vote.meeting for vote in votes.values()]
    return Proposal(
        nominations=nominations,
        votes=votes,
        meeting=max(meetings, key=lambda meeting: meeting.started_at, default=None),
        conclusion=_conclusion(nominations),
    )


def _conclusion(nominations: Sequence[Nomination]) -> str:
    """Return the sentence on eligibility that the appraisal bears out for every one of a set."""
    found = set(
        Appraisal.objects.filter(nomination__in=nominations, eligible=True).values_list(
            "nomination_id", flat=True
        )
    )
    if found >= {row.pk for row in nominations}:
        return "Các trường hợp đề nghị đúng đối tượng, đủ điều kiện, tiêu chuẩn, hồ sơ và thủ tục"
    return "Có trường hợp chưa có kết luận thẩm định"
