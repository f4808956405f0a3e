"""Makers of units, people and grants, by the services."""

from datetime import date

from organisations.actors import SYSTEM_ACTOR
from organisations.models import Grant, Role, Unit, UnitType, User
from organisations.services import create_unit, grant_role
from organisations.services.roles import Period
from organisations.services.units import Naming

FIRST = date(2022, 1, 1)
TODAY = date(2023, 10, 5)


def unit(
    code: str, parent: Unit | None = None, kind: UnitType = UnitType.DEPARTMENT, place: str = ""
) -> Unit:
    return create_unit(
        actor=SYSTEM_ACTOR,
        code=code,
        type=kind,
        naming=Naming(f"Đơn vị {code}", f"ĐV {code}", code.upper()),
        valid_from=FIRST,
        parent_id=parent.pk if parent else None,
        place=place,
    )


def person(username: str) -> User:
    return User.objects.create_user(username, full_name=f"Người {username}", position="Giám đốc")


def grant(user: User, role: Role, at: Unit, first: date = FIRST, last: date | None = None) -> Grant:
    return grant_role(
        actor=SYSTEM_ACTOR, user_id=user.pk, role=role, unit_id=at.pk, period=Period(first, last)
    )
