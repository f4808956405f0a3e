"""From rules and facts to verdicts; pure, one pass, and the same for any order of either."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal

from campaigns.judging.facts import Facts
from campaigns.judging.finding import Finding, unknown
from campaigns.judging.predicates import PREDICATES
from campaigns.judging.reader import Reader
from campaigns.judging.rules import SEEN, Rule
from campaigns.judging.verdicts import Outcome, Verdict
from campaigns.judging.wording import in_force_words

UNREAD = "Chưa đọc được nguyên văn quy định này; mới thấy ở nguồn thứ cấp hoặc theo trí nhớ."


def judge(rules: Sequence[Rule], facts: Facts) -> list[Verdict]:
    """Return a verdict for each rule, in their order. Never raises for any facts.

    Time grows with the number of rules alone. Nothing is read but the arguments.
    """
    return [_verdict(rule, facts) for rule in rules]


def digest(rules: Iterable[Rule]) -> str:
    """Return the SHA-256 of the rules as data, in hex; their order does not matter.

    Two digests are equal only when every rule is the same in words, clause, dates and
    parameters, so a stored one tells whether a judgement was made by the rules of today.
    """
    ordered = sorted(rules, key=lambda rule: rule.key)
    plain = json.dumps([_plain(rule) for rule in ordered], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _verdict(rule: Rule, facts: Facts) -> Verdict:
    reader = Reader(facts, rule.asks)
    finding = _read_text(rule, _spared(rule, reader) or _checked(rule, reader))
    return Verdict(
        rule=rule.key,
        outcome=finding.outcome,
        words=rule.words,
        clause=rule.clause,
        source=rule.source,
        in_force=in_force_words(rule.valid_from, rule.valid_to),
        used=reader.used,
        arithmetic=finding.arithmetic,
        missing=reader.missing,
        warnings=finding.warnings,
        question=finding.question,
    )


def _checked(rule: Rule, reader: Reader) -> Finding:
    return PREDICATES[rule.predicate].check(rule.params, reader)


def _spared(rule: Rule, reader: Reader) -> Finding | None:
    """Return the answer for a rule with a condition that does not hold, or is not known."""
    key = rule.params.get("only_if")
    if not isinstance(key, str):
        return None
    label, wanted = reader.label(key), rule.params.get("only_if_is")
    value = reader.answer(key) if wanted is None else reader.text(key)
    if value is None:
        return unknown()
    if value == (True if wanted is None else wanted):
        return None
    said = "không" if wanted is None else str(value)
    return Finding(Outcome.MET, f"Không áp dụng ({label}: {said})")


def _read_text(rule: Rule, finding: Finding) -> Finding:
    """Keep a rule whose text nobody read from refusing anybody."""
    if rule.mark == SEEN:
        return finding
    warnings = (*finding.warnings, UNREAD)
    if finding.outcome != Outcome.NOT_MET:
        return Finding(finding.outcome, finding.arithmetic, warnings, finding.question)
    where = ", ".join(filter(None, (rule.clause, rule.source)))
    question = (
        f"Tra nguyên văn {where} rồi quyết định: theo nội dung đang ghi nhận thì không đạt. "
        f"{finding.question}"
    )
    return Finding(Outcome.PERSON, finding.arithmetic, warnings, question.rstrip())


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(part) for name, part in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
