"""What a person does with what he is told: reads it, and says how he wants to hear of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from audit.services import Entry, record
from organisations.actors import Actor
from organisations.models import User
from workflow.models import Manner, Notice, NoticeChoice, NoticeKind
from workflow.services.acting import act
from workflow.services.nominees import tidy


@act
def read_notices(*, actor: Actor, notice_id: int | None = None) -> int:
    """Note that a person has read one of his notices, or, with None, all; return how many.

    Somebody else's notice is not there. No event: what one reads is nobody's business.
    """
    at = timezone.now()
    rows = Notice.objects.filter(user_id=actor.user_id, read_at__isnull=True)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=at)


@act
def choose_notices(*, actor: Actor, email: str, manners: Mapping[NoticeKind, Manner]) -> User:
    """Keep where a person gets his letters and how he wants each kind; return the person.

    email  "" for none: no letter is written then
    """
    at = timezone.now()
    user = User.objects.select_for_update(no_key=True).get(pk=actor.user_id)
    before = _shown(user)
    user.email = tidy(email)
    user.save(update_fields=["email"])
    for kind, manner in manners.items():
        NoticeChoice.objects.update_or_create(user=user, kind=kind, defaults={"manner": manner})
    entry = Entry(
        stream="organisation",
        action="person.notices_chosen",
        subject=f"user:{user.pk}",
        before=before,
        after=_shown(user),
    )
    record(who=actor.who(), entry=entry, at=at)
    return user


def _shown(user: User) -> dict[str, object]:
    rows = NoticeChoice.objects.filter(user=user).order_by("kind")
    return {"has_address": bool(user.email), **dict(rows.values_list("kind", "manner"))}
