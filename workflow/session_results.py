"""What a session has come to, item by item: the votes added up, held against the law, and gaps.

Only reads; the same for the page, before the secretary concludes, and for the conclusion itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from campaigns.thresholds import Ballot as Cast
from campaigns.thresholds import Result
from workflow.ballot_box import Tally, invalid_ones, tally
from workflow.council_queries import agenda_of, recused_ids, title_of
from workflow.council_states import WayOfVoting
from workflow.errors_ballots import (
    BoxForgedError,
    TellersDifferError,
    TooManyBallotsError,
    VotesOpenError,
)
from workflow.last_places import Contender
from workflow.law import Law, law_of
from workflow.models import (
    AgendaItem,
    BallotRoll,
    Choice,
    CouncilSession,
    OpenVote,
    SessionMember,
    TellerCount,
)
from workflow.services.secret_ballots import box_of, paper_of
from workflow.services.session_votes import paper_voters
from workflow.services.sitting import counts_paper
from workflow.votes import Asked, asked_by_law, result_by_law

EMPTY = Tally(0, 0, 0)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """How one item came out.

    counted  for, against, blank or invalid; members  of whom the ratio is taken
    present  how many of these were there; recused  who did not vote, by name
    by_law   None where no checked text gives a ratio; asked  what the law says, in words
    """

    item: AgendaItem
    counted: Tally
    members: int
    present: int
    recused: tuple[str, ...]
    by_law: Result | None
    asked: Asked
    tie_rule: str

    @property
    def tied(self) -> bool:
        """Return whether as many were for it as against it."""
        return self.counted.votes_for == self.counted.votes_against

    @property
    def title(self) -> str:
        """Return who and for what: one nominee may stand on an agenda for several awards."""
        return title_of(self.item)

    @property
    def contender(self) -> Contender:
        """Return it as one who contends for the places of a quota, by the ratio minutes print."""
        share = Fraction(self.counted.votes_for, self.members or 1)
        return Contender(self.item.pk, self.item.nomination.nominee.name, share, self.decided)

    @property
    def decided(self) -> bool | None:
        """Return what the law makes of it; None where the council has to conclude."""
        return self.by_law.passed if self.by_law else None


def results_of(session: CouncilSession) -> list[ItemResult]:
    """Return how each item on the agenda came out, from complete and agreeing counts.

    Raises VotesOpenError, TellersDifferError, TooManyBallotsError, BoxForgedError where not.
    """
    items, members = agenda_of(session), list(session.members.all())
    barred = recused_ids(items)
    if session.way == WayOfVoting.OPEN:
        counted = open_tallies(items, members, barred)
    else:
        counted = _added(
            items,
            secret_tallies(session, items),
            teller_tallies(session, items, members),
        )
    law = law_of([item.nomination for item in items])
    return [_result(session, item, counted[item.pk], members, barred[item.pk], law)
            for item in items]  # fmt: skip


def _result(
    session: CouncilSession,
    item: AgendaItem,
    counted: Tally,
    members: Sequence[SessionMember],
    barred: frozenset[int],
    law: Law,
) -> ItemResult:
    whole = [one for one in members if session.recused_counted or one.pk not in barred]
    there = [one for one in whole if one.there_at(item.place)]
    cast = Cast(len(whole), len(there), counted.votes_for, counted.votes_against, counted.blank)
    row = law.threshold(item.nomination)
    asks = session.dossier_id is None
    return ItemResult(
        item=item,
        counted=counted,
        members=len(whole),
        present=len(there),
        recused=tuple(one.name for one in members if one.pk in barred),
        by_law=result_by_law(law, item.nomination, cast) if asks else None,
        asked=asked_by_law(law, item.nomination) if asks else Asked("", ""),
        tie_rule=row.tie_rule if asks and row is not None and row.relied_upon else "",
    )


def open_tallies(
    items: Sequence[AgendaItem],
    members: Sequence[SessionMember],
    barred: Mapping[int, frozenset[int]],
) -> dict[int, Tally]:
    """Return the open votes of each item; raises VotesOpenError where somebody's is missing."""
    votes: dict[int, dict[int, str]] = {item.pk: {} for item in items}
    for vote in OpenVote.objects.filter(item__in=items):
        votes[vote.item_id][vote.member_id] = vote.choice
    missing = []
    for item in items:
        due = {one.pk for one in members if one.there_at(item.place)} - barred[item.pk]
        if due - set(votes[item.pk]):
            missing.append(title_of(item))
    if missing:
        raise VotesOpenError([_("chưa ghi đủ biểu quyết về %(name)s") % {"name": name}
                              for name in missing])  # fmt: skip
    counts = {key: Counter(cast.values()) for key, cast in votes.items()}
    return {
        key: Tally(one[Choice.YES], one[Choice.NO], one[Choice.BLANK])
        for key, one in counts.items()
    }


