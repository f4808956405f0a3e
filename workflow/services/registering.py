"""The register of outgoing papers, as its keeper uses it: numbers that are not used are voided."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import RegisterEntry
from documents.register import void_number
from organisations.actors import Actor
from organisations.models import Role
from signatures.models import Signature
from workflow.errors import AccessDeniedError, NotFoundError, NumberInUseError
from workflow.services.acting import act


@act
def void_register_number(*, actor: Actor, entry_id: UUID, reason: str) -> RegisterEntry:
    """Void a number whose paper will not be issued; it stays in the book with the reason.

    By the document clerk of the body, or of one above it. Raises NotFoundError,
    AccessDeniedError, NumberInUseError once its paper bears a signature, VoidRefusedError
    without a reason or when it is voided already.
    """
    entry = RegisterEntry.objects.select_related("body").filter(pk=entry_id).first()
    if entry is None:
        raise NotFoundError
    mandate = actor.mandate_over(entry.body.path, Role.DOCUMENT_CLERK)
    if mandate is None:
        raise AccessDeniedError(
            act=_("Hủy số văn bản"), why=_("Việc này của văn thư giữ sổ đăng ký văn bản đi.")
        )
    if Signature.objects.filter(version__document__register_entry=entry).exists():
        raise NumberInUseError(entry.notation)
    return void_number(who=actor.who(mandate), at=timezone.now(), entry_id=entry_id, reason=reason)
