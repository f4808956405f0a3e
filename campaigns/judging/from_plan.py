"""From the plan's own rows to rules: who, which award, which criteria, which targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.judging.comparing import sign
from campaigns.judging.finding import Target
from campaigns.judging.predicates.combined import Part
from campaigns.judging.rules import AskedFact, AskedKind, Rule
from campaigns.judging.wording import amount_words
from campaigns.models import AwardItem, Criterion, IndicatorTarget, SubjectKind

_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Origin:
    """The plan as the source of its rules: how it is cited, and its first day."""

    source: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The targets that a threshold is read against: all of the year's, or the category's own."""

    targets: tuple[Target, ...]
    whole: bool


def target_of(row: IndicatorTarget) -> Target:
    """Return a target with what is odd about it; its indicator must be loaded."""
    indicator = row.indicator
    printed, value = str(row), row.value.normalize()
    warnings = []
    if row.derived_op and row.derived_op != row.op:
        meant = f"{sign(row.derived_op)} {amount_words(value, indicator.unit)}"
        warnings.append(f"Kế hoạch in “{printed}”, không thể đạt; đánh giá là {meant}")
    notes = (row.derived.get("note"), indicator.derived.get("note"))
    warnings += [f"Lưu ý của người nhập: {note}" for note in notes if isinstance(note, str)]
    return Target(
        key=indicator.key,
        name=row.name or indicator.name,
        year=row.year,
        op=row.effective_op,
        value=value,
        unit=indicator.unit,
        printed=printed,
        warnings=tuple(warnings),
    )


def asked_target(target: Target, row: IndicatorTarget) -> AskedFact:
    """Return a target's figure as a person is asked for it."""
    kind = AskedKind.PERCENT if target.unit == _PERCENT else AskedKind.COUNT
    indicator = row.indicator
    helps = [f"So với: {indicator.base}" if indicator.base else "", indicator.exception]
    label = f"{target.name}, năm {target.year}"
    return AskedFact(target.fact, label, kind, "; ".join(filter(None, helps)))


def target_rule(target: Target, row: IndicatorTarget, origin: Origin) -> Rule:
    """Return the rule that one target is reached."""
    params: dict[str, object] = {"fact": target.fact, "op": target.op, "value": target.value}
    params |= {"unit": target.unit, "warnings": target.warnings}
    return Rule(
        key=target.fact,
        predicate="reaches",
        params=params,
        words=f"{target.name}, đến năm {target.year}: {target.printed}",
        clause=row.clause or row.indicator.clause,
        source=origin.source,
        valid_from=origin.since,
        asks=(asked_target(target, row),),
    )


def subject_rule(item: AwardItem, subjects: Sequence[SubjectKind], origin: Origin) -> Rule:
    """Return the rule that the award is given to nominees of this category."""
    choices = tuple((subject.key, subject.name) for subject in subjects)
    return Rule(
        key="subject",
        predicate="one_of",
        params={"fact": "nominee.subject", "words": tuple(key for key, _name in choices)},
        words=f"Đúng đối tượng của {item}",
        clause=item.clause,
        source=origin.source,
        valid_from=origin.since,
        asks=(AskedFact("nominee.subject", "Đối tượng", AskedKind.TEXT, choices=choices),),
    )


def award_rules(item: AwardItem, threshold: Threshold, origin: Origin) -> Iterator[Rule]:
    """Yield what the plan's line on this award asks: norm, threshold, conditions, or its words."""
    key = f"award.{item.key}"
    for number, condition in enumerate(item.conditions, 1):
        yield _person(f"{key}.{number}", condition, item.clause, origin)
    named_norm = bool(item.norm_set_by) or item.norm_amount is not None
    if item.conditions and not item.threshold_op and not named_norm:
        return
    part, asks = _main_part(item, key, threshold)
    if item.alternative:
        other = f"{key}.alternative"
        parts = (part, Part("person_finds", {"fact": other}, item.alternative))
        asks = (*asks, AskedFact(other, item.alternative, AskedKind.YES_NO))
        part = Part("any_of", {"parts": parts}, f"{item.rule} Hoặc: {item.alternative}")
    yield Rule(
        key, part.predicate, part.params, part.words, item.clause, origin.source, origin.since,
        asks=asks,
    )  # fmt: skip


