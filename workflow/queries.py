"""Shared reads: what a person may see, what they have to do now, and where a nomination stands.

`access_*` is the only door from a page to a row: what is not there and what is not yours are the
same NotFoundError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value

from audit.models import Event
from campaigns.models import Campaign, Decider
from campaigns.models import Desk as DeskRow
from documents.models import Document, DocumentVersion
from organisations.actors import Actor, Mandate
from workflow.engine import desk_paths
from workflow.errors import NotFoundError
from workflow.figure_states import SheetState
from workflow.hands import load_hands
from workflow.models import (
    Dossier,
    Figure,
    FigureSheet,
    Nomination,
    Notice,
    OpinionRequest,
    PaperLink,
    Registration,
    RegistrationSummary,
    WorkItem,
    YearlyReport,
)
from workflow.permissions import Decision, can
from workflow.session_access import visible_sessions
from workflow.states import (
    HOLDERS,
    Desk,
    Move,
    State,
    holder_of,
    line_of,
    moves_from,
)

WITH_UNIT = (State.DRAFT, State.PREPARED)
"""States in which a nomination has not left its unit."""
UNIT_ROLES = frozenset(holder.role for holder in HOLDERS.values() if holder.desk is Desk.UNIT)


def visible_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers an actor may read.

    Those of units at or below a unit where he holds any role; and, for people at a desk of the
    campaign, those from which something has been sent. Drafts are the unit's own affair.
    """
    inside = Nomination.objects.filter(dossier=OuterRef("pk")).exclude(state__in=WITH_UNIT)
    # What was received was sent, and nothing goes back into a draft: only the others are looked into.
    sent = Q(received_at__isnull=False) | Q(Exists(inside))
    own, at_desk = Q(pk__in=[]), Q(pk__in=[])
    for mandate in actor.mandates:
        own |= Q(unit__path__startswith=mandate.unit_path)
        at_desk |= Q(occasion__campaign__in=campaigns_with_desk_at(mandate))
    return (
        Dossier.objects.filter(own | (at_desk & sent))
        .select_related("unit", "began_with", "split_from", "occasion__campaign")
        .order_by("-created_at", "pk")
    )


def visible_registrations(actor: Actor) -> QuerySet[Registration]:
    """Return the registrations for movements that an actor may read, in tree order.

    Those of units at or below a unit where he holds any role; and, for people at a desk of the
    campaign, those that were sent once. Drafts are the unit's own affair.
    """
    own, at_desk = Q(pk__in=[]), Q(pk__in=[])
    for mandate in actor.mandates:
        own |= Q(unit__path__startswith=mandate.unit_path)
        at_desk |= Q(round__campaign__in=campaigns_with_desk_at(mandate))
    return (
        Registration.objects.filter(own | (at_desk & Q(submitted_at__isnull=False)))
        .select_related("unit", "round__campaign", "summary")
        .order_by("unit__path", "created_at")
    )


def campaigns_with_desk_at(mandate: Mandate) -> QuerySet[DeskRow, UUID]:
    """Return the campaigns in which a mandate is held at a desk.

    In the desk's very unit with whatever role; in a section below it with a role of that desk,
    since every unit of the province lies below the body that decides.
    """
    held = Q(unit__path=mandate.unit_path)
    for desk in {holder.desk for holder in HOLDERS.values() if holder.role == mandate.role}:
        held |= Q(desk=desk, unit__path__in=path_prefixes(mandate.unit_path))
    return DeskRow.objects.filter(held).values_list("campaign_id", flat=True)


