"""Sharing out the work of a desk: take over, give to a colleague, put back into the pool.

Who has taken a piece of work upon himself is told to his colleagues. Whether it is then his alone
is the campaign's to say (Campaign.taken, workflow.taken); the authority is the role's anyway, and
a colleague of the role may take it over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record_acts
from organisations.actors import Actor, Mandate, actor_for
from organisations.models import Role, User
from workflow.authority import Act, Line, act_lines
from workflow.conflicts import is_nominee
from workflow.engine import Asked, check_version
from workflow.errors import AccessDeniedError, NotFoundError
from workflow.errors_assigning import AssigneeUnfitError, NoWorkError
from workflow.models import Nomination, WorkItem
from workflow.permissions import own_case, sits_at
from workflow.services.acting import act
from workflow.services.loading import HEADS, lock_nominations
from workflow.states import HOLDERS, State

DESK_OF = {holder.role: holder.desk for holder in HOLDERS.values()}
"""At which desk each role works: whom work may be given to. Who gives it: docs/authority.csv."""


@act
def take_over(*, actor: Actor, items: Sequence[Asked]) -> list[WorkItem]:
    """Take work of one's own role upon oneself, also where a colleague had it; return it.

    All or nothing. Raises NotFoundError, NominationChangedError, NoWorkError, AccessDeniedError.
    """
    user = _user(actor.user_id)
    return _assign(actor, items, user, _("Nhận xử lý"))


@act
def return_to_pool(*, actor: Actor, items: Sequence[Asked]) -> list[WorkItem]:
    """Put work back where any of the role takes it: by whoever has it, or by the desk's head.

    Raises as take_over.
    """
    return _assign(actor, items, None, _("Trả lại việc chung"))


@act
def reassign(*, actor: Actor, items: Sequence[Asked], user_id: int) -> list[WorkItem]:
    """Give work to a colleague of the role: by the desk's head, or by whoever has it.

    Raises AssigneeUnfitError where he may not do it, and as take_over.
    """
    return _assign(actor, items, _user(user_id), _("Giao việc"))


def _user(user_id: int) -> User:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFoundError
    return user


def _assign(actor: Actor, items: Sequence[Asked], to: User | None, act_name: str) -> list[WorkItem]:
    at = timezone.now()
    rows = {row.pk: row for row in lock_nominations([item.nomination_id for item in items])}
    for item in items:
        check_version(rows[item.nomination_id], item.expected_version)
    open_work = WorkItem.objects.select_related("assignee").filter(
        nomination__in=rows, closed_at__isnull=True
    )
    work = {one.nomination_id: one for one in open_work}
    receiver = actor_for(to, timezone.localdate(at)) if to else None
    acts = [
        (actor.who(mandate), entry)
        for row in rows.values()
        for mandate, entry in [_hand_over(actor, row, work.get(row.pk), receiver, act_name)]
    ]
    handed = WorkItem.objects.filter(pk__in=[one.pk for one in work.values()])
    if to is not None and to.pk == actor.user_id:
        handed.update(assignee=to)
    else:
        handed.update(assignee=to, told_at=None)  # services.telling tells of it
    record_acts(acts=acts, at=at)
    return list(work.values())


def _hand_over(
    actor: Actor,
    row: Nomination,
    work: WorkItem | None,
    receiver: Actor | None,
    act_name: str,
) -> tuple[Mandate, Entry]:
    """Check one hand-over and return the mandate it is done by, with what the log keeps."""
    name = row.nominee.name
    if work is None:
        raise NoWorkError(name)
    if is_nominee(actor, row):
        raise AccessDeniedError(act=act_name, why=own_case())
    mandate = _mandate(actor, row, work, receiver)
    if mandate is None:
        raise AccessDeniedError(
            act=act_name,
            why=_("Việc này của người đang xử lý, hoặc lãnh đạo cơ quan đang giữ đề nghị."),
        )
    if receiver is not None:
        _check_receiver(receiver, row, work)
    entry = Entry(
        stream=row.dossier.stream,
        action="work.assigned",
        subject=row.subject,
        before={"assignee": work.assignee.full_name if work.assignee else ""},
        after={"assignee": receiver.name if receiver else ""},
        data={"nominee": name, "role": work.role},
    )
    return mandate, entry


def _mandate(
    actor: Actor, row: Nomination, work: WorkItem, receiver: Actor | None
) -> Mandate | None:
    """Return the mandate by which an actor may hand a piece of work over; None: he may not.

    Of those whom the authority table names, the desk's head hands over anything; the role itself
    to oneself, and what one has.
    """
    resume_to = State(row.resume_to) if row.resume_to else None
    to_oneself = receiver is not None and receiver.user_id == actor.user_id
    for line in act_lines(Act.SHARE_OUT, State(row.state), resume_to, row.flow_version):
        roles = {role for role in line.roles if role == HEADS.get(line.desk)}
        if to_oneself or work.assignee_id == actor.user_id:
            roles |= {role for role in line.roles if role == work.role}
        found = _fitting(actor, line, roles, work.unit_path)
        if found is not None:
            return found
    return None


def _fitting(actor: Actor, line: Line, roles: set[Role], path: str) -> Mandate | None:
    """Return the first mandate with a role of the line, the head's first, where the work lies."""
    held = [one for one in actor.mandates_as(*roles) if line.fits(one.unit_path, path)]
    return min(held, key=lambda one: one.role != HEADS.get(line.desk), default=None)


def _does(person: Actor, work: WorkItem) -> bool:
    """Return whether a person holds the very role that the work is for, where it lies."""
    desk, held = DESK_OF[Role(work.role)], person.mandates_as(work.role)
    return any(sits_at(one, desk, work.unit_path) for one in held)


def _check_receiver(receiver: Actor, row: Nomination, work: WorkItem) -> None:
    if is_nominee(receiver, row):
        raise AssigneeUnfitError(person=receiver.name, why=own_case())
    if not _does(receiver, work):
        raise AssigneeUnfitError(
            person=receiver.name,
            why=_("Hôm nay người này không giữ vai trò “%(role)s” tại cơ quan đang giữ đề nghị.")
            % {"role": work.get_role_display()},
        )


def colleagues(nominations: Sequence[UUID], at: datetime) -> list[tuple[int, str]]:
    """Return who may be given all of some nominations' open work, by name; a few queries."""
    found: dict[int, str] | None = None
    pairs = WorkItem.objects.filter(nomination__in=nominations, closed_at__isnull=True)
    for role, path in pairs.values_list("role", "unit_path").distinct():
        here = dict(_people(Role(role), path, at))
        found = here if found is None else {k: v for k, v in found.items() if k in here}
    return sorted((found or {}).items(), key=lambda pair: pair[1])


def _people(role: Role, path: str, at: datetime) -> list[tuple[int, str]]:
    desk, on = DESK_OF[role], timezone.localdate(at)
    people = User.objects.filter(grants__role=role, grants__unit__path__startswith=path)
    lent = User.objects.filter(
        delegations_received__grant__role=role,
        delegations_received__grant__unit__path__startswith=path,
    )
    each = {user.pk: user for user in [*people, *lent]}.values()
    return [
        (user.pk, user.full_name)
        for user in each
        if any(sits_at(one, desk, path) for one in actor_for(user, on).mandates_as(role))
    ]
