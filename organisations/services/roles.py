"""Roles are granted and ended by dates; a holder lends one by a written document."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor, Mandate
from organisations.errors import (
    DelegationRevokedError,
    GrantEndedError,
    GrantExistsError,
    NotYoursToDelegateError,
    UnitEndedError,
    ValueRefusedError,
)
from organisations.models import Delegation, Grant, Role, SigningForm, Unit, User
from organisations.permissions import require_administrator
from organisations.services.units import STREAM
from organisations.text import clean_text


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; without a last day it goes on."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Authority:
    """The document by which a holder lends a role, the days it holds for, and how it is signed."""

    document_number: str
    document_date: date
    first: date
    last: date
    form: SigningForm = SigningForm.BY_AUTHORITY


@transaction.atomic
def grant_role(*, actor: Actor, user_id: int, role: Role, unit_id: UUID, period: Period) -> Grant:
    """Let a person act in a role at a unit, and return the grant.

    Raises NotAdministratorError, UnitEndedError, GrantExistsError when the same role is held
    there on any of the days, ValueRefusedError for an inactive person or days in the wrong order.
    """
    now = timezone.now()
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    user = User.objects.get(pk=user_id)
    mandate = require_administrator(actor, unit.path)
    if unit.valid_to and unit.valid_to < (period.last or date.max):
        raise UnitEndedError(unit.code, unit.valid_to)
    _check_person(user)
    _check_order(period.first, period.last)
    held = Grant.objects.filter(user=user, role=role, unit=unit).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=period.first),
        valid_from__lte=period.last or date.max,
    )
    if held.exists():
        raise GrantExistsError(user.full_name)
    grant = Grant.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=period.first,
        valid_to=period.last,
        granted_by_id=actor.user_id or None,
    )
    after = {
        "user": user.full_name,
        "role": role.value,
        "unit": unit.code,
        "valid_from": period.first,
        "valid_to": period.last,
    }
    entry = Entry(STREAM, "role.granted", f"grant:{grant.pk}", after=after)
    record(who=actor.who(mandate), entry=entry, at=now)
    return grant


@transaction.atomic
def end_grant(*, actor: Actor, grant_id: UUID, last_day: date) -> Grant:
    """End a role after a day; what was lent from it ends with it.

    Raises NotAdministratorError, GrantEndedError when it ends by that day anyway,
    ValueRefusedError for a day before its first.
    """
    now = timezone.now()
    grant = (
        Grant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit")
        .get(pk=grant_id)
    )
    mandate = require_administrator(actor, grant.unit.path)
    if grant.valid_to and grant.valid_to <= last_day:
        raise GrantEndedError
    _check_order(grant.valid_from, last_day)
    before = {"valid_to": grant.valid_to}
    grant.valid_to = last_day
    grant.save(update_fields=["valid_to"])
    entry = Entry(
        STREAM, "role.ended", f"grant:{grant.pk}", before=before, after={"valid_to": last_day}
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return grant


@transaction.atomic
def delegate(*, actor: Actor, grant_id: UUID, to_user_id: int, authority: Authority) -> Delegation:
    """Lend the actor's own role to another person by a document, and return the delegation.

    NĐ 30/2020/NĐ-CP, Điều 13: in writing, for a limited time, not to be passed on. Raises
    NotYoursToDelegateError for anybody but the holder, GrantEndedError when the role does not
    last for all the days, ValueRefusedError for the rest.
    """
    now = timezone.now()
    grant = (
        Grant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit")
        .get(pk=grant_id)
    )
    mandate = _own_mandate(actor, grant)
    if authority.first < grant.valid_from or authority.last > (grant.valid_to or date.max):
        raise GrantEndedError
    to_user = User.objects.get(pk=to_user_id)
    _check_person(to_user)
    if to_user.pk == actor.user_id:
        raise ValueRefusedError(_("Không thể tự ủy quyền cho chính mình."))
    _check_order(authority.first, authority.last)
    if authority.document_date > authority.first:
        raise ValueRefusedError(_("Văn bản ủy quyền phải ban hành trước khi có hiệu lực."))
    delegation = Delegation.objects.create(
        grant=grant,
        to_user=to_user,
        form=authority.form,
        document_number=clean_text(
            authority.document_number, label=_("Số văn bản ủy quyền"), longest=60
        ),
        document_date=authority.document_date,
        valid_from=authority.first,
        valid_to=authority.last,
    )
    after = {
        "role": grant.role,
        "unit": grant.unit.code,
        "to": to_user.full_name,
        "form": delegation.form,
        "document_number": delegation.document_number,
        "document_date": authority.document_date,
        "valid_from": authority.first,
        "valid_to": authority.last,
    }
    entry = Entry(STREAM, "authority.delegated", f"delegation:{delegation.pk}", after=after)
    record(who=actor.who(mandate), entry=entry, at=now)
    return delegation


@transaction.atomic
def revoke_delegation(*, actor: Actor, delegation_id: UUID) -> Delegation:
    """Take a lent role back, from this moment on; by its holder or an administrator.

    Raises NotYoursToDelegateError for anybody else, DelegationRevokedError the second time.
    """
    now = timezone.now()
    delegation = (
        Delegation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("grant__unit")
        .get(pk=delegation_id)
    )
    grant = delegation.grant
    mandate = actor.mandate_over(grant.unit.path, Role.ADMINISTRATOR) or _own_mandate(actor, grant)
    if delegation.revoked_at:
        raise DelegationRevokedError
    delegation.revoked_at = now
    delegation.save(update_fields=["revoked_at"])
    entry = Entry(
        STREAM,
        "authority.revoked",
        f"delegation:{delegation.pk}",
        data={"document_number": delegation.document_number},
    )
    record(who=actor.who(mandate), entry=entry, at=now)
    return delegation


def _own_mandate(actor: Actor, grant: Grant) -> Mandate:
    """Return the mandate that the actor has by exactly this grant, today."""
    for mandate in actor.mandates_as(grant.role):
        own = not mandate.on_behalf_of and actor.user_id == grant.user_id
        if own and mandate.unit_id == grant.unit_id:
            return mandate
    raise NotYoursToDelegateError


def _check_person(user: User) -> None:
    if not user.is_active:
        raise ValueRefusedError(_("Tài khoản của %(name)s đã khóa.") % {"name": user.full_name})


def _check_order(first: date, last: date | None) -> None:
    if last and last < first:
        raise ValueRefusedError(_("Ngày kết thúc trước ngày bắt đầu."))
