"""Units come, are renamed, move, and end with successors; nothing is ever taken out of the tree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor
from organisations.errors import (
    UnitCodeTakenError,
    UnitEndedError,
    UnitHasChildrenError,
    ValueRefusedError,
)
from organisations.models import Grant, Succession, Unit, UnitName, UnitType
from organisations.permissions import require_administrator
from organisations.queries import in_force
from organisations.text import clean_text

STREAM = "organisation"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Naming:
    """What a unit is called: in full, in short, and as the symbol of its papers ("STTTT")."""

    name: str
    short_name: str = ""
    symbol: str = ""

    def cleaned(self) -> "Naming":
        """Return the same at the door. Raises ValueRefusedError."""
        return Naming(
            name=clean_text(self.name, label=_("Tên đầy đủ"), longest=250),
            short_name=clean_text(
                self.short_name, label=_("Tên ngắn"), longest=120, required=False
            ),
            symbol=clean_text(self.symbol, label=_("Ký hiệu văn bản"), longest=30, required=False),
        )


@dataclass(frozen=True)
class Moved:
    """Where a unit's branch of the tree stood, and where it stands now: paths from the root."""

    old_path: str
    new_path: str


@transaction.atomic
def create_unit(  # noqa: PLR0913 - a unit has these facts from its first day
    *,
    actor: Actor,
    code: str,
    type: UnitType,  # noqa: A002 - the field's word
    naming: Naming,
    valid_from: date,
    parent_id: UUID | None = None,
    place: str = "",
    basis: str = "",
) -> Unit:
    """Create a unit under a parent, or a root, and return it.

    basis  the document by which it was set up, as given; "" where none is known

    Raises NotAdministratorError, UnitEndedError for a parent that has ended by `valid_from`,
    UnitCodeTakenError, ValueRefusedError.
    """
    now = timezone.now()
    parent = Unit.objects.select_for_update(no_key=True).get(pk=parent_id) if parent_id else None
    mandate = require_administrator(actor, parent.path if parent else "")
    if parent and parent.valid_to and parent.valid_to < valid_from:
        raise UnitEndedError(parent.code, parent.valid_to)
    if Unit.objects.filter(code=code).exists():
        raise UnitCodeTakenError(code)
    unit = Unit(
        code=code,
        type=type,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        valid_from=valid_from,
    )
    unit.clean_fields()
    unit.save()
    called = {**vars(naming.cleaned()), "place": _place(place), "basis": _basis(basis)}
    UnitName.objects.create(unit=unit, parent=parent, valid_from=valid_from, **called)
    after = {"code": code, "type": type.value, "valid_from": valid_from, **called}
    entry = Entry(STREAM, "unit.created", f"unit:{unit.pk}", after=after)
    record(who=actor.who(mandate), entry=entry, at=now)
    return unit


