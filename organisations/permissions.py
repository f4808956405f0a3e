"""Who may change the organisation."""

from organisations.actors import Actor, Mandate
from organisations.errors import NotAdministratorError
from organisations.models import Role


def require_administrator(actor: Actor, path: str) -> Mandate:
    """Return the administrator's mandate over the unit with this path.

    Raises NotAdministratorError; a new root unit has the path "" above it, which only the
    machine's own commands cover.
    """
    mandate = actor.mandate_over(path, Role.ADMINISTRATOR)
    if mandate is None:
        raise NotAdministratorError
    return mandate


def require_some_administrator(actor: Actor) -> Mandate:
    """Return the actor's first mandate as administrator. Raises NotAdministratorError."""
    mandates = actor.mandates_as(Role.ADMINISTRATOR)
    if not mandates:
        raise NotAdministratorError
    return mandates[0]
