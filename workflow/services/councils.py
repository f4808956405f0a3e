"""Who is in a council: entered one by one, ended by a date, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from organisations.models import Unit, User
from workflow.council_queries import keeper_mandate
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_councils import CouncilMemberError
from workflow.errors_drafting import ValueMissingError
from workflow.models import CouncilMember, Office
from workflow.services.acting import act
from workflow.services.nominees import tidy


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as the decision on the council names him.

    user_id  the account he votes by, if he has one; home_id  the unit he works in, if it is here
    """

    name: str
    position: str
    office: Office
    valid_from: date
    user_id: int | None = None
    home_id: UUID | None = None


@act
def add_council_member(*, actor: Actor, unit_id: UUID, facts: MemberFacts) -> CouncilMember:
    """Enter a member of a unit's council and return him.

    Raises NotFoundError, AccessDeniedError, ValueMissingError, and CouncilMemberError where the
    account, or a chair, is in the council already on that day.
    """
    at = timezone.now()
    unit = _locked_unit(unit_id)
    mandate = _require_keeper(actor, unit)
    if not tidy(facts.name):
        raise ValueMissingError(_("Họ và tên"))
    _check_free(unit, facts)
    member = CouncilMember.objects.create(
        unit=unit,
        name=tidy(facts.name),
        position=tidy(facts.position),
        office=facts.office,
        user=_user(facts.user_id),
        home=Unit.objects.filter(pk=facts.home_id).first() if facts.home_id else None,
        valid_from=facts.valid_from,
    )
    _record(actor, mandate, "council.member_added", member, at)
    return member


@act
def end_council_member(
    *, actor: Actor, member_id: UUID, expected_version: int, last_day: date
) -> CouncilMember:
    """End a member's term with a day, and return him. Sessions already convened keep him.

    Raises NotFoundError, AccessDeniedError, CouncilMemberError.
    """
    at = timezone.now()
    member = CouncilMember.objects.select_related("unit").filter(pk=member_id).first()
    if member is None:
        raise NotFoundError
    _locked_unit(member.unit_id)
    member.refresh_from_db(fields=["version", "valid_to"])
    mandate = _require_keeper(actor, member.unit)
    if member.version != expected_version or member.valid_to is not None:
        raise CouncilMemberError(_("Nhiệm kỳ của thành viên này vừa được người khác thay đổi."))
    if last_day < member.valid_from:
        raise CouncilMemberError(_("Ngày kết thúc đứng trước ngày bắt đầu."))
    member.valid_to = last_day
    member.version += 1
    member.save(update_fields=["valid_to", "version"])
    _record(actor, mandate, "council.member_ended", member, at)
    return member


def _locked_unit(unit_id: UUID) -> Unit:
    """Return a unit locked: one at a time changes who sits in its council."""
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    return unit


def _require_keeper(actor: Actor, unit: Unit) -> Mandate:
    mandate = keeper_mandate(actor, unit.pk)
    if mandate is None:
        raise AccessDeniedError(
            act=_("Lập danh sách Hội đồng"),
            why=_(
                "Việc này của thư ký, chuyên viên hoặc thủ trưởng tại chính cơ quan có Hội đồng."
            ),
        )
    return mandate


def _check_free(unit: Unit, facts: MemberFacts) -> None:
    serving = CouncilMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=facts.valid_from), unit=unit
    )  # also who begins later: the new term has no end yet, so the two would sit side by side
    if facts.user_id is not None and serving.filter(user=facts.user_id).exists():
        raise CouncilMemberError(_("Tài khoản này đã là thành viên Hội đồng trong thời gian đó."))
    if facts.office == Office.CHAIR and serving.filter(office=Office.CHAIR).exists():
        raise CouncilMemberError(_("Hội đồng đã có Chủ tịch trong thời gian đó."))


def _user(user_id: int | None) -> User | None:
    if user_id is None:
        return None
    found = User.objects.filter(pk=user_id, is_active=True).first()
    if found is None:
        raise NotFoundError
    return found


def _record(
    actor: Actor, mandate: Mandate, action: str, member: CouncilMember, at: datetime
) -> None:
    entry = Entry(
        stream=f"council:{member.unit_id}",
        action=action,
        subject=f"council_member:{member.pk}",
        data={
            "what": f"{member.name}, {Office(member.office).label}",
            "valid_from": member.valid_from.isoformat(),
            "valid_to": member.valid_to.isoformat() if member.valid_to else "",
        },
    )
    record(who=actor.who(mandate), entry=entry, at=at)
