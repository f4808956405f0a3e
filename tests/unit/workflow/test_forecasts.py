"""An arrival reckoned from medians, and the picture of what waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import Decider
from workflow.drawing.waits import WIDTH, Bar, drawn, height
from workflow.forecasts import FEWEST, Forecast, StepAhead, forecast, steps_ahead
from workflow.models import Dossier, Nomination, StepMedian
from workflow.states import State, Way

NOW = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
NONE = timedelta()
DAY = 86_400


def medians(cases: int = FEWEST, **days: float) -> dict[str, StepMedian]:
    return {
        state: StepMedian(state=state, cases=cases, seconds=round(some * DAY))
        for state, some in days.items()
    }


def test_what_is_left_of_this_step_and_all_of_the_others_is_summed() -> None:
    steps = (State.REVIEWED, State.BEFORE_CHAIRMAN)
    known = medians(reviewed=4, before_chairman=2.5)
    found = forecast(steps, known, timedelta(days=1), NOW)
    assert found == Forecast(
        date(2026, 11, 28),
        (StepAhead(State.REVIEWED, 5, 4), StepAhead(State.BEFORE_CHAIRMAN, 5, 2.5)),
    )
    late = forecast(steps, known, timedelta(days=30), NOW)
    assert late.on == date(2026, 11, 25)


@pytest.mark.parametrize("known", [{}, medians(FEWEST - 1, reviewed=4)])
def test_a_step_that_was_measured_too_seldom_leaves_no_day(known: dict[str, StepMedian]) -> None:
    found = forecast((State.REVIEWED,), known, NONE, NOW)
    assert found.on is None
    assert found.steps[0].days is None
    assert found.steps[0].cases == len(known) * (FEWEST - 1)


@pytest.mark.parametrize(
    ("state", "way", "decider", "ahead"),
    [
        ("reviewed", Way.PROVINCE, Decider.PROVINCIAL_CHAIRMAN, ["reviewed", "before_chairman"]),
        (
            "reviewed", Way.PROVINCE, Decider.PRIME_MINISTER,
            ["reviewed", "before_chairman", "at_central"],
        ),
        (
            "appraised", Way.TWICE, Decider.PROVINCIAL_CHAIRMAN,
            ["appraised", "second_appraisal", "under_review", "reviewed", "before_chairman"],
        ),
        ("draft", Way.UNIT, Decider.UNIT_HEAD, ["draft", "prepared"]),
        ("returned", Way.PROVINCE, Decider.PROVINCIAL_CHAIRMAN, []),
        ("awarded", Way.PROVINCE, Decider.PROVINCIAL_CHAIRMAN, []),
        ("withdrawn", Way.PROVINCE, Decider.PROVINCIAL_CHAIRMAN, []),
    ],
)  # fmt: skip
def test_the_steps_ahead_are_those_of_its_own_way(
    state: str, way: Way, decider: Decider, ahead: list[str]
) -> None:
    row = Nomination(state=state, flow_version=way, dossier=Dossier(authority=decider))
    assert list(steps_ahead(row)) == ahead


def test_bars_say_their_days_and_lie_within_the_picture() -> None:
    bars = [Bar("Đang thẩm định", "Sở " + "Dài " * 30, 40), Bar("Nháp", "Sở Y tế", 0)]
    shapes = drawn(bars)
    assert len(shapes) == 4 * len(bars)
    words = [shape.text for shape in shapes if shape.kind == "text"]
    assert {"40", "0", "Sở Y tế"} < set(words)
    assert max(len(text) for text in words) <= 46
    rects = [shape for shape in shapes if shape.kind == "rect"]
    assert all(rect.width > 0 and rect.x + rect.width <= WIDTH for rect in rects)
    assert rects[0].width > rects[1].width
    assert max(shape.y for shape in shapes) < height(bars)
    assert (drawn([]), height([])) == ([], 4)