def secret_tallies(session: CouncilSession, items: Sequence[AgendaItem]) -> dict[int, Tally]:
    """Return what is in the box, by item; {} where the session has none.

    Every signature is verified again. Raises BoxForgedError where one is not the session's, and
    TooManyBallotsError where there are more than the roll has lines.
    """
    found: dict[int, Tally] = {}
    on_paper: dict[int | None, list[int]] = {}
    for item in session.items.order_by("place"):
        on_paper.setdefault(item.paper, []).append(item.pk)
    for row in session.papers.select_related("session"):
        paper, ballots, handed = paper_of(row), box_of(row), row.roll.count()
        forged = invalid_ones(paper, ballots)
        if forged:
            raise BoxForgedError(len(forged))
        if len(ballots) > handed:
            raise TooManyBallotsError(counted=len(ballots), handed=handed)
        found |= dict(zip(on_paper[row.number], tally(paper.items, ballots), strict=True))
    return {item.pk: found[item.pk] for item in items if item.pk in found}


def teller_tallies(
    session: CouncilSession, items: Sequence[AgendaItem], members: Sequence[SessionMember]
) -> dict[int, Tally]:
    """Return what both tellers counted of paper ballots, by item; {} where there are none.

    Raises VotesOpenError where one has not entered, TellersDifferError where they differ.
    """
    if not counts_paper(session.way, members):
        return {}
    entered: dict[int, dict[int, Tally]] = {1: {}, 2: {}}
    for row in TellerCount.objects.filter(item__in=items):
        counted = Tally(row.votes_for, row.votes_against, row.votes_invalid)
        entered[row.teller][row.item_id] = counted
    keys = {item.pk for item in items}
    waiting = [str(teller) for teller, counts in entered.items() if not keys <= set(counts)]
    if waiting:
        raise VotesOpenError([_("người kiểm phiếu thứ %(number)s chưa nhập đủ")
                              % {"number": number} for number in waiting])  # fmt: skip
    differing = [title_of(item) for item in items
                 if entered[1][item.pk] != entered[2][item.pk]]  # fmt: skip
    if differing:
        raise TellersDifferError(differing)
    return entered[1]


def _added(items: Sequence[AgendaItem], *parts: Mapping[int, Tally]) -> dict[int, Tally]:
    return {
        item.pk: Tally(
            sum(part.get(item.pk, EMPTY).votes_for for part in parts),
            sum(part.get(item.pk, EMPTY).votes_against for part in parts),
            sum(part.get(item.pk, EMPTY).blank for part in parts),
        )
        for item in items
    }


def ballots_out(session: CouncilSession) -> int | None:
    """Return how many ballots were handed out; None where voting was in the open."""
    if session.way == WayOfVoting.OPEN:
        return None
    members = list(session.members.all())
    on_paper = paper_voters(session.way, members, frozenset())
    handed = BallotRoll.objects.filter(paper__session=session).values("member").distinct()
    return on_paper + handed.count()
