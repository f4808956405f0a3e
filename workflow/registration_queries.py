"""Shared reads of registrations: who has and who has not, what waits, what a nomination is held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.judging.facts import Fact
from organisations.actors import Actor
from organisations.models import Grant, Role, Succession, Unit
from organisations.queries import in_force, names_on
from workflow.errors import NotFoundError
from workflow.models import Dossier, Nomination, Registration, RegistrationLine, RegistrationRound
from workflow.queries import visible_registrations
from workflow.registration_states import STANDING, RegistrationState

_WRITERS = (Role.UNIT_CLERK, Role.UNIT_HEAD)
FACT = "registration.exists"
"""Under which key a rule asks whether a nominee was registered."""


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
class Comparison:
    """A nomination held against what its unit registered.

    registered   the nominee stands in a registration that was sent
    aimed        the award aimed at, "" where none was named or nothing is registered
    words        the finding in one sentence
    differs      the office should look: not registered, or for another award
    """

    registration: Registration | None
    line: RegistrationLine | None
    registered: bool
    aimed: str
    words: str
    differs: bool


def comparisons(nominations: Sequence[Nomination]) -> dict[UUID, Comparison]:
    """Return, by nomination, what its unit registered for the nominee; four queries for all.

    Nothing is said of nominations in a movement that has no round of registration; that costs one.
    A unit's registration is also that of the bodies it took over from, and of the one that began
    the dossier. The names are compared without case and spaces. The year of the occasion counts
    where a round is for one year.
    """
    campaigns = {row.dossier.occasion.campaign_id for row in nominations}
    held = RegistrationRound.objects.filter(campaign__in=campaigns)
    campaigns = set(held.values_list("campaign", flat=True))
    nominations = [row for row in nominations if row.dossier.occasion.campaign_id in campaigns]
    if not nominations:
        return {}
    unit_ids = {row.dossier.unit_id for row in nominations}
    before: dict[UUID, set[UUID]] = {}
    for row in Succession.objects.filter(successor__in=unit_ids):
        before.setdefault(row.successor_id, set()).add(row.predecessor_id)
    earlier = {key for keys in before.values() for key in keys}
    begun = {row.dossier.began_with_id for row in nominations if row.dossier.began_with_id}
    standing = list(
        Registration.objects.filter(
            unit__in=unit_ids | earlier | begun,
            round__campaign__in=campaigns,
            state__in=STANDING,
        )
        .select_related("round")
        .prefetch_related("lines__form")
        .order_by("round__opened_at")
    )
    return {row.pk: _comparison(row, _of(row, standing, before)) for row in nominations}


def comparisons_in(dossier: Dossier, nominations: QuerySet[Nomination]) -> dict[UUID, Comparison]:
    """Return comparisons of a dossier's nominations; they are read only where there is a round."""
    held = RegistrationRound.objects.filter(campaign=dossier.occasion.campaign_id)
    return comparisons(list(nominations)) if held.exists() else {}


def _of(
    nomination: Nomination, standing: Iterable[Registration], before: dict[UUID, set[UUID]]
) -> list[Registration]:
    dossier = nomination.dossier
    units = {dossier.unit_id, dossier.began_with_id, *before.get(dossier.unit_id, set())}
    return [
        row
        for row in standing
        if row.unit_id in units
        and row.round.campaign_id == dossier.occasion.campaign_id
        and row.round.year in {None, dossier.occasion.year}
    ]


def _comparison(nomination: Nomination, standing: Sequence[Registration]) -> Comparison:
    if not standing:
        return Comparison(
            None, None, registered=False, aimed="",
            words=_("Đơn vị chưa đăng ký thi đua."), differs=True,
        )  # fmt: skip
    name = _folded(nomination.nominee.name)
    for registration in reversed(standing):
        for line in registration.lines.all():
            if _folded(line.name) == name:
                return _held_against(nomination, registration, line)
    return Comparison(
        standing[-1], None, registered=False, aimed="",
        words=_("Đơn vị đã đăng ký, nhưng đối tượng này không có trong danh sách đăng ký."),
        differs=True,
    )  # fmt: skip


def _held_against(
    nomination: Nomination, registration: Registration, line: RegistrationLine
) -> Comparison:
    form = nomination.award_item.form
    if line.form is None:
        words, differs = _("Đã đăng ký, không nêu hình thức khen thưởng hướng tới."), False
    elif line.form_id == form.pk:
        words, differs = _("Đúng với đăng ký."), False
    else:
        words, differs = (
            _("Đăng ký hướng tới %(aimed)s, nay đề nghị %(proposed)s.")
            % {"aimed": line.form.name, "proposed": form.name},
            True,
        )
    return Comparison(
        registration,
        line,
        registered=True,
        aimed=line.form.name if line.form else "",
        words=words,
        differs=differs,
    )


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).split()).casefold()


def registration_fact(nomination: Nomination) -> Fact:
    """Return whether the nominee was registered, as a fact for the rules, with its source."""
    found = comparisons([nomination]).get(nomination.pk)
    if found is None:
        return Fact(FACT, value=False, source=_("Phong trào chưa mở đợt đăng ký thi đua."))
    registration = found.registration
    if registration is None or registration.submitted_at is None:
        return Fact(FACT, found.registered, source=found.words)
    return Fact(
        FACT,
        found.registered,
        source=_("Bản đăng ký thi đua gửi ngày %(day)s")
        % {"day": f"{registration.submitted_at:%d/%m/%Y}"},
        entered_by=registration.changed_by,
        entered_on=registration.submitted_at.date(),
    )


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
