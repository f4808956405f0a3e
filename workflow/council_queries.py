"""What may be read of councils and sessions, by whom; and the mandate by which one acts on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from organisations.actors import Actor, Mandate
from organisations.models import Role, Unit
from organisations.queries import in_force
from workflow.council_states import BEFORE_VOTING, LIVE, SessionState, WayOfVoting
from workflow.errors import NotFoundError
from workflow.models import (
    AgendaItem,
    CouncilMember,
    CouncilSession,
    Dossier,
    Nomination,
    Office,
    Recusal,
)
from workflow.permissions import mandate_for, sits_at
from workflow.queries import visible_dossiers
from workflow.session_access import visible_sessions
from workflow.states import Desk, State

KEEPERS = frozenset({Role.BOARD_SECRETARY, Role.UNIT_CLERK, Role.UNIT_HEAD})
"""Who keeps the list of a council's members, in the unit whose council it is."""
PROVINCE_SECRETARIES = frozenset({Role.BOARD_SECRETARY})
UNIT_SECRETARIES = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD})
OFFICES_IN_ORDER = (Office.CHAIR, Office.VICE_CHAIR, Office.MEMBER, Office.SECRETARY)


def kept_units(actor: Actor) -> dict[UUID, str]:
    """Return the units whose council's members a person keeps, by name."""
    found = {held.unit_id: held.unit_name for held in actor.mandates_as(*KEEPERS)}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def keeper_mandate(actor: Actor, unit_id: UUID) -> Mandate | None:
    """Return the mandate by which an actor keeps the members of a unit's council, or None."""
    return next((held for held in actor.mandates_as(*KEEPERS) if held.unit_id == unit_id), None)


def session_mandate(actor: Actor, session: CouncilSession) -> Mandate | None:
    """Return the mandate by which an actor runs a session as its secretary, or None."""
    if session.dossier_id is None:
        return mandate_for(actor, Desk.BOARD, PROVINCE_SECRETARIES, session.unit.path)
    return mandate_for(actor, Desk.UNIT, UNIT_SECRETARIES, session.unit.path)


def members_on(unit: Unit, on: date) -> list[CouncilMember]:
    """Return the members of a unit's council on a day, by office, then in the order entered."""
    rows = CouncilMember.objects.filter(in_force(on), unit=unit).select_related("user", "home")
    order = {office: place for place, office in enumerate(OFFICES_IN_ORDER)}
    return sorted(rows, key=lambda row: (order[Office(row.office)], row.valid_from, row.name))


def access_session(actor: Actor, session_id: UUID) -> CouncilSession:
    """Return a session that the actor may read, or raise NotFoundError."""
    found = visible_sessions(actor).filter(pk=session_id).first()
    if found is None:
        raise NotFoundError
    return found


def access_unit(actor: Actor, unit_id: UUID) -> Unit:
    """Return a unit whose council the actor keeps, or raise NotFoundError."""
    if keeper_mandate(actor, unit_id) is None:
        raise NotFoundError
    return Unit.objects.get(pk=unit_id)


def access_unsent_dossier(actor: Actor, dossier_id: UUID) -> Dossier:
    """Return a dossier of a unit where the actor runs the council's sessions."""
    found = visible_dossiers(actor).filter(pk=dossier_id).first()
    if found is None or mandate_for(actor, Desk.UNIT, UNIT_SECRETARIES, found.unit.path) is None:
        raise NotFoundError
    return found


def board_secretary(actor: Actor, path: str | None) -> bool:
    """Return whether an actor runs the sessions of the province's council at this desk."""
    held = actor.mandates_as(*PROVINCE_SECRETARIES)
    return path is not None and any(sits_at(one, Desk.BOARD, path) for one in held)


def ready_for(session: CouncilSession) -> QuerySet[Nomination]:
    """Return the nominations that could stand on a session's agenda and on no other now."""
    return ready_nominations(session.occasion_id, session.dossier_id).exclude(
        agenda_items__session=session
    )


def ready_nominations(occasion_id: UUID, dossier_id: UUID | None) -> QuerySet[Nomination]:
    """Return what a council could vote on: of the occasion, or of a unit's own dossier.

    In the order that lists print: by form of award, unit and time of entry.
    """
    found = Nomination.objects.filter(state__in=states_before(dossier_id))
    if dossier_id is None:
        found = found.filter(dossier__occasion=occasion_id)
    else:
        found = found.filter(dossier=dossier_id)
    taken = AgendaItem.objects.filter(dropped="", session__state__in=LIVE)
    return (
        found.exclude(pk__in=taken.values("nomination"))
        .select_related("nominee__unit", "award_item__form", "dossier__unit")
        .order_by("award_item__form__position", "dossier__unit__path", "created_at", "pk")
    )


def states_before(dossier_id: UUID | None) -> frozenset[State]:
    """Return where a nomination stands on which a council may vote; a unit's votes on a dossier."""
    return frozenset({State.DRAFT, State.PREPARED} if dossier_id else {State.UNDER_REVIEW})


def on_live_agenda(ids: Iterable[UUID], *, but: UUID | None = None) -> list[str]:
    """Return the names of those among some nominations that lie before a session not over yet.

    but  a session that is not meant
    """
    found = AgendaItem.objects.filter(
        nomination__in=list(ids), dropped="", session__state__in=LIVE
    ).exclude(session=but)
    return list(found.order_by("place").values_list("nomination__nominee__name", flat=True))


def may_drop(session: CouncilSession, item: AgendaItem, *, voted: bool) -> bool:
    """Return whether an item may be taken off the agenda, and nobody is spared a known result.

    voted  whether somebody has voted on it in the open
    """
    if session.state in BEFORE_VOTING:
        return True
    waits = session.state == SessionState.VOTING and session.way == WayOfVoting.OPEN
    row = item.nomination
    moved = session.dossier_id is not None and row.dossier_id != session.dossier_id
    gone = moved or row.state not in states_before(session.dossier_id)
    return session.state in LIVE and (gone or (waits and not voted))


def agenda_of(session: CouncilSession) -> list[AgendaItem]:
    """Return the items still on the agenda, with their nominations and who does not vote."""
    return [item for item in whole_agenda(session) if not item.dropped]


def whole_agenda(session: CouncilSession) -> list[AgendaItem]:
    """Return every item, dropped ones too; two queries whatever the number."""
    recusals = Recusal.objects.select_related("member")
    return list(
        AgendaItem.objects.filter(session=session)
        .select_related(
            "nomination__nominee__unit",
            "nomination__subject_kind",
            "nomination__award_item__form",
            "nomination__field",
            "nomination__dossier__unit",
            "nomination__dossier__regime",
            "nomination__dossier__occasion__campaign",
        )
        .prefetch_related(Prefetch("recusals", queryset=recusals))
        .order_by("place")
    )


def title_of(item: AgendaItem) -> str:
    """Return who is voted on and for what; the same person may stand there for several awards."""
    return f"{item.nomination.nominee.name} ({item.nomination.award_item.form.name})"


def recused_ids(items: Iterable[AgendaItem]) -> dict[int, frozenset[int]]:
    """Return, by item, the members who do not vote on it."""
    return {item.pk: frozenset(one.member_id for one in item.recusals.all()) for item in items}
