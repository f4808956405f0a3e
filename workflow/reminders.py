"""How far reminding has come with a piece of work, and who is reminded. No writing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from django.db.models import Q

from organisations.models import Role
from organisations.queries import acting_in
from workflow.models import NoticeKind, WorkItem
from workflow.queries import UNIT_ROLES
from workflow.services.loading import HEADS
from workflow.states import HOLDERS, Desk


class Stage(IntEnum):
    """What the holder of a piece of work has been told of its last day. It only rises."""

    NOTHING = 0
    SOON = 1
    TODAY = 2
    LATE = 3
    ESCALATED = 4


KINDS: Final = {
    Stage.SOON: NoticeKind.SOON,
    Stage.TODAY: NoticeKind.TODAY,
    Stage.LATE: NoticeKind.LATE,
    Stage.ESCALATED: NoticeKind.LATE,
}
"""What the holder hears at a stage; of the last one the head hears more."""
_DESKS: Final[Mapping[str, Desk]] = {holder.role: holder.desk for holder in HOLDERS.values()}


def stage_of(item: WorkItem, today: date) -> Stage:
    """Return how far reminding should have come on a day."""
    if item.escalate_on is not None and item.escalate_on <= today:
        return Stage.ESCALATED
    if item.due_on is None or item.soon_on is None or today < item.soon_on:
        return Stage.NOTHING
    if today < item.due_on:
        return Stage.SOON
    return Stage.TODAY if today == item.due_on else Stage.LATE


def to_remind(today: date) -> Q:
    """Return the condition for open work whose holder has not heard what stage_of says."""
    return (
        Q(reminded__lt=Stage.SOON, soon_on__lte=today)
        | Q(reminded__lt=Stage.TODAY, due_on__lte=today)
        | Q(reminded__lt=Stage.LATE, due_on__lt=today)
        | Q(reminded__lt=Stage.ESCALATED, escalate_on__lte=today)
    ) & Q(closed_at__isnull=True, soon_on__lte=today)


def head_of(role: str) -> Role | None:
    """Return who is told when the holder of a role is late; None where nobody stands above him."""
    desk = _DESKS.get(role)
    head = HEADS.get(desk) if desk else None
    return None if head == role else head


@dataclass(frozen=True)
class People:
    """Who may act as what and where, on a day; asked for once for any number of questions."""

    rows: list[tuple[str, str, int]]

    def holding(self, role: str, path: str) -> set[int]:
        """Return those on whose table work for a role at a unit lies (queries.work_items_for)."""
        if role in UNIT_ROLES:
            return {who for held, at, who in self.rows if held == role and at == path}
        return {who for held, at, who in self.rows if held == role and at.startswith(path)}

    def told_of(self, item: WorkItem) -> set[int]:
        """Return who is told of a piece of work: whoever has it, or all on whose table it lies.

        Somebody who has it and holds the role no more has it no more.
        """
        holding = self.holding(item.role, item.unit_path)
        return {who for who in holding if who == item.assignee_id} or holding


def people_for(roles: Iterable[str], today: date) -> People:
    """Return everybody who may act in some roles, and their heads; two queries."""
    wanted = set(roles)
    heads = {head for role in wanted if (head := head_of(role))}
    return People(acting_in(wanted | heads, today))
