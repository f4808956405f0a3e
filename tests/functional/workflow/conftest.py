"""The demo province under every test of the pages; what a test does to it is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from organisations.models import User
from tests import rounds
from tests.replay import heads


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The province, loaded once for the tests of a module and gone after them."""
    with django_db_blocker.unblock():
        frame = transaction.atomic()
        frame._from_testcase = True  # type: ignore[attr-defined]  # durable services run inside
        with frame:
            rounds.load_province()
            yield
            transaction.set_rollback(True)


@pytest.fixture
def office(province: None, db: None) -> Iterator[Callable[[str], Client]]:
    """Return a function that gives the browser of a signed-in person."""

    def sign_in(username: str) -> Client:
        client = Client()
        with rounds.TAPE.deaf():
            client.force_login(
                User.objects.get(username=username),
                backend="django.contrib.auth.backends.ModelBackend",
            )
        return client

    with rounds.TAPE.listening(at=heads()):
        yield sign_in
