"""Registrations as pages show them: the rounds, who has and who has not, one registration."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise

from audit.models import Event
from campaigns.models import AwardForm, Campaign, Kind, Status, SubjectKind
from organisations.actors import Actor
from organisations.models import Role
from organisations.queries import names_on
from workflow.engine import desk_paths
from workflow.errors import NotFoundError
from workflow.models import (
    Registration,
    RegistrationGap,
    RegistrationLine,
    RegistrationRound,
    RegistrationSummary,
)
from workflow.pages.papers import Paper, paper_of
from workflow.pages.trail import Told, told
from workflow.papers.registration import period_of
from workflow.permissions import mandate_for
from workflow.queries import campaigns_with_desk_at, documents_in_full, visible_registrations
from workflow.registration_queries import expected_units
from workflow.registration_states import (
    STANDING,
    WRITABLE,
    RegistrationState,
    registration_moves_from,
)
from workflow.services.registration_moves import registration_mandate
from workflow.services.registration_rounds import COLLECTORS, Addressee, addressees_of
from workflow.services.registrations import WRITERS
from workflow.states import Desk

READERS = frozenset(
    {
        Role.UNIT_CLERK.value,
        Role.UNIT_HEAD.value,
        Role.APPRAISER.value,
        Role.DEPARTMENT_HEAD.value,
        Role.BOARD_SECRETARY.value,
        Role.BOARD_HEAD.value,
        Role.CHAIRMAN.value,
        Role.AUDITOR.value,
    }
)
"""Who sees the section of registrations."""
OVERSEERS = (Role.BOARD_SECRETARY, Role.BOARD_HEAD, Role.CHAIRMAN, Role.AUDITOR, *COLLECTORS)


@dataclass(frozen=True)
class RoundLine:
    """One round in the list, with what this person's units have registered in it."""

    known: RegistrationRound
    period: str
    sent: int
    overseen: bool
    own: list[OwnLine]


@dataclass(frozen=True)
class OwnLine:
    """One unit of this person in a round: its registration, or none yet."""

    unit_id: UUID
    unit_name: str
    registration: Registration | None


def writing_units(actor: Actor) -> dict[UUID, str]:
    """Return the units in whose name the person may register, by name."""
    found = {held.unit_id: held.unit_name for held in actor.mandates_as(*WRITERS)}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def round_lines(actor: Actor) -> list[RoundLine]:
    """Return the rounds, newest first; the cost does not depend on how many there are.

    Raises NotFoundError for somebody without any of the offices that see them.
    """
    if not actor.mandates_as(*READERS):
        raise NotFoundError
    rounds = list(
        RegistrationRound.objects.select_related("campaign").annotate(
            sent=Count("registrations", filter=Q(registrations__state__in=STANDING))
        )
    )
    units = writing_units(actor)
    own = {
        (row.round_id, row.unit_id): row
        for row in Registration.objects.filter(unit__in=units).exclude(
            state=RegistrationState.WITHDRAWN
        )
    }
    overseen = overseen_campaign_ids(actor)
    return [
        RoundLine(
            known=known,
            period=period_of(known),
            sent=known.sent,
            overseen=known.campaign_id in overseen,
            own=[OwnLine(key, name, own.get((known.pk, key))) for key, name in units.items()],
        )
        for known in rounds
    ]


def overseen_campaign_ids(actor: Actor) -> set[UUID]:
    """Return the campaigns whose registrations a person oversees, by his desk or as auditor."""
    found: set[UUID] = set()
    for mandate in actor.mandates_as(*OVERSEERS):
        found |= set(campaigns_with_desk_at(mandate))
    return found


def collected_campaigns(actor: Actor) -> list[Campaign]:
    """Return the open movements whose registrations a person collects."""
    rows = list(Campaign.objects.filter(status=Status.OPEN).order_by("name"))
    paths = desk_paths(row.pk for row in rows)
    return [
        row
        for row in rows
        if mandate_for(actor, Desk.APPRAISAL, COLLECTORS, paths.get(row.pk, {}).get(Desk.APPRAISAL))
    ]


@dataclass(frozen=True)
class UnitLine:
    """One unit in the overview: its registration, or that it has none."""

    unit_name: str
    registration: Registration | None
    lines: int


@dataclass(frozen=True)
class RoundPage:
    """Everything the overview of a round shows, for one person."""

    known: RegistrationRound
    period: str
    addressees: list[Addressee]
    units: list[UnitLine]
    missing: int
    sent: int
    late: int
    overdue: bool
    collects: bool
    sums_up: bool
    summaries: list[tuple[RegistrationSummary, Paper]]
    events: list[Told]

    @property
    def accepted(self) -> list[UnitLine]:
        """Return those that can be summed up."""
        ready = RegistrationState.ACCEPTED
        return [one for one in self.units if one.registration and one.registration.state == ready]

    @property
    def pending(self) -> bool:
        """Return whether a report is under way, so that the page should look again."""
        return any(paper.unfinished for _summary, paper in self.summaries)


def access_round_to_answer(writes_for: Collection[UUID], round_id: UUID) -> RegistrationRound:
    """Return a round for whoever writes for some unit, or raise NotFoundError."""
    known = RegistrationRound.objects.select_related("campaign").filter(pk=round_id).first()
    if known is None or not writes_for:
        raise NotFoundError
    return known


