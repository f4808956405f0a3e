"""Every rule of one campaign under one regime on one day, read once and asked many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from campaigns.judging.facts import Fact
from campaigns.judging.finding import Target
from campaigns.judging.from_law import Plan, added_rules, law_rules
from campaigns.judging.from_plan import (
    Origin,
    Threshold,
    asked_target,
    award_rules,
    criterion_rule,
    subject_rule,
    target_of,
    target_rule,
)
from campaigns.judging.known import known_facts, origin_of
from campaigns.judging.rules import Rule
from campaigns.models import (
    AwardItem,
    Campaign,
    CampaignRule,
    CriteriaGroup,
    CriteriaLevel,
    Criterion,
    Gate,
    IndicatorTarget,
    LawRule,
    Level,
    PlanDocument,
    Regime,
    SubjectKind,
)

NO_CLAUSE = "Kế hoạch không ghi điều khoản"
"""What stands for the clause of a fact that was loaded without one."""

_STATE_LEVELS = frozenset({Level.PRIME_MINISTER, Level.PRESIDENT})


def rules_for(
    *, award_item: AwardItem, subject_kind: SubjectKind, regime: Regime | None, on: date
) -> list[Rule]:
    """Return the rules for one award and one category of nominee, in the order of the texts.

    regime  the law to which the dossier is pinned; None where no regime covers its day
    on      the day that fixed the regime (of receipt), or today for a draft

    As many queries whatever the rules; for more than one nomination use `rule_book`.
    """
    book = rule_book(award_item.campaign, regime, on)
    return book.rules(award_item, subject_kind)


def rule_book(campaign: Campaign, regime: Regime | None, on: date) -> RuleBook:
    """Read everything that rules of the campaign are made of; the queries do not grow with it."""
    groups = CriteriaGroup.objects.filter(campaign=campaign).order_by("position")
    targets = IndicatorTarget.objects.filter(campaign=campaign).select_related("indicator")
    items = AwardItem.objects.filter(campaign=campaign).prefetch_related("subjects")
    return RuleBook(
        regime=regime,
        on=on,
        origin=origin_of(campaign, PlanDocument.objects.filter(campaign=campaign)),
        groups=tuple(groups.prefetch_related("subjects", "criteria__subjects")),
        goals=tuple(
            Goal(target_of(row), row) for row in targets.order_by("year", "indicator__position")
        ),
        subjects={item.pk: tuple(item.subjects.all()) for item in items},
        added=tuple(CampaignRule.objects.filter(campaign=campaign).order_by("position")),
        law=tuple(LawRule.objects.order_by("position")),
    )


def gates(campaign: Campaign) -> Mapping[str, frozenset[str]]:
    """Return, for each move that the campaign bars, the keys of the rules to be met there.

    A rule that does not apply to a nomination bars nothing. Empty when the campaign names none.
    """
    rows = Gate.objects.filter(campaign=campaign).values_list("move", "rules")
    return {move: frozenset(rules) for move, rules in rows}


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with its row."""

    target: Target
    row: IndicatorTarget


