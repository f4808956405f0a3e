"""The letter by which a stage passes a set on, written in the act's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from organisations.actors import Actor
from workflow.models import Nomination, Stage, Submission, SubmissionItem


def pass_on(
    *, actor: Actor, stage: Stage, from_unit: UUID, nominations: Sequence[Nomination], at: datetime
) -> Submission:
    """Write and return the submission of a set that shares occasion and authority."""
    first = nominations[0].dossier
    submission = Submission.objects.create(
        stage=stage,
        occasion=first.occasion,
        from_unit_id=from_unit,
        authority=first.authority,
        submitted_at=at,
        submitted_by=actor.name,
    )
    SubmissionItem.objects.bulk_create(
        SubmissionItem(submission=submission, nomination=row) for row in nominations
    )
    return submission
