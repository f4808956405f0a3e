"""Signing from the pages: a paper is compared with the others of its dossier before it is signed."""

from __future__ import annotations

from uuid import UUID

from documents.models import Document
from organisations.actors import Actor
from signatures.models import Signature
from signatures.services import seal_document, sign_document
from workflow.errors_papers import PapersDisagreeError
from workflow.models import Nomination
from workflow.proof.agreement import agreement_of
from workflow.queries import access_document
from workflow.services.acting import act
from workflow.services.minutes import lock_minutes


@act
def sign_paper(*, actor: Actor, document_id: UUID, expected_version_id: UUID) -> Signature:
    """Sign the version that was read, if it agrees with the other papers of its dossiers.

    The nominations it names are locked, so that none is rewritten while it is compared. With its
    minutes signed, a council's session is locked for good.
    Raises NotFoundError, PapersDisagreeError, and what signatures.services.sign_document raises.
    """
    document = _refuse_disagreement(actor, document_id)
    signature = sign_document(
        actor=actor, document_id=document_id, expected_version_id=expected_version_id
    )
    lock_minutes(actor=actor, document=document, at=signature.signed_at)
    return signature


@act
def seal_paper(*, actor: Actor, document_id: UUID, expected_version_id: UUID) -> Signature:
    """Seal the version that was read and signed, if it agrees still. Raises as sign_paper."""
    _refuse_disagreement(actor, document_id)
    return seal_document(
        actor=actor, document_id=document_id, expected_version_id=expected_version_id
    )


def _refuse_disagreement(actor: Actor, document_id: UUID) -> Document:
    """Return the paper; raise PapersDisagreeError with all that is not the same, or NotFoundError."""
    document = access_document(actor, document_id)
    lying = Nomination.objects.filter(dossier__papers__document=document).order_by("pk")
    list(lying.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    found = agreement_of(document).mismatches
    if found:
        raise PapersDisagreeError(found)
    return document
