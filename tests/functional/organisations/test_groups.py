"""Khối, cụm thi đua: who is in one, from when to when, and who may say so."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Event
from organisations.actors import SYSTEM_ACTOR, actor_for
from organisations.errors import GroupMembershipError, NotAdministratorError
from organisations.models import GroupMember, Role, Unit, UnitType
from organisations.queries import members_of
from organisations.services import join_group, leave_group
from tests.organisation import FIRST, TODAY, grant, person, unit


@pytest.fixture
def group(db: None) -> Unit:
    return unit("khoi-1", unit("tinh"), UnitType.EMULATION_GROUP)


@pytest.fixture
def member(group: Unit) -> Unit:
    return unit("so-y-te", group.parent)


def join(group: Unit, member: Unit, first: date = FIRST) -> GroupMember:
    return join_group(actor=SYSTEM_ACTOR, group_id=group.pk, member_id=member.pk, valid_from=first)


def names(group: Unit, on: date) -> list[str]:
    return [name.unit.code for name in members_of(group, on)]


def test_member_counts_from_its_first_day_to_its_last(group: Unit, member: Unit) -> None:
    membership = join(group, member, date(2023, 3, 1))
    assert names(group, date(2023, 2, 28)) == []
    assert names(group, date(2023, 3, 1)) == ["so-y-te"]
    left = leave_group(actor=SYSTEM_ACTOR, membership_id=membership.pk, last_day=date(2023, 9, 30))
    assert str(left) == f"{member.pk}@{group.pk}"
    assert names(group, date(2023, 9, 30)) == ["so-y-te"]
    assert names(group, date(2023, 10, 1)) == []
    join(group, member, date(2024, 1, 1))
    told = Event.objects.filter(action__startswith="group.").order_by("pk")
    assert sorted(told.values_list("action", flat=True)) == [
        "group.joined", "group.joined", "group.left",
    ]  # fmt: skip


def test_membership_that_cannot_be_is_refused(group: Unit, member: Unit) -> None:
    membership = join(group, member)
    other = unit("cum-1", group.parent, UnitType.EMULATION_GROUP)
    for first, second in ((group, member), (member, group), (group, other)):
        with pytest.raises(GroupMembershipError):
            join(first, second)
    with pytest.raises(GroupMembershipError):
        leave_group(actor=SYSTEM_ACTOR, membership_id=membership.pk, last_day=date(2021, 12, 31))
    leave_group(actor=SYSTEM_ACTOR, membership_id=membership.pk, last_day=TODAY)
    with pytest.raises(GroupMembershipError):
        leave_group(actor=SYSTEM_ACTOR, membership_id=membership.pk, last_day=TODAY)
    assert GroupMember.objects.count() == 1


def test_only_an_administrator_over_the_group_says_who_is_in_it(group: Unit, member: Unit) -> None:
    admin, head = person("admin"), person("head")
    assert group.parent is not None
    grant(admin, Role.ADMINISTRATOR, group.parent)
    grant(head, Role.UNIT_HEAD, group)
    with pytest.raises(NotAdministratorError):
        join_group(
            actor=actor_for(head, TODAY), group_id=group.pk, member_id=member.pk, valid_from=FIRST
        )
    membership = join_group(
        actor=actor_for(admin, TODAY), group_id=group.pk, member_id=member.pk, valid_from=FIRST
    )
    with pytest.raises(NotAdministratorError):
        leave_group(actor=actor_for(head, TODAY), membership_id=membership.pk, last_day=TODAY)