@dataclass(frozen=True)
class RuleBook:
    """The rules of one campaign, regime and day; made by `rule_book`.

    Rules are put together once for each award and category and then given again as they are, so
    10,000 nominations cost as many lookups. The book does not notice later changes of the rules.
    """

    regime: Regime | None
    on: date
    origin: Origin
    groups: tuple[CriteriaGroup, ...]
    goals: tuple[Goal, ...]
    subjects: Mapping[UUID, tuple[SubjectKind, ...]]
    added: tuple[CampaignRule, ...]
    law: tuple[LawRule, ...]
    _made: dict[tuple[UUID, UUID], list[Rule]] = field(default_factory=dict)

    def rules(self, award_item: AwardItem, subject_kind: SubjectKind) -> list[Rule]:
        """Return the rules for an award and a category of nominee; no queries.

        The item must come with its form and occasion. The list is shared: do not change it.
        """
        key = (award_item.pk, subject_kind.pk)
        if key not in self._made:
            made = self._rules(award_item, subject_kind)
            self._made[key] = [
                rule if rule.clause else replace(rule, clause=NO_CLAUSE) for rule in made
            ]
        return self._made[key]

    def facts(self, award_item: AwardItem, subject_kind: SubjectKind) -> dict[str, Fact]:
        """Return what the campaign itself says of such a nomination; entered facts go before."""
        return known_facts(award_item, subject_kind, self.origin)

    def _rules(self, item: AwardItem, subject: SubjectKind) -> Iterator[Rule]:
        year = item.occasion.year or self.on.year
        due = [goal for goal in self.goals if goal.row.year <= year]
        asked_of = self._asked_of(subject, due)
        of_year = [goal for goal in due if goal.row.year == year]
        own = [goal for goal in of_year if goal in asked_of]
        targets = tuple(goal.target for goal in own or of_year)
        threshold = Threshold(targets, whole=len(targets) == len(of_year))
        plan = [subject_rule(item, self.subjects[item.pk], self.origin)]
        plan += award_rules(item, threshold, self.origin)
        plan += self._criteria(item, subject, due)
        plan += [target_rule(goal.target, goal.row, self.origin) for goal in asked_of]
        yield from plan
        yield from added_rules(self.added, item, subject, self.on, self._plan(plan))
        yield from law_rules(self.law, item.form, subject.kind, self.regime, self.on)

    def _criteria(self, item: AwardItem, subject: SubjectKind, due: list[Goal]) -> Iterator[Rule]:
        for group in self.groups:
            if not _judges(group, item, subject):
                continue
            name = "general" if group.level == CriteriaLevel.GENERAL else f"criterion.{group.key}"
            if group.level == CriteriaLevel.STATE:
                name = "state"
            for row in _criteria_for(group, subject):
                goals = list(_asked_by([row], due))
                asks = [asked_target(goal.target, goal.row) for goal in goals]
                targets = [goal.target for goal in goals]
                yield criterion_rule(row, f"{name}.{row.n}", targets, asks, self.origin)

    def _asked_of(self, subject: SubjectKind, due: list[Goal]) -> list[Goal]:
        """Return the targets that the category's criteria ask for, each once, in plan order."""
        rows = [
            row
            for group in self.groups
            if group.level == CriteriaLevel.PROVINCIAL and subject in group.subjects.all()
            for row in _criteria_for(group, subject)
        ]
        return list(_asked_by(rows, due))

    def _plan(self, rules: list[Rule]) -> Plan:
        asks = [asked_target(goal.target, goal.row) for goal in self.goals]
        asks += [ask for rule in rules for ask in rule.asks]
        targets = {goal.target.fact.removeprefix("target."): goal.target for goal in self.goals}
        return Plan(self.origin, {ask.key: ask for ask in asks}, targets)


def _judges(group: CriteriaGroup, item: AwardItem, subject: SubjectKind) -> bool:
    """Whether a group of criteria is for such an award to such a nominee."""
    if group.level == CriteriaLevel.GENERAL:
        return True
    if group.level == CriteriaLevel.STATE:
        return item.form.level in _STATE_LEVELS
    return item.form.level == Level.PROVINCE and subject in group.subjects.all()


def _criteria_for(group: CriteriaGroup, subject: SubjectKind) -> Iterator[Criterion]:
    for row in sorted(group.criteria.all(), key=lambda row: row.position):
        named = row.subjects.all()
        if not named or subject in named:
            yield row


def _asked_by(rows: Iterable[Criterion], due: Iterable[Goal]) -> Iterator[Goal]:
    """Yield the targets that any of the criteria asks for, as campaigns.queries reads them."""
    pillars: dict[str, set[int]] = defaultdict(set)
    named: set[str] = set()
    for row in rows:
        for pillar in row.pillars:
            pillars[pillar] |= set(row.years)
        named |= set(row.derived.get("indicators", []))
    for goal in due:
        indicator = goal.row.indicator
        if goal.row.year in pillars.get(indicator.pillar, ()) or indicator.key in named:
            yield goal
