"""Verdicts on pages: the card on a nomination, the page with every verdict, a rule's own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.judging.facts import Fact
from campaigns.judging.rules import SEEN, AskedFact, Rule
from campaigns.judging.verdicts import Outcome, Verdict
from campaigns.models import Regime
from organisations.actors import Actor
from workflow.authority import Act
from workflow.errors import NotFoundError
from workflow.errors_rules import OUTCOME_WORDS
from workflow.factvalues import shown
from workflow.gating import Gates, Ruled, ruled
from workflow.hands import find_hands
from workflow.judgements import (
    Judged,
    asked_by,
    counts,
    holds,
    judged,
    newest_judgements,
    says,
    verdicts_in,
    worst,
    worst_first,
)
from workflow.models import Judgement, Nomination, Overrule
from workflow.pages.wording import move_text
from workflow.permissions import OVERRULERS, can_do, mandate_in
from workflow.queries import WITH_UNIT, paths_of
from workflow.states import Desk, State

SHOWN_ON_CARD = 6


@dataclass(frozen=True)
class FactLine:
    """A fact that a verdict used, as it is read: what, how much, from where, who, when."""

    label: str
    value: str
    fact: Fact


@dataclass(frozen=True)
class Line:
    """One verdict with all that stands behind it."""

    verdict: Verdict
    facts: list[FactLine]
    overrule: Overrule | None
    overruled: bool
    gates: list[str]
    may_overrule: bool
    may_lift: bool

    @property
    def outcome(self) -> str:
        """Return the outcome in the reader's language."""
        return str(OUTCOME_WORDS[self.verdict.outcome])


@dataclass(frozen=True)
class Count:
    """How many verdicts came out one way."""

    outcome: Outcome
    text: str
    number: int


@dataclass(frozen=True)
class Standing:
    """The verdicts as shown: those kept last, or those of now where the unit is still drafting.

    rules_changed, facts_changed  what was kept is no longer what judging now would give
    """

    judgement: Judgement | None
    verdicts: list[Verdict]
    outcome: Outcome
    rules_changed: bool
    facts_changed: bool

    @property
    def counts(self) -> list[Count]:
        """Return the four outcomes with their numbers, the worst first."""
        return [
            Count(one, str(OUTCOME_WORDS[one]), number)
            for one, number in counts(self.verdicts).items()
        ]


@dataclass(frozen=True)
class JudgingCard:
    """What a nomination's page shows of its verdicts."""

    standing: Standing
    lines: list[Line]
    more: int
    may_enter: bool
    may_judge: bool
    asks: int


@dataclass(frozen=True)
class VerdictsPage:
    """The page “Đối chiếu tiêu chuẩn”, of now or of one time in the past."""

    nomination: Nomination
    standing: Standing
    lines: list[Line]
    regime: Regime | None
    history: list[tuple[Judgement, str]]
    is_old: bool
    may_enter: bool
    may_judge: bool


def standing_of(nomination: Nomination, now: Judged, kept: Judgement | None) -> Standing:
    """Return what is shown of a nomination: what was kept, but for drafts what is true now."""
    if kept is None or State(nomination.state) in WITH_UNIT:
        verdicts = list(now.verdicts)
        return Standing(None, verdicts, worst(verdicts), rules_changed=False, facts_changed=False)
    return _kept(kept, now)


def _kept(kept: Judgement, now: Judged) -> Standing:
    same_rules = kept.digest == now.digest
    return Standing(
        kept,
        verdicts_in(kept),
        Outcome(kept.outcome),
        rules_changed=not same_rules,
        facts_changed=same_rules and not says(kept, now),
    )


