"""Councils as pages show them: their members, their sessions, one session for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.errors import Refusal
from audit.models import Event
from campaigns.models import Occasion, Status
from organisations.actors import Actor
from organisations.models import Unit
from organisations.queries import in_force, names_on
from workflow.council_queries import (
    access_unsent_dossier,
    board_secretary,
    kept_units,
    may_drop,
    members_on,
    ready_nominations,
    session_mandate,
    whole_agenda,
)
from workflow.council_states import HELD, LIVE, SessionState, WayOfVoting, session_moves_from
from workflow.engine import desk_paths
from workflow.errors import NotFoundError
from workflow.last_places import Contender, Line, line_of, ranks
from workflow.models import (
    AgendaItem,
    BallotRoll,
    CastBallot,
    CouncilMember,
    CouncilSession,
    Dossier,
    Nomination,
    OpenVote,
    SessionMember,
    Vote,
)
from workflow.pages.papers import Paper, paper_of
from workflow.pages.trail import Told, told
from workflow.queries import documents_in_full, readable_documents
from workflow.services.secret_ballots import papers_for
from workflow.services.session_votes import teller_number
from workflow.services.sitting import counts_paper
from workflow.session_access import READERS, visible_sessions
from workflow.session_places import Places, places_of
from workflow.session_results import ItemResult, results_of
from workflow.states import Desk


@dataclass(frozen=True)
class CouncilsPage:
    """The sessions a person may read, the councils he keeps, and where he may convene."""

    sessions: list[CouncilSession]
    units: dict[UUID, str]
    occasions: list[Occasion]


def councils_page(actor: Actor) -> CouncilsPage:
    """Return the section of councils; raises NotFoundError for who sees none of it."""
    sessions = list(visible_sessions(actor)[:50])
    if not sessions and not actor.mandates_as(*READERS):
        raise NotFoundError
    return CouncilsPage(sessions, kept_units(actor), convenable(actor))


def convenable(actor: Actor) -> list[Occasion]:
    """Return the open occasions on which a person convenes the province's council."""
    rows = list(
        Occasion.objects.filter(status="open", campaign__status=Status.OPEN)
        .select_related("campaign")
        .order_by("campaign__name", "position")
    )
    paths = desk_paths(row.campaign_id for row in rows)
    return [
        row
        for row in rows
        if board_secretary(actor, paths.get(row.campaign_id, {}).get(Desk.BOARD))
    ]


@dataclass(frozen=True)
class CouncilPage:
    """The council of one unit, today and before."""

    unit_name: str
    members: list[CouncilMember]
    former: list[CouncilMember]
    events: list[Told]


def council_page(unit: Unit, today: date) -> CouncilPage:
    """Return the council of a unit."""
    members = members_on(unit, today)
    others = (
        CouncilMember.objects.filter(unit=unit)
        .exclude(pk__in=[row.pk for row in members])
        .order_by("-valid_from")
    )
    return CouncilPage(
        unit_name=names_on([unit], today)[0],
        members=members,
        former=list(others),
        events=told(Event.objects.filter(stream=f"council:{unit.pk}").order_by("-seq")[:15]),
    )


def home_choices(today: date) -> list[tuple[UUID, str]]:
    """Return the units that a member may work in, in tree order."""
    units = list(Unit.objects.filter(in_force(today)).order_by("path"))
    return list(zip([unit.pk for unit in units], names_on(units, today), strict=True))


@dataclass(frozen=True)
class Gathering:
    """For what a council can be convened now: of the province on an occasion, or of a unit."""

    title: str
    nominations: list[Nomination]
    occasion: Occasion
    dossier: Dossier | None = None


def gathering(actor: Actor, occasion: str, dossier: str) -> Gathering:
    """Return what the page of convening shows; raises NotFoundError for what is not his."""
    if dossier:
        known = access_unsent_dossier(actor, _uuid(dossier))
        title = _("Hồ sơ %(code)s") % {"code": known.code}
        rows = list(ready_nominations(known.occasion_id, known.pk))
        return Gathering(title, rows, known.occasion, known)
    key = _uuid(occasion)
    found = next((row for row in convenable(actor) if row.pk == key), None)
    if found is None:
        raise NotFoundError
    return Gathering(found.title, list(ready_nominations(found.pk, None)), found)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFoundError from error