def path_prefixes(path: str) -> list[str]:
    """Return the paths of a unit and of all above it: “a/”, “a/b/” of “a/b/”."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: count + 1]) + "/" for count in range(len(codes))]


def access_dossier(actor: Actor, dossier_id: UUID) -> Dossier:
    """Return a dossier that the actor may read, or raise NotFoundError."""
    dossier = visible_dossiers(actor).filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFoundError
    return dossier


def access_nomination(actor: Actor, nomination_id: UUID) -> Nomination:
    """Return a nomination that the actor may read, or raise NotFoundError."""
    nomination = (
        nominations_in_full()
        .filter(pk=nomination_id, dossier__in=visible_dossiers(actor).order_by())
        .first()
    )
    if nomination is None:
        raise NotFoundError
    return nomination


def access_document(actor: Actor, document_id: UUID) -> Document:
    """Return a document that the actor may read, or raise NotFoundError."""
    document = documents_in_full().filter(readable_documents(actor), pk=document_id).first()
    if document is None:
        raise NotFoundError
    return document


def readable_documents(actor: Actor) -> Q:
    """Return the condition for documents that the actor may read.

    Those in a dossier he may read, evidence of yearly sheets he may read, yearly reports of
    campaigns in which he is at a desk or audits, what other bodies answered there, and the papers
    of registrations and of councils' sessions he may read.
    """
    registered = visible_registrations(actor).order_by()
    sessions = visible_sessions(actor).order_by()
    campaigns = overseen_campaigns(actor).order_by()
    bound = PaperLink.objects.filter(dossier__in=visible_dossiers(actor).order_by())
    evidence = Figure.objects.filter(sheet__in=visible_sheets(actor).order_by())
    reports = YearlyReport.objects.filter(campaign__in=campaigns)
    answers = OpinionRequest.objects.filter(occasion__campaign__in=campaigns)
    summaries = RegistrationSummary.objects.filter(registrations__in=registered)
    # One paper is looked up in each place it may lie in; joined, all papers of the province would
    # be laid beside all places first.
    paper = OuterRef("pk")
    return (
        Q(Exists(bound.filter(document=paper)))
        | Q(Exists(evidence.filter(evidence=paper)))
        | Q(Exists(reports.filter(document=paper)))
        | Q(Exists(answers.filter(reply=paper)))
        | Q(Exists(registered.filter(Q(plan=paper) | Q(paper=paper))))
        | Q(Exists(summaries.filter(document=paper)))
        | Q(Exists(sessions.filter(Q(invitation=paper) | Q(ballot_form=paper))))
    )


def recent_papers(actor: Actor, template_key: str, count: int) -> list[DocumentVersion]:
    """Return the newest made version of the last papers of a template that an actor may read.

    With its values, its document and its files; one query. Newest first, each paper once.
    """
    readable = Document.objects.filter(readable_documents(actor), template_key=template_key)
    rows = (
        DocumentVersion.objects.filter(document__in=readable.order_by(), docx__isnull=False)
        .select_related("document__register_entry", "docx", "template_version")
        .order_by("-requested_at", "-number")
    )
    newest: dict[UUID, DocumentVersion] = {}
    for row in rows[: count * 3]:  # a paper made anew has more than one
        newest.setdefault(row.document_id, row)
    return list(newest.values())[:count]


def visible_sheets(actor: Actor) -> QuerySet[FigureSheet]:
    """Return the yearly sheets an actor may read.

    Those of units at or below a unit where he holds any role; and, for people at a desk of the
    campaign, those that have been sent once. What a unit has not sent is its own affair.
    """
    own = Q(pk__in=[])
    for mandate in actor.mandates:
        own |= Q(unit__path__startswith=mandate.unit_path)
    at_desk = Q(campaign__in=overseen_campaigns(actor).order_by())
    return FigureSheet.objects.filter(own | (at_desk & ~Q(state=SheetState.DRAFT))).select_related(
        "unit", "campaign", "group"
    )


def overseen_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Return the campaigns in which an actor is at a desk: those whose yearly tables he reads."""
    at_desk = Q(pk__in=[])
    for mandate in actor.mandates:
        at_desk |= Q(pk__in=campaigns_with_desk_at(mandate))
    return Campaign.objects.filter(at_desk).order_by("name")


def nominations_in_full() -> QuerySet[Nomination]:
    """Return nominations with all that a page shows of one, in one query."""
    return Nomination.objects.select_related(
        "nominee__unit",
        "subject_kind",
        "award_item__form",
        "field",
        "decision_item",
        "dossier__unit",
        "dossier__regime",
        "dossier__occasion__campaign",
    )


