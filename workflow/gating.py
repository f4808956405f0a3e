"""Gates: the moves at which a campaign asks that certain rules are met (its `gates`).

A campaign that names no gate has none: the verdicts then only warn. Whoever asks a guard loads
the nominations first; the guard itself then costs no query (guards.rules_met).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaigns.judging.rulebook import gates
from campaigns.judging.verdicts import Verdict
from campaigns.models import Campaign
from workflow.judgements import Judged, judged, overrules_of, unmet
from workflow.models import Nomination, Overrule
from workflow.states import GATED_MOVES, Move

Gates = Mapping[str, frozenset[str]]


def load_unmet(nominations: Sequence[Nomination], moves: Iterable[Move], at: datetime) -> None:
    """Put on each nomination the verdicts that bar it at each of the moves.

    Costs nothing for moves that no campaign can gate, and no judging where the campaign of the
    nominations gates none of them; else the same queries whatever their number.
    """
    names = [move.name for move in moves if move.name in GATED_MOVES]
    asked = gates_of(row.dossier.occasion.campaign for row in nominations) if names else {}
    held = [
        row
        for row in nominations
        if any(asked[row.dossier.occasion.campaign_id].get(name) for name in names)
    ]
    standing = judged(held, at) if held else {}
    overrules = overrules_of(standing) if standing else {}
    for row in nominations:
        own = asked.get(row.dossier.occasion.campaign_id, {})
        row.unmet = barred(names, own, standing.get(row.pk), overrules.get(row.pk, {}))


@dataclass(frozen=True, slots=True)
class Ruled:
    """One nomination against its rules, read once for all that a page says of it.

    now  None where no rule applies; overrules  by rule
    """

    now: Judged | None
    gates: Gates
    overrules: Mapping[str, Overrule]

    def bar(self, nomination: Nomination, moves: Iterable[Move]) -> None:
        """Put on the nomination the verdicts that bar it at each of the moves, as load_unmet."""
        names = [move.name for move in moves if move.name in GATED_MOVES]
        nomination.unmet = barred(names, self.gates, self.now, self.overrules)


def ruled(nomination: Nomination, at: datetime) -> Ruled:
    """Return how a nomination stands against its rules, and which moves they bar."""
    now = judged([nomination], at).get(nomination.pk)
    overrules = overrules_of([nomination.pk]).get(nomination.pk, {}) if now else {}
    return Ruled(now, gates(nomination.dossier.occasion.campaign), overrules)


def gates_of(campaigns: Iterable[Campaign]) -> dict[UUID, Gates]:
    """Return what each campaign asks for at which move."""
    known: dict[UUID, Gates] = {}
    for campaign in campaigns:
        if campaign.pk not in known:
            known[campaign.pk] = gates(campaign)
    return known


def barred(
    names: Iterable[str],
    asked: Gates,
    standing: Judged | None,
    overrules: Mapping[str, Overrule],
) -> dict[str, tuple[Verdict, ...]]:
    """Return, by move, the verdicts that bar it; a nomination without rules passes every gate."""
    if standing is None:
        return dict.fromkeys(names, ())
    return {name: unmet(standing, asked.get(name, frozenset()), overrules) for name in names}
