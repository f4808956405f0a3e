"""The page of all regimes: the matrix, base pay over time, and what is asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.matrix import Matrix, matrix
from campaigns.models import BasePay, Mark
from campaigns.money import money_text
from campaigns.regimes import regime_gaps
from campaigns.sayings import Said, entered_text
from organisations.actors import Actor


@dataclass(frozen=True)
class RegimesPage:
    """Everything the page shows; gaps with the name of their regime."""

    matrix: Matrix
    base_pay: Sequence[tuple[str, Said]]
    gaps: Sequence[tuple[str, Sequence[str]]]


def regimes_page(_actor: Actor) -> RegimesPage:
    """Return the page; everybody signed in may read the law."""
    table = matrix()
    pays = [(_since(row), _amount(row)) for row in BasePay.objects.all()]
    gaps = [(each.regime.name, regime_gaps(each, table.names)) for each in table.regimes]
    return RegimesPage(table, pays, gaps)


def _since(row: BasePay) -> str:
    return f"{row.valid_from:%d/%m/%Y}" if row.valid_from else row.said


def _amount(row: BasePay) -> Said:
    return Said(
        "", money_text(row.amount), row.clause, Mark(row.mark), row.source, entered_text(row)
    )
