"""The person of an act: who it is, and in which roles they may act today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from audit.services import SYSTEM, Who
from organisations.models import Role, User
from organisations.queries import Mandate, mandates_of

__all__ = ["SYSTEM_ACTOR", "Actor", "Mandate", "actor_for"]


@dataclass(frozen=True)
class Actor:
    """A person with all their mandates of one day; every service takes one first."""

    user_id: int
    name: str
    position: str
    mandates: tuple[Mandate, ...] = ()

    def mandates_as(self, *roles: str) -> tuple[Mandate, ...]:
        """Return the mandates for any of the roles, own before delegated."""
        return tuple(mandate for mandate in self.mandates if mandate.role in roles)

    def mandate_over(self, path: str, *roles: str) -> Mandate | None:
        """Return the first mandate for any of the roles whose unit is, or stands above, `path`."""
        return next((held for held in self.mandates_as(*roles) if held.covers(path)), None)

    def who(self, mandate: Mandate | None = None) -> Who:
        """Return the plain words for the audit log, acting under `mandate` if one is given."""
        if self == SYSTEM_ACTOR:
            return SYSTEM
        if mandate is None:
            return Who(user_id=str(self.user_id), name=self.name)
        lender = mandate.on_behalf_of
        if lender:
            lender = f"{lender} ({mandate.delegation_ref})"
        return Who(
            user_id=str(self.user_id),
            name=self.name,
            role=mandate.role,
            unit=mandate.unit_name,
            on_behalf_of=lender,
        )


SYSTEM_ACTOR = Actor(
    user_id=0,
    name=SYSTEM.name,
    position="",
    mandates=(Mandate(Role.ADMINISTRATOR.value, UUID(int=0), unit_path="", unit_name=""),),
)
"""Commands on the machine itself, such as loading the first units: administrator of everything."""


def actor_for(user: User, on: date) -> Actor:
    """Return the person as an actor of the day; two queries, none for somebody inactive."""
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        position=user.position,
        mandates=mandates_of(user, on),
    )
