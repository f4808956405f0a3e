"""Which bodies exist on a day: nothing is done by, given to, or proposed for one that is no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from organisations.models import Unit
from organisations.queries import (
    borne_once,
    dissolved_on,
    names_on,
    successors_on,
    unit_facts_of,
)
from workflow.errors_units import NomineeUnitGoneError, UnitDissolvedError


def require_alive(unit: Unit, on: date) -> None:
    """Raise UnitDissolvedError where a unit has ended by the day, naming who took over from it.

    Costs nothing while the unit exists.
    """
    ended = dissolved_on(unit, on)
    if ended is not None:
        raise UnitDissolvedError(
            unit=names_on([unit], on)[0],
            dissolved_on=ended,
            heirs=names_on(successors_on(unit, on), on),
        )


def require_nominee_alive(unit: Unit, on: date) -> None:
    """Raise NomineeUnitGoneError where the unit that a nominee is has ended by the day."""
    ended = dissolved_on(unit, on)
    if ended is not None:
        raise _gone(names_on([unit], on)[0], unit, ended, on)


def require_bodies_alive(names: Iterable[str], on: date) -> None:
    """Raise NomineeUnitGoneError for a name that a unit bore once and none bears on the day.

    Only exact names are known; a body that the tree does not hold is nobody's to judge. One query
    a name.
    """
    for name in names:
        unit = borne_once(name, on)
        if unit is not None:
            raise gone(name, unit, on)


def gone(name: str, unit: Unit, on: date) -> NomineeUnitGoneError:
    """Return the refusal of a name of former days: since when, and what the body is called now."""
    last = unit.names.filter(name=name, valid_to__lt=on).order_by("-valid_to").first()
    since = last.valid_to if last is not None else unit.valid_to
    first_day = (since or on) + timedelta(days=1 if since else 0)
    return _gone(name, unit, first_day, on)


def _gone(name: str, unit: Unit, first_day: date, on: date) -> NomineeUnitGoneError:
    heirs = successors_on(unit, on)
    facts = unit_facts_of(heirs, on)
    now = [facts[heir.pk].name for heir in heirs]
    return NomineeUnitGoneError(unit=name, dissolved_on=first_day, now=now)
