"""From the law's and the campaign's own rule rows to rules, where they apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from campaigns.judging.catalogue import facts_for
from campaigns.judging.finding import FACT_KINDS, Target
from campaigns.judging.from_plan import Origin
from campaigns.judging.rules import AskedFact, AskedKind, Rule
from campaigns.judging.stored import from_json, param_kinds
from campaigns.models import (
    AwardForm,
    AwardItem,
    CampaignRule,
    LawRule,
    Regime,
    SubjectKind,
)
from campaigns.spelling import words

_FORM = "{form}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What added rules refer to.

    known     the plan's facts as they are asked, for their labels
    targets   the plan's targets by "g2.2023"
    """

    origin: Origin
    known: Mapping[str, AskedFact]
    targets: Mapping[str, Target]


def added_rules(
    rows: Iterable[CampaignRule], item: AwardItem, subject: SubjectKind, on: date, plan: Plan
) -> Iterator[Rule]:
    """Yield the rules that the campaign adds, for one award and category, in force on a day."""
    for row in rows:
        scopes = ((row.items, item.key), (row.forms, item.form.key), (row.subjects, subject.key))
        if any(named and key not in named for named, key in scopes):
            continue
        if not _in_force(row.valid_from, row.valid_to, on):
            continue
        params = from_json(row.predicate, row.params, plan.targets)
        yield Rule(
            key=row.key,
            predicate=row.predicate,
            params=params,
            words=row.words,
            clause=row.clause,
            source=row.basis or plan.origin.source,
            valid_from=row.valid_from or plan.origin.since,
            valid_to=row.valid_to,
            asks=_asks(row, params, item.form.key, plan.known),
        )


def law_rules(
    rows: Iterable[LawRule], form: AwardForm, kind: str, regime: Regime | None, on: date
) -> Iterator[Rule]:
    """Yield the rules of law under a regime, for a form of award and a kind of nominee.

    A dossier may be judged on a day after its regime has ended, since it stays with the law of
    the day on which it was received: the rules are then those of the regime's last day.
    """
    if regime is None:
        yield _no_regime()
        return
    day = max(on, regime.valid_from)
    if regime.valid_to is not None:
        day = min(day, regime.valid_to)
    for row in rows:
        mark = next((one["mark"] for one in row.regimes if one["regime"] == regime.key), None)
        if mark is not None and _for(row, form, kind) and _in_force(
            row.valid_from, row.valid_to, day
        ):  # fmt: skip
            yield _law_rule(row, form, mark)
    if regime.texts_asked:
        yield _unread(regime)


def _law_rule(row: LawRule, form: AwardForm, mark: str) -> Rule:
    params = from_json(row.predicate, row.params, {})
    kinds = param_kinds(row.predicate)
    for name, value in params.items():
        if kinds[name] in FACT_KINDS:
            params[name] = str(value).replace(_FORM, form.key)
    return Rule(
        key=f"law.{row.key}",
        predicate=row.predicate,
        params=params,
        words=row.words,
        clause=row.clause,
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        asks=_asks(row, params, form.key, {}),
        mark=mark,
    )


def _for(row: LawRule, form: AwardForm, kind: str) -> bool:
    if (row.levels and form.level not in row.levels) or (row.kinds and kind not in row.kinds):
        return False
    said = [words(name) for name in (form.name, form.short_name, *form.names) if name]
    return not row.forms or any(words(name) in said for name in row.forms)


def _in_force(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _asks(
    row: CampaignRule | LawRule,
    params: Mapping[str, object],
    form: str,
    known: Mapping[str, AskedFact],
) -> tuple[AskedFact, ...]:
    """Return each fact that the parameters name, once, as a person is asked for it."""
    own = {ask["key"]: AskedFact(**ask) for ask in row.asks}
    kinds = param_kinds(row.predicate)
    keys = [
        str(params[name]) for name, kind in kinds.items() if kind in FACT_KINDS and name in params
    ]
    goals = params.get("targets")
    keys += [target.fact for target in goals] if isinstance(goals, tuple) else []
    found = {**facts_for(form), **known, **own}
    return tuple(found[key] for key in dict.fromkeys(keys) if key in found)


def _no_regime() -> Rule:
    return Rule(
        key="law.regime",
        predicate="asks_person",
        params={"question": "Ngày này không thuộc chế độ nào đã nhập: hồ sơ theo văn bản nào?"},
        words="Xác định văn bản pháp luật áp dụng cho hồ sơ",
        clause="Chế độ khen thưởng áp dụng",
    )


def _unread(regime: Regime) -> Rule:
    texts = "; ".join(regime.texts_asked)
    label = f"Đã đối chiếu với {texts} và đạt"
    return Rule(
        key="law.unread",
        predicate="person_finds",
        params={
            "fact": "law.unread",
            "question": f"Tra nguyên văn {texts} và đối chiếu: phần mềm chưa có các văn bản này.",
        },
        words=f"Điều kiện theo văn bản chưa có nguyên văn: {texts}",
        clause="Văn bản cần tra",
        source=regime.name,
        valid_from=regime.valid_from,
        valid_to=regime.valid_to,
        asks=(AskedFact("law.unread", label, AskedKind.YES_NO),),
    )