def judging_card(
    actor: Actor, nomination: Nomination, known: Ruled, paths: Mapping[Desk, str]
) -> JudgingCard | None:
    """Return the card; None where no rule applies to the nomination."""
    now = known.now
    if now is None:
        return None
    kept = newest_judgements([nomination.pk]).get(nomination.pk)
    standing = standing_of(nomination, now, kept)
    lines = _lines(actor, nomination, known, standing.verdicts, paths)
    open_lines = [line for line in lines if line.verdict.outcome is not Outcome.MET]
    return JudgingCard(
        standing=standing,
        lines=open_lines[:SHOWN_ON_CARD],
        more=max(0, len(open_lines) - SHOWN_ON_CARD),
        may_enter=can_do(actor, Act.ENTER_FACTS, nomination, paths).allowed,
        may_judge=can_do(actor, Act.JUDGE_ANEW, nomination, paths).allowed,
        asks=len(asked_by(now.rules)),
    )


def verdicts_page(
    actor: Actor, nomination: Nomination, at: datetime, number: int | None = None
) -> VerdictsPage:
    """Return the page of now, or of the judgement with a number; NotFoundError if it has none."""
    known = ruled(nomination, at)
    now = known.now
    history = list(nomination.judgements.select_related("regime"))
    if now is None:
        raise NotFoundError
    old = next((one for one in history if one.pk == number), None)
    if number is not None and old is None:
        raise NotFoundError
    newest = history[0] if history else None
    standing = _kept(old, now) if old else standing_of(nomination, now, newest)
    shown_one = standing.judgement
    paths = paths_of(nomination)
    return VerdictsPage(
        nomination=nomination,
        standing=standing,
        lines=_lines(actor, nomination, known, standing.verdicts, paths),
        regime=shown_one.regime if shown_one else now.regime,
        history=[(one, str(OUTCOME_WORDS[Outcome(one.outcome)])) for one in history],
        is_old=old is not None and old != newest,
        may_enter=can_do(actor, Act.ENTER_FACTS, nomination, paths).allowed,
        may_judge=can_do(actor, Act.JUDGE_ANEW, nomination, paths).allowed,
    )


def _lines(
    actor: Actor,
    nomination: Nomination,
    known: Ruled,
    verdicts: Sequence[Verdict],
    paths: Mapping[Desk, str],
) -> list[Line]:
    """Return verdicts, the worst first, each with its facts, gates and overruling."""
    now_rules = known.now.rules if known.now else ()
    asked = asked_by(now_rules)
    rules = {rule.key: rule for rule in now_rules}
    overrules, gates = known.overrules, _in_words(known.gates)
    may = mandate_in(actor, OVERRULERS, State(nomination.state), paths) is not None
    if may:
        find_hands([nomination])
        may = can_do(actor, Act.OVERRULE, nomination, paths).allowed
    return [
        _line(verdict, asked, rules.get(verdict.rule), overrules.get(verdict.rule), gates, may)
        for verdict in worst_first(verdicts)
    ]


def _line(
    verdict: Verdict,
    asked: Mapping[str, AskedFact],
    rule: Rule | None,
    overrule: Overrule | None,
    gates: Mapping[str, list[str]],
    may: bool,  # noqa: FBT001
) -> Line:
    overruled = rule is not None and holds(overrule, rule)
    return Line(
        verdict=verdict,
        facts=fact_lines(verdict.used, asked),
        overrule=overrule,
        overruled=overruled,
        gates=gates.get(verdict.rule, []),
        may_overrule=may and rule is not None and not overruled
        and verdict.outcome is not Outcome.MET,
        may_lift=may and overruled,
    )  # fmt: skip


def fact_lines(facts: Iterable[Fact], asked: Mapping[str, AskedFact]) -> list[FactLine]:
    """Return facts as they are read: under the names, and with the words, that the rules give."""
    return [
        FactLine(
            asked[fact.key].label if fact.key in asked else fact.key,
            _value_words(fact, asked.get(fact.key)),
            fact,
        )
        for fact in facts
    ]


def _value_words(fact: Fact, asked: AskedFact | None) -> str:
    said = shown(fact.value)
    return dict(asked.choices).get(said, said) if asked else said


def _in_words(gates: Gates) -> dict[str, list[str]]:
    """Return, by rule, the moves at which the campaign asks for it, in words."""
    found: dict[str, list[str]] = {}
    for move, rules in gates.items():
        for rule in rules:
            found.setdefault(rule, []).append(move_text(move))
    return found


