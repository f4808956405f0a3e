"""Keeps what a decision grants: who is named, what each gets, what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from audit.services import Entry, Who, record
from workflow.models import Decision, DecisionItem, Nomination
from workflow.papers.bonuses import Bonuses, basis, payable, recorded
from workflow.papers.requests import dossiers_of


def keep_bonuses(
    *,
    who: Who,
    at: datetime,
    decision: Decision,
    nominations: Sequence[Nomination],
    bonuses: Bonuses,
) -> None:
    """Write the lines of a decision with their amounts, inside the caller's transaction.

    No later change of a pin, of a rule or of base pay changes them. The event names what was
    missing; while there is something, it holds no total.
    """
    DecisionItem.objects.bulk_create(
        DecisionItem(
            decision=decision,
            nomination=row,
            bonus=payable(bonuses.each[row.pk]),
            bonus_basis=basis(bonuses.each[row.pk]) | bonuses.payers.get(row.pk, {}),
        )
        for row in nominations
    )
    dossiers = dossiers_of(nominations)
    stream = dossiers[0].stream if len(dossiers) == 1 else f"decision:{decision.pk}"
    entry = Entry(
        stream=stream,
        action="bonuses.computed",
        subject=f"decision:{decision.pk}",
        data={"notation": decision.notation, **recorded(bonuses.table)},
    )
    record(who=who, entry=entry, at=at)
