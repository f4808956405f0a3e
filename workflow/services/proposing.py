"""Proposing: the unit's head signs the dossier off, with the minutes of the unit's meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from documents.models import Document
from organisations.actors import Actor
from workflow.authority import Act, roles_of
from workflow.council_queries import on_live_agenda
from workflow.engine import Asked, fire_all
from workflow.errors import MeetingMissingError, NotFoundError, NothingChosenError
from workflow.errors_councils import AgendaTakenError
from workflow.models import Dossier, Meeting, Nomination, Stage
from workflow.papers.unit import proposal_papers
from workflow.services.acting import act
from workflow.services.judging import write_judgements
from workflow.services.loading import LOADED, issuer_as, lock_dossier, require_unit_role
from workflow.services.meetings import Count, MeetingFacts, summary, write_meeting
from workflow.services.submissions import pass_on
from workflow.states import MOVES, State


@act
def record_unit_meeting(
    *, actor: Actor, dossier_id: UUID, facts: MeetingFacts, counts: Sequence[Count]
) -> Meeting:
    """Write down the unit's meeting on a dossier that has not been sent.

    What lies before a session held here is concluded there and not typed in beside it.
    Raises NotFoundError, AccessDeniedError, NothingChosenError, AgendaTakenError, and what
    write_meeting raises.
    """
    return write_unit_meeting(
        actor=actor, dossier_id=dossier_id, facts=facts, counts=counts, at=timezone.now()
    )


def write_unit_meeting(
    *,
    actor: Actor,
    dossier_id: UUID,
    facts: MeetingFacts,
    counts: Sequence[Count],
    at: datetime,
    session_id: UUID | None = None,
) -> Meeting:
    """Write a unit's meeting inside the caller's transaction: the one way, as board.write_votes.

    session_id  of the session held here that it was voted in; None for one typed in
    Raises as record_unit_meeting.
    """
    dossier = lock_dossier(dossier_id)
    mandate = require_unit_role(
        actor=actor,
        unit=dossier.unit,
        roles=roles_of(Act.RECORD_MEETING),
        act=_("Ghi biên bản họp của đơn vị"),
    )
    waiting = _unsent(dossier)
    if not counts:
        raise NothingChosenError
    if not {count.nomination_id for count in counts} <= set(waiting):
        raise NotFoundError
    if names := on_live_agenda([count.nomination_id for count in counts], but=session_id):
        raise AgendaTakenError(names)
    meeting = write_meeting(
        unit=dossier.unit,
        occasion=dossier.occasion,
        facts=facts,
        counts=counts,
        nominations=waiting,
    )
    entry = Entry(
        stream=dossier.stream,
        action="meeting.recorded",
        subject=f"meeting:{meeting.pk}",
        data={**summary(facts), "votes": len(counts)},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return meeting


def _unsent(dossier: Dossier) -> dict[UUID, Nomination]:
    rows = dossier.nominations.select_related(*LOADED).filter(
        state__in=[State.DRAFT, State.PREPARED]
    )
    return {row.pk: row for row in rows}


@act
def propose_dossier(
    *,
    actor: Actor,
    dossier_id: UUID,
    versions: Mapping[UUID, int],
    note: Mapping[str, Any] | None = None,
) -> list[Document]:
    """Send the named nominations of a dossier to the standing department; return the papers.

    versions  the version of each nomination that the head saw
    note      plain values that each event keeps besides

    All or nothing: one tờ trình carries them all. Steps: lock the dossier, check that the head's
    unit has voted on each, fire the set, write the submission, ask for the papers.
    Raises NotFoundError, AccessDeniedError, NothingChosenError, MeetingMissingError, and what
    engine.fire_all refuses with.
    """
    at = timezone.now()
    dossier = lock_dossier(dossier_id)
    mandate = require_unit_role(
        actor=actor,
        unit=dossier.unit,
        roles=roles_of(MOVES["propose"]),
        act=str(MOVES["propose"].label),
    )
    if not versions:
        raise NothingChosenError
    meeting = meeting_on(dossier, list(versions))
    items = [Asked(pk, version, note or {}) for pk, version in versions.items()]
    proposed = fire_all(actor=actor, move=MOVES["propose"], items=items, at=at)
    write_judgements(who=actor.who(mandate), nominations=proposed, at=at)
    nominations = sorted(proposed, key=lambda row: (row.created_at, row.pk))
    pass_on(
        actor=actor,
        stage=Stage.TO_DEPARTMENT,
        from_unit=dossier.unit_id,
        nominations=nominations,
        at=at,
    )
    by = issuer_as(actor, mandate, timezone.localdate(at))
    return proposal_papers(
        by=by,
        who=actor.who(mandate),
        at=at,
        dossier=dossier,
        nominations=nominations,
        meeting=meeting,
    )


def meeting_on(dossier: Dossier, ids: list[UUID]) -> Meeting:
    """Return the latest session of a dossier's unit that voted for all of these nominations.

    Raises NotFoundError for a nomination that lies in another dossier: it goes by another letter.
    """
    rows = list(dossier.nominations.filter(pk__in=ids).select_related("nominee"))
    if len(rows) != len(ids):
        raise NotFoundError
    meeting, voted = latest_vote(dossier, ids)
    missing = [row.nominee.name for row in rows if row.pk not in voted]
    if meeting is None or missing:
        raise MeetingMissingError(missing)
    return meeting


def latest_vote(dossier: Dossier, ids: Iterable[UUID]) -> tuple[Meeting | None, set[UUID]]:
    """Return the latest session of a dossier's unit on any of these, and all that it passed."""
    meeting = (
        Meeting.objects.filter(unit=dossier.unit, votes__nomination__in=list(ids))
        .order_by("-started_at")
        .first()
    )
    if meeting is None:
        return None, set()
    return meeting, set(meeting.votes.filter(passed=True).values_list("nomination_id", flat=True))
