"""Whether a nomination is somebody's own: found from the person, not only from what was declared.

A nominee may be tied to a user, and namesakes may be told apart from him: people say so
(services.identifying). Where nobody has, the same person is told by his name, with his unit or his
office: the name alone would bar namesakes all over the province.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigns.models import Kind
from organisations.actors import Actor, Mandate

if TYPE_CHECKING:
    from workflow.models import Nomination


def is_nominee(actor: Actor, nomination: Nomination) -> bool:
    """Return whether an actor is himself the nominee.

    By the user that the nominee is tied to, or told apart from; else by the same name, where the
    actor has an own office at the proposing unit or below it, or bears the very office that the
    nominee bears.
    """
    nominee = nomination.nominee
    if nominee.user_id is not None:
        return nominee.user_id == actor.user_id
    if actor.user_id in nominee.not_users:
        return False
    if nominee.kind != Kind.INDIVIDUAL or not same_text(nominee.name, actor.name):
        return False
    own = [held for held in actor.mandates if not held.on_behalf_of]
    return any(_is_under(held, nomination) for held in own) or same_text(
        nominee.position, actor.position
    )


def is_lender(mandate: Mandate, nomination: Nomination) -> bool:
    """Return whether the person in whose name a mandate is used is himself the nominee."""
    nominee = nomination.nominee
    if not mandate.on_behalf_of:
        return False
    if nominee.user_id is not None:
        return nominee.user_id == mandate.lender_id
    if mandate.lender_id in nominee.not_users:
        return False
    named = nominee.kind == Kind.INDIVIDUAL and same_text(nominee.name, mandate.on_behalf_of)
    return named and _is_under(mandate, nomination)


def is_same_person(
    nomination: Nomination, *, user_id: int | None, name: str, position: str, unit_path: str
) -> bool:
    """Return whether somebody who sits in a council is the nominee.

    By the account, where both have one; else by the name with the unit he works in, or with his
    office. unit_path  "" where it is not known
    """
    nominee = nomination.nominee
    if nominee.user_id is not None and user_id is not None:
        return nominee.user_id == user_id
    if user_id in nominee.not_users:
        return False
    if nominee.kind != Kind.INDIVIDUAL or not same_text(nominee.name, name):
        return False
    return unit_path.startswith(nomination.dossier.unit.path) or same_text(
        nominee.position, position
    )


def is_own_case(actor: Actor, mandate: Mandate, nomination: Nomination) -> bool:
    """Return whether a nomination is of the actor himself, or of him in whose name he acts."""
    return is_nominee(actor, nomination) or is_lender(mandate, nomination)


def is_of_nominee(actor: Actor, nomination: Nomination) -> bool:
    """Return whether an actor's own unit is the nominee, or lies below the nominee.

    By the unit that the nominee is tied to; else by the same name.
    """
    nominee = nomination.nominee
    if nominee.kind != Kind.COLLECTIVE:
        return False
    own = [held for held in actor.mandates if not held.on_behalf_of]
    if nominee.unit is not None:
        return any(held.unit_path.startswith(nominee.unit.path) for held in own)
    return any(same_text(nominee.name, held.unit_name) for held in own)


def _is_under(mandate: Mandate, nomination: Nomination) -> bool:
    return mandate.unit_path.startswith(nomination.dossier.unit.path)


def same_text(one: str, other: str) -> bool:
    """Compare as people do: capitals and spaces are no difference; nothing equals nothing."""
    return bool(one.strip()) and _folded(one) == _folded(other)


def _folded(text: str) -> list[str]:
    return text.casefold().split()