@dataclass(frozen=True)
class ItemLine:
    """One item of the agenda: with its votes in the open, and its result once concluded."""

    item: AgendaItem
    recused: list[str]
    voted: int
    vote: Vote | None
    may_drop: bool

    @property
    def percent(self) -> str:
        """Return the ratio as the minutes print it."""
        return f"{self.vote.percent_of_all:g}".replace(".", ",") if self.vote else ""


@dataclass(frozen=True)
class QuotaLine:
    """One quota with the ranking by votes, while they are counted; see last_places.Line."""

    places: Places
    ranks: list[tuple[int, Contender]]
    line: Line

    @property
    def reached(self) -> int:
        """Return how many have the ratio that the law asks for."""
        return len(self.line.inside) + len(self.line.level) + len(self.line.outside)


@dataclass(frozen=True)
class SessionPage:
    """Everything the page shows of a session, for one person."""

    session: CouncilSession
    unit_name: str
    members: list[SessionMember]
    lines: list[ItemLine]
    runs: bool
    moves: Sequence[tuple[str, str | Promise]]
    teller: int | None
    votes_secretly: bool
    handed: int
    cast: int
    quotas: list[QuotaLine] = field(default_factory=list)
    results: list[ItemResult] = field(default_factory=list)
    waiting: Refusal | None = None
    ballots: list[CastBallot] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    events: list[Told] = field(default_factory=list)

    @property
    def came(self) -> int:
        """Return how many members, or their substitutes, are there."""
        return sum(one.came for one in self.members)

    @property
    def no_quota(self) -> bool:
        """Return whether what is still to be concluded falls under no quota at all."""
        return self.session.state in LIVE and bool(self.open_items) and not self.quotas

    @property
    def open_items(self) -> list[ItemLine]:
        """Return what is still on the agenda."""
        return [line for line in self.lines if not line.item.dropped]

    @property
    def pending(self) -> bool:
        """Return whether a paper is under way, so that the page should look again."""
        return any(paper.unfinished for paper in self.papers)


def session_page(actor: Actor, session: CouncilSession, today: date) -> SessionPage:
    """Return the page; the number of queries does not depend on the agenda's length."""
    members = list(session.members.select_related("user"))
    runs = session_mandate(actor, session) is not None
    results, waiting = _results(session) if runs else ([], None)
    state = SessionState(session.state)
    secret = session.way == WayOfVoting.SECRET
    box = CastBallot.objects.filter(paper__session=session).select_related("paper")
    lines = _lines(session)
    return SessionPage(
        session=session,
        unit_name=names_on([session.unit], today)[0],
        members=members,
        lines=lines,
        runs=runs,
        moves=_moves(state) if runs else [],
        teller=teller_number(actor, session) if counts_paper(session.way, members) else None,
        votes_secretly=secret and any(one.voter_id == actor.user_id for one in members),
        handed=BallotRoll.objects.filter(paper__session=session).count() if secret else 0,
        cast=box.count() if secret else 0,
        quotas=_quotas(session, lines, results),
        results=results,
        waiting=waiting,
        ballots=list(box.order_by("paper__number", "hash")) if state in HELD and secret else [],
        papers=_papers(actor, session),
        events=told(Event.objects.filter(stream=session.stream).order_by("-seq")[:25]),
    )


def _moves(state: SessionState) -> list[tuple[str, str | Promise]]:
    return [(move.name, move.label) for move in session_moves_from(state) if not move.by_itself]


def _quotas(
    session: CouncilSession, lines: Sequence[ItemLine], results: Sequence[ItemResult]
) -> list[QuotaLine]:
    """Return the quotas, each with who has reached what; the same rule as the conclusion's."""
    live = session.state in LIVE  # what they have come to, the minutes tell
    items = [line.item for line in lines if live and not line.item.dropped]
    found = []
    for places in places_of(session, items):
        rows = [one.contender for one in results if one.item.pk in places.items]
        reached = [one for one in rows if one.by_law]
        line = Line(tuple(reached)) if places.free is None else line_of(places.free, reached)
        found.append(QuotaLine(places, ranks(rows), line))
    return found


