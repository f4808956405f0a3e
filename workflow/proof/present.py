"""What the places of a paper would hold if it were made now: the same makers, today's rows.

Only what a paper's sources name is looked at (workflow.papers.sources). Not judged: names of
units, which are those of the paper's own day, legal grounds, and money, which follow other rules
(docs/papers-proof.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from campaigns.models import Occasion
from organisations.models import User
from workflow.models import Appraisal, Nomination, Vote
from workflow.papers.appraisal import ineligible_row
from workflow.papers.letterhead import occasion_words
from workflow.papers.lists import name_row, proposal_row
from workflow.papers.reports import declared
from workflow.papers.sources import Part, Source
from workflow.papers.unit import voted_row
from workflow.queries import nominations_in_full


@dataclass(frozen=True)
class Rows:
    """The rows that sources name, as they are now, by their keys as text."""

    nominations: Mapping[str, Nomination] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    users: Mapping[str, User] = field(default_factory=dict)


def rows_of(sources: Iterable[Source]) -> Rows:
    """Return the rows that sources name; five queries at most, whatever the number."""
    named = list(sources)
    nominations = nominations_in_full().in_bulk(_keys(UUID, (one.nomination for one in named)))
    votes = Vote.objects.select_related("meeting")
    appraisals = Appraisal.objects.select_related(
        "nomination__nominee", "nomination__award_item__form"
    )
    occasions = Occasion.objects.select_related("campaign")
    return Rows(
        nominations=_by_text(nominations),
        votes=_by_text(votes.in_bulk(_keys(int, (one.vote for one in named)))),
        appraisals=_by_text(appraisals.in_bulk(_keys(int, (one.appraisal for one in named)))),
        occasions=_by_text(occasions.in_bulk(_keys(UUID, (one.occasion for one in named)))),
        users=_by_text(User.objects.in_bulk(_keys(int, (one.user for one in named)))),
    )


def present_value(source: Source, rows: Rows) -> Any:
    """Return what the place of a source would hold if its paper were made now: plain values."""
    return _MAKERS[source.part](source, rows)


def _keys(kind: Callable[[str], Any], keys: Iterable[str]) -> list[Any]:
    return [kind(key) for key in sorted({key for key in keys if key})]


def _by_text(found: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): row for key, row in found.items()}


def _proposed(source: Source, rows: Rows) -> Any:
    return proposal_row(rows.nominations[source.nomination], rows.votes.get(source.vote))


_MAKERS: Mapping[Part, Callable[[Source, Rows], Any]] = {
    Part.NAMED: lambda one, rows: name_row(rows.nominations[one.nomination]),
    Part.PROPOSED: _proposed,
    Part.VOTED: lambda one, rows: voted_row(rows.nominations[one.nomination], rows.votes[one.vote]),
    Part.INELIGIBLE: lambda one, rows: ineligible_row(rows.appraisals[one.appraisal]),
    Part.DECLARED: lambda one, rows: declared(rows.nominations[one.nomination]),
    Part.FORM: lambda one, rows: rows.nominations[one.nomination].award_item.form.name,
    Part.MOVEMENT: lambda one, rows: rows.occasions[one.occasion].campaign.name,
    Part.OCCASION: lambda one, rows: occasion_words(rows.occasions[one.occasion]),
    Part.SIGNER: lambda one, rows: rows.users[one.user].full_name,
}
