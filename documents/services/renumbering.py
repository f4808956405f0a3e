"""A paper that is not yet signed takes another number: the one that the office's system gave."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import Who
from documents.frozen import Plain
from documents.models import Document, DocumentVersion, RegisterEntry
from documents.queries import current_version
from documents.records_errors import RecordNotFoundError
from documents.register import whole_notation
from documents.services.requests import remake_document

ISSUED_ON = "ngay_ban_hanh"
"""The field in which every template takes the paper's own day (docs/templates.md)."""


@transaction.atomic
def renumber_document(
    *, who: Who, at: datetime, document_id: UUID | str, entry: RegisterEntry
) -> DocumentVersion:
    """Give a paper the number and day of another line of the register, and make it anew.

    Wherever its title and values say the old number they say the new one. Raises
    RecordNotFoundError where the paper has no number, and as remake_document. Not promised: that
    it is not signed and that no other paper cites it; the caller has looked.
    """
    rows = Document.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "register_entry"
    )
    document = rows.filter(pk=document_id).first()
    if document is None or document.register_entry is None:
        raise RecordNotFoundError
    renumbered = _renumbering(document.register_entry.notation, entry.notation)
    current = current_version(document)
    document.title = renumbered(document.title)
    document.register_entry = entry
    document.save(update_fields=["title", "register_entry"])
    values = {name: _replaced(value, renumbered) for name, value in current.values.items()}
    if ISSUED_ON in values:
        values[ISSUED_ON] = entry.issued_on.isoformat()
    texts = tuple(map(renumbered, current.must_contain))
    return remake_document(
        who=who,
        at=at,
        document_id=document.pk,
        values=values,
        must_contain=texts,
        sources=current.sources,
    )


@transaction.atomic
def recite_document(
    *, who: Who, at: datetime, document_id: UUID | str, old: str, new: str
) -> DocumentVersion:
    """Make a paper anew that cites another by its number, with the number that one has now.

    Raises RecordNotFoundError, and as remake_document. Not promised: that it is not signed; the
    caller has looked.
    """
    document = (
        Document.objects.select_for_update(no_key=True, of=("self",)).filter(pk=document_id).first()
    )
    if document is None:
        raise RecordNotFoundError
    renumbered = _renumbering(old, new)
    current = current_version(document)
    document.title = renumbered(document.title)
    document.save(update_fields=["title"])
    return remake_document(
        who=who,
        at=at,
        document_id=document.pk,
        values={name: _replaced(value, renumbered) for name, value in current.values.items()},
        must_contain=tuple(map(renumbered, current.must_contain)),
        sources=current.sources,
    )


def _renumbering(old: str, new: str) -> Callable[[str], str]:
    whole = whole_notation(old)
    return lambda text: whole.sub(lambda _found: new, text)


def _replaced(value: Plain, renumbered: Callable[[str], str]) -> Plain:
    if isinstance(value, str):
        return renumbered(value)
    if isinstance(value, list):
        return [_replaced(item, renumbered) for item in value]
    if isinstance(value, dict):
        return {name: _replaced(item, renumbered) for name, item in value.items()}
    return value
