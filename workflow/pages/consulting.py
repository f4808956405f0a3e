"""Opinions, public notices and holds as pages show them: what waits, until when, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from organisations.actors import Actor
from workflow.authority import Act
from workflow.conflicts import is_own_case
from workflow.consulting_states import (
    NOTICE_MOVES,
    OPINION_MOVES,
    ConsultingMove,
    NoticeState,
    OpinionAnswer,
    OpinionState,
)
from workflow.engine import desk_paths
from workflow.errors import NotFoundError
from workflow.models import (
    Hold,
    Nomination,
    OpinionItem,
    OpinionRequest,
    PublicNotice,
)
from workflow.pages.papers import Paper, paper_of
from workflow.permissions import CONSULTING_ROLES, can_do, mandate_for
from workflow.queries import (
    documents_in_full,
    overseen_campaigns,
    visible_dossiers,
)
from workflow.states import Desk

M = TypeVar("M", OpinionRequest, PublicNotice)
SHOWN = 200
"""How many lines of each list the overview shows, those due first."""


@dataclass(frozen=True)
class Due:
    """A last day as a list shows it: "late", "today", "ahead", or "" where none is known."""

    on: date | None
    mark: str


def due(on: date | None, today: date) -> Due:
    """Return how a last day stands today."""
    if on is None:
        return Due(None, "")
    return Due(on, "late" if on < today else "today" if on == today else "ahead")


@dataclass(frozen=True)
class OpinionLine:
    """One request in a list: how many of its nominations are against, and its last day."""

    request: OpinionRequest
    due: Due
    count: int
    against: int


@dataclass(frozen=True)
class NoticeLine:
    """One notice in a list, with its objections."""

    notice: PublicNotice
    due: Due
    count: int
    objections: int
    open_objections: int


@dataclass(frozen=True)
class HoldLine:
    """One nomination on hold, and when that is looked at again."""

    hold: Hold
    due: Due


@dataclass(frozen=True)
class Overview:
    """All that waits for somebody outside: what the desks of a person have begun."""

    opinions: list[OpinionLine]
    notices: list[NoticeLine]
    holds: list[HoldLine]


def overview(actor: Actor, today: date) -> Overview:
    """Return what waits at the desks that an actor sees; five queries."""
    waiting = visible_opinions(actor).filter(state=OpinionState.WAITING)
    running = visible_notices(actor).filter(state=NoticeState.RUNNING)
    holds = (
        Hold.objects.filter(
            resumed_at__isnull=True,
            nomination__state="held",
            nomination__dossier__in=visible_dossiers(actor).order_by(),
        )
        .select_related("nomination__nominee", "nomination__dossier")
        .order_by("review_on", "pk")[:SHOWN]
    )
    return Overview(
        [_opinion_line(row, today) for row in waiting.order_by("due_on", "asked_at", "pk")[:SHOWN]],
        [_notice_line(row, today) for row in running.order_by("ends_on", "pk")[:SHOWN]],
        [HoldLine(row, due(row.review_on, today)) for row in holds],
    )


def visible_opinions(actor: Actor) -> QuerySet[OpinionRequest]:
    """Return the requests of campaigns in which an actor is at a desk: no unit reads the answers."""
    return _overseen(actor, OpinionRequest.objects.all()).annotate(
        about=Count("items"),
        against=Count("items", filter=Q(items__answer=OpinionAnswer.DISAGREE)),
    )


def visible_notices(actor: Actor) -> QuerySet[PublicNotice]:
    """Return the notices of campaigns in which an actor is at a desk."""
    return _overseen(actor, PublicNotice.objects.all()).annotate(
        about=Count("items", distinct=True),
        objected=Count("objections", distinct=True),
        objected_open=Count("objections", filter=Q(objections__outcome=""), distinct=True),
    )


def _overseen(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    return rows.filter(occasion__campaign__in=overseen_campaigns(actor).order_by()).select_related(
        "occasion__campaign", "unit"
    )


def _opinion_line(row: Any, today: date) -> OpinionLine:
    waiting = row.state == OpinionState.WAITING
    return OpinionLine(row, due(row.due_on if waiting else None, today), row.about, row.against)


def _notice_line(row: Any, today: date) -> NoticeLine:
    running = row.state == NoticeState.RUNNING
    shown = due(row.ends_on if running else None, today)
    return NoticeLine(row, shown, row.about, row.objected, row.objected_open)


@dataclass(frozen=True)
class OpinionPage:
    """One request whole, with the acts open to this person."""

    request: OpinionRequest
    items: list[OpinionItem]
    due: Due
    papers: list[Paper]
    moves: list[ConsultingMove]

    @property
    def is_answered(self) -> bool:
        """Return whether there is something to read."""
        return self.request.state == OpinionState.ANSWERED


def opinion_page(actor: Actor, pk: UUID, today: date) -> OpinionPage:
    """Return a request as its page shows it, or raise NotFoundError."""
    request = visible_opinions(actor).prefetch_related("reminders").filter(pk=pk).first()
    if request is None:
        raise NotFoundError
    items = request.items.select_related("nomination__nominee", "nomination__award_item__form")
    waiting = request.state == OpinionState.WAITING
    return OpinionPage(
        request,
        list(items),
        due(request.due_on if waiting else None, today),
        _papers([request.letter_id, request.reply_id]),
        _open_moves(actor, request, OPINION_MOVES.values()),
    )


@dataclass(frozen=True)
class NoticePage:
    """One notice whole. `reads_senders`: this person looks into what was written in."""

    notice: PublicNotice
    nominations: list[Nomination]
    due: Due
    papers: list[Paper]
    moves: list[ConsultingMove]
    reads_senders: bool


def notice_page(actor: Actor, pk: UUID, today: date) -> NoticePage:
    """Return a notice as its page shows it, or raise NotFoundError."""
    notice = (
        visible_notices(actor)
        .prefetch_related("objections__nomination__nominee")
        .filter(pk=pk)
        .first()
    )
    if notice is None:
        raise NotFoundError
    items = notice.items.select_related("nomination__nominee", "nomination__award_item__form")
    running = notice.state == NoticeState.RUNNING
    moves = _open_moves(actor, notice, NOTICE_MOVES.values())
    return NoticePage(
        notice,
        [item.nomination for item in items],
        due(notice.ends_on if running else None, today),
        _papers([notice.document_id, notice.report_id]),
        moves,
        _deals_with(actor, notice),
    )


def _papers(keys: Sequence[UUID | None]) -> list[Paper]:
    found = documents_in_full().filter(pk__in=[key for key in keys if key])
    return [paper_of(document) for document in found]


def _open_moves(
    actor: Actor, held: OpinionRequest | PublicNotice, moves: Iterable[ConsultingMove]
) -> list[ConsultingMove]:
    if not _deals_with(actor, held):
        return []
    return [move for move in moves if held.state in move.sources]


def _deals_with(actor: Actor, held: OpinionRequest | PublicNotice) -> bool:
    """Return whether an actor is at the desk that began it, and none of those concerned."""
    campaign_id, desk = held.occasion.campaign_id, Desk(held.desk)
    path = desk_paths([campaign_id]).get(campaign_id, {}).get(desk)
    mandate = mandate_for(actor, desk, CONSULTING_ROLES[desk], path)
    if mandate is None:
        return False
    items = held.items.select_related("nomination__nominee", "nomination__dossier__unit")
    return not any(is_own_case(actor, mandate, item.nomination) for item in items)


@dataclass(frozen=True)
class Consulted:
    """What a nomination's page says of opinions and notices about it.

    reads_answers  this person is at a desk: the unit sees who is asked, not what was answered
    may_begin      this person may ask bodies and put the list up now
    """

    opinions: list[OpinionItem]
    notices: list[PublicNotice]
    today: date
    reads_answers: bool
    may_begin: bool

    @property
    def notes(self) -> list[str]:
        """Return what whoever appraises should not overlook."""
        found = []
        if any(item.request.state == OpinionState.WAITING for item in self.opinions):
            found.append(_("Còn cơ quan chưa trả lời ý kiến."))
        if self.reads_answers and any(
            item.answer == OpinionAnswer.DISAGREE for item in self.opinions
        ):
            found.append(_("Có cơ quan không đồng ý."))
        return found


def consulted(
    actor: Actor, nomination: Nomination, paths: Mapping[Desk, str], today: date
) -> Consulted:
    """Return the opinions and notices about a nomination; three queries.

    paths  of the units at its desks, see queries.paths_of
    """
    items = nomination.opinions.select_related("request").order_by("request__asked_at", "pk")
    notices = PublicNotice.objects.filter(items__nomination=nomination).annotate(
        objected_open=Count("objections", filter=Q(objections__outcome=""), distinct=True)
    )
    overseen = Campaign.objects.filter(
        pk=nomination.dossier.occasion.campaign_id,
        pk__in=overseen_campaigns(actor).order_by().values("pk"),
    )
    return Consulted(
        list(items),
        list(notices),
        today,
        overseen.exists(),
        can_do(actor, Act.CONSULT, nomination, paths).allowed,
    )
