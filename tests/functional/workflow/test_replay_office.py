"""What a walk in the demo province is known by: what a test writes, and not who is logged in."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests import rounds


def test_who_logs_in_changes_no_walk_and_what_he_does_does(
    office: Callable[[str], Client],
) -> None:
    at = rounds.TAPE.walked
    office("cv.rachgia").get("/")
    assert rounds.TAPE.walked == at
    (key,) = rounds.nominations_in("draft")
    after = rounds.TAPE.walked
    assert after != at
    rounds.prepare([key])
    assert rounds.TAPE.walked != after
