"""How many ballots came in is printed only where the counts of all cases agree."""

from __future__ import annotations

import pytest

from workflow.models import Vote
from workflow.papers.council import ballots_in


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ([(8, 1, 0), (7, 1, 1)], "9"),
        ([(8, 1, 0), (7, 1, 0)], ""),
        ([], ""),
    ],
)
def test_ballots_are_printed_where_the_counts_agree(
    counts: list[tuple[int, int, int]], printed: str
) -> None:
    votes = [
        Vote(votes_for=yes, votes_against=no, votes_invalid=spoilt) for yes, no, spoilt in counts
    ]
    assert ballots_in(votes) == printed
