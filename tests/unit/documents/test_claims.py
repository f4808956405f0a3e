import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from documents import claims

NOW = datetime(2023, 12, 5, tzinfo=UTC)


def test_own_claim_is_not_abandoned() -> None:
    assert not claims.is_abandoned(claims.own_claim(), claimed_at=NOW, now=NOW)


def test_claim_past_the_limit_is_abandoned_wherever_it_is_from() -> None:
    late = NOW + claims.CLAIM_LIMIT + timedelta(seconds=1)
    assert claims.is_abandoned(claims.own_claim(), claimed_at=NOW, now=late)
    assert claims.is_abandoned("elsewhere/boot:1:5", claimed_at=NOW, now=late)


def test_claim_of_another_host_is_believed_within_the_limit() -> None:
    assert not claims.is_abandoned("elsewhere/boot:1:5", claimed_at=NOW, now=NOW)


def test_claim_of_reused_process_id_is_abandoned() -> None:
    host, pid, started = claims.own_claim().rsplit(":", 2)
    assert pid == str(os.getpid())
    assert claims.is_abandoned(f"{host}:{pid}:{int(started) - 1}", claimed_at=NOW, now=NOW)


@pytest.mark.parametrize("waited_for", [False, True])
def test_claim_of_killed_process_is_abandoned(*, waited_for: bool) -> None:
    program = "from documents import claims; print(claims.own_claim(), flush=True); input()"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as child:
        assert child.stdout is not None
        claim = child.stdout.readline().strip()
        alive = claims.is_abandoned(claim, claimed_at=NOW, now=NOW)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | (0 if waited_for else os.WNOWAIT))
        gone = claims.is_abandoned(claim, claimed_at=NOW, now=NOW)
    assert (alive, gone) == (False, True)
