"""How nominations stand against the rules: judged now, kept as plain values, read back.

Nothing here writes. Judging a set costs the same queries however many it holds (evidence.py),
and one reading of the rules for each award, kind of nominee, regime and day that occurs in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from campaigns.judging.facts import Fact, Facts
from campaigns.judging.judge import digest, judge
from campaigns.judging.rulebook import RuleBook, rule_book
from campaigns.judging.rules import AskedFact, Rule
from campaigns.judging.verdicts import Outcome, Verdict
from campaigns.models import Regime
from campaigns.regimes import regime_on
from workflow.evidence import TODAY, facts_of
from workflow.factvalues import plain_fact, read_fact
from workflow.models import Judgement, Nomination, Overrule

WORST_FIRST: Final = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.PERSON, Outcome.MET)


@dataclass(frozen=True, slots=True)
class Judged:
    """One nomination against the rules of its award, of the law and of the day."""

    regime: Regime | None
    on: date
    rules: tuple[Rule, ...]
    facts: Facts
    verdicts: tuple[Verdict, ...]
    digest: str

    @property
    def plain(self) -> dict[str, Any]:
        """Return verdicts and the facts they used as they are stored."""
        used = {fact.key: fact for verdict in self.verdicts for fact in verdict.used}
        return {
            "verdicts": [_plain_verdict(verdict) for verdict in self.verdicts],
            "facts": [plain_fact(used[key]) for key in sorted(used)],
        }


@dataclass(slots=True)
class Books:
    """The rules already read: one reading for each campaign, regime and day."""

    read: dict[tuple[UUID, int | None, date], RuleBook] = field(default_factory=dict)
    seals: dict[tuple[UUID, int | None, date, UUID, UUID], str] = field(default_factory=dict)
    regimes: dict[date, Regime | None] = field(default_factory=dict)

    def book_of(self, nomination: Nomination, at: datetime) -> RuleBook:
        """Return the rules of a nomination's campaign, of its regime and of its day."""
        on = rules_day(nomination, at)
        regime = self.regime_of(nomination, on)
        campaign = nomination.dossier.occasion.campaign
        key = campaign.pk, regime.pk if regime else None, on
        if key not in self.read:
            self.read[key] = rule_book(campaign, regime, on)
        return self.read[key]

    def seal_of(self, nomination: Nomination, book: RuleBook, rules: Sequence[Rule]) -> str:
        """Return the digest of a nomination's rules, reckoned once for each award and kind."""
        key = (
            nomination.dossier.occasion.campaign_id,
            book.regime.pk if book.regime else None,
            book.on,
            nomination.award_item_id,
            nomination.subject_kind_id,
        )
        if key not in self.seals:
            self.seals[key] = digest(rules)
        return self.seals[key]

    def regime_of(self, nomination: Nomination, on: date) -> Regime | None:
        """Return the regime that a dossier is pinned to, else that of the day."""
        if nomination.dossier.regime is not None:
            return nomination.dossier.regime
        if on not in self.regimes:
            self.regimes[on] = regime_on(on)
        return self.regimes[on]


def judged(
    nominations: Sequence[Nomination], at: datetime, books: Books | None = None
) -> dict[UUID, Judged]:
    """Judge nominations as things stand at a time; those without any rule are left out.

    nominations  with nominee, award, subject kind, and dossier with unit, regime, occasion
    books        rules read before, when a large set is judged in chunks
    """
    books = books or Books()
    facts = facts_of(nominations, at)
    found = {}
    for row in nominations:
        book = books.book_of(row, at)
        item = row.award_item
        item.occasion = row.dossier.occasion  # the same row, already read
        rules = tuple(book.rules(item, row.subject_kind))
        if rules:
            known = {**book.facts(item, row.subject_kind), **facts[row.pk]}
            verdicts = tuple(judge(rules, known))
            seal = books.seal_of(row, book, rules)
            found[row.pk] = Judged(book.regime, book.on, rules, known, verdicts, seal)
    return found


def rules_day(nomination: Nomination, at: datetime) -> date:
    """Return the day whose rules count: that of receipt (NĐ 152/2025 Điều 60.3), else today."""
    return timezone.localdate(nomination.dossier.received_at or at)


def worst(verdicts: Iterable[Verdict]) -> Outcome:
    """Return the outcome that a person has to look at first; met where there is no other."""
    outcomes = {verdict.outcome for verdict in verdicts}
    return next((one for one in WORST_FIRST if one in outcomes), Outcome.MET)


