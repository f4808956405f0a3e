"""Many nominations fast: rows that a service wrote, written again under other names.

Past the services, so only where what is tested or measured comes afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from workflow.models import Nomination, Nominee, WorkItem


def written_again(rows: Sequence[Nomination], times: int) -> None:
    """Write nominations again so many times, each with its nominee and its open work."""
    items = {one.nomination_id: one for one in WorkItem.objects.filter(
        nomination__in=[row.pk for row in rows], closed_at__isnull=True
    )}  # fmt: skip
    people: list[Nominee] = []
    copies: list[Nomination] = []
    work: list[WorkItem] = []
    for number in range(times):
        for row in rows:
            people.append(_again(row.nominee, number))
            copies.append(_copy(row, people[-1]))
            work.append(_laid(items[row.pk], copies[-1].pk))
    Nominee.objects.bulk_create(people)
    Nomination.objects.bulk_create(copies)
    WorkItem.objects.bulk_create(work)


def _again(nominee: Nominee, number: int) -> Nominee:
    values = {field.attname: getattr(nominee, field.attname) for field in nominee._meta.fields}
    name, identity = f"{nominee.name} {number}", f"{nominee.identity} {number}"
    return Nominee(**{**values, "id": uuid4(), "name": name, "identity": identity})


def _copy(row: Nomination, nominee: Nominee) -> Nomination:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return Nomination(**{**values, "id": uuid4(), "nominee_id": nominee.pk})


def _laid(item: WorkItem, nomination: UUID) -> WorkItem:
    values = {field.attname: getattr(item, field.attname) for field in item._meta.fields}
    return WorkItem(**{**values, "id": None, "nomination_id": nomination})
