"""Reorganising: a file of what becomes of units on a day is carried out, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from audit.errors import Refusal
from campaigns.errors import Problem
from campaigns.schema.spec import Record
from organisations.actors import Actor
from organisations.models import Grant, Unit, UnitName, UnitType
from organisations.services import create_unit, end_unit, move_unit, rename_unit
from organisations.services.units import Moved, Naming
from workflow.errors_units import ReorganisationRefusedError
from workflow.models import WorkItem
from workflow.reorganisation import Reorganisation
from workflow.services.acting import act

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EndedGrant:
    """A role that ended with its unit: whoever is to go on needs a new one at a successor."""

    person: str
    role: str
    unit: str
    successors: tuple[str, ...]


@dataclass
class Reorganised:
    """What was done, by the codes of the units; what was so already is counted as known."""

    created: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    known: int = 0
    to_grant: list[EndedGrant] = field(default_factory=list)


@act
def reorganise(
    *, actor: Actor, parts: Iterable[Reorganisation], check: bool = False
) -> Reorganised:
    """Carry out what a file says, and return what was done and who has to be granted anew.

    Loading the same file again changes nothing. With `check` everything is done and rolled back.
    Roles do not move by themselves: those that end with their units are named in `to_grant`.
    Raises ReorganisationRefusedError with every line that cannot be and why; nothing is written
    then.
    """
    run = _Run(actor)
    for part in parts:
        run.carry_out(part)
    if run.problems:
        raise ReorganisationRefusedError(run.problems)
    if check:
        transaction.set_rollback(True)
    return run.done


class _Run:
    """One loading: the units by code as they come to be, what was done, what cannot be."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.done = Reorganised()
        self.problems: list[Problem] = []
        self.units = {unit.code: unit for unit in Unit.objects.all()}

    def carry_out(self, part: Reorganisation) -> None:
        """Begin, rename, move, end: in this order, for what ends must have nothing below it."""
        for entry in part.create:
            self._try(entry, self._create, part)
        for entry in part.rename:
            self._try(entry, self._rename, part)
        for entry in part.move:
            self._try(entry, self._move, part)
        for entry in sorted(part.end, key=self._depth, reverse=True):
            self._try(entry, self._end, part)

    def _try(
        self, entry: Record, do: Callable[[Record, Reorganisation], bool], part: Reorganisation
    ) -> None:
        try:
            if not do(entry, part):
                self.done.known += 1
        except Refusal as refusal:
            sentence = " ".join(filter(None, (str(refusal.what), str(refusal.why))))
            self.problems.append(Problem(entry["line"], refusal.code, sentence.rstrip(".")))
        except _UnknownUnitError as unknown:
            text = _("không có đơn vị “%(code)s”") % {"code": unknown}
            self.problems.append(Problem(entry["line"], "UNIT_UNKNOWN", text))

    def _unit(self, code: str) -> Unit:
        unit = self.units.get(code)
        if unit is None:
            raise _UnknownUnitError(code)
        return unit

    def _depth(self, entry: Record) -> int:
        unit = self.units.get(entry["unit"])
        return unit.path.count("/") if unit else 0

    def _create(self, entry: Record, part: Reorganisation) -> bool:
        parent = self._unit(entry["under"])
        standing = self.units.get(entry["unit"])
        if standing is not None and standing.valid_from == part.on:
            return False
        self.units[entry["unit"]] = create_unit(
            actor=self.actor,
            code=entry["unit"],
            type=UnitType(entry["type"]),
            naming=_naming(entry),
            valid_from=part.on,
            parent_id=parent.pk,
            place=entry.get("place") or "",
            basis=part.basis,
        )
        self.done.created.append(entry["unit"])
        return True

    def _rename(self, entry: Record, part: Reorganisation) -> bool:
        unit = self._unit(entry["unit"])
        named = UnitName.objects.filter(unit=unit, valid_from=part.on).first()
        if named is not None and named.name == entry["name"]:
            return False
        rename_unit(
            actor=self.actor,
            unit_id=unit.pk,
            naming=_naming(entry),
            valid_from=part.on,
            place=entry.get("place"),
            basis=part.basis,
        )
        self.done.renamed.append(unit.code)
        return True

    def _move(self, entry: Record, part: Reorganisation) -> bool:
        unit, parent = self._unit(entry["unit"]), self._unit(entry["under"])
        if UnitName.objects.filter(unit=unit, valid_from=part.on, parent=parent).exists():
            return False
        moved = move_unit(
            actor=self.actor,
            unit_id=unit.pk,
            parent_id=parent.pk,
            valid_from=part.on,
            basis=part.basis,
        )
        _follow(moved)
        self.units |= {
            row.code: row for row in Unit.objects.filter(path__startswith=moved.new_path)
        }
        self.done.moved.append(unit.code)
        return True

    def _end(self, entry: Record, part: Reorganisation) -> bool:
        unit = self._unit(entry["unit"])
        codes = entry.get("successors") or []
        successors = [self._unit(code) for code in codes]
        last_day = part.on - _DAY
        named = set(unit.successors.values_list("code", flat=True))
        if unit.valid_to == last_day and named == set(codes):
            return False
        going_on = list(_grants_beyond(unit, last_day))
        end_unit(
            actor=self.actor,
            unit_id=unit.pk,
            last_day=last_day,
            successor_ids=[row.pk for row in successors],
            basis=part.basis,
        )
        self.done.ended.append(unit.code)
        self.done.to_grant += [_ended(grant, codes) for grant in going_on]
        return True


class _UnknownUnitError(Exception):
    """A code that no unit has."""


def _naming(entry: Record) -> Naming:
    return Naming(entry["name"], entry.get("short") or "", entry.get("symbol") or "")


def _grants_beyond(unit: Unit, last_day: date) -> Iterable[Grant]:
    """Return the roles at a unit that would have gone on after a day."""
    rows = Grant.objects.filter(unit=unit, user__is_active=True).select_related("user", "unit")
    return [row for row in rows if row.valid_to is None or row.valid_to > last_day]


def _ended(grant: Grant, successors: Iterable[str]) -> EndedGrant:
    return EndedGrant(
        person=grant.user.full_name,
        role=str(grant.get_role_display()),
        unit=grant.unit.code,
        successors=tuple(successors),
    )


def _follow(moved: Moved) -> None:
    """Let what waits in a branch of the tree go with it: work is found by the path it waits at."""
    rest = Substr("unit_path", len(moved.old_path) + 1)
    WorkItem.objects.filter(closed_at__isnull=True, unit_path__startswith=moved.old_path).update(
        unit_path=Concat(Value(moved.new_path), rest)
    )