def _results(session: CouncilSession) -> tuple[list[ItemResult], Refusal | None]:
    """Return the results while they are counted, or what is still missing."""
    if session.state != SessionState.COUNTING:
        return [], None
    try:
        return results_of(session), None
    except Refusal as refusal:
        return [], refusal


def _lines(session: CouncilSession) -> list[ItemLine]:
    items = whole_agenda(session)
    votes = {row.nomination_id: row for row in _votes(session)}
    voted: dict[int, int] = {}
    for key in OpenVote.objects.filter(item__in=items).values_list("item", flat=True):
        voted[key] = voted.get(key, 0) + 1
    return [
        ItemLine(
            item,
            [one.member.name for one in item.recusals.all()],
            voted.get(item.pk, 0),
            votes.get(item.nomination_id),
            not item.dropped and may_drop(session, item, voted=item.pk in voted),
        )
        for item in items
    ]


def _votes(session: CouncilSession) -> list[Vote]:
    if session.meeting is None:
        return []
    return list(session.meeting.votes.select_related("meeting"))


def _papers(actor: Actor, session: CouncilSession) -> list[Paper]:
    """Return the session's own papers, and the minutes that this person may read."""
    own = [key for key in (session.invitation_id, session.ballot_form_id) if key]
    found = [paper_of(row) for row in documents_in_full().filter(pk__in=own)]
    if session.meeting_id is not None:
        subject = f"meeting:{session.meeting_id}"
        rows = documents_in_full().filter(readable_documents(actor), subject=subject)
        found += [paper_of(row) for row in rows]
    return found


@dataclass(frozen=True)
class BallotSheet:
    """One ballot paper as its voter sees it: its number, its key, and what stands on it."""

    number: int
    modulus: str
    items: list[AgendaItem]


@dataclass(frozen=True)
class BallotPage:
    """What a member needs to vote secretly on a machine; voter: whose ballots a browser keeps."""

    session: CouncilSession
    voter: int
    sheets: list[BallotSheet]


def ballot_page(actor: Actor, session: CouncilSession) -> BallotPage:
    """Return a member's ballot papers; raises NotFoundError for who has no vote here.

    It knows whose page it is, as every page does; what is voted on it leaves by another door,
    without his name (views.ballots).
    """
    member = next(
        (one for one in session.members.all() if one.voter_id == actor.user_id and one.came), None
    )
    if member is None or session.way != WayOfVoting.SECRET:
        raise NotFoundError
    items = whole_agenda(session)
    sheets = [
        BallotSheet(row.number, row.modulus, [item for item in items if item.paper == row.number])
        for row in papers_for(session, member)
    ]
    return BallotPage(session, member.pk, sheets)


def published_box(session: CouncilSession) -> dict[str, object]:
    """Return everything by which anybody can count a secret ballot again; see docs/ballots.md.

    Raises NotFoundError before the session is concluded: until then the box is shut.
    """
    if session.state not in HELD or session.way != WayOfVoting.SECRET:
        raise NotFoundError
    items = whole_agenda(session)
    return {
        "session": str(session.pk),
        "papers": [
            {
                "number": paper.number,
                "modulus": paper.modulus,
                "exponent": 65537,
                "handed": paper.roll.count(),
                "items": [
                    {
                        "place": item.place,
                        "name": item.nomination.nominee.name,
                        "form": item.nomination.award_item.form.name,
                    }
                    for item in items
                    if item.paper == paper.number
                ],
                "ballots": [
                    {
                        "hash": one.hash,
                        "token": one.token,
                        "signature": one.signature,
                        "choices": one.choices,
                    }
                    for one in paper.cast.order_by("hash")
                ],
            }
            for paper in session.papers.order_by("number")
        ],
    }
