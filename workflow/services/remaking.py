"""Making a paper anew from today's data: the old version is kept, its signatures stay with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, DocumentVersion
from documents.queries import current_version
from documents.services.requests import lock_document, remake_document
from organisations.actors import Actor, Mandate
from organisations.models import Role
from workflow.errors import AccessDeniedError
from workflow.errors_papers import PaperChangedError, PaperNotStaleError, PaperSentError
from workflow.models import Decision
from workflow.papers.sources import value_at
from workflow.proof.stale import kept_of, present_values, stale_among
from workflow.queries import access_document
from workflow.services.acting import act
from workflow.services.bonuses import reckon_again

_NO_PAPERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})


def remaking_mandate(actor: Actor, document: Document) -> Mandate | None:
    """Return the mandate under which a person may make a paper anew: one at the issuing body.

    Those who only look after the house or its log make no papers.
    """
    at_body = (held for held in actor.mandates if held.unit_id == document.body_id)
    return next((held for held in at_body if held.role not in _NO_PAPERS), None)


@act
def remake_paper(*, actor: Actor, document_id: UUID, expected_version_id: UUID) -> DocumentVersion:
    """Make the next version of a paper whose data changed, under its number; return it.

    expected_version_id  the version whose differences were read

    It has to be signed again: signatures on the old version say nothing of the new one. The
    amounts kept with a decision become those that its new version prints.
    Raises NotFoundError, AccessDeniedError, PaperChangedError, PaperNotStaleError, PaperSentError,
    and what documents.services.remake_document raises.
    """
    at = timezone.now()
    document = access_document(actor, document_id)
    lock_document(document.pk)  # what is looked at below is signed by nobody meanwhile
    version = current_version(document)
    mandate = remaking_mandate(actor, document)
    if mandate is None:
        raise AccessDeniedError(
            act=_("Tạo lại văn bản"), why=_("Việc này của người thuộc cơ quan ban hành văn bản.")
        )
    if version.pk != expected_version_id:
        raise PaperChangedError
    _refuse_sent(document, version)
    if not stale_among([version]):
        raise PaperNotStaleError
    values, sources = present_values(kept_of(version))
    who = actor.who(mandate)
    for decision in Decision.objects.filter(document=document):
        reckon_again(who=who, at=at, decision=decision)
    return remake_document(
        who=who,
        at=at,
        document_id=document.pk,
        values=values,
        must_contain=_must_show(version, values, sources),
        sources=sources,
    )


def _refuse_sent(document: Document, version: DocumentVersion) -> None:
    entry = document.register_entry
    if entry is not None and entry.sent_on is not None and version.signatures.all():
        raise PaperSentError(entry.notation, f"{entry.sent_on:%d/%m/%Y}")


def _must_show(
    version: DocumentVersion, values: Mapping[str, Any], sources: Iterable[Mapping[str, str]]
) -> tuple[str, ...]:
    """Return the texts that the paper must show, with the names as they are now."""
    now: dict[str, str] = {}
    for source in sources:
        printed, today = value_at(version.values, source["at"]), value_at(values, source["at"])
        if isinstance(printed, Mapping) and "ten" in printed:
            old, new = printed["ten"], today["ten"]
            now |= {old: new, old.upper(): new.upper()}
    return tuple(now.get(text, text) for text in version.must_contain)
