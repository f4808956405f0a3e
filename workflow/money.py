"""The money of a decision, line by line, for pages and the sheet: who may see it, what to look at.

Amounts are those kept when the decision was taken; nothing is computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.models import Provision, Topic
from campaigns.regimes import cited
from campaigns.sayings import in_force
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.models import Decision, DecisionItem, Dossier
from workflow.papers.lists import list_order
from workflow.queries import visible_dossiers
from workflow.states import State

REVOKED: Final = "Đã hủy bỏ khen thưởng: không chi; đã chi thì thu hồi."
"""Printed on the sheet for accounting, so it is Vietnamese whoever reads."""


@dataclass(frozen=True)
class MoneyLine:
    """What one awardee gets.

    payer  who pays, with the clause; "" where no checked text says
    also   other awards of the same nominee at the same time, for a person to look at; "" of none
    """

    item: DecisionItem
    payer: str
    also: str

    @property
    def missing(self) -> list[str]:
        """Return the names of the facts for want of which there is no amount."""
        missing: list[str] = self.item.bonus_basis.get("missing", [])
        return missing


def decisions_seen(actor: Actor) -> QuerySet[Decision]:
    """Return the decisions that award somebody in a dossier the actor may read, newest first."""
    seen = DecisionItem.objects.filter(
        awarded=True, nomination__dossier__in=visible_dossiers(actor).order_by()
    )
    return Decision.objects.filter(pk__in=seen.values("decision")).order_by("-issued_on", "pk")


def access_decision(actor: Actor, decision_id: UUID) -> Decision:
    """Return a decision of which the actor may read a line, or raise NotFoundError."""
    decision = decisions_seen(actor).filter(pk=decision_id).first()
    if decision is None:
        raise NotFoundError
    return decision


def money_lines(decision: Decision, among: QuerySet[Dossier] | None = None) -> list[MoneyLine]:
    """Return the lines of a decision in the order of its annex; three queries.

    among  the dossiers that the reader may see; None: all
    """
    rows = decision.items.filter(awarded=True).select_related(
        "nomination__nominee",
        "nomination__dossier__unit",
        "nomination__dossier__occasion__campaign",
        "nomination__award_item__form",
    )
    if among is not None:
        rows = rows.filter(nomination__dossier__in=among.order_by())
    items = sorted(rows, key=lambda item: list_order(item.nomination))
    also = _also(decision, items)
    return [MoneyLine(item, _payer(item), _beware(item, also)) for item in items]


def _beware(item: DecisionItem, also: dict[int, str]) -> str:
    """Return what a person has to look at before it is paid; an award taken back comes first."""
    revoked = REVOKED if item.nomination.state == State.REVOKED else ""
    return f"{revoked} {also.get(item.pk, '')}".strip()


def _payer(item: DecisionItem) -> str:
    payer = item.bonus_basis.get("payer", "")
    clause = item.bonus_basis.get("payer_clause", "")
    return f"{payer} ({clause})" if payer and clause else payer


def _also(decision: Decision, items: Sequence[DecisionItem]) -> dict[int, str]:
    """Return what else the same nominees are awarded on the same occasion or the same day.

    Whether each is paid, or only the highest, depends on what each is for (NĐ 152/2025/NĐ-CP,
    Điều 49.5-7): that is a person's to say, and nothing is taken off here.
    """
    others = (
        DecisionItem.objects.filter(
            Q(decision__issued_on=decision.issued_on) | Q(decision__occasion=decision.occasion_id),
            awarded=True,
            nomination__nominee__in={item.nomination.nominee_id for item in items},
        )
        .select_related("decision", "nomination__award_item__form")
        .order_by("decision__issued_on", "pk")
    )
    by_nominee: dict[UUID, list[DecisionItem]] = {}
    for other in others:
        by_nominee.setdefault(other.nomination.nominee_id, []).append(other)
    rules = _rules(items)
    return {
        item.pk: _flag(beside, rules.get(item.nomination.dossier.regime_id or 0, ""))
        for item in items
        if (beside := [o for o in by_nominee[item.nomination.nominee_id] if o.pk != item.pk])
    }


def _flag(others: Iterable[DecisionItem], rule: str) -> str:
    named = "; ".join(
        f"{other.nomination.award_item.form.name}, QĐ {other.decision.notation} "
        f"ngày {other.decision.issued_on:%d/%m/%Y}"
        for other in others
    )
    return f"Cùng được khen: {named}. {rule}".strip()


def _rules(items: Iterable[DecisionItem]) -> dict[int, str]:
    """Return what each regime says of several awards at one time; nothing that is not checked."""
    regimes = {item.nomination.dossier.regime_id for item in items}
    rows = Provision.objects.filter(regime__in=regimes, topic=Topic.SEVERAL)
    return {
        row.regime_id: f"{row.text[:1].upper()}{row.text[1:]} ({cited(row)})."
        for row in in_force(rows.select_related("regime"))
        if row.relied_upon and row.text
    }
