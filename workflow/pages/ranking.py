"""The ranking of a year by a score table, with the arithmetic of every point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.models import Campaign
from workflow.errors import NotFoundError
from workflow.figure_tables import group_tables
from workflow.score_tables import Ranking, ranking_of


@dataclass(frozen=True)
class RankingPage:
    """Everything the page shows."""

    campaign: Campaign
    year: int
    ranking: Ranking
    not_sent: int


def ranking_page(
    campaign: Campaign, year: int, table_key: str, considered: Mapping[str, int] | None = None
) -> RankingPage:
    """Return the ranking. Raises NotFoundError where the year has no such table with units.

    considered  how many of a kind are considered, where the year's sheets do not say it
    """
    for group in group_tables(campaign, year):
        if group.score_table is not None and group.score_table.key == table_key:
            ranking = ranking_of(group.score_table, group, year, considered or {})
            waiting = sum(1 for row in group.rows if not row.cells)
            return RankingPage(campaign, year, ranking, waiting)
    raise NotFoundError
