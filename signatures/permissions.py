"""Who may sign or seal a paper today."""

from datetime import date
from uuid import UUID

from documents.models import Document
from organisations.actors import Actor, Mandate
from organisations.models import Delegation, Role
from organisations.queries import in_force

SIGNING_ROLES = (
    Role.UNIT_HEAD,
    Role.DEPARTMENT_HEAD,
    Role.BOARD_SECRETARY,
    Role.BOARD_HEAD,
    Role.COUNCIL_MEMBER,
    Role.CHAIRMAN,
)


def signing_mandate(actor: Actor, document: Document, on: date) -> Mandate | None:
    """Return the mandate under which the actor may sign the paper as a person, or None.

    The named signer, while he still holds a signing office at the issuing body or above it; or
    who holds, today, a delegation given by that very person (NĐ 30/2020/NĐ-CP, Điều 13).
    """
    named = document.signer_user_id
    if named is None:
        return None
    offices = [
        mandate
        for mandate in actor.mandates_as(*SIGNING_ROLES)
        if document.body is None or mandate.covers(document.body.path)
    ]
    if actor.user_id == named:
        return next((office for office in offices if not office.on_behalf_of), None)
    lent = _delegated(named, actor.user_id, on)
    return next(
        (office for office in offices if (office.delegation_ref, office.unit_id) in lent), None
    )


def sealing_mandate(actor: Actor, document: Document) -> Mandate | None:
    """Return the mandate under which the actor may seal: a document clerk's, at or above."""
    if document.seal_unit is None:
        return None
    return actor.mandate_over(document.seal_unit.path, Role.DOCUMENT_CLERK)


def _delegated(from_user: int, to_user: int, on: date) -> set[tuple[str, UUID]]:
    """Return document number and unit of what one person delegated to another, in force.

    Asked from the rows and not from the mandate's words: two people may bear one name.
    """
    rows = Delegation.objects.filter(
        in_force(on),
        to_user=to_user,
        grant__user=from_user,
        grant__role__in=SIGNING_ROLES,
        revoked_at__isnull=True,
    )
    return set(rows.values_list("document_number", "grant__unit_id"))
