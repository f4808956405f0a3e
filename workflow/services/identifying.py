"""Saying whether a nominee is the person behind an account: it then bars him from his own case."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from organisations.models import User
from workflow.authority import Act
from workflow.engine import check_version
from workflow.errors import AccessDeniedError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_persons import NotNamesakeError
from workflow.models import Identification, Nomination, Nominee
from workflow.permissions import can_do
from workflow.persons import bears_name
from workflow.queries import paths_of
from workflow.services.acting import act
from workflow.services.loading import lock_nomination, require, touch
from workflow.services.nominees import tidy


@act
def identify_person(
    *,
    actor: Actor,
    nomination_id: UUID,
    expected_version: int,
    user_id: int,
    same: bool,
    reason: str,
) -> Identification:
    """Say that a nominee is, or is not, the person behind an account of his name; return the row.

    reason  what that rests on: a personal file, a birth date, a question asked

    It holds for every nomination of that nominee, and may be said anew. By the unit while it
    drafts, and by the desk that holds it; by nobody of himself, nor in his name. Raises
    NotFoundError, NominationChangedError, AccessDeniedError, NotNamesakeError, ValueMissingError.
    """
    at = timezone.now()
    nomination = lock_nomination(nomination_id)
    check_version(nomination, expected_version)
    mandate = _mandate(actor, nomination, user_id)
    nominee = Nominee.objects.select_for_update(no_key=True).get(pk=nomination.nominee_id)
    user = User.objects.filter(pk=user_id).first()
    if user is None or not (user.pk == nominee.user_id or bears_name(user, nominee)):
        raise NotNamesakeError(nominee.name)
    reason = tidy(reason)
    if not reason:
        raise ValueMissingError(_("Căn cứ xác định"))
    before = _shown(nominee)
    _write(nominee, user, same=same)
    touch(nomination, actor, at)
    entry = Entry(
        stream=nomination.dossier.stream,
        action="nominee.identified" if same else "nominee.told_apart",
        subject=nomination.subject,
        before=before,
        after=_shown(nominee),
        data={"nominee": nominee.name, "person": user.full_name, "reason": reason},
    )
    record(who=actor.who(mandate), entry=entry, at=at)
    return Identification.objects.create(
        nominee=nominee,
        user=user,
        same=same,
        reason=reason,
        said_at=at,
        said_by=actor.name,
        said_role=mandate.role,
    )


def _mandate(actor: Actor, nomination: Nomination, user_id: int) -> Mandate:
    words = str(Act.IDENTIFY.label)
    decision = can_do(actor, Act.IDENTIFY, nomination, paths_of(nomination))
    mandate = require(decision, words)
    if user_id in {actor.user_id, mandate.lender_id}:
        raise AccessDeniedError(
            act=words, why=_("Không ai tự xác định mình có phải là người được đề nghị hay không.")
        )
    return mandate


def _write(nominee: Nominee, user: User, *, same: bool) -> None:
    others = [key for key in nominee.not_users if key != user.pk]
    if same:
        nominee.user = user
    else:
        others.append(user.pk)
        nominee.user = None if nominee.user_id == user.pk else nominee.user
    nominee.not_users = sorted(others)
    nominee.save(update_fields=["user", "not_users"])


def _shown(nominee: Nominee) -> dict[str, object]:
    return {"user": nominee.user_id, "not_users": list(nominee.not_users)}
