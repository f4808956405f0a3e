"""The addresses that QR codes on papers lead to: made once, and the same ever after."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from workflow.models import Dossier, PublicCheck

PUBLIC_URL: str = settings.PUBLIC_URL.rstrip("/")
_TOKEN_BYTES = 16


def check_addresses(
    dossier: Dossier, nominations: Iterable[UUID], *, at: datetime, site: str = PUBLIC_URL
) -> Mapping[UUID | None, str]:
    """Return the address of each nomination's public page, and under None the dossier's own.

    Empty where the site has no public address: a code that leads nowhere is not printed. Inside
    the caller's transaction, with the dossier locked by it.
    """
    if not site:
        return {}
    wanted: list[UUID | None] = [None, *nominations]
    tokens: dict[UUID | None, str] = dict(
        PublicCheck.objects.filter(dossier=dossier).values_list("nomination", "token")
    )
    new = [
        PublicCheck(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            dossier=dossier,
            nomination_id=key,
            created_at=at,
        )
        for key in wanted
        if key not in tokens
    ]
    PublicCheck.objects.bulk_create(new)
    tokens |= {one.nomination_id: one.token for one in new}
    return {key: f"{site}{reverse('check', args=[tokens[key]])}" for key in wanted}
