"""Keeps what a decision grants: who is named, what each gets, what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit.services import Entry, Who, record
from workflow.models import Decision, DecisionItem, Nomination
from workflow.papers.bonuses import Bonuses, basis, bonuses_of, payable, recorded
from workflow.papers.requests import dossiers_of
from workflow.queries import nominations_in_full


def keep_bonuses(
    *,
    who: Who,
    at: datetime,
    decision: Decision,
    nominations: Sequence[Nomination],
    bonuses: Bonuses,
) -> None:
    """Write the lines of a decision with their amounts, inside the caller's transaction.

    No later change of a pin, of a rule or of base pay changes them, but a new version of the
    decision made before it was sent: reckon_again. The event names what was missing; while there
    is something, it holds no total.
    """
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, nomination=row, **_amount(bonuses, row))
        for row in nominations
    )
    _record(who, at, decision, nominations, bonuses)


def reckon_again(*, who: Who, at: datetime, decision: Decision) -> None:
    """Write the amounts of a decision as its paper, made anew, grants them now.

    Inside the caller's transaction, like keep_bonuses; the former amounts stay in the log.
    """
    items = list(decision.items.select_for_update(no_key=True).order_by("pk"))
    found = nominations_in_full().in_bulk([item.nomination_id for item in items])
    nominations = list(found.values())
    bonuses = bonuses_of(nominations, decision.issued_on)
    for item in items:
        amount = _amount(bonuses, found[item.nomination_id])
        item.bonus, item.bonus_basis = amount["bonus"], amount["bonus_basis"]
    DecisionItem.objects.bulk_update(items, ["bonus", "bonus_basis"])
    _record(who, at, decision, nominations, bonuses)


def _amount(bonuses: Bonuses, row: Nomination) -> dict[str, Any]:
    each = bonuses.each[row.pk]
    return {"bonus": payable(each), "bonus_basis": basis(each) | bonuses.payers.get(row.pk, {})}


def _record(
    who: Who,
    at: datetime,
    decision: Decision,
    nominations: Sequence[Nomination],
    bonuses: Bonuses,
) -> None:
    dossiers = dossiers_of(nominations)
    stream = dossiers[0].stream if len(dossiers) == 1 else f"decision:{decision.pk}"
    entry = Entry(
        stream=stream,
        action="bonuses.computed",
        subject=f"decision:{decision.pk}",
        data={"notation": decision.notation, **recorded(bonuses.table)},
    )
    record(who=who, entry=entry, at=at)
