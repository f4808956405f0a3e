"""Rows of who may win what, on which occasion, against which criteria and targets."""

from collections.abc import Iterator

from campaigns.deciders import LEVELS, decider_of
from campaigns.loading.rows import Name, Wanted, cited
from campaigns.models import (
    AwardForm,
    AwardItem,
    CriteriaGroup,
    CriteriaLevel,
    Criterion,
    Indicator,
    IndicatorTarget,
    Kind,
    Occasion,
    OccasionKind,
    SubjectKind,
)
from campaigns.schema.agreement import ALL_OF, declared_form
from campaigns.schema.award_campaign import COMPARATORS
from campaigns.schema.contradictions import targets_of, year_of
from campaigns.schema.spec import Record
from campaigns.spelling import slug, words

_HOUSEHOLD = words("hộ gia đình")


def rule_rows(facts: Record) -> Iterator[Wanted]:
    """Yield the rows for subjects, criteria, indicators, forms, occasions and their items."""
    yield from _subjects(facts)
    yield from _criteria(facts)
    yield from _indicators(facts)
    yield from _forms(facts)
    yield from _occasions(facts)


def _subjects(facts: Record) -> Iterator[Wanted]:
    lists = facts.get("subjects") or {}
    position = 0
    for listed_as in ALL_OF:
        for subject in lists.get(listed_as) or []:
            position += 1
            household = subject.get("kind") or words(subject["name"]) >= _HOUSEHOLD
            yield cited(
                SubjectKind,
                (subject["key"],),
                position,
                subject
                | {"refs": subject["refs"] or lists["refs"]}
                | {"clause": subject["clause"] or lists["clause"]},
                key=subject["key"],
                name=subject["name"],
                names=[
                    *(subject.get("names") or []),
                    *filter(None, [subject.get("also_named_in_e")]),
                ],
                kind=Kind.HOUSEHOLD if household else listed_as,
                listed_as=listed_as,
                criteria_key=subject.get("criteria"),
            )


def _criteria(facts: Record) -> Iterator[Wanted]:
    criteria = facts.get("criteria") or {}
    general = criteria.get("general") or []
    if general:
        about = {"line": general[0]["line"], "refs": [], "clause": "", "derived": {}}
        about["example"] = general[0].get("example")
        yield from _group(about, CriteriaLevel.GENERAL, 1, general)
    if state := criteria.get("state_level"):
        yield from _group(state, CriteriaLevel.STATE, 2, [state | {"n": 1}])
    for position, group in enumerate(criteria.get("provincial_level") or [], 3):
        yield from _group(group, CriteriaLevel.PROVINCIAL, position, group["items"])


def _group(
    group: Record, level: CriteriaLevel, position: int, items: list[Record]
) -> Iterator[Wanted]:
    key = group.get("key") or str(level)
    values = {"key": key, "level": level, "heading": group.get("heading")}
    row = cited(CriteriaGroup, (key,), position, group, **values, lead=group.get("lead"))
    row.many["subjects"] = (SubjectKind, [(name,) for name in group.get("for") or []])
    yield row
    for order, item in enumerate(items, 1):
        names = ("n", "text", "applies_if", "pillars", "years")
        values = {name: item.get(name) for name in names}
        criterion = cited(Criterion, (key, str(item["n"])), order, item, **values)
        criterion.links["group"] = (CriteriaGroup, (key,))
        criterion.many["subjects"] = (SubjectKind, [(name,) for name in item.get("for") or []])
        yield criterion


def _indicators(facts: Record) -> Iterator[Wanted]:
    indicators = facts.get("indicators") or {}
    for position, item in enumerate(indicators.get("items") or [], 1):
        key = item["key"]
        names = ("key", "pillar", "bullet", "name", "level", "base")
        values = {name: item.get(name) for name in names} | {"exception": item.get("except")}
        values |= {"unit": indicators["unit"]}
        values |= {"pillar_name": indicators["pillars"][item["pillar"]]}
        yield cited(Indicator, (key,), position, item, **values)
        for order, (year, target) in enumerate(targets_of(item), 1):
            row = cited(
                IndicatorTarget,
                (key, str(year)),
                order,
                target,
                year=year,
                name=item.get(f"name_{year}"),
                comparator=target["cmp"],
                op=COMPARATORS[target["cmp"]],
                value=target["value"],
                derived_op=target["derived"].get("op"),
            )
            row.links["indicator"] = (Indicator, (key,))
            yield row


def _forms(facts: Record) -> Iterator[Wanted]:
    """Yield the declared forms, or else one for each form that the awards name."""
    forms = facts.get("award_forms") or []
    if not forms:
        forms = list(_named_forms(facts).values())
    for position, form in enumerate(forms, 1):
        names = ("key", "name", "short_name", "names", "level", "decider")
        values = {name: form.get(name) for name in names}
        yield cited(AwardForm, (form["key"],), position, form, **values)


def _named_forms(facts: Record) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for occasion in facts.get("awards") or []:
        for item in occasion["items"]:
            key = _form_key(item, [])[0]
            decider = decider_of(item["decided_by"])
            if key not in found and decider is not None:
                about = {name: item.get(name) for name in ("line", "refs", "clause", "example")}
                found[key] = about | {
                    "derived": {},
                    "key": key,
                    "name": item["form"],
                    "decider": decider,
                    "level": LEVELS[decider],
                }
    return found


def _form_key(item: Record, forms: list[Record]) -> Name:
    form = declared_form(item["form"], forms)
    return (form["key"] if form else slug(item["form"])[:80],)


def _occasions(facts: Record) -> Iterator[Wanted]:
    lists = facts.get("subjects") or {}
    for position, occasion in enumerate(facts.get("awards") or [], 1):
        key = occasion["key"]
        yield cited(
            Occasion,
            (key,),
            position,
            occasion,
            key=key,
            title=occasion["title"],
            kind=occasion.get("kind") or _kind(key),
            year=year_of(occasion),
        )
        for order, item in enumerate(occasion["items"], 1):
            row = _item(item, key, order)
            row.links["form"] = (AwardForm, _form_key(item, facts.get("award_forms") or []))
            row.many["subjects"] = (SubjectKind, _eligible(item["for"], lists))
            yield row


def _item(item: Record, occasion: str, order: int) -> Wanted:
    threshold = item.get("threshold") or {"derived": {}}
    norm = item.get("norm") or {}
    names = ("key", "label", "names", "rule", "alternative", "conditions")
    row = cited(
        AwardItem,
        (occasion, item["key"]),
        order,
        item,
        **{name: item.get(name) for name in names},
        norm_set_by=norm.get("set_by"),
        norm_amount=norm.get("amount"),
        threshold_op=threshold.get("op"),
        threshold_value=threshold.get("value"),
        threshold_unit=threshold.get("unit"),
        threshold_of=threshold.get("of"),
        threshold_reading=threshold.get("reading"),
        threshold_readings=threshold["derived"].get("readings"),
    )
    row.links["occasion"] = (Occasion, (occasion,))
    return row


def _eligible(named: list[str], lists: Record) -> list[Name]:
    """Return the subjects meant: a list's name stands for everything the plan puts in it."""
    keys: dict[str, None] = {}
    for name in named:
        whole = [subject["key"] for subject in lists.get(name) or []] if name in ALL_OF else [name]
        keys.update(dict.fromkeys(whole))
    return [(key,) for key in keys]


def _kind(key: str) -> OccasionKind:
    first = key.split("_", maxsplit=1)[0]
    return OccasionKind(first) if first in OccasionKind.values else OccasionKind.OTHER
