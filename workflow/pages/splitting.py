"""Splitting a dossier as its page shows it: who may be parted, and what becomes of the papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisations.actors import Actor
from workflow.engine import desk_paths
from workflow.models import Dossier, Nomination
from workflow.permissions import SPLITTERS, can_split, mandate_in, splitting_state
from workflow.queries import nominations_in_full
from workflow.states import Desk, State


@dataclass(frozen=True)
class Line:
    """One nomination of the dossier; `why` it cannot be parted by this person, "" if it can."""

    nomination: Nomination
    why: str


def split_lines(actor: Actor, dossier: Dossier) -> list[Line]:
    """Return the nominations of a dossier with what this person may do; two queries."""
    rows = nominations_in_full().filter(dossier=dossier).order_by("created_at", "pk")
    return lines_of(actor, rows, _paths(dossier))


def may_split(actor: Actor, dossier: Dossier) -> bool:
    """Return whether this person may part some nomination of a dossier from another; two queries.

    A nomination of himself counts as any other: the page itself says no to that one.
    """
    standing = list(dossier.nominations.values_list("state", "resume_to"))
    paths = _paths(dossier)
    states = {State(back or state) for state, back in standing}
    able = any(mandate_in(actor, SPLITTERS, state, paths) is not None for state in states)
    return able and len(standing) > 1


def lines_of(actor: Actor, rows: Iterable[Nomination], paths: Mapping[Desk, str]) -> list[Line]:
    """Return each nomination with why it cannot be parted by this person."""
    return [Line(row, _why(actor, row, paths)) for row in rows]


def _why(actor: Actor, row: Nomination, paths: Mapping[Desk, str]) -> str:
    if splitting_state(row) not in SPLITTERS:
        return _("Chỉ tách khi đơn vị chưa trình, hoặc khi đang thẩm định.")
    return can_split(actor, row, paths).why


def _paths(dossier: Dossier) -> dict[Desk, str]:
    campaign_id = dossier.occasion.campaign_id
    return {**desk_paths([campaign_id]).get(campaign_id, {}), Desk.UNIT: dossier.unit.path}
