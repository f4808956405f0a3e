"""A person's notices, how he wants them mailed, and the outbox that the administrator keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import django_filters
from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.actors import Actor
from organisations.models import Role, User
from workflow.errors import NotFoundError
from workflow.models import Mail, MailStatus, Manner, Notice, NoticeChoice, NoticeKind
from workflow.models.notices import default_manner
from workflow.services.telling import ABOUT

KEEPERS: Final = frozenset({Role.ADMINISTRATOR.value})
"""Who sees and keeps the outbox."""


def notices_of(actor: Actor) -> QuerySet[Notice]:
    """Return a person's notices, newest first, each with what it is about."""
    rows = Notice.objects.filter(user_id=actor.user_id)
    return rows.select_related(*ABOUT).order_by("-made_at", "-pk")


def manners_of(actor: Actor) -> dict[NoticeKind, Manner]:
    """Return how a person wants each kind of notice mailed."""
    rows = NoticeChoice.objects.filter(user_id=actor.user_id)
    chosen = {NoticeKind(row.kind): Manner(row.manner) for row in rows}
    return {kind: chosen.get(kind, default_manner(kind)) for kind in NoticeKind}


def address_of(actor: Actor) -> str:
    """Return where a person gets his letters; "" where he gets none."""
    return User.objects.values_list("email", flat=True).get(pk=actor.user_id)


class MailFilter(django_filters.FilterSet):
    """What the outbox can be narrowed by."""

    status = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=MailStatus.choices, empty_label=_("Tất cả")
    )
    address = django_filters.CharFilter(label=_("Địa chỉ"), lookup_expr="icontains")

    class Meta:
        model = Mail
        fields: list[str] = []


@dataclass(frozen=True)
class Outbox:
    """The letters that a keeper sees, and how many are in each status."""

    mails: QuerySet[Mail]
    counts: Mapping[str, int]
    has_server: bool


def outbox(actor: Actor) -> Outbox:
    """Return the outbox, or raise NotFoundError for everybody but its keepers."""
    if not actor.mandates_as(*KEEPERS):
        raise NotFoundError
    rows = Mail.objects.select_related("user").order_by("-made_at", "pk")
    counted = Mail.objects.order_by().values("status").annotate(many=Count("pk"))
    counts = {str(MailStatus(row["status"]).label): row["many"] for row in counted}
    return Outbox(rows, counts, bool(settings.MAIL_URL))


def access_mail(actor: Actor, mail_id: UUID) -> Mail:
    """Return a letter to a keeper of the outbox, or raise NotFoundError."""
    mail = outbox(actor).mails.filter(pk=mail_id).first()
    if mail is None:
        raise NotFoundError
    return mail
