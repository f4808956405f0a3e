"""The province's council: its votes, and its letter to the Chairman."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from campaigns.thresholds import Ballot, Result
from documents.models import Document
from organisations.actors import Actor
from workflow.council_queries import on_live_agenda
from workflow.engine import Asked, fire_all
from workflow.errors import NotFoundError, VoteBelowLawError
from workflow.errors_councils import AgendaTakenError
from workflow.law import law_of
from workflow.models import Meeting, Nomination
from workflow.notice_gate import require_notice_over
from workflow.papers.council import session_papers
from workflow.papers.letterhead import issuer
from workflow.services.acting import act
from workflow.services.loading import (
    lock_nominations,
    one_occasion,
    require_desk_role,
    require_desk_unit,
)
from workflow.services.meetings import Count, MeetingFacts, write_meeting
from workflow.services.upward import TO_CHAIRMAN, pass_upward
from workflow.states import HOLDERS, MOVES, Desk, State
from workflow.votes import result_by_law

SECRETARIES = frozenset({HOLDERS[State.UNDER_REVIEW].role})


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

    All or nothing: the minutes name them all, and so does the count of the ballots. Where the
    regime of a dossier gives a checked ratio for the form, the result is computed and kept in the
    event, and “passed” against it is refused; where it gives none, the conclusion is the council's
    own. The day of the session counts for the public notice, not the day it is written down.
    What lies before a session held here is concluded there and not typed in beside it.
    Raises NothingChosenError, MixedSetError, AccessDeniedError, VoteBelowLawError, AgendaTakenError,
    what notice_gate.require_notice_over and write_meeting raise and what engine.fire_all refuses with.
    """
    return write_votes(
        actor=actor, facts=facts, counts=counts, versions=versions, at=timezone.now()
    )


def write_votes(
    *,
    actor: Actor,
    facts: MeetingFacts,
    counts: Sequence[Count],
    versions: Mapping[UUID, int],
    at: datetime,
    session_id: UUID | None = None,
) -> Meeting:
    """Write a session of the province's council inside the caller's transaction.

    The one way, whether the secretary typed it (record_votes) or it was held here
    (services.concluding): then session_id says in which. Raises as record_votes.
    """
    if {count.nomination_id for count in counts} != set(versions):
        raise NotFoundError
    nominations = one_occasion(lock_nominations(versions))
    occasion = nominations[0].dossier.occasion
    results = _by_law(nominations, facts, counts)
    for passed, name in ((True, "pass_vote"), (False, "fail_vote")):
        items = [
            Asked(
                count.nomination_id,
                versions[count.nomination_id],
                _counted(count) | _said(results[count.nomination_id]),
            )
            for count in counts
            if count.passed is passed
        ]
        fire_all(actor=actor, move=MOVES[name], items=items, at=at)
    if names := on_live_agenda(versions, but=session_id):
        raise AgendaTakenError(names)
    require_notice_over(nominations, timezone.localdate(facts.started_at))
    by_key = {row.pk: row for row in nominations}
    meeting = write_meeting(
        unit=require_desk_unit(occasion.campaign, Desk.BOARD),
        occasion=occasion,
        facts=facts,
        counts=counts,
        nominations=by_key,
    )
    for count in counts:
        _no_contradiction(count, results[count.nomination_id], by_key[count.nomination_id])
    _write_minutes(actor, meeting, nominations, at)
    return meeting


def _write_minutes(
    actor: Actor, meeting: Meeting, nominations: Sequence[Nomination], at: datetime
) -> None:
    """Ask for the papers of a session; its minutes are from now on cited by their number."""
    mandate = require_desk_role(
        actor=actor,
        campaign_id=meeting.occasion.campaign_id,
        desk=Desk.BOARD,
        roles=SECRETARIES,
        act=str(MOVES["pass_vote"].label),
    )
    on = timezone.localdate(at)
    meeting.minutes_entry = session_papers(
        by=issuer(unit=meeting.unit, signer=actor, mandate=mandate, on=on),
        who=actor.who(mandate),
        at=at,
        meeting=meeting,
        nominations=nominations,
    )
    meeting.save(update_fields=["minutes_entry"])


def _by_law(
    nominations: Sequence[Nomination], facts: MeetingFacts, counts: Sequence[Count]
) -> dict[UUID, Result | None]:
    """Return what each vote comes to by the law of its dossier; None where that says nothing."""
    law, by_key = law_of(nominations), {row.pk: row for row in nominations}
    return {
        count.nomination_id: result_by_law(
            law,
            by_key[count.nomination_id],
            Ballot(
                members=count.members or facts.members_total,
                present=len(facts.present) if count.present is None else count.present,
                votes_for=count.votes_for,
                votes_against=count.votes_against,
                votes_invalid=count.votes_invalid,
            ),
        )
        for count in counts
    }


def _said(result: Result | None) -> dict[str, object]:
    return {"by_law": result.arithmetic} if result and result.arithmetic else {}


def _no_contradiction(count: Count, result: Result | None, nomination: Nomination) -> None:
    if count.passed and result and result.against:
        raise VoteBelowLawError(name=nomination.nominee.name, why="; ".join(result.against) + ".")


def _counted(count: Count) -> dict[str, object]:
    counted = asdict(count)
    del counted["nomination_id"]
    return {name: value for name, value in counted.items() if value is not None}


@act
def submit_to_chairman(*, actor: Actor, items: Sequence[Asked]) -> Document:
    """Pass a set that the council has passed to the Chairman; return the tờ trình.

    One letter for one deciding authority; all or nothing.
    Raises MixedSetError, AccessDeniedError, and what engine.fire_all refuses with.
    """
    return pass_upward(actor=actor, items=items, leg=TO_CHAIRMAN)
