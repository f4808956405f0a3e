"""Papers that could not be made: asked for once more by somebody who may read them."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from documents.models import DocumentVersion
from documents.services.requests import retry_document
from organisations.actors import Actor
from workflow.queries import access_document
from workflow.services.acting import act


@act
def retry_paper(*, actor: Actor, document_id: UUID) -> DocumentVersion:
    """Queue a failed paper again from its frozen values, and return the version.

    Whoever may read a paper may ask: nothing in it can change by it. Raises NotFoundError, and
    RetryRefusedError unless the newest version failed.
    """
    document = access_document(actor, document_id)
    return retry_document(who=actor.who(None), at=timezone.now(), document_id=document.pk)