@dataclass(frozen=True)
class RulePage:
    """One rule as its text says it, with the verdict from which somebody came to read it."""

    nomination: Nomination
    judgement: Judgement | None
    line: Line
    rule: Rule | None
    regime: Regime | None
    asks: list[AskedFact]
    changed: bool
    unread: bool


def rule_page(
    actor: Actor, nomination: Nomination, at: datetime, key: str, number: int | None = None
) -> RulePage:
    """Return a rule's page; raises NotFoundError where no such rule was judged by."""
    page = verdicts_page(actor, nomination, at, number)
    line = next((one for one in page.lines if one.verdict.rule == key), None)
    if line is None:
        raise NotFoundError
    now = judged([nomination], at).get(nomination.pk)
    rule = next((one for one in now.rules if one.key == key), None) if now else None
    verdict = line.verdict
    return RulePage(
        nomination=nomination,
        judgement=page.standing.judgement,
        line=line,
        rule=rule,
        regime=page.regime,
        asks=list(rule.asks) if rule else [],
        changed=rule is None or (rule.words, rule.clause) != (verdict.words, verdict.clause),
        unread=rule is not None and rule.mark != SEEN,
    )


def worst_outcomes(nominations: Sequence[Nomination], at: datetime) -> dict[UUID, Outcome]:
    """Return the worst outcome of each: as kept, or of now for drafts and what was never judged."""
    kept = newest_judgements(row.pk for row in nominations if State(row.state) not in WITH_UNIT)
    found = {pk: Outcome(judgement.outcome) for pk, judgement in kept.items()}
    rest = judged([row for row in nominations if row.pk not in found], at)
    return found | {pk: worst(one.verdicts) for pk, one in rest.items()}


@dataclass(frozen=True)
class Ground:
    """A rule not met, as a finding of “not eligible” may cite it."""

    rule: str
    reason: str
    clause: str


def refusal_grounds(nomination: Nomination, at: datetime) -> list[Ground]:
    """Return the rules that a nomination does not meet, for the appraiser to choose from."""
    now = judged([nomination], at).get(nomination.pk)
    if now is None:
        return []
    return [
        Ground(one.rule, _reason(one), ", ".join(filter(None, (one.clause, one.source))))
        for one in now.verdicts
        if one.outcome is Outcome.NOT_MET
    ]


def criteria_of(nomination: Nomination, at: datetime) -> list[tuple[str, str]]:
    """Return the rules that ask people for facts, by key and words: what a return may open."""
    now = judged([nomination], at).get(nomination.pk)
    return [(rule.key, rule.words) for rule in now.rules if rule.asks] if now else []


def _reason(verdict: Verdict) -> str:
    words = verdict.words.rstrip(".;")
    return f"{words}: {verdict.arithmetic}" if verdict.arithmetic else words


def warned(nomination: Nomination, at: datetime) -> list[str]:
    """Return in sentences what a draft does not meet and what to do, for the one who saved it."""
    now = judged([nomination], at).get(nomination.pk)
    if now is None:
        return []
    found = counts(now.verdicts)
    said = []
    if found[Outcome.NOT_MET]:
        said.append(
            _("%(count)d tiêu chuẩn chưa đạt: %(which)s")
            % {"count": found[Outcome.NOT_MET], "which": _which(now.verdicts, Outcome.NOT_MET)}
        )
    if found[Outcome.UNKNOWN]:
        said.append(
            _("%(count)d tiêu chuẩn chưa đủ dữ kiện; hãy mở “Nhập dữ kiện” và ghi kèm nguồn.")
            % {"count": found[Outcome.UNKNOWN]}
        )
    return said


def _which(verdicts: Iterable[Verdict], outcome: Outcome) -> str:
    return "; ".join(
        f"{one.words.rstrip('.;')} ({one.clause})" for one in verdicts if one.outcome is outcome
    )
