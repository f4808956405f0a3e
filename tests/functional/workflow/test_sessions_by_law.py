"""A session against the law of its dossiers: quorum, ratios, and what no text says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from audit.errors import Refusal
from campaigns.models import BonusForm, Mark, Regime, Threshold
from tests.cast import Cast
from tests.councils import (
    call_roll,
    concluded,
    convened,
    counting,
    opened,
    seat,
    show_hands,
    voters,
    voting,
)
from tests.factories import PRIME_MINISTER, again, facts, nomination_in
from tests.judging import load_regimes
from workflow.models import Attendance, CouncilSession, Nomination
from workflow.session_results import results_of
from workflow.states import State


@pytest.fixture(autouse=True)
def _law(cast: Cast) -> Iterator[None]:
    load_regimes()
    with time_machine.travel("2025-08-20T08:00:00+07:00"):
        seat(cast, voters(5))
        yield


def entered(**values: Any) -> Threshold:
    """What an office that has its province's rule has entered of the vote."""
    return Threshold.objects.create(
        regime=Regime.objects.get(key="nd-152-2025"), form=BonusForm.objects.get(key="bk_ttg"),
        council="province", mark=Mark.OFFICE, clause="Quy chế, Điều 8", entered_by="Q",
        entered_at=timezone.now(), **values,
    )  # fmt: skip


def session_of(cast: Cast, *absent: int) -> tuple[Nomination, CouncilSession]:
    row = nomination_in(State.UNDER_REVIEW, cast, facts(authority=PRIME_MINISTER))
    away = {f"m{place}": {"attendance": Attendance.ABSENT} for place in absent}
    return row, call_roll(cast, convened(cast, [row]), **away)  # type: ignore[arg-type]


def test_too_few_do_not_open_where_a_checked_text_asks_for_more(cast: Cast) -> None:
    entered(quorum="2/3", presence=Decimal(80))
    _row, session = session_of(cast, 4, 5)
    with pytest.raises(Refusal) as caught:
        opened(cast, session)
    assert caught.value.code == "COUNCIL_NO_QUORUM"
    assert "có mặt 3/5 thành viên, chưa đủ 2/3 để họp" in caught.value.why
    assert "60 %, dưới mức 80 %" in caught.value.why
    Threshold.objects.all().delete()  # no text: the council's own rules stand
    assert opened(cast, session).state == "sitting"


@pytest.mark.parametrize(("hands", "state"), [("yyyyn", "reviewed"), ("yyynn", "not_passed")])
def test_the_ratio_of_the_law_decides_by_itself(cast: Cast, hands: str, state: str) -> None:
    entered(pass_ratio=Decimal(80), denominator="all_members")
    row, session = session_of(cast)
    session = voting(cast, opened(cast, session))
    show_hands(cast, session, hands)
    concluded(cast, counting(cast, session), passed=None)
    assert again(row)[0].state == state


def test_a_conclusion_against_the_law_is_refused(cast: Cast) -> None:
    entered(pass_ratio=Decimal(80), denominator="all_members", tie_rule="Theo bên có Chủ tịch")
    _row, session = session_of(cast, 5)
    session = voting(cast, opened(cast, session))
    show_hands(cast, session, "yynn ")
    session = counting(cast, session)
    (result,) = results_of(session)
    assert (result.tied, result.decided, result.tie_rule) == (True, False, "Theo bên có Chủ tịch")
    with pytest.raises(Refusal) as caught:
        concluded(cast, session)
    assert caught.value.code == "VOTE_BELOW_LAW"
