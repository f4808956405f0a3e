"""Papers that are being made, or could not be: what every person may follow up on."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.models import Document, DocumentVersion, VersionStatus
from organisations.actors import Actor
from workflow.pages.papers import Paper, paper_of
from workflow.queries import documents_in_full, readable_documents

SHOWN = 100
_OPEN = (VersionStatus.REQUESTED, VersionStatus.RUNNING, VersionStatus.FAILED)


def jobs(actor: Actor) -> list[Paper]:
    """Return the latest papers this person may read that are not done, newest first."""
    return [paper_of(document) for document in _unfinished(actor)[:SHOWN]]


def _unfinished(actor: Actor) -> QuerySet[Document]:
    unfinished = DocumentVersion.objects.filter(status__in=_OPEN)
    return (
        documents_in_full()
        .filter(readable_documents(actor), pk__in=unfinished.values("document"))
        .order_by("-created_at", "pk")
    )
