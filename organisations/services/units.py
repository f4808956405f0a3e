"""Units come, are renamed, and end with a successor; nothing is ever taken out of the tree."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
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
from organisations.models import Grant, Unit, UnitName, UnitType
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
) -> Unit:
    """Create a unit under a parent, or a root, and return it.

    Raises NotAdministratorError, UnitEndedError for a parent that has ended by `valid_from`,
    UnitCodeTakenError, ValueRefusedError.
    """
    now = timezone.now()
    parent = Unit.objects.select_for_update().get(pk=parent_id) if parent_id else None
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
        place=clean_text(place, label=_("Địa danh"), longest=80, required=False),
        valid_from=valid_from,
    )
    unit.clean_fields()
    unit.save()
    called = naming.cleaned()
    UnitName.objects.create(unit=unit, valid_from=valid_from, **vars(called))
    after = {"code": code, "type": type.value, "valid_from": valid_from, **vars(called)}
    entry = Entry(STREAM, "unit.created", f"unit:{unit.pk}", after=after)
    record(who=actor.who(mandate), entry=entry, at=now)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit_id: UUID, naming: Naming, valid_from: date) -> UnitName:
    """Give a unit another name from a day on; papers of earlier days keep the old one.

    Raises NotAdministratorError, UnitEndedError, ValueRefusedError for a day not after the
    beginning of the present name.
    """
    now = timezone.now()
    unit = Unit.objects.select_for_update().get(pk=unit_id)
    mandate = require_administrator(actor, unit.path)
    if unit.valid_to:
        raise UnitEndedError(unit.code, unit.valid_to)
    old = unit.names.get(valid_to__isnull=True)
    if valid_from <= old.valid_from:
        raise ValueRefusedError(_("Tên mới phải bắt đầu sau ngày bắt đầu của tên hiện nay."))
    old.valid_to = valid_from - _DAY
    old.save(update_fields=["valid_to"])
    called = naming.cleaned()
    new = UnitName.objects.create(unit=unit, valid_from=valid_from, **vars(called))
    entry = Entry(
        STREAM,
        "unit.renamed",
        f"unit:{unit.pk}",
        before={"name": old.name, "short_name": old.short_name, "symbol": old.symbol},
        after={"valid_from": valid_from, **vars(called)},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return new


@transaction.atomic
def end_unit(
    *, actor: Actor, unit_id: UUID, last_day: date, successor_id: UUID | None = None
) -> Unit:
    """End a unit after a day, with its name and all roles held at it; name who takes over.

    Raises NotAdministratorError, UnitEndedError, UnitHasChildrenError while a unit below goes
    on, ValueRefusedError for a day before the unit's first or a successor that is the unit
    itself or will not exist on the next day.
    """
    now = timezone.now()
    units = Unit.objects.select_for_update().order_by("pk")
    locked = {unit.pk: unit for unit in units.filter(pk__in=filter(None, (unit_id, successor_id)))}
    unit = locked[unit_id]
    mandate = require_administrator(actor, unit.path)
    successor = locked[successor_id] if successor_id else None
    _check_end(unit, last_day, successor)
    unit.valid_to, unit.successor = last_day, successor
    unit.save(update_fields=["valid_to", "successor"])
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
            "successor": successor.code if successor else "",
            "roles_ended": roles,
        },
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return unit


def _check_end(unit: Unit, last_day: date, successor: Unit | None) -> None:
    if unit.valid_to:
        raise UnitEndedError(unit.code, unit.valid_to)
    if last_day < unit.valid_from:
        raise ValueRefusedError(_("Ngày kết thúc trước ngày bắt đầu hoạt động của đơn vị."))
    children = Unit.objects.filter(in_force(last_day + _DAY), parent=unit).count()
    if children:
        raise UnitHasChildrenError(unit.code, children)
    if successor is None:
        return
    gone = successor.valid_to and successor.valid_to <= last_day
    if successor.pk == unit.pk or gone or successor.valid_from > last_day + _DAY:
        raise ValueRefusedError(_("Đơn vị kế thừa không hoạt động vào ngày tiếp theo."))
