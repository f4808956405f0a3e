"""Emulation groups (khối, cụm thi đua): which units are in one, from when to when."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor
from organisations.errors import GroupMembershipError
from organisations.models import GroupMember, Unit, UnitType
from organisations.permissions import require_administrator
from organisations.queries import in_force
from organisations.services.units import STREAM


@transaction.atomic
def join_group(*, actor: Actor, group_id: UUID, member_id: UUID, valid_from: date) -> GroupMember:
    """Put a unit into an emulation group from a day on.

    Raises NotAdministratorError, and GroupMembershipError where the group is none, the unit is
    itself a group, or it is in the group already on that day.
    """
    now = timezone.now()
    units = Unit.objects.select_for_update(no_key=True).order_by("pk")
    locked = {unit.pk: unit for unit in units.filter(pk__in={group_id, member_id})}
    group, member = locked[group_id], locked[member_id]
    mandate = require_administrator(actor, group.path)
    if group.type != UnitType.EMULATION_GROUP or member.type == UnitType.EMULATION_GROUP:
        raise GroupMembershipError(
            member.code, _("Chỉ đơn vị, không phải Khối hay Cụm, mới là thành viên của Khối, Cụm.")
        )
    if GroupMember.objects.filter(in_force(valid_from), group=group, member=member).exists():
        raise GroupMembershipError(member.code, _("Đơn vị đã là thành viên vào ngày này."))
    membership = GroupMember.objects.create(group=group, member=member, valid_from=valid_from)
    entry = Entry(
        STREAM,
        "group.joined",
        f"unit:{member.pk}",
        after={"group": group.code, "member": member.code, "valid_from": valid_from},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return membership


@transaction.atomic
def leave_group(*, actor: Actor, membership_id: int, last_day: date) -> GroupMember:
    """End a membership after a day.

    Raises NotAdministratorError, and GroupMembershipError where it has ended or not begun by then.
    """
    now = timezone.now()
    membership = (
        GroupMember.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group", "member")
        .get(pk=membership_id)
    )
    mandate = require_administrator(actor, membership.group.path)
    if membership.valid_to or last_day < membership.valid_from:
        raise GroupMembershipError(
            membership.member.code, _("Đơn vị đã ra khỏi Khối, Cụm, hoặc ngày này trước ngày vào.")
        )
    membership.valid_to = last_day
    membership.save(update_fields=["valid_to"])
    entry = Entry(
        STREAM,
        "group.left",
        f"unit:{membership.member.pk}",
        after={
            "group": membership.group.code,
            "member": membership.member.code,
            "valid_to": last_day,
        },
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return membership
