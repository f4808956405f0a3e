"""The secret ballot: handing a blank ballot to whom it is due, and taking one from nobody knows whom.

First the server signs, for each member who is there and logged in, a token that it cannot see.
Then, when no more are handed out, it takes tokens with their choices from requests that carry no
sign of who sends them. docs/ballots.md tells what that promises, and what not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Entry, record
from organisations.actors import Actor
from workflow.ballot_box import Ballot, Paper, is_valid
from workflow.blindrsa import BlindedMessageError, PublicKey, opened, sign_blinded
from workflow.council_states import SessionState, WayOfVoting
from workflow.errors import NotFoundError
from workflow.errors_ballots import (
    BallotCastError,
    BallotForgedError,
    BallotTakenError,
    NoBallotError,
)
from workflow.errors_councils import SessionMoveError
from workflow.models import (
    BallotPaper,
    BallotRoll,
    CastBallot,
    CouncilSession,
    Recusal,
    SessionMember,
)
from workflow.services.acting import act
from workflow.services.session_moves import lock_session
from workflow.services.sitting import BALLOT_SECRET


@act
def hand_out_ballots(
    *, actor: Actor, session_id: UUID, blinded: Mapping[int, int]
) -> dict[int, int]:
    """Sign a member's blinded tokens, one for each paper that is his, and return the signatures.

    blinded  by the number of the paper
    Asked again with the very same tokens, it answers the same: an answer that was lost on the
    way is no lost vote. Raises NotFoundError, SessionMoveError, NoBallotError, BallotTakenError,
    BallotForgedError for what is no token of this paper.
    """
    at = timezone.now()
    session = lock_session(session_id)
    if session.state != SessionState.SITTING or session.way != WayOfVoting.SECRET:
        raise SessionMoveError(act=_("Nhận phiếu"), state=SessionState(session.state).label)
    member = voter_of(session, actor)
    papers = {row.number: row for row in papers_for(session, member)}
    if not blinded or not set(blinded) <= set(papers):
        raise NoBallotError(_("Tờ phiếu này không dành cho anh/chị."))
    signed = {
        number: _signed(papers[number], member, message) for number, message in blinded.items()
    }
    entry = Entry(stream=session.stream, action="council.ballots_handed",
                  subject=f"session_member:{member.pk}",
                  data={"papers": len(signed), "member": member.name})  # fmt: skip
    record(who=actor.who(None), entry=entry, at=at)
    return signed


def _signed(paper: BallotPaper, member: SessionMember, message: int) -> int:
    """Return the signature of a blinded token, and keep on the roll that it was given."""
    digest = hashlib.sha256(f"{message:x}".encode()).hexdigest()
    known = BallotRoll.objects.filter(paper=paper, member=member).first()
    if known is not None and known.blinded != digest:
        raise BallotTakenError
    try:
        signature = sign_blinded(opened(paper.sealed, BALLOT_SECRET), message)
    except BlindedMessageError as error:
        raise BallotForgedError from error
    if known is None:
        BallotRoll.objects.create(paper=paper, member=member, blinded=digest)
    return signature


def voter_of(session: CouncilSession, actor: Actor) -> SessionMember:
    """Return whose ballot an actor takes: his own, or that of the member he stands in for.

    Raises NoBallotError, saying why.
    """
    mine = [row for row in session.members.all() if row.voter_id == actor.user_id]
    if not mine:
        raise NoBallotError(_("Anh/chị không phải thành viên, hoặc đã có người dự thay."))
    if not mine[0].came:
        raise NoBallotError(_("Điểm danh ghi anh/chị vắng mặt."))
    if mine[0].left_at is not None and mine[0].back_at is None:
        raise NoBallotError(_("Điểm danh ghi anh/chị đã rời họp."))
    return mine[0]


def papers_for(session: CouncilSession, member: SessionMember) -> list[BallotPaper]:
    """Return the papers of a session but those with an item on which the member must not vote."""
    barred = Recusal.objects.filter(member=member, item__session=session)
    numbers = set(barred.values_list("item__paper", flat=True))
    return [row for row in session.papers.all() if row.number not in numbers]


@transaction.atomic(durable=True)
def cast_ballot(*, session_id: UUID, paper: int, ballot: Ballot) -> str:
    """Put a ballot into the box and return its hash. Nobody is asked who he is.

    There is no actor, and no event: an event would say when. The vote's end is recorded with the
    number of ballots, and the list of all is published. A ballot is looked at before the session
    is locked, so that forged ones hold nobody up; the lock then keeps one from slipping in after
    the end, and one token from being cast twice.
    Raises NotFoundError, SessionMoveError, BallotForgedError, BallotCastError.
    """
    row = (
        BallotPaper.objects.select_related("session")
        .filter(session=session_id, number=paper)
        .first()
    )
    if row is None:
        raise NotFoundError
    if not is_valid(paper_of(row), ballot):
        raise BallotForgedError
    session = lock_session(session_id)
    if session.state != SessionState.VOTING:
        raise SessionMoveError(act=_("Bỏ phiếu"), state=SessionState(session.state).label)
    if CastBallot.objects.filter(pk=ballot.hash).exists():
        raise BallotCastError
    CastBallot.objects.create(
        hash=ballot.hash,
        paper=row,
        token=ballot.token.hex(),
        signature=ballot.signature.hex(),
        choices=ballot.choices,
    )
    return ballot.hash


def paper_of(row: BallotPaper) -> Paper:
    """Return a paper as ballots are held against it; one query for the number of its items."""
    items = row.session.items.filter(paper=row.number).count()
    return Paper(row.session_id, row.number, PublicKey(int(row.modulus, 16)), items)


def box_of(row: BallotPaper) -> list[Ballot]:
    """Return the ballots of a paper, in the order of their hashes."""
    return [
        Ballot(bytes.fromhex(one.token), bytes.fromhex(one.signature), one.choices)
        for one in row.cast.order_by("hash")
    ]
