"""Handing over: what a dissolved body began or did goes on at the body that took over from it.

Nothing moves by itself. A person says which dossiers and desks go to which successor, why and by
what document; roles stay where they ended, and the office grants them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record_many
from campaigns.models import Desk as DeskRow
from campaigns.services import assign_desk
from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit
from organisations.queries import dissolved_on, names_on, successors_on
from workflow.errors import AccessDeniedError, NotFoundError, NothingChosenError
from workflow.errors_dossiers import DossierChangedError
from workflow.errors_drafting import ValueMissingError
from workflow.errors_units import HandOverRefusedError
from workflow.models import Dossier, Nomination, WorkItem
from workflow.services.acting import act
from workflow.services.nominees import tidy
from workflow.states import HOLDERS, Desk

HEADS = (Role.UNIT_HEAD, Role.DEPARTMENT_HEAD)
"""Who takes over for a body, besides the administrator above the body that ended."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, and by which document, as it is told in the log."""

    reason: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went to whom."""

    dossiers: list[Dossier]
    nominations: int
    to_unit: Unit


@act
def hand_over_dossiers(
    *, actor: Actor, versions: Mapping[UUID, int], to_unit_id: UUID, grounds: Grounds
) -> HandedOver:
    """Give dossiers of dissolved bodies to a body that took over from each of them.

    versions  the version of each dossier that the actor saw

    All or nothing. What waits at the old unit waits at the new one, since when it has waited; what
    lies at a desk stays there. Papers that exist keep the name of their day. Raises NotFoundError,
    NothingChosenError, ValueMissingError without a reason, HandOverRefusedError, DossierChangedError,
    AccessDeniedError.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    data = _checked(grounds)
    to_unit = _successor(to_unit_id)
    dossiers = _locked(versions)
    mandate = _require_taker(actor, to_unit, (dossier.unit for dossier in dossiers))
    for dossier in dossiers:
        if dossier.version != versions[dossier.pk]:
            raise DossierChangedError(dossier.code)
        _require_heir(dossier.unit, to_unit, today)
    nominations = list(
        Nomination.objects.select_for_update(no_key=True, of=("self",))
        .select_related("nominee")
        .filter(dossier__in=dossiers)
        .order_by("pk")
    )
    entries = _entries(dossiers, nominations, to_unit, data, today)
    _write(dossiers, nominations, to_unit, actor, at)
    record_many(who=actor.who(mandate), entries=entries, at=at)
    return HandedOver(dossiers, len(nominations), to_unit)


def _checked(grounds: Grounds) -> dict[str, str]:
    reason, basis = tidy(grounds.reason), tidy(grounds.basis)
    if not reason:
        raise ValueMissingError(_("Lý do"))
    return {"reason": reason, "basis": basis}


def _successor(unit_id: UUID) -> Unit:
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotFoundError
    return unit


def _locked(ids: Iterable[UUID]) -> list[Dossier]:
    wanted = set(ids)
    if not wanted:
        raise NothingChosenError
    rows = Dossier.objects.filter(pk__in=wanted).order_by("pk")
    # Locked alone first: a row that is joined to its unit is lost where the unit has changed
    # while this waited.
    locked = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    if len(locked) != len(wanted):
        raise NotFoundError
    return list(rows.select_related("unit", "occasion__campaign"))


def _require_taker(actor: Actor, to_unit: Unit, ended: Iterable[Unit]) -> Mandate:
    """Return the mandate of the successor's head, or of an administrator over all that ended."""
    for mandate in actor.mandates_as(*HEADS):
        if mandate.unit_id == to_unit.pk:
            return mandate
    held = [actor.mandate_over(unit.path, Role.ADMINISTRATOR) for unit in ended]
    if held and None not in held and held[0] is not None:
        return held[0]
    raise AccessDeniedError(
        act=_("Bàn giao hồ sơ"),
        why=_("Việc này của thủ trưởng đơn vị kế thừa, hoặc của quản trị hệ thống cấp trên."),
    )


def _require_heir(ended: Unit, to_unit: Unit, today: date) -> None:
    if dissolved_on(ended, today) is None:
        raise HandOverRefusedError(
            _("Chưa bàn giao được hồ sơ của %(unit)s.") % {"unit": names_on([ended], today)[0]},
            why=_("Đơn vị này đang hoạt động; chỉ hồ sơ của đơn vị đã kết thúc mới bàn giao."),
            next_step=_("Hãy tải lại trang “Bàn giao” và chọn lại."),
        )
    heirs = successors_on(ended, today)
    if to_unit not in heirs:
        raise HandOverRefusedError(
            _("Không bàn giao được cho %(unit)s.") % {"unit": names_on([to_unit], today)[0]},
            why=_("%(unit)s không kế thừa đơn vị đã kết thúc; đơn vị kế thừa: %(heirs)s.")
            % {
                "unit": names_on([to_unit], today)[0],
                "heirs": ", ".join(names_on(heirs, today)) or _("chưa khai báo"),
            },
            next_step=_("Hãy chọn một đơn vị kế thừa đã khai báo."),
        )


