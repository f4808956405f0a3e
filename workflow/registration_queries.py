"""Shared reads of registrations: who has and who has not, what waits, what a nomination is held to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.actors import Actor
from organisations.models import Grant, Role, Unit
from organisations.queries import in_force, names_on
from workflow.errors import NotFoundError
from workflow.models import Registration, RegistrationRound
from workflow.queries import visible_registrations
from workflow.registration_states import STANDING, RegistrationState

_WRITERS = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def access_registration(actor: Actor, registration_id: UUID) -> Registration:
    """Return a registration that the actor may read, or raise NotFoundError."""
    found = visible_registrations(actor).filter(pk=registration_id).first()
    if found is None:
        raise NotFoundError
    return found


def expected_units(on: date) -> QuerySet[Unit]:
    """Return the units that can register: those where somebody writes or signs for them."""
    writing = Grant.objects.filter(in_force(on), role__in=_WRITERS, user__is_active=True)
    return Unit.objects.filter(in_force(on), pk__in=writing.values("unit")).order_by("path")


def units_without(known: RegistrationRound, on: date) -> list[str]:
    """Return the units that can register and have not, by name in tree order; two queries."""
    standing = Registration.objects.filter(round=known, state__in=STANDING)
    return names_on(expected_units(on).exclude(pk__in=standing.values("unit")), on)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing about registrations that waits for a person; `registration_id` where it is one.

    count  how many, where it is a heap of a round
    """

    known: RegistrationRound
    words: str
    unit_id: UUID | None = None
    unit_name: str = ""
    registration_id: UUID | None = None
    count: int = 0
    overdue: bool = False


def registration_work(actor: Actor, today: date) -> list[ToDo]:
    """Return what waits for an actor: his units' registrations, and what his desk collects.

    At most three queries, none for somebody who neither writes for a unit nor collects.
    """
    todo: list[ToDo] = []
    units = {held.unit_id: held.unit_name for held in actor.mandates_as(*_WRITERS)}
    collects = actor.mandates_as(Role.APPRAISER, Role.DEPARTMENT_HEAD)
    if units:
        todo += _own(units, today)
    if collects:
        todo += _collected(actor)
    return todo


def _own(units: dict[UUID, str], today: date) -> list[ToDo]:
    rounds = list(RegistrationRound.objects.filter(is_open=True).select_related("campaign"))
    rows = {
        (row.round_id, row.unit_id): row
        for row in Registration.objects.filter(round__in=rounds, unit__in=units).exclude(
            state=RegistrationState.WITHDRAWN
        )
    }
    todo = []
    for known in rounds:
        for unit_id, unit_name in units.items():
            words, registration = _unit_words(rows.get((known.pk, unit_id)))
            if words:
                todo.append(
                    ToDo(
                        known,
                        words,
                        unit_id,
                        unit_name,
                        registration.pk if registration else None,
                        overdue=known.due_on is not None and known.due_on < today,
                    )
                )
    return todo


def _unit_words(row: Registration | None) -> tuple[str, Registration | None]:
    if row is None:
        return _("Chưa đăng ký thi đua."), None
    waiting = {
        RegistrationState.DRAFT: _("Bản đăng ký đang soạn, chưa gửi."),
        RegistrationState.INCOMPLETE: _("Bản đăng ký cần hoàn thiện."),
    }
    return waiting.get(RegistrationState(row.state), ""), row


def _collected(actor: Actor) -> list[ToDo]:
    states = [RegistrationState.SUBMITTED]
    if actor.mandates_as(Role.DEPARTMENT_HEAD):
        states.append(RegistrationState.ACCEPTED)
    at_desk = Actor(
        actor.user_id,
        actor.name,
        actor.position,
        actor.mandates_as(Role.APPRAISER, Role.DEPARTMENT_HEAD),
    )
    heaps: dict[tuple[UUID, str], list[Registration]] = {}
    for row in visible_registrations(at_desk).filter(state__in=states):
        heaps.setdefault((row.round_id, row.state), []).append(row)
    words = {
        RegistrationState.SUBMITTED: _("Bản đăng ký chờ tiếp nhận."),
        RegistrationState.ACCEPTED: _("Bản đăng ký đã tiếp nhận, chờ tổng hợp."),
    }
    return [
        ToDo(rows[0].round, words[RegistrationState(state)], count=len(rows))
        for (_round, state), rows in heaps.items()
    ]