def documents_in_full() -> QuerySet[Document]:
    """Return documents with number, signer and versions; two queries whatever the number."""
    versions = (
        DocumentVersion.objects.select_related("pdf", "docx", "upload")
        .prefetch_related("signatures")
        .defer("values")
        .order_by("-number")
    )
    return (
        Document.objects.select_related("register_entry", "signer_user", "seal_unit", "body")
        .prefetch_related(Prefetch("versions", queryset=versions))
        .order_by("created_at", "pk")
    )


def visible_nominations(actor: Actor) -> QuerySet[Nomination]:
    """Return the nominations in all dossiers that the actor may read, newest change first."""
    return (
        nominations_in_full()
        .filter(dossier__in=visible_dossiers(actor).order_by())
        .order_by("-changed_at", "pk")
    )


def work_items_for(actor: Actor) -> QuerySet[WorkItem]:
    """Return what an actor has to do now, longest waiting first.

    Work at a unit is for those who hold the role in that very unit; work at a desk also for
    those in a section below it. Nobody is shown work on a nomination of himself.
    """
    mine = Q(pk__in=[])
    for mandate in actor.mandates:
        at_unit = mandate.role in UNIT_ROLES
        paths = [mandate.unit_path] if at_unit else path_prefixes(mandate.unit_path)
        mine |= Q(role=mandate.role, unit_path__in=paths)
    return (
        WorkItem.objects.filter(mine, closed_at__isnull=True)
        .exclude(nomination__in=Nomination.objects.filter(nominee__user=actor.user_id))
        .order_by("opened_at", "pk")
    )


def work_counts(actor: Actor) -> dict[State, int]:
    """Return how many things wait for an actor, by state; states with nothing are left out."""
    rows = work_items_for(actor).order_by().values("state").annotate(waiting=Count("*"))
    return {State(row["state"]): row["waiting"] for row in rows}


_UNREAD = "unread"


def desk_counts(actor: Actor) -> tuple[dict[State, int], int]:
    """Return work_counts and how many notices the actor has not read, in one query.

    Rows are counted and not keys: the index answers that by itself.
    """
    notices = Notice.objects.filter(user_id=actor.user_id, read_at__isnull=True)
    work = work_items_for(actor).order_by().values("state").annotate(waiting=Count("*"))
    unread = (
        notices.annotate(state_=Value(_UNREAD, output_field=CharField()))
        .values("state_")
        .annotate(waiting=Count("*"))
    )
    rows = dict(
        work.values_list("state", "waiting").union(
            unread.values_list("state_", "waiting"), all=True
        )
    )
    count = rows.pop(_UNREAD, 0)
    return {State(state): waiting for state, waiting in rows.items()}, count


@dataclass(frozen=True, slots=True)
class Possible:
    """A move that the table knows from a state, and whether this person may make it."""

    move: Move
    decision: Decision


def paths_of(nomination: Nomination) -> dict[Desk, str]:
    """Return the paths of the units at the desks of a nomination; one query."""
    campaign_id = nomination.dossier.occasion.campaign_id
    paths = desk_paths([campaign_id]).get(campaign_id, {})
    return {**paths, Desk.UNIT: nomination.dossier.unit.path}


def possible_moves(
    actor: Actor, nomination: Nomination, paths: Mapping[Desk, str]
) -> list[Possible]:
    """Return the moves from where a nomination stands, each with the answer for this actor.

    paths  of the units at its desks, see paths_of
    """
    moves = moves_from(State(nomination.state), nomination.flow_version)
    load_hands([nomination], moves)
    return [Possible(move, can(actor, move, nomination, paths)) for move in moves]


@dataclass(frozen=True, slots=True)
class Step:
    """One station of the way: passed, here, or to come."""

    state: State
    passed: bool
    here: bool


