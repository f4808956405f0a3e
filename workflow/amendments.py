"""Which nominations under way an amendment of their campaign concerns, and by which of its changes.

What was decided stands as it was decided; drafts and all that is being looked at are concerned. A
section of which nothing is known here concerns every nomination under way: too many are better
told than too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from campaigns.models import Campaign, Criterion, Indicator, SetCount
from campaigns.schema.differences import Change
from workflow.models import Nomination
from workflow.states import FINAL_STATES, State

_WORDS_ONLY = frozenset(
    {"source", "documents", "purpose", "general_goal", "emulation_contents", "priority_fields"}
    | {"recipients", "funding", "result_use", "procedure", "procedure_time_limits", "reporting"}
    | {"milestones", "draft_vs_issued", "anomalies", "not_in_source", "pending_norms", "council"}
    | {"standing_agency", "bodies", "legal_bases", "province_key"}
)
"""Sections by which no nomination is judged: what the plan says around its rules."""

UNDER_WAY = frozenset(State) - FINAL_STATES - {State.AWARDED, State.NOT_AWARDED}


@dataclass(frozen=True)
class Touched:
    """A nomination that an amendment concerns; `changes` are their places in the list."""

    nomination: Nomination
    changes: tuple[int, ...]

    def as_kept(self) -> dict[str, Any]:
        """Return it as plain data, as it was when the amendment came out."""
        nomination = self.nomination
        return {
            "id": str(nomination.pk),
            "name": nomination.nominee.name,
            "award": nomination.award_item.form.name,
            "dossier": nomination.dossier.code,
            "state": nomination.state,
            "changes": list(self.changes),
        }


def touched_nominations(campaign: Campaign | None, changes: Sequence[Change]) -> list[Touched]:
    """Return the nominations under way that changes concern, in the order of their dossiers.

    One query for the nominations, and one for each change that names criteria or numbers of sets.
    """
    if campaign is None:
        return []
    concerned = {number: _concerned(campaign, change) for number, change in enumerate(changes)}
    asked = {number: among for number, among in concerned.items() if among is not None}
    if not asked:
        return []
    found: dict[Any, list[int]] = {}
    live = Nomination.objects.filter(dossier__occasion__campaign=campaign, state__in=UNDER_WAY)
    for number, among in asked.items():
        for pk in live.filter(among).values_list("pk", flat=True):
            found.setdefault(pk, []).append(number)
    rows = Nomination.objects.filter(pk__in=found).select_related(
        "nominee", "award_item__form", "dossier"
    )
    return [Touched(row, tuple(found[row.pk])) for row in rows.order_by("dossier__code", "pk")]


def _concerned(campaign: Campaign, change: Change) -> Q | None:
    """Return which nominations a change concerns; None for none."""
    section, rows = change["at"][0], _rows(change)
    if section in _WORDS_ONLY:
        return None
    if not rows:
        return Q()
    if section == "awards":
        of_occasion = Q(award_item__occasion__key=rows[0])
        return of_occasion & Q(award_item__key=rows[1]) if len(rows) > 1 else of_occasion
    return _of_row(campaign, change, rows)


def _rows(change: Change) -> list[str]:
    return [step[0] for step in change["at"] if not isinstance(step, str)]


def _of_row(campaign: Campaign, change: Change, rows: list[str]) -> Q:
    """Return whom the row of a section concerns; everybody where nothing more is known."""
    section = change["at"][0]
    if section == "dossier" and change["at"][1] == "sets":
        return _of_sets(campaign, rows[0])
    if section == "indicators":
        return Q(subject_kind__criteria_key__in=_groups_that_ask(campaign, change, rows[0]))
    among = {
        "award_forms": Q(award_item__form__key=rows[0]),
        "subjects": Q(subject_kind__key=rows[0]),
    }
    if section == "criteria" and change["at"][1] == "provincial_level":
        return Q(subject_kind__criteria_key=rows[0])
    return among.get(section, Q())


def _of_sets(campaign: Campaign, award: str) -> Q:
    counts = SetCount.objects.filter(campaign=campaign, award=award, form__isnull=False)
    forms = list(counts.values_list("form", flat=True))
    return Q(award_item__form__in=forms) if forms else Q()


def _groups_that_ask(campaign: Campaign, change: Change, indicator: str) -> set[str]:
    """Return the letters of the groups of criteria that ask for an indicator's target."""
    pillars = set(
        Indicator.objects.filter(campaign=campaign, key=indicator).values_list("pillar", flat=True)
    )
    for row in (change["old"], change["new"]):
        if isinstance(row, dict) and "pillar" in row:
            pillars.add(row["pillar"])
    criteria = Criterion.objects.filter(campaign=campaign).select_related("group")
    return {
        criterion.group.key
        for criterion in criteria
        if pillars & set(criterion.pillars) or indicator in criterion.derived.get("indicators", [])
    }
