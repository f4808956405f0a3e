"""The money of a decision: what each awardee gets, what the paper prints, what the log keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from campaigns.models import BasePay, Provision, Topic
from campaigns.money import KINDS, Bonus, Form, RegimeFacts, Table, Unknown, bonus_for, table_for
from campaigns.regimes import base_pays, cited, form_keys, pay_among, regime_facts
from campaigns.sayings import in_force
from workflow.models import Nomination


@dataclass(frozen=True, slots=True)
class Bonuses:
    """The bonus of each nomination of one decision, by its key, and the table of all.

    payers  who pays each, as kept with the decision; without those of whom no checked text speaks
    """

    each: Mapping[UUID, Bonus | Unknown]
    table: Table
    payers: Mapping[UUID, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoneyBook:
    """What amounts are reckoned by, read once for many decisions: regimes, base pay, forms."""

    regimes: Mapping[int, RegimeFacts] = field(default_factory=dict)
    pays: Sequence[BasePay] = ()
    forms: Mapping[UUID, str] = field(default_factory=dict)

    def each(self, nominations: Sequence[Nomination], on: date) -> dict[UUID, Bonus | Unknown]:
        """Return the bonus of each of a set with one award form, decided on a day.

        By the regime that each dossier is pinned to, and the base pay of the day (NĐ
        152/2025/NĐ-CP, Điều 49). A dossier without a regime has no amount: what is missing is
        its regime.
        """
        form = nominations[0].award_item.form
        known = Form(self.forms[form.pk], form.name)
        pay = pay_among(self.pays, on)
        found: dict[UUID, Bonus | Unknown] = {}
        for row in nominations:
            regime = self.regimes.get(row.dossier.regime_id or 0)
            if regime is None:
                found[row.pk] = Unknown((f"chế độ khen thưởng của hồ sơ {row.dossier.code}",))
            else:
                found[row.pk] = bonus_for(regime, pay, known, row.nominee.kind)
        return found

    def printed(self, nominations: Sequence[Nomination], on: date) -> list[dict[str, Any]]:
        """Return the lines of money that a decision on a set prints."""
        return printed(table_for(self.each(nominations, on).values()))


def money_book(nominations: Sequence[Nomination]) -> MoneyBook:
    """Return what the money of nominations is reckoned by; five queries, none without any."""
    if not nominations:
        return MoneyBook()
    regimes = {row.dossier.regime_id for row in nominations if row.dossier.regime_id}
    forms = {row.award_item.form_id: row.award_item.form for row in nominations}
    return MoneyBook(regime_facts(regimes), list(base_pays()), form_keys(forms.values()))


def bonuses_of(nominations: Sequence[Nomination], on: date) -> Bonuses:
    """Return the money of a set with one award form, decided on a day, as MoneyBook.each does."""
    each = money_book(nominations).each(nominations, on)
    return Bonuses(each, table_for(each.values()), _payers(nominations))


def _payers(nominations: Sequence[Nomination]) -> dict[UUID, dict[str, str]]:
    """Return who pays: of one decision's authority, by the regime of each dossier."""
    authority = nominations[0].dossier.authority
    rows = Provision.objects.filter(
        regime__in={row.dossier.regime_id for row in nominations},
        topic=Topic.PAYER,
        key=authority,
    ).select_related("regime")
    said = {
        row.regime_id: {"payer": row.text, "payer_clause": cited(row)}
        for row in in_force(rows)
        if row.relied_upon
    }
    pinned = {row.pk: row.dossier.regime_id for row in nominations}
    return {pk: said[regime] for pk, regime in pinned.items() if regime in said}


def printed(table: Table) -> list[dict[str, Any]]:
    """Return the lines of the decision's Điều 2: only amounts that rest on checked facts.

    Where dossiers of one decision stand under different regimes and a kind gets different
    amounts, each line says by which.
    """
    amounts: dict[str, set[int]] = {}
    for line in table.lines:
        amounts.setdefault(line.bonus.kind, set()).add(line.bonus.amount)
    rows: dict[str, int] = {}
    for line in table.lines:
        who = f"mỗi {KINDS[line.bonus.kind]}"
        if len(amounts[line.bonus.kind]) > 1:
            who += f" (theo {line.bonus.regime})"
        rows[who] = line.bonus.amount
    return [{"doi_tuong": who, "so_tien": amount} for who, amount in rows.items()]


def recorded(table: Table) -> dict[str, Any]:
    """Return what the log keeps of a decision's money; `total` is empty while a fact is missing."""
    return {
        "lines": [
            {
                "kind": line.bonus.kind,
                "regime": line.bonus.regime,
                "count": line.count,
                "amount": line.bonus.amount,
                "arithmetic": line.bonus.arithmetic,
                "clause": line.bonus.clause,
            }
            for line in table.lines
        ],
        "total": "" if table.total is None else table.total,
        "missing": list(table.missing),
    }


def payable(bonus: Bonus | Unknown) -> int | None:
    """Return the amount that a decision grants, in đồng; None where a fact is not known."""
    return bonus.amount if isinstance(bonus, Bonus) and not bonus.unverified else None


def basis(bonus: Bonus | Unknown) -> dict[str, Any]:
    """Return what an amount rests on, as plain values; what is missing where there is none."""
    if isinstance(bonus, Unknown):
        return {"missing": list(bonus.missing)}
    if bonus.unverified:
        return {"missing": list(bonus.unverified)}
    return {
        "regime": bonus.regime,
        "multiple": str(bonus.multiple),
        "base_pay": bonus.base_pay,
        "arithmetic": bonus.arithmetic,
        "clause": bonus.clause,
    }