def way_of(nomination: Nomination) -> list[Step]:
    """Return the way of a nomination with where it stands on it.

    A nomination that has left the way (returned, held, withdrawn, refused) stands where it was
    when it left; its own state says the rest.
    """
    central = nomination.dossier.authority in {Decider.PRIME_MINISTER, Decider.PRESIDENT}
    way = line_of(nomination.flow_version, central=central)
    at = _station(nomination, way)
    return [Step(state, place < at, place == at) for place, state in enumerate(way)]


def _station(nomination: Nomination, way: Sequence[State]) -> int:
    """Return the place on the way where a nomination stands, or stood when it left the way."""
    state = State(nomination.resume_to or nomination.state)
    if state in way and state != State.CLOSED:
        return way.index(state)
    done = nomination.work_items.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
    held = [State(held) for held in done.values_list("state", flat=True)]
    if state == State.CLOSED and State.NOT_AWARDED not in held[:1]:
        return way.index(state)
    return next(way.index(held_in) for held_in in held if held_in in way)


def papers_of(dossiers: Iterable[Dossier]) -> QuerySet[PaperLink]:
    """Return the papers of dossiers, each link with its document in full."""
    return (
        PaperLink.objects.filter(dossier__in=list(dossiers))
        .select_related("nomination__nominee")
        .prefetch_related(Prefetch("document", queryset=documents_in_full()))
        .order_by("pk")
    )


def papers_of_nomination(nomination: Nomination) -> list[PaperLink]:
    """Return the papers about a nomination: its own, and those of its dossier about all."""
    links = papers_of([nomination.dossier])
    return [link for link in links if link.nomination_id in {None, nomination.pk}]


def streams_of(dossier: Dossier) -> list[str]:
    """Return the chains that tell a dossier's history: its own, those of shared papers.

    Of one that was split off, also those of the dossiers it came from.
    """
    shared = dossier.papers.values_list("document__stream", flat=True).distinct()
    before = [one.stream for one in split_line(dossier)]
    return [dossier.stream, *sorted({*shared, *before} - {dossier.stream})]


def trail_of(dossier: Dossier) -> QuerySet[Event]:
    """Return every event of a dossier and of the papers it shares, newest first.

    Of a dossier that it was split from, only what is about its own nominations and papers: the
    others there are none of its history.
    """
    if dossier.split_from_id is None:
        return Event.objects.filter(stream__in=streams_of(dossier)).order_by("-at", "-seq")
    before = {one.stream for one in split_line(dossier)}
    rest = [stream for stream in streams_of(dossier) if stream not in before]
    own = [f"nomination:{key}" for key in dossier.nominations.values_list("pk", flat=True)]
    papers = dossier.papers.values_list("document_id", flat=True)
    subjects = [*own, *(f"document:{key}" for key in papers)]
    told = Q(stream__in=rest) | Q(stream__in=before, subject__in=subjects)
    return Event.objects.filter(told).order_by("-at", "-seq")


def split_line(dossier: Dossier) -> list[Dossier]:
    """Return the dossiers that a dossier was split from, the nearest first; free where none."""
    line: list[Dossier] = []
    while dossier.split_from is not None:
        dossier = dossier.split_from
        line.append(dossier)
    return line


def trail_of_nomination(
    nomination: Nomination, links: Iterable[PaperLink] | None = None
) -> QuerySet[Event]:
    """Return the events of one nomination and of its own papers, newest first.

    From the chain of its dossier and of those that this was split from.

    links  its papers, where they were read already
    """
    known = nomination.papers.all() if links is None else links
    own = [link.document_id for link in known if link.nomination_id == nomination.pk]
    subjects = [nomination.subject, *(f"document:{pk}" for pk in own)]
    dossiers = [nomination.dossier, *split_line(nomination.dossier)]
    streams = [dossier.stream for dossier in dossiers]
    return Event.objects.filter(stream__in=streams, subject__in=subjects).order_by("-at", "-seq")


def held_by(nomination: Nomination) -> str:
    """Return the role that holds a nomination now, in the reader's language; "" when nobody."""
    resume_to = State(nomination.resume_to) if nomination.resume_to else None
    holder = holder_of(State(nomination.state), resume_to, nomination.flow_version)
    return str(holder.role.label) if holder else ""
