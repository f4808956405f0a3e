"""Every state of the table can be reached by the services, and by them alone."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.factories import ON_THE_PLAIN_WAY, nomination_in
from workflow.states import State


@pytest.mark.parametrize("state", ON_THE_PLAIN_WAY)
def test_state_is_reached_by_the_services(cast: Cast, state: State) -> None:
    assert nomination_in(state, cast).state == state
