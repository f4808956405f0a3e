"""Pages as a browser reads them: entities are letters, and a line break is a space."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.test import Client


def words_of(answer: Any) -> str:
    """Return the HTML of an answer in one line."""
    return " ".join(unescape(answer.content.decode()).split())


def page_of(client: Client, address: str, **query: Any) -> str:
    """Return the HTML of a page that opens, in one line."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return words_of(answer)
