"""When a nomination may be decided, from how long others took in the steps it has before it.

An estimate from medians, no promise: it knows nothing of returns to come, of sessions of the
council and of the law's terms. Where a step has been measured too seldom there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from campaigns.models import Decider
from workflow.models import Nomination, StepMedian, WorkItem
from workflow.models.clocks import NAMED_BY_THE_ACT
from workflow.states import State, line_of

FEWEST: Final = 5
"""With fewer measured nominations a step's median says nothing; the product's own convention."""
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step that lies before a nomination; `days` is its median, None where too few were measured."""

    state: State
    cases: int
    days: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the decision may come; `on` is None while a step ahead has been measured too seldom."""

    on: date | None
    steps: tuple[StepAhead, ...]


def steps_ahead(nomination: Nomination) -> tuple[State, ...]:
    """Return the steps from where a nomination stands up to the decision.

    None for one that is decided, closed or off the line; a return and a hold are off it.
    """
    central = nomination.dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}
    line = line_of(nomination.flow_version, central=central)
    before = line[: line.index(State.AWARDED)]
    state = State(nomination.state)
    return before[before.index(state) :] if state in before else ()


def forecast(
    states: Sequence[State],
    medians: Mapping[str, StepMedian],
    spent: timedelta,
    now: datetime,
) -> Forecast:
    """Return when the last of some steps may be over.

    spent  how long the nomination has been in the first of them, all stretches together

    A step that already takes longer than half of the others did is expected to end now.
    """
    steps, left = [], 0.0
    for place, state in enumerate(states):
        known = medians.get(state)
        if known is None or known.cases < FEWEST:
            steps.append(StepAhead(state, known.cases if known else 0, None))
            continue
        steps.append(StepAhead(state, known.cases, known.seconds / _DAY))
        gone = spent.total_seconds() if place == 0 else 0.0
        left += max(known.seconds - gone, 0.0)
    enough = all(step.days is not None for step in steps)
    on = timezone.localdate(now + timedelta(seconds=left)) if enough else None
    return Forecast(on, tuple(steps))


def forecast_of(
    nomination: Nomination, items: Iterable[WorkItem], now: datetime
) -> Forecast | None:
    """Return when a nomination may be decided; None where that is no question. One query.

    items  all its work, open and closed
    """
    states = steps_ahead(nomination)
    if not states:
        return None
    campaign = nomination.dossier.occasion.campaign_id
    medians = {row.state: row for row in StepMedian.objects.filter(campaign=campaign)}
    spells = [item for item in items if item.state == states[0]]
    spent = sum(((item.closed_at or now) - item.opened_at for item in spells), timedelta())
    return forecast(states, medians, spent, now)


MEASURED: Final = tuple(
    state
    for state in State
    if state not in {State.CLOSED, State.INELIGIBLE, State.NOT_PASSED, State.WITHDRAWN}
    and state not in NAMED_BY_THE_ACT
)
"""States that somebody holds because there is something to do."""
