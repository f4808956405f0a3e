"""The engine outside a transaction: it refuses to begin."""

from __future__ import annotations

import pytest
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from organisations.actors import SYSTEM_ACTOR
from workflow.engine import fire_many
from workflow.states import MOVES


def test_set_outside_a_transaction_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TransactionManagementError, match="inside the service's transaction"):
        fire_many(actor=SYSTEM_ACTOR, move=MOVES["receive"], items=[], at=timezone.now())
