"""The goals that a group of criteria sets, and whether a figure reaches one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import Campaign, CriteriaGroup, Indicator, IndicatorTarget, Kind, SubjectKind
from campaigns.queries import indicators_for


@dataclass(frozen=True)
class AskedIndicator:
    """An indicator that concerns a group, with its goals by year."""

    indicator: Indicator
    goals: dict[int, IndicatorTarget]


def asked_of(group: CriteriaGroup) -> list[AskedIndicator]:
    """Return the indicators that a group's criteria ask for, in plan order, each once."""
    found: dict[object, AskedIndicator] = {}
    for target in indicators_for(group):
        known = found.setdefault(target.indicator_id, AskedIndicator(target.indicator, {}))
        known.goals[target.year] = target
    return sorted(found.values(), key=lambda one: one.indicator.position)


def reached(target: IndicatorTarget, value: Decimal) -> bool:
    """Return whether a figure meets a goal, by the operator that it is to be evaluated with."""
    return value > target.value if target.effective_op == ">" else value >= target.value


def unit_types_of(subject: SubjectKind) -> list[str]:
    """Return which types of unit a category of nominee means, as its transcriber read it."""
    types = subject.derived.get("unit_types", [])
    return [str(one) for one in types] if isinstance(types, list) else []


def groups_by_unit_type(groups: Iterable[CriteriaGroup]) -> dict[str, CriteriaGroup]:
    """Return, by type of unit, the first group whose collectives are units of that type."""
    found: dict[str, CriteriaGroup] = {}
    for group in groups:
        for subject in group.subjects.all():
            if subject.listed_as == Kind.COLLECTIVE:
                for name in unit_types_of(subject):
                    found.setdefault(name, group)
    return found


def campaign_groups(campaign: Campaign) -> list[CriteriaGroup]:
    """Return the groups of a campaign that ask for any indicator or have a score table."""
    groups = CriteriaGroup.objects.filter(campaign=campaign).prefetch_related(
        "subjects", "subjects__score_tables", "criteria"
    )
    return [group for group in groups.order_by("position") if _asks(group)]


def _asks(group: CriteriaGroup) -> bool:
    return any(one.pillars or one.derived.get("indicators") for one in group.criteria.all()) or any(
        subject.score_tables.all() for subject in group.subjects.all()
    )
