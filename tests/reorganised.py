"""Units that end in a test, with successors: by the services, as an office would end them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from organisations.actors import SYSTEM_ACTOR
from organisations.models import Role, Unit, UnitType
from organisations.services import create_unit, end_unit, grant_role
from organisations.services.roles import Period
from organisations.services.units import Naming
from tests.cast import FIRST, Cast

DAY = dt.timedelta(days=1)
BASIS = "Nghị quyết số 202/2025/QH15"


def heir(cast: Cast, code: str, name: str, kind: UnitType = UnitType.COMMUNE) -> Unit:
    """Return a unit directly under the province that is there to take over."""
    cast.units[code] = create_unit(
        actor=SYSTEM_ACTOR,
        code=code,
        type=kind,
        naming=Naming(name, "", "UBND"),
        valid_from=FIRST,
        parent_id=cast.units["ubnd-tinh"].pk,
        place="An Giang",
    )
    return cast.units[code]


def dissolve(cast: Cast, code: str, *heirs: Unit) -> Unit:
    """End a unit, with all below it, as of today; its people lose their roles."""
    unit = cast.units[code]
    yesterday = timezone.localdate() - DAY
    for below in Unit.objects.filter(path__startswith=unit.path).order_by("-path"):
        end_unit(
            actor=SYSTEM_ACTOR,
            unit_id=below.pk,
            last_day=yesterday,
            successor_ids=[one.pk for one in heirs],
            basis=BASIS,
        )
    unit.refresh_from_db()
    for login in cast.users:
        cast.refresh(login)
    return unit


def let(cast: Cast, login: str, role: Role, unit: Unit) -> None:
    """Grant somebody a role at a unit from today on."""
    grant_role(
        actor=SYSTEM_ACTOR,
        user_id=cast.users[login].pk,
        role=role,
        unit_id=unit.pk,
        period=Period(timezone.localdate()),
    )
    cast.refresh(login)
