"""Who exists: units, people and what each may act as."""

from organisations.models.mandates import Delegation, Grant, Role, SigningForm
from organisations.models.people import User
from organisations.models.units import GroupMember, Succession, Unit, UnitName, UnitType

__all__ = [
    "Delegation",
    "Grant",
    "GroupMember",
    "Role",
    "SigningForm",
    "Succession",
    "Unit",
    "UnitName",
    "UnitType",
    "User",
]
