"""Counting those who ask without log-in, by their address on the net, minute by minute."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.core.cache import cache

CHECKS_PER_MINUTE: Final = 30
"""Enough for a clerk with a pile of papers; to meet one of 2**128 codes by chance, nothing is."""
_KEPT_SECONDS: Final = 120


def may_check(address: str, *, at: datetime) -> bool:
    """Count one question from an address and return whether it may still be answered.

    The address is kept as a hash, for two minutes. Not promised: an exact count of questions
    that come in the same instant.
    """
    minute = int(at.timestamp()) // 60
    key = f"check:{minute}:{sha256(address.encode()).hexdigest()[:32]}"
    asked = int(cache.get_or_set(key, 0, _KEPT_SECONDS) or 0) + 1
    cache.set(key, asked, _KEPT_SECONDS)
    return asked <= CHECKS_PER_MINUTE
