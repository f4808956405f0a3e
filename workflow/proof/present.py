"""What the places of a paper would hold if it were made now: the same makers, today's rows.

Only what a paper's sources name is looked at (workflow.papers.sources). Names of units and the
law are those of the paper's own day, as they are known now (docs/papers-proof.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from campaigns.models import Campaign
from workflow.models import Nomination
from workflow.papers.afterwards import revoked_row
from workflow.papers.appraisal import asked_for, ineligible_row, overruled
from workflow.papers.archive import title_of
from workflow.papers.consulting import answering_facts, asked_facts, posted_facts
from workflow.papers.council import counted_row
from workflow.papers.filing import lines_of, name_on
from workflow.papers.invitation import convened_facts
from workflow.papers.letterhead import letterhead, minutes_citation, occasion_words
from workflow.papers.lists import form_row, name_row, proposal_row
from workflow.papers.registration import registered_facts
from workflow.papers.reports import declared, summed_up
from workflow.papers.results import certified
from workflow.papers.sources import Part, Source
from workflow.papers.topic import topic_facts
from workflow.papers.unit import session, voted_row
from workflow.proof.rows import Rows


@dataclass(frozen=True)
class Present:
    """One paper's places as they would be filled now: its sources, and the rows they name."""

    sources: Sequence[Source]
    rows: Rows

    def value(self, source: Source) -> Any:
        """Return what the place of a source would hold if the paper were made now."""
        return _MAKERS[source.part](source, self)

    @property
    def nominations(self) -> list[Nomination]:
        """Return everybody whom the paper's lists name, each once."""
        keys = dict.fromkeys(one.nomination for one in self.sources if one.nomination)
        return [self.rows.nominations[key] for key in keys]

    def nomination(self, source: Source) -> Nomination:
        """Return the nomination that a source names."""
        return self.rows.nominations[source.nomination]


def present_of(sources: Iterable[Source], rows: Rows) -> Present:
    """Return a paper's places as they would be filled now."""
    return Present(list(sources), rows)


def _proposed(one: Source, now: Present) -> Any:
    return proposal_row(now.nomination(one), now.rows.votes.get(one.vote))


def _name(one: Source, now: Present) -> str:
    """Return what a unit was called on the paper's day; "" where it had no name, as is known now."""
    facts = now.rows.names.facts_on(UUID(one.unit), date.fromisoformat(one.on))
    return facts.name if facts else ""


def _head(one: Source, now: Present) -> str:
    facts = now.rows.names.facts_on(UUID(one.unit), date.fromisoformat(one.on))
    return letterhead(facts)[one.at] if facts else ""


def _grounds(one: Source, now: Present) -> list[str]:
    campaign = _campaign(one, now)
    cited = minutes_citation(now.rows.entries[one.entry], _name(one, now)) if one.entry else ""
    return now.rows.grounds.of(campaign, date.fromisoformat(one.on), cited)


def _campaign(one: Source, now: Present) -> Campaign:
    """Return the movement a paper is of: that of its occasion, or the one it names itself."""
    if one.occasion:
        return now.rows.occasions[one.occasion].campaign
    return now.rows.campaigns[one.campaign]


def _convened(one: Source, now: Present) -> Any:
    session = now.rows.sessions[one.session]
    return convened_facts(session, session.members.all())[one.at]


def _asked(one: Source, now: Present) -> Any:
    asked = now.rows.opinions[one.opinion]
    return {**asked_facts(asked), **answering_facts(asked)}[one.at]


def _registered(one: Source, now: Present) -> Any:
    registration = now.rows.registrations[one.registration]
    return registered_facts(registration, registration.lines.all())[one.at]


def _contents(one: Source, now: Present) -> Any:
    papers = now.rows.contents[one.dossier]
    return lines_of(papers, now.rows.names, date.fromisoformat(one.on))


def _gaps(one: Source, now: Present) -> Any:
    return asked_for(now.nomination(one), now.rows.supplements[one.supplement])[one.at]


_MAKERS: Mapping[Part, Callable[[Source, Present], Any]] = {
    Part.NAMED: lambda one, now: name_row(now.nomination(one)),
    Part.PROPOSED: _proposed,
    Part.VOTED: lambda one, now: voted_row(now.nomination(one), now.rows.votes[one.vote]),
    Part.COUNTED: lambda one, now: counted_row(now.nomination(one), now.rows.votes[one.vote]),
    Part.WITH_FORM: lambda one, now: form_row(now.nomination(one)),
    Part.CERTIFIED: lambda one, now: certified(now.nomination(one)),
    Part.SUMMED_UP: lambda one, now: summed_up(now.nomination(one))[one.at],
    Part.INELIGIBLE: lambda one, now: ineligible_row(now.rows.appraisals[one.appraisal]),
    Part.DECLARED: lambda one, now: declared(now.nomination(one)),
    Part.FORM: lambda one, now: now.nomination(one).award_item.form.name,
    Part.MOVEMENT: lambda one, now: _campaign(one, now).name,
    Part.OCCASION: lambda one, now: occasion_words(now.rows.occasions[one.occasion]),
    Part.SIGNER: lambda one, now: now.rows.users[one.user].full_name,
    Part.HEAD: _head,
    Part.NAME: _name,
    Part.GROUNDS: _grounds,
    Part.SESSION: lambda one, now: session(now.rows.meetings[one.meeting])[one.at],
    Part.GAPS: _gaps,
    Part.OVERRULED: lambda _one, now: overruled(now.nominations, now.rows.overrules),
    Part.MONEY: lambda one, now: now.rows.money.printed(
        now.nominations, date.fromisoformat(one.on)
    ),
    Part.REVOKED: lambda one, now: revoked_row(now.nomination(one)),
    Part.CONVENED: _convened,
    Part.ASKED: _asked,
    Part.POSTED: lambda one, now: posted_facts(now.rows.notices[one.notice])[one.at],
    Part.REGISTERED: _registered,
    Part.CONTENTS: _contents,
    Part.TOPIC: lambda one, now: topic_facts(now.nomination(one))[one.at.partition(".")[2]],
    Part.FILED: lambda one, now: title_of(
        now.rows.dossiers[one.dossier],
        name_on(now.rows.names, UUID(one.unit), date.fromisoformat(one.on)),
    ),
}
