"""Who exists: units, people and what each may act as."""

from organisations.models.mandates import Delegation, Grant, Role
from organisations.models.people import User
from organisations.models.units import Unit, UnitName, UnitType

__all__ = ["Delegation", "Grant", "Role", "Unit", "UnitName", "UnitType", "User"]