def counts(verdicts: Iterable[Verdict]) -> dict[Outcome, int]:
    """Return how many verdicts there are of each outcome, the worst first."""
    outcomes = [verdict.outcome for verdict in verdicts]
    return {one: outcomes.count(one) for one in WORST_FIRST}


def worst_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts by outcome, those of one outcome in the order of the rules."""
    return sorted(verdicts, key=lambda verdict: WORST_FIRST.index(verdict.outcome))


def asked_by(rules: Iterable[Rule]) -> dict[str, AskedFact]:
    """Return what rules ask people for, each fact once, in the order of the rules."""
    found: dict[str, AskedFact] = {}
    for rule in rules:
        for fact in rule.asks:
            found.setdefault(fact.key, fact)
    return found


def _plain_verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "outcome": verdict.outcome.value,
        "words": verdict.words,
        "clause": verdict.clause,
        "source": verdict.source,
        "in_force": verdict.in_force,
        "used": [fact.key for fact in verdict.used],
        "arithmetic": verdict.arithmetic,
        "missing": list(verdict.missing),
        "warnings": list(verdict.warnings),
        "question": verdict.question,
    }


def verdicts_in(judgement: Judgement) -> list[Verdict]:
    """Return the verdicts of a stored judgement, as they were given."""
    facts: Mapping[str, Fact] = {row["key"]: read_fact(row) for row in judgement.facts}
    return [
        Verdict(
            rule=row["rule"],
            outcome=Outcome(row["outcome"]),
            words=row["words"],
            clause=row["clause"],
            source=row["source"],
            in_force=row["in_force"],
            used=tuple(facts[key] for key in row["used"]),
            arithmetic=row["arithmetic"],
            missing=tuple(row["missing"]),
            warnings=tuple(row["warnings"]),
            question=row["question"],
        )
        for row in judgement.verdicts
    ]


def says(judgement: Judgement | None, standing: Judged) -> bool:
    """Return whether a stored judgement is what judging now would give.

    By the same rules, from the same facts, with the same outcomes; that another day has come
    is no other fact, unless it changes an outcome.
    """
    if judgement is None or judgement.digest != standing.digest:
        return False
    now = standing.plain
    same_facts = _lasting(judgement.facts) == _lasting(now["facts"])
    return same_facts and outcomes(judgement) == {
        verdict.rule: verdict.outcome.value for verdict in standing.verdicts
    }


def _lasting(facts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in facts if row["key"] != TODAY]


def outcomes(judgement: Judgement) -> dict[str, str]:
    """Return the outcome of each rule of a stored judgement."""
    return {row["rule"]: row["outcome"] for row in judgement.verdicts}


def newest_judgements(ids: Iterable[UUID]) -> dict[UUID, Judgement]:
    """Return the last stored judgement of each nomination that has one; one query."""
    own = Judgement.objects.filter(nomination__in=list(ids)).order_by()
    last = own.values("nomination").annotate(last=Max("pk")).values("last")
    rows = Judgement.objects.filter(pk__in=last).order_by()
    return {row.nomination_id: row for row in rows}


def overrules_of(ids: Iterable[UUID]) -> dict[UUID, dict[str, Overrule]]:
    """Return, by nomination and rule, the overruling that was last given or lifted; one query."""
    newest: dict[UUID, dict[str, Overrule]] = {}
    for row in Overrule.objects.filter(nomination__in=list(ids)).order_by("at", "id"):
        newest.setdefault(row.nomination_id, {})[row.rule] = row
    return newest


def holds(overrule: Overrule | None, rule: Rule) -> bool:
    """Return whether an overruling stands, and was given for the rule as it reads now."""
    return overrule is not None and overrule.stands and overrule.rule_digest == digest([rule])


def unmet(
    judged_now: Judged, asked: frozenset[str], overrules: Mapping[str, Overrule]
) -> tuple[Verdict, ...]:
    """Return the verdicts that bar a gate: rules it asks for, not met and not overruled."""
    rules = {rule.key: rule for rule in judged_now.rules}
    return tuple(
        verdict
        for verdict in judged_now.verdicts
        if verdict.rule in asked
        and verdict.outcome is not Outcome.MET
        and not holds(overrules.get(verdict.rule), rules[verdict.rule])
    )
