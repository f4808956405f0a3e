"""By which table of moves a nomination goes: its campaign's route for the authority that decides."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from campaigns.models import RouteStep
from campaigns.routes import IN_UNIT, PLAIN, PLAIN_UP, TWICE, TWICE_UP, Line, default_line, line_of
from workflow.states import Way

WAYS: Final[dict[Line, Way]] = {
    IN_UNIT: Way.UNIT,
    PLAIN: Way.PROVINCE,
    PLAIN_UP: Way.PROVINCE,
    TWICE: Way.TWICE,
    TWICE_UP: Way.TWICE,
}
"""The table for each line of steps that a campaign's file may give; a test holds both together."""


def way_for(campaign_id: UUID, authority: str) -> Way:
    """Return the way of a campaign's new nominations that an authority decides; one query.

    Where the campaign gives no route, the authority's first line of campaigns.routes.LINES.
    """
    steps = list(
        RouteStep.objects.filter(campaign=campaign_id, authority=authority)
        .order_by("position")
        .values("key", "does", "desk", "then")
    )
    return WAYS[line_of(steps) if steps else default_line(authority)]
