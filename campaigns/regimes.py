"""Shared reads of the regimes: which one rules on a day, its money, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from campaigns.models import AwardForm, BasePay, BonusForm, BonusMultiple, Level, Mark, Regime
from campaigns.money import (
    KINDS,
    Form,
    Multiple,
    Order,
    Pay,
    RegimeFacts,
    Rounding,
    unchecked,
)
from campaigns.spelling import words


def regime_on(day: date) -> Regime | None:
    """Return the regime in force on a day; None in a gap between regimes, or outside them."""
    open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Regime.objects.filter(open_or_later, valid_from__lte=day).first()


def base_pay_on(day: date) -> Pay:
    """Return base pay on a day; without amount on days before the first that a source dates."""
    row = BasePay.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        return Pay(day, None, verified=False)
    return Pay(day, row.amount, verified=row.mark == Mark.SEEN)


def regime_facts(ids: Iterable[int]) -> dict[int, RegimeFacts]:
    """Return what regimes say of money, by id; two queries whatever their number."""
    regimes = Regime.objects.in_bulk(set(ids))
    multiples: dict[int, dict[tuple[str, str], Multiple]] = {key: {} for key in regimes}
    for row in BonusMultiple.objects.filter(regime__in=regimes).select_related("form"):
        verified = row.mark == Mark.SEEN
        multiples[row.regime_id][row.form.key, row.kind] = Multiple(
            row.multiple, row.clause, verified
        )
    return {
        key: RegimeFacts(
            key=regime.key,
            name=regime.name,
            verified=regime.mark == Mark.SEEN,
            multiples=multiples[key],
            rounding=_rounding(regime),
        )
        for key, regime in regimes.items()
    }


def _rounding(regime: Regime) -> Rounding | None:
    if regime.rounding_step is None:
        return None
    order = Order(regime.rounding_order)
    return Rounding(regime.rounding_step, order, verified=regime.rounding_mark == Mark.SEEN)


def bonus_form(form: AwardForm) -> Form:
    """Return the form as the tables of multiples know it.

    It is the one that the form's name, or another name of it, spells in full; at a unit's own
    level further words may follow (“Giấy khen của Giám đốc Sở”). Where none fits, the form comes
    back under a key that no table holds, so that its multiple is missing by name.
    """
    said = [words(name) for name in (form.name, form.short_name, *form.names) if name]
    further = form.level == Level.UNIT
    fitting = {
        len(known): row
        for row in BonusForm.objects.all()
        for known in map(words, (row.name, *row.names))
        if any(known == name or (further and known < name) for name in said)
    }
    return Form(fitting[max(fitting)].key if fitting else "", form.name)


def regime_gaps(regime: Regime) -> list[str]:
    """Return by name what is asked for: texts nobody read, empty facts, unchecked facts."""
    gaps = [unchecked(f"toàn văn {text}") for text in regime.texts_asked]
    if regime.rounding_step is None:
        gaps.append(f"quy tắc làm tròn tiền thưởng theo {regime.name}")
    rows = regime.multiples.select_related("form").exclude(mark=Mark.SEEN, multiple__isnull=False)
    for row in rows.order_by("position"):
        name = f"hệ số tiền thưởng {row.form.name} đối với {KINDS[row.kind]} theo {regime.name}"
        shown = f"{row.multiple.normalize():f}".replace(".", ",") if row.multiple else ""
        gaps.append(unchecked(name, shown) if shown else name)
    return gaps
