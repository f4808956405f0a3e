"""Shared reads of the regimes: which one rules on a day, its money, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from campaigns.calendar import WorkCalendar
from campaigns.models import (
    RELIED_UPON,
    AwardForm,
    BasePay,
    BonusForm,
    BonusMultiple,
    CalendarDay,
    Level,
    Mark,
    Provision,
    Regime,
    Threshold,
    Topic,
)
from campaigns.models.provisions import OFFICE_TOPICS
from campaigns.models.stated import Stated
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
from campaigns.sayings import (
    TOPIC_NAMES,
    RegimeSayings,
    Said,
    clock_said,
    in_force,
    multiple_said,
    provision_said,
    threshold_said,
)
from campaigns.spelling import words
from campaigns.thresholds import Rule, quorum_of


def regime_on(day: date) -> Regime | None:
    """Return the regime in force on a day; None in a gap between regimes, or outside them."""
    open_or_later = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Regime.objects.filter(open_or_later, valid_from__lte=day).first()


def base_pay_on(day: date) -> Pay:
    """Return base pay on a day; without amount on days before the first that a source dates.

    Of two amounts from the same day, the one that an office entered.
    """
    return pay_among(base_pays(), day)


def base_pays() -> QuerySet[BasePay]:
    """Return base pay of all days that a source dates: the latest first, an office's own before."""
    return BasePay.objects.filter(valid_from__isnull=False).order_by(
        "-valid_from", F("entered_at").asc(nulls_last=True)
    )


def pay_among(rows: Iterable[BasePay], day: date) -> Pay:
    """Return which of base_pays holds on a day, as base_pay_on does."""
    row = next((row for row in rows if row.valid_from and row.valid_from <= day), None)
    if row is None:
        return Pay(day, None, verified=False)
    return Pay(day, row.amount, verified=row.relied_upon)


def regime_facts(ids: Iterable[int]) -> dict[int, RegimeFacts]:
    """Return what regimes say of money, by id; three queries whatever their number.

    What an office entered stands in place of what was loaded.
    """
    regimes = Regime.objects.in_bulk(set(ids))
    multiples: dict[int, dict[tuple[str, str], Multiple]] = {key: {} for key in regimes}
    rows = BonusMultiple.objects.filter(regime__in=regimes).select_related("regime", "form")
    for row in in_force(rows):
        multiples[row.regime_id][row.form.key, row.kind] = Multiple(
            row.multiple, cited(row), row.relied_upon
        )
    own = _office_provisions(regimes)
    return {
        key: RegimeFacts(
            key=regime.key,
            name=regime.name,
            verified=regime.mark in RELIED_UPON or (key, Topic.FULL_TEXT) in own,
            multiples=multiples[key],
            rounding=_rounding(regime, own.get((key, Topic.ROUNDING))),
        )
        for key, regime in regimes.items()
    }


def _office_provisions(regimes: Iterable[int]) -> dict[tuple[int, str], Provision]:
    """Return what offices entered in place of what a regime itself says."""
    rows = Provision.objects.filter(regime__in=regimes, topic__in=OFFICE_TOPICS)
    return {(row.regime_id, row.topic): row for row in rows}


def cited(row: Stated) -> str:
    """Return the clause of a fact; of one that an office entered, that it did."""
    if row.mark != Mark.OFFICE:
        return row.clause
    return f"{row.clause} (cơ quan nhập)"


def _rounding(regime: Regime, own: Provision | None) -> Rounding | None:
    if own is not None and own.number is not None:
        return Rounding(own.number, Order(own.text), verified=True)
    if regime.rounding_step is None:
        return None
    order = Order(regime.rounding_order)
    verified = regime.rounding_mark in RELIED_UPON
    return Rounding(regime.rounding_step, order, verified=verified)


def bonus_form(form: AwardForm) -> Form:
    """Return the form as the tables of multiples know it.

    It is the one that the form's name, or another name of it, spells in full; at a unit's own
    level further words may follow (“Giấy khen của Giám đốc Sở”). Where none fits, the form comes
    back under a key that no table holds, so that its multiple is missing by name.
    """
    return Form(form_keys([form])[form.pk], form.name)


def form_keys(forms: Iterable[AwardForm]) -> dict[UUID, str]:
    """Return the keys of forms in the regimes by their own ids, "" where none fits; one query."""
    spelled = [
        (words(name), row.key) for row in BonusForm.objects.all() for name in (row.name, *row.names)
    ]
    return {form.pk: _key_of(form, spelled) for form in forms}


def _key_of(form: AwardForm, spelled: Iterable[tuple[frozenset[str], str]]) -> str:
    own = [words(name) for name in (form.name, form.short_name, *form.names) if name]
    further = form.level == Level.UNIT
    fitting = {
        len(known): key
        for known, key in spelled
        if any(known == name or (further and known < name) for name in own)
    }
    return fitting[max(fitting)] if fitting else ""


def work_calendar() -> WorkCalendar:
    """Return the holidays and make-up days that the office has entered; one query."""
    rows = list(CalendarDay.objects.values_list("day", "is_off"))
    return WorkCalendar(
        frozenset(day for day, is_off in rows if is_off),
        frozenset(day for day, is_off in rows if not is_off),
    )


def vote_rule(row: Threshold) -> Rule:
    """Return a threshold as votes are computed by it."""
    return Rule(
        pass_ratio=row.pass_ratio,
        denominator=row.denominator,
        clause=cited(row),
        quorum=quorum_of(row.quorum),
        presence=row.presence,
        absent_by_writing=row.absent_by_writing,
    )


def regime_gaps(each: RegimeSayings, forms: Mapping[str, str]) -> list[str]:
    """Return by name what is asked for: texts nobody read, empty facts, unchecked facts.

    forms  the names of the forms of award by their keys
    """
    regime = each.regime
    gaps = []
    if each.provision(Topic.FULL_TEXT, Topic.FULL_TEXT) is None:
        gaps += [unchecked(f"toàn văn {text}") for text in regime.texts_asked]
    if regime.rounding_step is None and each.provision(Topic.ROUNDING, Topic.ROUNDING) is None:
        gaps.append(f"quy tắc làm tròn tiền thưởng theo {regime.name}")
    for row in each.multiples:
        name = f"hệ số tiền thưởng {row.form.name} đối với {KINDS[row.kind]} theo {regime.name}"
        gaps += _gap(name, multiple_said(row))
    for provision in each.provisions:
        if provision.topic in OFFICE_TOPICS:
            continue
        one = provision_said(provision)
        about = forms.get(provision.key, "") or (f"“{one.name}”" if one.name else "")
        name = f"{TOPIC_NAMES[Topic(provision.topic)]} {about}".strip()
        gaps += _gap(f"{name} theo {regime.name}", one)
    for clock in each.clocks:
        gaps += _gap(f"thời hạn “{clock.name}” theo {regime.name}", clock_said(clock))
    for threshold in each.thresholds:
        name = f"tỷ lệ phiếu {threshold.form.name} theo {regime.name}"
        gaps += _gap(name, threshold_said(threshold))
    return gaps


def _gap(name: str, one: Said) -> list[str]:
    if one.relied_upon:
        return []
    return [unchecked(name, one.value) if one.value else name]
