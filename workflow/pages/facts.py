"""The page on which facts are entered: what the rules ask of people, and what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaigns.judging.rules import AskedFact
from organisations.actors import Actor
from workflow.authority import Act
from workflow.errors import NotFoundError
from workflow.evidence import gathered
from workflow.judgements import asked_by, judged
from workflow.models import FactEntry, Nomination
from workflow.pages.judging import FactLine, fact_lines
from workflow.permissions import can_do
from workflow.queries import paths_of
from workflow.states import State
from workflow.supplements import open_gaps_of, opened_facts


@dataclass(frozen=True)
class FactsPage:
    """What people are asked, what was entered before, and what the product knows itself."""

    nomination: Nomination
    asked: list[AskedFact]
    entries: dict[str, list[FactEntry]]
    known: list[FactLine]
    may_enter: bool


def facts_page(actor: Actor, nomination: Nomination, at: datetime) -> FactsPage:
    """Return the page; raises NotFoundError where no rule applies to the nomination."""
    standing = judged([nomination], at).get(nomination.pk)
    if standing is None:
        raise NotFoundError
    asked = asked_by(standing.rules)
    typed = {entry.key for entry in nomination.fact_entries.all()}
    own = {key: fact for key, fact in standing.facts.items() if key not in typed}
    own |= gathered(nomination, at)
    if State(nomination.state) is State.RETURNED:
        opened = opened_facts(open_gaps_of(nomination), standing.rules)
        asked = {key: fact for key, fact in asked.items() if key in opened}
    return FactsPage(
        nomination=nomination,
        asked=[fact for key, fact in asked.items() if key not in own],
        entries=entries_of(nomination),
        known=fact_lines(
            (fact for key, fact in own.items() if key in asked),
            asked,
        ),
        may_enter=can_do(actor, Act.ENTER_FACTS, nomination, paths_of(nomination)).allowed,
    )


def entries_of(nomination: Nomination) -> dict[str, list[FactEntry]]:
    """Return what was entered, by fact, the newest first."""
    found: dict[str, list[FactEntry]] = {}
    for entry in nomination.fact_entries.order_by("-entered_at", "-id"):
        found.setdefault(entry.key, []).append(entry)
    return found