def _entries(
    dossiers: Sequence[Dossier],
    nominations: Sequence[Nomination],
    to_unit: Unit,
    data: Mapping[str, str],
    today: date,
) -> list[Entry]:
    """Return the events, told before anything is written: the dossiers' own, then each one's."""
    units = [*(dossier.unit for dossier in dossiers), to_unit]
    *old, new = names_on(units, today)
    told = {
        dossier.pk: {**data, "from_unit": name, "to_unit": new}
        for dossier, name in zip(dossiers, old, strict=True)
    }
    entries = [
        Entry(
            stream=dossier.stream,
            action="dossier.handed_over",
            subject=dossier.stream,
            before={"unit": dossier.unit.code, "version": dossier.version},
            after={"unit": to_unit.code, "version": dossier.version + 1},
            data=told[dossier.pk],
        )
        for dossier in dossiers
    ]
    streams = {dossier.pk: dossier.stream for dossier in dossiers}
    entries += [
        Entry(
            stream=streams[row.dossier_id],
            action="nomination.handed_over",
            subject=row.subject,
            before={"state": row.state, "version": row.version},
            after={"state": row.state, "version": row.version + 1},
            data={"nominee": row.nominee.name, **told[row.dossier_id]},
        )
        for row in nominations
    ]
    return entries


def _write(
    dossiers: Sequence[Dossier],
    nominations: Sequence[Nomination],
    to_unit: Unit,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the new holder; each nomination gets a new version, so that what was open is old.

    The work that waits goes along as it is, with the day since when it has waited.
    """
    for dossier in dossiers:
        WorkItem.objects.filter(
            nomination__dossier=dossier,
            closed_at__isnull=True,
            role__in=_roles_at(Desk.UNIT),
            unit_path=dossier.unit.path,
        ).update(unit_path=to_unit.path, told_at=None)
        dossier.began_with = dossier.began_with or dossier.unit
        dossier.unit = to_unit
        dossier.version += 1
        dossier.save(update_fields=["unit", "began_with", "version"])
    Nomination.objects.filter(pk__in=[row.pk for row in nominations]).update(
        version=F("version") + 1, changed_at=at, changed_by=actor.name
    )


@act
def hand_over_desk(
    *, actor: Actor, desk_id: int, expected_version: int, to_unit_id: UUID, grounds: Grounds
) -> DeskRow:
    """Give a desk of a campaign from a dissolved body to one that took over from it.

    What waits at the desk waits at the new unit. By who may staff desks (campaigns' services).
    Raises NotFoundError, ValueMissingError, HandOverRefusedError, and what
    campaigns.services.assign_desk raises.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    data = _checked(grounds)
    to_unit = _successor(to_unit_id)
    desk = DeskRow.objects.select_related("unit", "campaign").filter(pk=desk_id).first()
    if desk is None or desk.unit is None:
        raise NotFoundError
    old = desk.unit
    _require_heir(old, to_unit, today)
    waiting = WorkItem.objects.filter(
        closed_at__isnull=True, nomination__dossier__occasion__campaign=desk.campaign
    )
    _lock_all(waiting)
    written = assign_desk(
        actor=actor, desk_id=desk_id, expected_version=expected_version, unit_id=to_unit.pk
    )
    moved = waiting.filter(role__in=_roles_at(Desk(desk.desk)), unit_path=old.path).update(
        unit_path=to_unit.path, told_at=None
    )
    from_name, to_name = names_on([old, to_unit], today)
    entry = Entry(
        stream=f"campaign:{desk.campaign.key}",
        action="desk.handed_over",
        subject=f"desk:{desk.desk}",
        before={"unit": old.code},
        after={"unit": to_unit.code},
        data={**data, "from_unit": from_name, "to_unit": to_name, "work_items": moved},
    )
    record_many(who=actor.who(None), entries=[entry], at=at)
    return written


def _roles_at(desk: Desk) -> set[Role]:
    return {holder.role for holder in HOLDERS.values() if holder.desk is desk}


def _lock_all(waiting: QuerySet[WorkItem]) -> None:
    """Lock every nomination that waits: nothing may come to the old desk while it is cleared."""
    rows = Nomination.objects.select_for_update(no_key=True).filter(
        pk__in=waiting.values("nomination")
    )
    list(rows.order_by("pk").values_list("pk", flat=True))
