"""The money page of one decision, and the list of decisions that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from campaigns.money import KINDS
from organisations.actors import Actor
from workflow.models import Decision
from workflow.money import MoneyLine, decisions_seen, money_lines
from workflow.queries import visible_dossiers


@dataclass(frozen=True)
class KindTotal:
    """How many of one kind get the same amount, and what that comes to."""

    kind: str
    count: int
    amount: int
    total: int
    arithmetic: str
    clause: str


@dataclass(frozen=True)
class MoneyPage:
    """Everything the page shows.

    total    None while an amount is missing
    partial  the reader sees only some of the decision's lines
    """

    decision: Decision
    form: str
    lines: Sequence[MoneyLine]
    kinds: Sequence[KindTotal]
    total: int | None
    missing: Sequence[str]
    payers: Sequence[str]
    partial: bool


def seen_lines(actor: Actor, decision: Decision) -> list[MoneyLine]:
    """Return the lines of a decision that a person may see."""
    return money_lines(decision, visible_dossiers(actor))


def money_page(actor: Actor, decision: Decision) -> MoneyPage:
    """Return the page; the number of queries does not depend on how many are awarded."""
    lines = seen_lines(actor, decision)
    missing = sorted({name for line in lines for name in line.missing})
    amounts = [line.item.bonus for line in lines if line.item.bonus is not None]
    whole = len(amounts) == len(lines)
    return MoneyPage(
        decision=decision,
        form=lines[0].item.nomination.award_item.form.name,
        lines=lines,
        kinds=_kinds(lines),
        total=sum(amounts) if whole else None,
        missing=missing,
        payers=sorted({line.payer for line in lines if line.payer}),
        partial=len(lines) < decision.items.filter(awarded=True).count(),
    )


def _kinds(lines: Sequence[MoneyLine]) -> list[KindTotal]:
    """Return the table of amounts, each with how many get it, in the order of the lines."""
    counts: dict[tuple[str, int, str, str], int] = {}
    for line in lines:
        basis, amount = line.item.bonus_basis, line.item.bonus
        if amount is not None:
            kind = line.item.nomination.nominee.kind
            key = (kind, amount, basis.get("arithmetic", ""), basis.get("clause", ""))
            counts[key] = counts.get(key, 0) + 1
    return [
        KindTotal(KINDS[kind], count, amount, amount * count, arithmetic, clause)
        for (kind, amount, arithmetic, clause), count in counts.items()
    ]


@dataclass(frozen=True)
class DecisionLine:
    """One decision in the list; `total` is None while an amount is missing."""

    decision: Decision
    count: int
    total: int | None


def decision_lines(actor: Actor) -> list[DecisionLine]:
    """Return the decisions of which a person sees a line, newest first, with their money."""
    seen = visible_dossiers(actor).order_by()
    decisions = decisions_seen(actor).prefetch_related("items__nomination")
    inside = set(seen.values_list("pk", flat=True))
    return [_line(decision, inside) for decision in decisions]


def _line(decision: Decision, inside: set[UUID]) -> DecisionLine:
    amounts = [
        item.bonus
        for item in decision.items.all()
        if item.awarded and item.nomination.dossier_id in inside
    ]
    known = [amount for amount in amounts if amount is not None]
    return DecisionLine(decision, len(amounts), sum(known) if len(known) == len(amounts) else None)
