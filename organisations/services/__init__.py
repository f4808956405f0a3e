"""The only writers of units, people, roles and delegations."""

from organisations.services.groups import join_group, leave_group
from organisations.services.people import create_person, deactivate_person
from organisations.services.roles import delegate, end_grant, grant_role, revoke_delegation
from organisations.services.units import create_unit, end_unit, move_unit, rename_unit

__all__ = [
    "create_person",
    "create_unit",
    "deactivate_person",
    "delegate",
    "end_grant",
    "end_unit",
    "grant_role",
    "join_group",
    "leave_group",
    "move_unit",
    "rename_unit",
    "revoke_delegation",
]
