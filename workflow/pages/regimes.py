"""The page of all regimes: the matrix, base pay over time, and what is asked for by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaigns.errors import RegimeFactUnknownError
from campaigns.matrix import Matrix, matrix
from campaigns.models import (
    BY_OFFICE,
    BasePay,
    BonusForm,
    BonusMultiple,
    CalendarDay,
    Clock,
    Mark,
    Provision,
    Regime,
    Threshold,
    Topic,
)
from campaigns.models.stated import Stated
from campaigns.money import KINDS, money_text
from campaigns.regimes import regime_gaps
from campaigns.sayings import (
    Address,
    Said,
    clock_said,
    entered_text,
    multiple_said,
    provision_said,
    threshold_said,
)
from campaigns.services.office import loaded_fact, may_enter, require_may_enter
from organisations.actors import Actor
from workflow.forms.regimes import FactForm, fact_form


@dataclass(frozen=True)
class RegimesPage:
    """Everything the page shows; gaps with the name of their regime."""

    matrix: Matrix
    base_pay: Sequence[tuple[str, Said]]
    gaps: Sequence[tuple[str, Sequence[str]]]
    may_enter: bool


def regimes_page(actor: Actor) -> RegimesPage:
    """Return the page; everybody signed in may read the law, administrators enter what is missing.

    The number of queries does not depend on what is loaded or entered.
    """
    table = matrix()
    pays = [(_since(row), _amount(row)) for row in BasePay.objects.all()]
    gaps = [(each.regime.name, regime_gaps(each, table.names)) for each in table.regimes]
    return RegimesPage(table, pays, gaps, may_enter=may_enter(actor))


def _since(row: BasePay) -> str:
    return f"{row.valid_from:%d/%m/%Y}" if row.valid_from else row.said


def _amount(row: BasePay) -> Said:
    return Said(
        "", money_text(row.amount), row.clause, Mark(row.mark), row.source, entered_text(row)
    )


@dataclass(frozen=True)
class FactPage:
    """The form for one fact: what it is about, what was loaded, what the office entered before."""

    regime: Regime
    name: str
    loaded: str
    form: FactForm


def fact_page(actor: Actor, regime_key: str, address: str, posted: Any) -> FactPage:
    """Return the page.

    Raises RegimeActNotAllowedError, RegimeFactUnknownError, and RegimeFactKnownError for a fact
    that was read in its own text.
    """
    require_may_enter(actor)
    regime = Regime.objects.filter(key=regime_key).first()
    if regime is None:
        raise RegimeFactUnknownError(regime_key)
    where = Address.parse(address)
    row = loaded_fact(regime, where)
    own = where.rows(regime).filter(BY_OFFICE).first()
    kind = fact_form(where)
    form = kind(posted, initial=_initial(kind, own or row, own))
    return FactPage(regime, _name(where, row), _value(row), form)


def _initial(kind: type[FactForm], row: Stated, own: Stated | None) -> dict[str, Any]:
    first = {name: getattr(row, name, None) for name in kind.base_fields if name != "seen"}
    for name in ("secret", "absent_by_writing"):
        if first.get(name) is not None:
            first[name] = "1" if first[name] else "0"
    if own is None:
        first["source"] = ""
    seen = own.entered_at.isoformat() if own and own.entered_at else ""
    return {**first, "seen": seen}


def _name(where: Address, row: Stated) -> str:
    """Return what a fact is about, as its page is called."""
    label, about = _label(where, row)
    return f"{label}: {about}" if about else label


def _label(where: Address, row: Stated) -> tuple[str, str]:
    if isinstance(row, BonusMultiple):
        return _("Tiền thưởng"), f"{row.form.name}, {KINDS[row.kind]}"
    if isinstance(row, Threshold):
        return _("Tỷ lệ phiếu"), f"{row.form.name}, {row.get_council_display()}"
    if isinstance(row, Clock):
        return _("Thời hạn"), row.name
    assert isinstance(row, Provision)  # noqa: S101 - the fourth kind of facts
    form = BonusForm.objects.filter(key=row.key).first()
    return str(Topic(where.topic).label), form.name if form else provision_said(row).name


def _value(row: Stated) -> str:
    said = {
        BonusMultiple: multiple_said, Threshold: threshold_said, Clock: clock_said,
        Provision: provision_said,
    }[type(row)](row)  # type: ignore[operator]  # fmt: skip  # each takes its own kind of row
    return f"{said.value} ({said.note})" if said.value else ""


@dataclass(frozen=True)
class CalendarPage:
    """The days that an office has entered, by year."""

    years: Sequence[tuple[int, Sequence[CalendarDay]]]
    may_enter: bool


def calendar_page(actor: Actor) -> CalendarPage:
    """Return the page, latest year first; one query."""
    by_year: dict[int, list[CalendarDay]] = {}
    for row in CalendarDay.objects.order_by("day"):
        by_year.setdefault(row.day.year, []).append(row)
    return CalendarPage(sorted(by_year.items(), reverse=True), may_enter(actor))