def _main_part(
    item: AwardItem, key: str, threshold: Threshold
) -> tuple[Part, tuple[AskedFact, ...]]:
    params: dict[str, object]
    if item.threshold_op and item.threshold_value is not None:
        params = {"targets": threshold.targets, "op": item.threshold_op}
        params |= {"value": item.threshold_value.normalize()}
        if not threshold.whole:
            said = f"Tính trên {len(threshold.targets)} mục tiêu mà tiêu chuẩn của đối tượng nêu"
            params["warnings"] = (f"{said}; kế hoạch chỉ ghi “{item.threshold_of}”",)
        if item.threshold_reading:
            params["reading"] = item.threshold_reading
        asks = tuple(
            AskedFact(target.fact, f"{target.name}, năm {target.year}", AskedKind.PERCENT)
            for target in threshold.targets
        )
        return Part("exceeds", params, item.rule), asks
    if item.norm_set_by or item.norm_amount is not None:
        params = {"fact": "contribution.amount", "set_by": item.norm_set_by}
        if item.norm_amount is not None:
            params["norm"] = Decimal(item.norm_amount)
        asked = AskedFact(
            "contribution.amount", "Giá trị đóng góp", AskedKind.MONEY, "Quy ra tiền, đồng"
        )
        return Part("contributes", params, item.rule), (asked,)
    asks = (AskedFact(key, item.rule, AskedKind.YES_NO),)
    return Part("person_finds", {"fact": key}, item.rule), asks


def criterion_rule(
    row: Criterion, key: str, targets: Sequence[Target], asked: Sequence[AskedFact], origin: Origin
) -> Rule:
    """Return the rule of one criterion.

    A criterion that names pillars asks for all their targets; one whose targets are only read
    into its words asks for some, since the words do not say how many; one that asks for the
    unit's own plan asks for the document; every other one is for a person to judge.
    """
    if row.pillars or (row.kind == "indicators" and row.derived.get("indicators")):
        predicate = "all_targets" if row.pillars else "some_targets"
        return Rule(
            key, predicate, {"targets": tuple(targets)}, row.text, row.clause, origin.source,
            origin.since, asks=tuple(asked),
        )  # fmt: skip
    if row.kind == "plan_document":
        asks = (AskedFact(key, row.text, AskedKind.DOCUMENT, "Số, ngày của kế hoạch"),)
        return Rule(
            key, "has_document", {"fact": key}, row.text, row.clause, origin.source,
            origin.since, asks=asks,
        )  # fmt: skip
    question = _QUESTION if row.derived.get("applies_to") else ""
    return _person(key, row.text, row.clause, origin, applies_if=row.applies_if, question=question)


_QUESTION = (
    "Người nhập kế hoạch hiểu tiêu chuẩn này chỉ dành cho một số đối tượng; kế hoạch không nói rõ. "
    "Tiêu chuẩn có áp dụng cho trường hợp này không, và đạt hay không đạt?"
)


def _person(
    key: str, words: str, clause: str, origin: Origin, *, applies_if: str = "", question: str = ""
) -> Rule:
    """Return a rule that a person finds met or not, where it applies."""
    params, asks = {"fact": key}, [AskedFact(key, words, AskedKind.YES_NO)]
    if question:
        params["question"] = question
    if applies_if:
        params["only_if"] = f"{key}.applies"
        asks.append(AskedFact(f"{key}.applies", applies_if, AskedKind.YES_NO))
    return Rule(
        key, "person_finds", params, words, clause, origin.source, origin.since, asks=tuple(asks)
    )
