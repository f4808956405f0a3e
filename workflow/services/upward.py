"""A set on its way up: the council to the Chairman, and the Chairman to the centre.

Both pass a set of one deciding authority on by one numbered tờ trình; they differ in who signs,
and in the template.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from documents.models import Document
from organisations.actors import Actor
from workflow.authority import roles_of
from workflow.engine import Asked, fire_all
from workflow.models import Appraisal, Nomination, Stage, Vote
from workflow.papers.province import Proposal, central_letter, council_letter
from workflow.services.loading import issuer_as, one_set, require_desk_role
from workflow.services.submissions import pass_on
from workflow.states import MOVES, Desk


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the way up: the move, the desk that makes it, and its letter."""

    move: str
    stage: Stage
    desk: Desk
    letter: Callable[..., Document]


TO_CHAIRMAN = Leg("submit_to_chairman", Stage.TO_CHAIRMAN, Desk.BOARD, council_letter)
TO_CENTRE = Leg("send_up", Stage.TO_CENTRAL, Desk.DECISION, central_letter)


def pass_upward(*, actor: Actor, items: Sequence[Asked], leg: Leg) -> Document:
    """Pass a set on and return its letter, inside the caller's transaction. All or nothing.

    Raises MixedSetError, AccessDeniedError, and what engine.fire_all raises.
    """
    at = timezone.now()
    move = MOVES[leg.move]
    nominations = one_set(fire_all(actor=actor, move=move, items=items, at=at))
    mandate = require_desk_role(
        actor=actor,
        campaign_id=nominations[0].dossier.occasion.campaign_id,
        desk=leg.desk,
        roles=roles_of(move),
        act=str(move.label),
    )
    by = issuer_as(actor, mandate, timezone.localdate(at))
    submission = pass_on(
        actor=actor, stage=leg.stage, from_unit=by.unit.pk, nominations=nominations, at=at
    )
    submission.document = leg.letter(
        by=by,
        who=actor.who(mandate),
        at=at,
        subject=f"submission:{submission.pk}",
        proposal=proposal_of(nominations),
    )
    submission.save(update_fields=["document"])
    return submission.document


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
