"""Who exists: units, people and what each may act as."""

from organisations.models.mandates import Delegation, Grant, Role
from organisations.models.people import User
from organisations.models.units import Succession, Unit, UnitName, UnitType

__all__ = ["Delegation", "Grant", "Role", "Succession", "Unit", "UnitName", "UnitType", "User"]
