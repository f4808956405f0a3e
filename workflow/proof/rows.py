"""The rows that sources name, read together: the same queries for one paper and for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from campaigns.models import Campaign, Occasion
from documents.models import Document, RegisterEntry
from organisations.dated import DatedNames, dated_names
from organisations.models import User
from workflow.judgements import overrules_of
from workflow.models import (
    Appraisal,
    CouncilSession,
    Dossier,
    Meeting,
    Nomination,
    OpinionRequest,
    Overrule,
    PublicNotice,
    Registration,
    SupplementRequest,
    Vote,
)
from workflow.papers.bonuses import MoneyBook, money_book
from workflow.papers.filing import bodies_of, filed_papers
from workflow.papers.letterhead import Grounds, grounds_of
from workflow.papers.sources import Part, Source
from workflow.queries import nominations_in_full


@dataclass(frozen=True)
class Rows:
    """The rows that sources name, as they are now, by their keys as text."""

    nominations: Mapping[str, Nomination] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    occasions: Mapping[str, Occasion] = field(default_factory=dict)
    users: Mapping[str, User] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    supplements: Mapping[str, SupplementRequest] = field(default_factory=dict)
    entries: Mapping[str, RegisterEntry] = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    sessions: Mapping[str, CouncilSession] = field(default_factory=dict)
    opinions: Mapping[str, OpinionRequest] = field(default_factory=dict)
    notices: Mapping[str, PublicNotice] = field(default_factory=dict)
    registrations: Mapping[str, Registration] = field(default_factory=dict)
    contents: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    names: DatedNames = field(default_factory=DatedNames)
    grounds: Grounds = field(default_factory=Grounds)
    overrules: Mapping[UUID, Mapping[str, Overrule]] = field(default_factory=dict)
    money: MoneyBook = field(default_factory=MoneyBook)


def rows_of(papers: Iterable[Iterable[Source]]) -> Rows:
    """Return the rows that the sources of papers name; thirty queries at most, however many."""
    each = [list(sources) for sources in papers]
    named = [source for sources in each for source in sources]
    nominations = _found(nominations_in_full(), UUID, (one.nomination for one in named))
    occasions = _occasions(named, nominations.values())
    overruled = [UUID(key) for key in _named_with(Part.OVERRULED, each)]
    votes = _found(Vote.objects.select_related("meeting"), int, (one.vote for one in named))
    filed = {UUID(one.dossier) for one in named if one.part is Part.CONTENTS}
    contents = filed_papers(filed) if filed else {}
    bodies = bodies_of(paper for papers in contents.values() for paper in papers)
    names = dated_names({UUID(one.unit) for one in named if one.unit} | bodies)
    campaigns = _campaigns(named, occasions)
    supplements = SupplementRequest.objects.prefetch_related("gaps")
    appraisals = Appraisal.objects.select_related(
        "nomination__nominee", "nomination__award_item__form"
    )
    return Rows(
        nominations=nominations,
        votes=votes,
        appraisals=_found(appraisals, int, (one.appraisal for one in named)),
        occasions=occasions,
        users=_found(User.objects.all(), int, (one.user for one in named)),
        meetings=_meetings(named, votes.values()),
        supplements=_found(supplements, UUID, (one.supplement for one in named)),
        entries=_found(RegisterEntry.objects.all(), UUID, (one.entry for one in named)),
        campaigns=campaigns,
        sessions=_found(
            CouncilSession.objects.prefetch_related("members"), UUID, (one.session for one in named)
        ),
        opinions=_found(OpinionRequest.objects.all(), UUID, (one.opinion for one in named)),
        notices=_found(_NOTICES, UUID, (one.notice for one in named)),
        registrations=_found(_REGISTRATIONS, UUID, (one.registration for one in named)),
        contents={str(key): papers for key, papers in contents.items()},
        dossiers=_found(
            Dossier.objects.select_related("occasion"),
            UUID,
            (one.dossier for one in named if one.part is Part.FILED),
        ),
        names=names,
        grounds=_grounds(named, occasions, campaigns),
        overrules=overrules_of(overruled) if overruled else {},
        money=money_book([nominations[key] for key in _named_with(Part.MONEY, each)]),
    )


_NOTICES = PublicNotice.objects.prefetch_related("objections__nomination__nominee")
_REGISTRATIONS = Registration.objects.prefetch_related("lines__subject_kind", "lines__form")


def _found(rows: Any, kind: Callable[[str], Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return rows by their keys as text; one query, none where nothing is named."""
    wanted = [kind(key) for key in sorted({key for key in keys if key})]
    return {str(key): row for key, row in rows.in_bulk(wanted).items()} if wanted else {}


def _occasions(named: Sequence[Source], nominations: Iterable[Nomination]) -> dict[str, Occasion]:
    """Return the occasions; those of nominations were read with them."""
    dossiers: list[Dossier] = [row.dossier for row in nominations]
    known = {str(one.occasion_id): one.occasion for one in dossiers}
    others = (one.occasion for one in named if one.occasion not in known)
    return known | _found(Occasion.objects.select_related("campaign"), UUID, others)


def _campaigns(named: Iterable[Source], occasions: Mapping[str, Occasion]) -> dict[str, Campaign]:
    """Return the movements that papers of no one occasion are of; known ones are not read again."""
    known = {str(one.campaign_id): one.campaign for one in occasions.values()}
    others = (one.campaign for one in named if one.campaign not in known)
    return known | _found(Campaign.objects.all(), UUID, others)


def _meetings(named: Sequence[Source], votes: Iterable[Vote]) -> dict[str, Meeting]:
    """Return the sessions; those of votes were read with them."""
    known = {str(vote.meeting_id): vote.meeting for vote in votes}
    others = (one.meeting for one in named if one.meeting not in known)
    return known | _found(Meeting.objects.all(), UUID, others)


def _grounds(
    named: Iterable[Source],
    occasions: Mapping[str, Occasion],
    campaigns: Mapping[str, Campaign],
) -> Grounds:
    wanted = {
        occasions[one.occasion].campaign_id if one.occasion else campaigns[one.campaign].pk
        for one in named
        if one.part is Part.GROUNDS
    }
    return grounds_of(wanted) if wanted else Grounds()


def _named_with(part: Part, papers: Iterable[Sequence[Source]]) -> list[str]:
    """Return the nominations, by key, of papers that have a place of this part."""
    keys = {
        one.nomination
        for sources in papers
        if any(source.part is part for source in sources)
        for one in sources
        if one.nomination
    }
    return sorted(keys)
