"""A list of nominees between its dry run and its import: kept in the store, named by a token.

The token is signed, lives for an hour and is good for the person who uploaded the list alone, so
that what is written is byte for byte what was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from documents import store
from documents.models import FileKind, StoredFile
from organisations.actors import Actor
from workflow.errors import NotFoundError
from workflow.services.importing import Upload

MAX_AGE_SECONDS = 3600
_SALT = "workflow.lists"


@dataclass(frozen=True)
class KeptList:
    """A list that waits to be imported."""

    unit_id: UUID
    occasion_id: UUID
    upload: Upload


def keep_list(*, actor: Actor, kept: KeptList) -> str:
    """Put a list that was read without refusal into the store and return its token."""
    stored = store.put(kept.upload.content, kind=FileKind.XLSX)
    content = {
        "user": actor.user_id,
        "file": stored.sha256,
        "name": kept.upload.name,
        "unit": str(kept.unit_id),
        "occasion": str(kept.occasion_id),
    }
    return signing.dumps(content, salt=_SALT)


def kept_list(*, actor: Actor, token: str) -> KeptList:
    """Return the list that a token names. Raises NotFoundError for a bad, old or foreign one."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature as error:
        raise NotFoundError from error
    if content["user"] != actor.user_id:
        raise NotFoundError
    stored = StoredFile.objects.get(pk=content["file"])
    upload = Upload(content["name"], store.read(stored))
    return KeptList(UUID(content["unit"]), UUID(content["occasion"]), upload)