@transaction.atomic
def rename_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    naming: Naming,
    valid_from: date,
    place: str | None = None,
    basis: str = "",
) -> UnitName:
    """Give a unit another name from a day on; papers of earlier days keep the old one.

    place  the place its papers are dated at from then on; None where that stays
    basis  the document by which it was renamed, as given

    Raises NotAdministratorError, UnitEndedError, ValueRefusedError for a day not after the
    beginning of the present name.
    """
    now = timezone.now()
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    mandate = require_administrator(actor, unit.path)
    if unit.valid_to:
        raise UnitEndedError(unit.code, unit.valid_to)
    old = unit.names.get(valid_to__isnull=True)
    if valid_from <= old.valid_from:
        raise ValueRefusedError(_("Tên mới phải bắt đầu sau ngày bắt đầu của tên hiện nay."))
    old.valid_to = valid_from - _DAY
    old.save(update_fields=["valid_to"])
    called = {
        **vars(naming.cleaned()),
        "place": old.place if place is None else _place(place),
        "basis": _basis(basis),
    }
    new = UnitName.objects.create(unit=unit, parent=old.parent, valid_from=valid_from, **called)
    entry = Entry(
        STREAM,
        "unit.renamed",
        f"unit:{unit.pk}",
        before={name: getattr(old, name) for name in ("name", "short_name", "symbol", "place")},
        after={"valid_from": valid_from, **called},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return new


@transaction.atomic
def move_unit(
    *, actor: Actor, unit_id: UUID, parent_id: UUID, valid_from: date, basis: str = ""
) -> Moved:
    """Put a unit, with all below it, under another parent from a day on.

    Papers of earlier days keep the old parent; who may act over the unit follows the new one at
    once, so a day in the future is refused. What other rooms keep by path is theirs to mend, by
    the paths returned. Raises NotAdministratorError, UnitEndedError for a unit or a parent that
    does not last, ValueRefusedError for a parent that is the unit or lies below it, and for a
    day before the present name began.
    """
    now = timezone.now()
    locked = {row.pk: row for row in _locked((unit_id, parent_id))}
    unit, parent = locked[unit_id], locked[parent_id]
    require_administrator(actor, parent.path)
    mandate = require_administrator(actor, unit.path)
    _check_move(unit, parent, valid_from, timezone.localdate(now))
    before = unit.parent.code if unit.parent else ""
    _rename_below(unit, parent, valid_from, _basis(basis))
    moved = Moved(unit.path, f"{parent.path}{unit.code}/")
    unit.parent = parent
    unit.save(update_fields=["parent"])
    rest = Substr("path", len(moved.old_path) + 1)
    Unit.objects.filter(path__startswith=moved.old_path).update(
        path=Concat(Value(moved.new_path), rest)
    )
    entry = Entry(
        STREAM,
        "unit.moved",
        f"unit:{unit.pk}",
        before={"parent": before},
        after={"parent": parent.code, "valid_from": valid_from, "basis": _basis(basis)},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return moved


def _check_move(unit: Unit, parent: Unit, valid_from: date, today: date) -> None:
    if unit.valid_to:
        raise UnitEndedError(unit.code, unit.valid_to)
    if parent.valid_to:
        raise UnitEndedError(parent.code, parent.valid_to)
    if parent.path.startswith(unit.path):
        raise ValueRefusedError(_("Đơn vị cấp trên mới nằm ngay trong đơn vị được chuyển."))
    if valid_from > today:
        raise ValueRefusedError(_("Chỉ chuyển cấp trên trực tiếp từ ngày việc đó có hiệu lực."))


def _rename_below(unit: Unit, parent: Unit, valid_from: date, basis: str) -> None:
    """Write the new parent into the name of the day; a new row unless one began that very day."""
    name = unit.names.get(valid_to__isnull=True)
    if valid_from < name.valid_from:
        raise ValueRefusedError(_("Ngày chuyển trước ngày bắt đầu của tên hiện nay."))
    if valid_from > name.valid_from:
        name.valid_to = valid_from - _DAY
        name.save(update_fields=["valid_to"])
        name = UnitName(
            unit=unit,
            name=name.name,
            short_name=name.short_name,
            symbol=name.symbol,
            place=name.place,
            basis=basis,
            valid_from=valid_from,
        )
    name.parent = parent
    name.save()


@transaction.atomic
def end_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    last_day: date,
    successor_ids: Sequence[UUID] = (),
    basis: str = "",
) -> Unit:
    """End a unit after a day, with its name and all roles held at it; name who takes over.

    basis  the document by which it ended, as given

    Raises NotAdministratorError, UnitEndedError, UnitHasChildrenError while a unit below goes
    on, ValueRefusedError for a day before the unit's first or a successor that is the unit
    itself or will not exist on the next day (so that no chain of successors can close).
    """
    now = timezone.now()
    locked = {row.pk: row for row in _locked((unit_id, *successor_ids))}
    unit = locked[unit_id]
    mandate = require_administrator(actor, unit.path)
    successors = [locked[key] for key in dict.fromkeys(successor_ids)]
    _check_end(unit, last_day, successors)
    unit.valid_to, unit.end_basis = last_day, _basis(basis)
    unit.save(update_fields=["valid_to", "end_basis"])
    Succession.objects.bulk_create(
        Succession(predecessor=unit, successor=successor) for successor in successors
    )
    unit.names.filter(valid_to__isnull=True).update(valid_to=last_day)
    going_on = in_force(last_day + _DAY)
    ended = Grant.objects.filter(going_on, unit=unit, valid_from__lte=last_day)
    roles = ended.update(valid_to=last_day)
    entry = Entry(
        STREAM,
        "unit.ended",
        f"unit:{unit.pk}",
        after={
            "valid_to": last_day,
            "successors": [successor.code for successor in successors],
            "roles_ended": roles,
            "basis": unit.end_basis,
        },
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return unit


def _locked(ids: Collection[UUID]) -> Sequence[Unit]:
    return list(Unit.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _check_end(unit: Unit, last_day: date, successors: Sequence[Unit]) -> None:
    if unit.valid_to:
        raise UnitEndedError(unit.code, unit.valid_to)
    if last_day < unit.valid_from:
        raise ValueRefusedError(_("Ngày kết thúc trước ngày bắt đầu hoạt động của đơn vị."))
    children = Unit.objects.filter(in_force(last_day + _DAY), parent=unit).count()
    if children:
        raise UnitHasChildrenError(unit.code, children)
    for successor in successors:
        gone = successor.valid_to and successor.valid_to <= last_day
        if successor.pk == unit.pk or gone or successor.valid_from > last_day + _DAY:
            raise ValueRefusedError(_("Đơn vị kế thừa không hoạt động vào ngày tiếp theo."))


def _place(text: str) -> str:
    return clean_text(text, label=_("Địa danh"), longest=80, required=False)


def _basis(text: str) -> str:
    return clean_text(text, label=_("Căn cứ"), longest=300, required=False)