def access_round(actor: Actor, round_id: UUID) -> RegistrationRound:
    """Return a round that the actor oversees, or raise NotFoundError."""
    known = RegistrationRound.objects.select_related("campaign").filter(pk=round_id).first()
    if known is None or known.campaign_id not in overseen_campaign_ids(actor):
        raise NotFoundError
    return known


def round_page(actor: Actor, known: RegistrationRound, today: date, show: str) -> RoundPage:
    """Return the overview; the cost does not depend on how many units there are.

    show  "missing" keeps the units without a registration, "late" those that came late
    """
    units = _unit_lines(actor, known, today)
    missing = [one for one in units if not _stands(one)]
    late = [one for one in units if one.registration and one.registration.late_by]
    path = desk_paths([known.campaign_id]).get(known.campaign_id, {}).get(Desk.APPRAISAL)
    head = frozenset({Role.DEPARTMENT_HEAD})
    return RoundPage(
        known=known,
        period=period_of(known),
        addressees=addressees_of(known.campaign),
        units={"missing": missing, "late": late}.get(show, units),
        missing=len(missing),
        sent=len(units) - len(missing),
        late=len(late),
        overdue=known.due_on is not None and known.due_on < today,
        collects=mandate_for(actor, Desk.APPRAISAL, COLLECTORS, path) is not None,
        sums_up=mandate_for(actor, Desk.APPRAISAL, head, path) is not None,
        summaries=_summaries(known),
        events=told(Event.objects.filter(stream=known.stream).order_by("-seq")[:15]),
    )


def _stands(line: UnitLine) -> bool:
    return line.registration is not None and line.registration.state in STANDING


def _unit_lines(actor: Actor, known: RegistrationRound, today: date) -> list[UnitLine]:
    rows = list(
        visible_registrations(actor)
        .filter(round=known)
        .exclude(state=RegistrationState.WITHDRAWN)
        .annotate(line_count=Count("lines"))
    )
    registered = {row.unit_id: row for row in rows}
    units = {unit.pk: unit for unit in expected_units(today)}
    units |= {row.unit_id: row.unit for row in rows}
    ordered = sorted(units.values(), key=lambda unit: unit.path)
    names = names_on(ordered, today)
    return [
        UnitLine(name, row, row.line_count if row else 0)
        for unit, name in zip(ordered, names, strict=True)
        for row in [registered.get(unit.pk)]
    ]


def _summaries(known: RegistrationRound) -> list[tuple[RegistrationSummary, Paper]]:
    rows = list(known.summaries.order_by("-sent_at"))
    papers = {
        document.pk: paper_of(document)
        for document in documents_in_full().filter(pk__in=[row.document_id for row in rows])
    }
    return [(row, papers[row.document_id]) for row in rows]


@dataclass(frozen=True)
class RegistrationPage:
    """Everything the page shows of one registration, for one person."""

    registration: Registration
    unit_name: str
    period: str
    lines: list[RegistrationLine]
    gaps: list[RegistrationGap]
    papers: list[Paper]
    events: list[Told]
    moves: Sequence[tuple[str, str | Promise]]
    may_write: bool

    @property
    def pending(self) -> bool:
        """Return whether a paper is under way, so that the page should look again."""
        return any(paper.unfinished for paper in self.papers)

    @property
    def asked_at(self) -> datetime | None:
        """Return when completing was last asked for."""
        return self.gaps[-1].asked_at if self.gaps else None


def registration_page(actor: Actor, registration: Registration, today: date) -> RegistrationPage:
    """Return the page; the number of queries does not depend on what is registered."""
    state = RegistrationState(registration.state)
    moves = [
        (move.name, move.label)
        for move in registration_moves_from(state)
        if move.name != "sum_up"
        and registration_mandate(actor, registration, move.desk, move.roles) is not None
    ]
    own = any(held.unit_id == registration.unit_id for held in actor.mandates_as(*WRITERS))
    return RegistrationPage(
        registration=registration,
        unit_name=names_on([registration.unit], today)[0],
        period=period_of(registration.round),
        lines=list(registration.lines.select_related("subject_kind", "form")),
        gaps=list(registration.gaps.all()),
        papers=_papers(registration),
        events=told(Event.objects.filter(stream=registration.stream).order_by("-seq")),
        moves=moves,
        may_write=own and state in WRITABLE,
    )


def _papers(registration: Registration) -> list[Paper]:
    """Return the unit's paper, its plan, and the report that it was summed up in."""
    keys = [registration.paper_id, registration.plan_id]
    if registration.summary is not None:
        keys.append(registration.summary.document_id)
    wanted = [key for key in keys if key is not None]
    found = {row.pk: row for row in documents_in_full().filter(pk__in=wanted)}
    return [paper_of(found[key]) for key in wanted]


def line_choices(campaign: Campaign) -> tuple[list[tuple[UUID, str]], list[tuple[UUID, str]]]:
    """Return the kinds that can be registered and the awards to aim at, in the plan's order."""
    kinds = SubjectKind.objects.filter(campaign=campaign).order_by("position")
    forms = AwardForm.objects.filter(campaign=campaign).order_by("position")
    return (
        [(kind.pk, f"{kind.name} ({Kind(kind.kind).label})") for kind in kinds],
        [(form.pk, form.name) for form in forms],
    )
